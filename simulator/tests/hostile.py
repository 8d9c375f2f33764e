"""Servers that mean no good: each is a function of an open connection, and never tired."""

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

OK = b"HTTP/1.1 200 OK\r\n"
PAUSE = 0.01  # seconds between the bytes of a server that trickles


@dataclass
class Server:
    """A running server: its address, and how many bytes it could send."""

    url: str = ""
    sent: int = 0
    connections: int = 0
    closing: Event = field(default_factory=Event)

    def send(self, line: socket.socket, part: bytes) -> None:
        """Sends it all. Raises OSError when the other side has had enough."""
        line.sendall(part)
        self.sent += len(part)

    def trickle(self, line: socket.socket, part: bytes) -> None:
        """Sends it over and over, byte by byte, until the other side has had enough."""
        while not self.closing.wait(PAUSE):
            self.send(line, part)


def read_request(line: socket.socket) -> None:
    """Reads a request to its end; closing with something unread would reset the connection."""
    read = b""
    while b"\r\n\r\n" not in read:
        read += _more(line)
    head, _, body = read.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)^content-length: *(\d+)", head, re.MULTILINE)
    while length and len(body) < int(length[1]):
        body += _more(line)


def _more(line: socket.socket) -> bytes:
    part = line.recv(65_536)
    if not part:
        raise ConnectionError("the other side has gone")
    return part


@contextmanager
def serving(behave: Callable[[Server, socket.socket], None]) -> Iterator[Server]:
    """A server on this machine that behaves so on every connection."""
    server = Server()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    line = listener.accept()[0]
                except OSError:
                    return
                server.connections += 1
                with line:
                    try:
                        read_request(line)
                        behave(server, line)
                    except OSError:
                        pass

        server.url = f"http://127.0.0.1:{listener.getsockname()[1]}/voice"
        thread = Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def answers(head: bytes, body: bytes = b"") -> Callable[[Server, socket.socket], None]:
    """Sends this and closes."""
    return lambda server, line: server.send(line, OK + head + b"\r\n\r\n" + body)


def floods(head: bytes, part: bytes) -> Callable[[Server, socket.socket], None]:
    """Sends the head, then the part without end."""

    def behave(server: Server, line: socket.socket) -> None:
        server.send(line, head)
        while not server.closing.is_set():
            server.send(line, part)

    return behave


def trickles(head: bytes, part: bytes) -> Callable[[Server, socket.socket], None]:
    """Sends the head, then the part again and again with a little time between."""

    def behave(server: Server, line: socket.socket) -> None:
        server.send(line, head)
        server.trickle(line, part)

    return behave


def says_nothing(server: Server, line: socket.socket) -> None:
    """Takes the request and keeps quiet."""
    server.closing.wait(5)
