"""A way to a server that can be shut: connections go through, or are refused and cut."""

import socket
from contextlib import suppress
from threading import Lock, Thread
from types import TracebackType
from typing import Self


class Door:
    """A TCP proxy at `port` of 127.0.0.1 to another address, open until it is shut."""

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._lock = Lock()
        self._through: list[socket.socket] = []
        self._listener: socket.socket | None = None
        self.port = 0
        self.open()

    def open(self) -> None:
        """Lets connections through."""
        listener = socket.create_server(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        self._listener = listener
        Thread(target=self._let_in, args=(listener,), daemon=True).start()

    def shut(self) -> None:
        """Cuts all connections and refuses new ones, as a stopped server does."""
        with self._lock:
            listener, self._listener = self._listener, None
            through, self._through = self._through, []
        if listener:
            _end(listener)
        for end in through:
            _end(end)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.shut()

    def _let_in(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
                far = socket.create_connection(self._to)
            except OSError:
                return
            with self._lock:
                if self._listener is not listener:
                    _end(near)
                    _end(far)
                    return
                self._through += [near, far]
            for one, other in ((near, far), (far, near)):
                Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while piece := one.recv(65536):
            other.sendall(piece)
    _end(one)
    _end(other)


def _end(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
