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

from ivr.commands.transcript import Transcript
from ivr.simulator import (
    CallRecord,
    Carrier,
    Ear,
    Event,
    HangUp,
    Listening,
    Press,
    Sentence,
    Stay,
    sentences,
)

_KEYPAD = frozenset("0123456789*#")
_HANGING_UP = frozenset({"h", "q", Keys.ControlC.value, Keys.ControlD.value})
_GONE = "gone"  # the keyboard itself went away
_LOOK_AGAIN = 0.2  # seconds between looks for a text that arrives while nothing is pressed
_HELP = "0-9 * # are the keys; h hangs up"


class Keyboard(Protocol):
    """Where keys come from."""

    def next(self, seconds: float) -> str | None:
        """The next key within `seconds`, or None."""


def ring(
    carrier: Carrier, *, url: str, from_: str, to: str, out: TextIO, ear: Ear | None = None
) -> CallRecord:
    """Places a call that the person at the terminal holds; the terminal is itself again after."""
    transcript = Transcript(out)
    with _ends_tidily(), _terminal_keyboard() as keyboard:
        phone = LivePhone(keyboard, transcript)
        transcript.row(0.0, "caller", f"{from_} rings {to}; {_HELP}")
        return carrier.call(url=url, from_=from_, to=to, phone=phone, on_event=phone.told, ear=ear)


class LivePhone:
    """A person who hears in real time and presses when they like.

    `stopwatch` counts real seconds and `keyboard` waits for them. Time stands still while the app
    thinks, so the seconds shown are those of sound and silence.
    """

    def __init__(
        self,
        keyboard: Keyboard,
        transcript: Transcript,
        stopwatch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._keyboard = keyboard
        self._transcript = transcript
        self._stopwatch = stopwatch
        self._shown = -1.0
        self._news: deque[Event] = deque()

    def told(self, event: Event) -> None:
        """Takes an event from the carrier; a text may come at any time, from another thread."""
        if event.event not in ("heard", "pressed"):  # these are on the screen already
            self._news.append(event)
        if event.event == "hangup":
            self._show_news()

    def listen(self, listening: Listening) -> Press | HangUp | Stay:
        """Shows what is said as it is said, until a key is pressed or the deadline comes."""
        began = self._stopwatch()
        lines = deque(line for line in sentences(listening.prompt) if line.starts > self._shown)
        while True:
            now = listening.since + self._stopwatch() - began
            self._show_news()
            while lines and lines[0].starts <= now:
                self._say(lines.popleft())
            if now >= listening.deadline:
                return Stay()
            next_change = min([listening.deadline, *(line.starts for line in lines)])
            key = self._keyboard.next(min(next_change - now, _LOOK_AGAIN))
            if key is not None:
                now = listening.since + self._stopwatch() - began
                pressed = self._use(key, now, listening.takes_keys)
                if pressed is not None:
                    return pressed

    def _use(self, key: str, now: float, counts: bool) -> Press | HangUp | None:
        key = unicodedata.normalize("NFKC", key)  # an input method may send ３ for 3
        if key.lower() in _HANGING_UP or key == _GONE:
            return HangUp(now)
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
    """Turns being told to end into an ordinary end, so that the terminal is put right first."""

    def leave(number: int, frame: FrameType | None) -> None:
        del frame
        raise SystemExit(128 + number)

    kept = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
