"""A front door for a PostgreSQL server: asks for a password, keeps a log, fails on request.

It speaks the server's wire protocol (version 3, simple queries) on loopback and passes
everything else through, so that a reader meets a real server that misbehaves.
"""

import re
import socket
import struct
import threading
from dataclasses import dataclass, field

SSL_REQUEST, CANCEL_REQUEST = 80877103, 80877102


@dataclass
class DoorFault:
    """One thing that goes wrong with the statements that match; counted like ``Fault``.

    kind: ``cut`` (the answer stops in the middle), ``drop`` (no answer, closed),
    ``error`` (an ErrorResponse with ``code``), ``hang`` (``delay`` seconds late),
    ``call`` (``hook`` runs first), ``refuse`` (new connections get ``code``)
    """

    match: str
    kind: str
    times: int | None = 1
    after: int = 0
    every: int = 1
    code: str = "57P01"
    message: str = "terminating connection due to administrator command"
    delay: float = 2.0
    hook: object = None
    seen: int = field(default=0, init=False)
    fired: int = field(default=0, init=False)

    def strikes(self, text):
        if not re.search(self.match, text):
            return False
        self.seen += 1
        place = self.seen - self.after
        spent = self.times is not None and self.fired >= self.times
        if place < 1 or place % self.every or spent:
            return False
        self.fired += 1
        return True


class Door:
    """Listens on loopback; ``statements`` is the log, ``faults`` what is to go wrong."""

    def __init__(self, server, *, login, password, host="127.0.0.1", port=0):
        self.server = server
        self.login, self.password = login, password
        self.statements = []
        self.faults = []
        self.connections = 0
        self.stopping = threading.Event()
        self._listener = socket.create_server((host, port))
        self._open = set()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def port(self):
        return self._listener.getsockname()[1]

    def add_fault(self, match, kind, **options):
        """Ask for a fault; returned, so that a test can read ``fired``."""
        fault = DoorFault(match, kind, **options)
        self.faults.append(fault)
        return fault

    def due(self, text, *kinds):
        return next(
            (f for f in self.faults if f.kind in kinds and f.strikes(text)), None
        )

    def close(self):
        self.stopping.set()
        _close(self._listener)  # a mere close() leaves the waiting accept() in place
        self.cut_all()

    def cut_all(self):
        """Break every connection that is open now."""
        for each in list(self._open):
            _close(each)

    def _accept(self):
        while not self.stopping.is_set():
            try:
                client, _address = self._listener.accept()
            except OSError:  # closed
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._open.add(client)
        try:
            _Visit(self, client).run()
        except (OSError, EOFError):
            pass  # one of the two hung up: that is how every visit ends
        finally:
            _close(client)
            self._open.discard(client)


class _Visit:
    """One connection of a client, from its first word to the last."""

    def __init__(self, door, client):
        self.door, self.client = door, client
        self.cut_next = threading.Event()

    def run(self):
        parameters = self._greet()
        if parameters is None or not self._admit(parameters):
            return
        with self._connect(parameters) as server:
            back = threading.Thread(target=self._back, args=(server,), daemon=True)
            back.start()
            try:
                self._forth(server)
            finally:
                _close(server)
                back.join(2)

    def _greet(self):
        """Return the startup parameters; decline encryption as a server without it."""
        while True:
            (length,) = struct.unpack("!i", _read(self.client, 4))
            body = _read(self.client, length - 4)
            (code,) = struct.unpack("!i", body[:4])
            if code == SSL_REQUEST:
                self.client.sendall(b"N")
            elif code == CANCEL_REQUEST:
                return None
            else:
                words = body[4:].rstrip(b"\0").split(b"\0")
                pairs = zip(words[::2], words[1::2], strict=False)
                return {k.decode(): v.decode() for k, v in pairs}

    def _admit(self, parameters):
        door = self.door
        door.connections += 1
        if fault := door.due("connect", "refuse"):
            self._error(fault.code, fault.message, "FATAL")
            return False
        self.client.sendall(b"R" + struct.pack("!ii", 8, 3))  # a password, please
        kind = _read(self.client, 1)
        (length,) = struct.unpack("!i", _read(self.client, 4))
        given = _read(self.client, length - 4).rstrip(b"\0").decode()
        if kind != b"p" or (parameters["user"], given) != (door.login, door.password):
            text = f'password authentication failed for user "{parameters["user"]}"'
            self._error("28P01", text, "FATAL")
            return False
        return True

    def _connect(self, parameters):
        host, port = self.door.server.get("host", "/tmp"), self.door.server.get("port", 5432)  # fmt: skip
        if host.startswith("/"):
            server = socket.socket(socket.AF_UNIX)
            server.connect(f"{host}/.s.PGSQL.{port}")
        else:
            server = socket.create_connection((host, int(port)))
        wanted = parameters | {"user": self.door.server.get("user", "odoo")}
        body = struct.pack("!i", 196608) + b"".join(
            f"{name}\0{value}\0".encode() for name, value in wanted.items()
        )
        body += b"\0"
        server.sendall(struct.pack("!i", len(body) + 4) + body)
        return server

    def _forth(self, server):
        while True:
            kind = _read(self.client, 1)
            head = _read(self.client, 4)
            body = _read(self.client, struct.unpack("!i", head)[0] - 4)
            fate = "pass" if kind != b"Q" else self._question(body[:-1].decode())
            if fate == "end":
                return
            if fate == "pass":
                server.sendall(kind + head + body)

    def _question(self, sql):
        """Log a statement; say whether it may pass, is answered, or ends the visit."""
        door = self.door
        door.statements.append(sql)
        fault = door.due(sql, "cut", "drop", "error", "hang", "call")
        if fault is None:
            return "pass"
        if fault.kind == "call":
            fault.hook()
        elif fault.kind == "hang":
            door.stopping.wait(fault.delay)
        elif fault.kind == "cut":
            self.cut_next.set()
        elif fault.kind == "drop":
            return "end"
        else:
            return self._refuse(fault)
        return "pass"

    def _refuse(self, fault):
        """Answer with an error; after those of class 57P a server hangs up."""
        if fault.code.startswith("57P"):
            self._error(fault.code, fault.message, "FATAL")
            return "end"
        self._error(fault.code, fault.message, "ERROR")
        self.client.sendall(b"Z" + struct.pack("!i", 5) + b"E")
        return "answered"

    def _back(self, server):
        try:
            while data := server.recv(65536):
                if self.cut_next.is_set():
                    self.client.sendall(data[: len(data) // 2])
                    break
                self.client.sendall(data)
        except OSError:
            pass  # the client is gone
        _close(self.client)

    def _error(self, code, message, severity):
        fields = {"S": severity, "V": severity, "C": code, "M": message}
        body = b"".join(f"{k}{v}\0".encode() for k, v in fields.items()) + b"\0"
        self.client.sendall(b"E" + struct.pack("!i", len(body) + 4) + body)


def _read(connection, size):
    data = b""
    while len(data) < size:
        chunk = connection.recv(size - len(data))
        if not chunk:
            raise EOFError
        data += chunk
    return data


def _close(connection):
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # not connected any more
    connection.close()
