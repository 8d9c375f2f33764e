"""What goes away and comes back under callers: database, REST side, web process."""

import random
import socket
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench.ledger import text_of
from bench.mishaps import Mishaps
from bench.served import APP, served
from ringback import Fault, RestRequest

_PIECE = 64 * 1024


class Weather(Mishaps):
    """The carrier's REST side: mishaps at random, and times when nothing gets through at all."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.is_dead = False
        self._sent: dict[str, list[str]] = {}

    def fault(self, request: RestRequest) -> Fault | None:
        """What happens to a REST request."""
        drawn = super().fault(request)
        if self.is_dead:
            self.seen["REST dead"] += 1
            drawn = Fault(cut=True)
        if request.method == "POST":
            text = text_of(request.form.get("StatusCallback"))
            self._sent.setdefault(text, []).append(f"{request.at:%H:%M:%S.%f} {drawn}")
        return drawn

    def evidence(self, text: str) -> list[str]:
        """When each request to send a text came, and what happened to it."""
        return self._sent.get(text, [])


class Gate:
    """A way to a server on another port, which can be shut: to whoever connects, it has stopped."""

    def __init__(self, host: str, port: int) -> None:
        self._server, self._is_open = (host, port), True
        self._through: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._work, name="gate", daemon=True).start()

    def shut(self) -> None:
        """Cuts every connection and lets no other through."""
        self._is_open = False
        for end in list(self._through):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def open(self) -> None:
        """The server is back."""
        self._is_open = True

    def close(self) -> None:
        """For good."""
        self.shut()
        self._listener.close()

    def _work(self) -> None:
        while True:
            try:
                caller = self._listener.accept()[0]
                server = socket.create_connection(self._server) if self._is_open else None
            except OSError:
                return
            if server is None:
                caller.close()
                continue
            self._through |= {caller, server}
            for ends in ((caller, server), (server, caller)):
                threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while piece := one.recv(_PIECE):
                other.sendall(piece)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._through -= {one, other}


class Web:
    """The Procfile's `web` process, which can be taken down and started anew."""

    def __init__(self, folder: Path, port: int, settings: dict[str, str]) -> None:
        self._start = partial(served, APP, folder, port, **settings)
        self._stack = ExitStack()
        self.process: subprocess.Popen[bytes] | None = None

    def up(self) -> None:
        """It serves when this returns."""
        self.process = self._stack.enter_context(self._start())

    def down(self) -> None:
        """Asked to stop, as by a deployment."""
        self.process = None
        self._stack.close()

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process else None


class Outages:
    """One after another at random, in a thread of its own, each seen at least once a round."""

    def __init__(
        self,
        kinds: dict[str, tuple[Callable[[], None], Callable[[], None]]],
        seed: int,
        lasting: tuple[float, float],
        apart: tuple[float, float],
    ) -> None:
        """`kinds`: how each begins and ends; seconds from and to."""
        self.seen: Counter[str] = Counter()
        self._kinds, self._random = kinds, random.Random(seed)
        self._lasting, self._apart = lasting, apart
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, name="outages")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Whatever is away comes back, and stays."""
        self._over.set()
        self._thread.join()

    def _work(self) -> None:
        while True:
            for kind in self._random.sample(list(self._kinds), len(self._kinds)):
                if self._over.wait(self._random.uniform(*self._apart)):
                    return
                begins, ends = self._kinds[kind]
                self.seen[kind] += 1
                begins()
                self._over.wait(self._random.uniform(*self._lasting))
                ends()


class _Files(SimpleHTTPRequestHandler):
    extensions_map = {".xml": "text/xml; charset=utf-8"}  # noqa: RUF012 (the library's own name)

    def do_POST(self) -> None:
        """Static hosts that a carrier is sent to answer POST like GET."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Nothing: the callers tell."""


@contextmanager
def static_files(folder: Path) -> Iterator[str]:
    """The address of a folder's files, as a host elsewhere would serve them."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(folder))) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{host.server_address[1]}"
        finally:
            host.shutdown()


def moved_away(folder: Path) -> tuple[Callable[[], None], Callable[[], None]]:
    """How a folder goes away, and how it comes back."""
    away = folder.with_name(folder.name + ".away")

    def go() -> None:
        folder.rename(away)

    def come() -> None:
        away.rename(folder)

    return go, come
