"""A balancer in front of several servers: each connection goes to the next one that answers."""

import socket
import threading
from contextlib import contextmanager, suppress


@contextmanager
def balancing(port, backends):
    """Listen on a port of this machine while the block lasts.

    :param backends: ports of this machine
    """
    with socket.create_server(("127.0.0.1", port), backlog=128) as listener:
        threading.Thread(target=_serve, args=(listener, backends), daemon=True).start()
        yield
        # Who waits in accept() is not woken by close().
        listener.shutdown(socket.SHUT_RDWR)


def _serve(listener, backends):
    turn = 0
    while True:
        try:
            caller, _address = listener.accept()
        except OSError:
            return
        turn += 1
        order = backends[turn % len(backends) :] + backends[: turn % len(backends)]
        threading.Thread(target=_pass_on, args=(caller, order), daemon=True).start()


def _pass_on(caller, order):
    for port in order:
        with suppress(OSError):
            server = socket.create_connection(("127.0.0.1", port), timeout=2)
            server.settimeout(None)
            back = threading.Thread(target=_pipe, args=(server, caller), daemon=True)
            back.start()
            _pipe(caller, server)
            back.join()
            server.close()
            break
    caller.close()


def _pipe(one, other):
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    with suppress(OSError):
        other.shutdown(socket.SHUT_WR)
