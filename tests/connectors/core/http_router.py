"""A server on loopback that answers as a test tells it."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = "9|s3cr3t-s3cr3t-s3cr3t-s3cr3t"
FILE_TOKEN = "7c1e6a52-0000-4000-8000-000000000066"


class Router:
    """Answers each path with what the test wrote for it, in turn; the last one stays."""

    def __init__(self):
        self.answers, self.requests = {}, []
        router = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                length = int(self.headers.get("Content-Length") or 0)
                router.requests.append(
                    (
                        self.command,
                        self.path,
                        dict(self.headers),
                        self.rfile.read(length),
                    )
                )
                router.answer(self)

            do_POST = do_GET

            def log_message(self, *arguments):
                """Stay quiet; ``requests`` has it."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,)).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def on(self, path, *answers):
        self.answers[path] = list(answers)

    def answer(self, handler):
        waiting = self.answers[handler.path.split("?")[0]]
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if callable(answer):
            answer(handler)
            return
        status, headers, body = answer
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
            headers = {"Content-Type": "application/json", **headers}
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def ok(body, **headers):
    return 200, {name.replace("_", "-"): value for name, value in headers.items()}, body


def status(code, body=b"", **headers):
    return code, ok(None, **headers)[1], body


def dropped(handler):
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def cut_short(handler):
    break_off(handler, "Content-Length", "1000")


def cut_without_a_length(handler):
    break_off(handler, "Connection", "close")


def break_off(handler, header, value):
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header(header, value)
    handler.end_headers()
    handler.wfile.write(b'{"data": [')
    handler.wfile.flush()
    dropped(handler)
