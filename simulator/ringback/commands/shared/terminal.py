"""A telephone in the terminal: the keyboard is the keypad, and speech appears as it is said."""

import select
import signal
import time
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Protocol, TextIO

from prompt_toolkit.input import Input, create_input
from prompt_toolkit.keys import Keys

from ringback import (
    CallRecord,
    Carrier,
    Event,
    HangUp,
    Listener,
    Listening,
    Press,
    Sentence,
    Stay,
    sentences,
)
from ringback.callers.timed import NotedPhone
from ringback.commands.shared.transcript import Transcript

_KEYPAD = frozenset("0123456789*#")
_HANGING_UP = frozenset({"h", "q", Keys.ControlC.value, Keys.ControlD.value})
_GONE = "gone"  # the keyboard itself went away
_LOOK_AGAIN = 0.2  # seconds between looks for a text that arrives while nothing is pressed
_AT_ONCE, _HELP = "a", "?"
_HELP_TEXT = """0-9 * #  the keys, as on a telephone
a        show speech at once, or again at the pace it is spoken
h        hang up (so do q, Ctrl-C and Ctrl-D)
?        this help"""


class Keyboard(Protocol):
    """Where keys come from."""

    def next(self, seconds: float) -> str | None:
        """The next key within `seconds`, or None."""


def ring(
    carrier: Carrier,
    *,
    url: str,
    from_: str,
    to: str,
    out: TextIO,
    listener: Listener | None = None,
    at_once: bool = False,
    noted: bool = False,
) -> tuple[CallRecord, str]:
    """Places a call that the person at the terminal holds; the terminal is restored after it.

    Gives the call, and where it is `noted` what the person did, as a TimedPhone can do it again.
    """
    transcript = Transcript(out)
    with _ends_tidily(), _terminal_keyboard() as keyboard:
        person = LivePhone(keyboard, transcript, at_once=at_once)
        notes = NotedPhone(person)
        transcript.row(0.0, "caller", f"{from_} rings {to}; h hangs up, ? is for help")
        record = carrier.call(
            url=url,
            from_=from_,
            to=to,
            phone=notes if noted else person,
            on_event=person.take,
            listener=listener,
        )
    return record, notes.script


class LivePhone:
    """A person who hears in real time and presses when they like.

    `stopwatch` counts real seconds and `keyboard` waits for them. Time stands still while the app
    thinks, so the seconds shown are those of sound and silence. `at_once` shows speech without the
    time it takes; then only the line's waiting is real.
    """

    def __init__(
        self,
        keyboard: Keyboard,
        transcript: Transcript,
        stopwatch: Callable[[], float] = time.monotonic,
        *,
        at_once: bool = False,
    ) -> None:
        self._keyboard = keyboard
        self._transcript = transcript
        self._stopwatch = stopwatch
        self._at_once = at_once
        self._shown = -1.0
        self._ahead: deque[str] = deque()  # keys typed before the line listened
        self._news: deque[Event] = deque()

    def take(self, event: Event) -> None:
        """Takes an event from the carrier; a text may come at any time, from another thread."""
        if event.event not in ("heard", "pressed"):  # these are on the screen already
            self._news.append(event)
        if event.event == "hangup":
            self._show_news()

    def listen(self, listening: Listening) -> Press | HangUp | Stay:
        """Shows what is said as it is said, until a key is pressed or the deadline comes."""
        began, ahead = self._stopwatch(), 0.0
        lines = deque(line for line in sentences(listening.prompt) if line.starts > self._shown)
        while True:
            now = listening.since + ahead + self._stopwatch() - began
            if self._at_once and now < listening.prompt_ends:
                ahead += listening.prompt_ends - now
                now = listening.prompt_ends
            self._show_news()
            while lines and lines[0].starts <= now:
                self._say(lines.popleft())
            next_change = min([listening.deadline, *(line.starts for line in lines)])
            key = self._next_key(min(max(next_change - now, 0.0), _LOOK_AGAIN), listening)
            # A key that comes as the time runs out still counts: the person pressed it in time.
            now = min(listening.since + ahead + self._stopwatch() - began, listening.deadline)
            pressed = self._use(key, now, listening.takes_keys) if key is not None else None
            if pressed is not None:
                return pressed
            if key is None and now >= listening.deadline:
                return Stay()

    def _next_key(self, seconds: float, listening: Listening) -> str | None:
        if listening.takes_keys and self._ahead:
            return self._ahead.popleft()
        key = self._keyboard.next(seconds)
        if self._at_once and not listening.takes_keys and key and _plain(key) in _KEYPAD:
            self._ahead.append(key)
            return None
        return key

    def _use(self, key: str, now: float, counts: bool) -> Press | HangUp | None:
        key = _plain(key)
        if key in _HANGING_UP or key == _GONE:
            return HangUp(now)
        if key == _AT_ONCE:
            self._at_once = not self._at_once
            pace = "at once" if self._at_once else "at the pace it is spoken"
            self._transcript.row(now, "", f"speech is shown {pace} from here on")
        if key == _HELP:
            self._transcript.row(now, "", _HELP_TEXT)
        if key not in _KEYPAD:
            return None
        self._transcript.presses(now, key, lost=not counts)
        return Press(key, now)

    def _say(self, line: Sentence) -> None:
        self._shown = line.starts
        self._transcript.says(line.starts, line.words)

    def _show_news(self) -> None:
        while self._news:
            self._transcript.show(self._news.popleft())


def _plain(key: str) -> str:
    """The key as the keypad knows it: an input method may send ３ for 3."""
    return unicodedata.normalize("NFKC", key).lower()


@contextmanager
def _terminal_keyboard() -> Iterator[Keyboard]:
    source = create_input()
    with source.raw_mode():
        yield TerminalKeyboard(source)
    source.close()


class TerminalKeyboard:
    """The terminal's keys, one at a time, without an event loop."""

    def __init__(self, source: Input) -> None:
        self._source = source
        self._waiting: deque[str] = deque()

    def next(self, seconds: float) -> str | None:
        """The next key within `seconds`; "gone" when the terminal is."""
        if not self._waiting and select.select([self._source.fileno()], [], [], seconds)[0]:
            read = self._source.read_keys()
            self._waiting.extend(str(getattr(press.key, "value", press.key)) for press in read)
            if self._source.closed:
                self._waiting.append(_GONE)
        return self._waiting.popleft() if self._waiting else None


@contextmanager
def _ends_tidily() -> Iterator[None]:
    """Turns SIGTERM and SIGHUP into an ordinary end, so that the terminal is put right first."""

    def leave(number: int, frame: FrameType | None) -> None:
        del frame
        raise SystemExit(128 + number)

    kept = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
