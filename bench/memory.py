"""Memory of a web worker: after its first calls, with its answer cache full, and after texts.

    python -m bench.memory          in a plain install, without the extras

The cache is filled by as many different requests as it holds, sent over every connection, so that
each worker gets all of them. The texts come last, when the cache is full.

Rss is all that a process sees, Pss its fair share of what it shares with the other processes.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from pathlib import Path
from threading import Thread

from bench.hammer import ask, each_once, hammer
from bench.rows import Row
from bench.served import APP, alone, free_port, served
from bench.signing import signed
from bench.webhook import CONNECTIONS
from ivr.check.loading import open_line
from ivr.engine.keys import REFUSE_KEY, TEXT_KEY
from ivr.engine.tree import Refer
from ivr.voice.call_handler import REMEMBERED

FIGURE = 80.0  # MB (of 1,048,576 bytes), Rss
_ROOT = Path(__file__).resolve().parents[1]
COMMAND = "python -m bench.memory"
_TEXTS = 24
_MESSAGE = b"""{"sid": "SM%032d", "status": "queued", "error_code": null, "body": "", "to": ""}"""


@dataclass(frozen=True)
class Memory:
    """The largest worker, in MB."""

    when: str
    rss: float
    pss: float


def measured() -> tuple[list[Row], list[Memory]]:
    """A row for each moment, and the same as numbers."""
    port = free_port()
    with (
        tempfile.TemporaryDirectory() as folder,
        _carrier() as carrier,
        served(
            APP,
            Path(folder),
            port,
            DATABASE_URL=f"sqlite:///{folder}/line.sqlite3",
            TWILIO_API_URL=carrier.url,
            **alone(),
        ) as server,
    ):
        hammer(port, [signed("/voice")], 0.2, CONNECTIONS)
        seen = [_largest(server.pid, "with its first calls")]
        asked = [signed(*request) for request in islice(_different(), REMEMBERED)]
        if len(asked) < REMEMBERED or each_once(port, asked, CONNECTIONS).errors:
            raise SystemExit("the cache of answers could not be filled")
        seen.append(_largest(server.pid, f"its cache full with {REMEMBERED:,} answers"))
        _send(port, carrier)
        seen.append(_largest(server.pid, f"full, and after {_TEXTS} texts were sent"))
    rows = [
        Row(
            f"memory of a web worker, {one.when}",
            f"{one.rss:.0f} MB Rss, {one.pss:.0f} MB Pss",
            COMMAND,
            f"{FIGURE:g} MB",
            one.rss <= FIGURE,
        )
        for one in seen
    ]
    return rows, seen


def _different() -> Iterator[tuple[str, str]]:
    """Targets and keys of requests that a worker keeps an answer for, no two of them the same.

    Keys that do something before they are answered (send a text, refuse texts) are left out.
    """
    line = open_line(_ROOT / "data", _ROOT / "prompts")
    for visits in range(1, 30):
        for language in line.scripts:
            for name, node in line.tree.nodes.items():
                acting = (TEXT_KEY, REFUSE_KEY) if isinstance(node, Refer) else ()
                for key in ("", *"1234567890*#"):
                    if key not in acting:
                        yield f"/voice/{language}/{name}?visits={visits}", key


def _largest(server: int, when: str) -> Memory:
    workers = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    seen = [_rollup(int(worker)) for worker in workers]
    return Memory(when, max(rss for rss, _ in seen), max(pss for _, pss in seen))


def _rollup(pid: int) -> tuple[float, float]:
    """Rss and Pss of a process, in MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {name: int(size) / 1024 for name, size, *_ in (line.split() for line in lines)}
    return sizes["Rss:"], sizes["Pss:"]


def _send(port: int, carrier: "_Carrier") -> None:
    """As many callers ask for a text, each once, until the carrier has all of them."""
    for number in range(_TEXTS):
        target = "/voice/ja/danger?agency=police_9110&visits=2"
        asked = signed(target, "1", f"+8190{10_000_000 + number}", number)
        if not ask(port, asked):
            raise SystemExit("a caller who asked for a text was not answered")
    until = time.monotonic() + 60
    while carrier.messages < _TEXTS:
        if time.monotonic() > until:
            raise SystemExit(f"only {carrier.messages} of {_TEXTS} texts were sent")
        time.sleep(0.1)


class _Carrier(ThreadingHTTPServer):
    """As much of the carrier's REST API as takes a message."""

    messages = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Taking(BaseHTTPRequestHandler):
    server: _Carrier

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.messages += 1
        body = _MESSAGE % self.server.messages
        self.send_response(201)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def _carrier() -> Iterator[_Carrier]:
    with _Carrier(("127.0.0.1", 0), _Taking) as carrier:
        Thread(target=carrier.serve_forever, daemon=True).start()
        try:
            yield carrier
        finally:
            carrier.shutdown()


def main() -> int:
    """Prints each moment; exits 1 where the figure is missed."""
    rows, _ = measured()
    for row in rows:
        print(row)
    return 0 if all(row.kept for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
