"""What the web phone calls: the line itself, started anew for each telephone."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Lock, Thread
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import httpx

from ivr.check.loading import open_line
from ivr.commands.calling.hosted_line import captions, hosted
from ivr.commands.calling.kana_estimate import by_kana
from ivr.commands.calling.refusals import REFUSALS, reasons
from ivr.drawing import chart_of, lay_out, svg
from ivr.engine import Line
from ivr.files.problems import LineRefused
from ivr.settings import Folders
from ivr.voice.urls import position_from
from ringback import Carrier, Number
from ringback.clock.real import RealClock, wall_clock
from ringback.commands.shared.account import LINE, SMS_SENDER
from ringback.commands.shared.app_service import callers_in
from ringback.webphone import CannotConnect, Connection, DialledNumber, Place, Service

_TICK = 0.25  # seconds between looks whether a text is due


def line_service(environ: Mapping[str, str]) -> Service:
    """The line itself, with its picture: both as its files are whenever a telephone asks.

    Raises LineRefused where it cannot be read now.
    """
    shelf = _Shelf(Folders.from_environ(environ))
    line = shelf.line()
    return Service(
        connect=_Hosted(shelf, environ),
        dialled=tuple(_numbers(line).values()),
        callers=tuple(callers_in(line.tree.country)),
        zone=ZoneInfo(line.directory.calendar.timezone),
        picture=lambda language: svg(lay_out(chart_of(shelf.sound_line(), language))),
        place=shelf.place,
    )


class _Shelf:
    """The line's files: read again when one has changed, so that an author need not start anew."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._read: tuple[frozenset[tuple[Path, int]], Line] | None = None
        self._lock = Lock()

    def line(self) -> Line:
        """The line as it stands. Raises LineRefused."""
        data, prompts = self._folders.data, self._folders.prompts
        files = [*data.glob("*.yaml"), *prompts.glob("*.yaml")]
        stand = frozenset((file, file.stat().st_mtime_ns) for file in files)
        with self._lock:
            if self._read is None or self._read[0] != stand:
                self._read = stand, open_line(data, prompts)
            return self._read[1]

    def sound_line(self) -> Line:
        """The same. Raises CannotConnect, with every problem."""
        try:
            return self.line()
        except LineRefused as refused:
            raise CannotConnect("\n".join(reasons(refused))) from refused

    def place(self, url: str) -> Place | None:
        """Where a webhook is in the tree; nowhere while the files make no line."""
        try:
            return place_of(self.line(), url)
        except LineRefused:
            return None


@dataclass(frozen=True)
class _Hosted:
    """Starts the line for each telephone, with a database and a clock of its own."""

    shelf: _Shelf
    environ: Mapping[str, str]

    @contextmanager
    def __call__(self, at: datetime | None, transport: httpx.BaseTransport) -> Iterator[Connection]:
        """See Connector."""
        line = self.shelf.sound_line()
        with ExitStack() as stack:
            try:
                carrier = Carrier(
                    clock=RealClock(_clock_from(at)),
                    numbers=(
                        *(Number(each, sms=False) for each in _numbers(line)),
                        Number(SMS_SENDER),
                    ),
                    transport=transport,
                    estimate=by_kana,
                    captions=captions(self.environ),
                )
                stack.callback(carrier.close)
                api = stack.enter_context(carrier.rest_api())
                base = stack.enter_context(hosted(carrier, api.url, SMS_SENDER, self.environ))
                stack.enter_context(_keeping_up(carrier))
            except REFUSALS as refused:
                raise CannotConnect("\n".join(reasons(refused))) from refused
            yield Connection(
                carrier,
                lambda to: f"{base}/voice{_greeting_in(line, to)}",
                f"{base}/sms",
                SMS_SENDER,
            )


@contextmanager
def _keeping_up(carrier: Carrier) -> Iterator[None]:
    """Sends the line's texts as they fall due: real time passes by itself, and moves nobody."""
    over = Event()

    def tick() -> None:
        while not over.wait(_TICK):
            if carrier.while_time_passes:
                carrier.while_time_passes(carrier.now())

    thread = Thread(target=tick, name="texts", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def place_of(line: Line, url: str) -> Place | None:
    """The node that one of the line's own webhooks stands for."""
    parts = urlsplit(url)
    position = position_from(f"{parts.path}?{parts.query}")
    known = position.language in line.scripts and position.node in line.tree.nodes
    if not known or not parts.path.startswith("/voice/"):
        return None
    return Place(position.language, position.node)


def _numbers(line: Line) -> dict[str, DialledNumber]:
    """A number for each language, the tree's own first, as an operator might have bought them."""
    languages = sorted(line.scripts, key=lambda language: language != line.tree.language)
    first = int(LINE.removeprefix("+"))
    numbers = {f"+{first + place}": language for place, language in enumerate(languages)}
    return {number: DialledNumber(number, language) for number, language in numbers.items()}


def _clock_from(at: datetime | None) -> Callable[[], datetime]:
    """A clock that shows `at` now and goes on in real time."""
    ahead = at - wall_clock() if at is not None else timedelta(0)
    return lambda: wall_clock() + ahead


def _greeting_in(line: Line, to: str) -> str:
    dialled = _numbers(line).get(to)
    own = dialled is None or dialled.language == line.tree.language
    return "" if dialled is None or own else f"?language={dialled.language}"
