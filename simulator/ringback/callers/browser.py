"""A telephone whose keys come from a browser, in real time."""

import time
from collections.abc import Callable
from queue import Empty, Queue
from typing import Protocol

from ringback.callers.phone import HangUp, Listening, Press, Stay
from ringback.media.prompt_segment import PromptSegment
from ringback.media.sentences import Sentence, sentences

HANG_UP = "hang up"
_LOOK_AGAIN = 0.5  # seconds between looks whether anybody is still there


class CallDisplay(Protocol):
    """Shows the caller what happens."""

    def says(
        self, prompt: tuple[PromptSegment, ...], said: list[Sentence], listening: Listening
    ) -> None:
        """A prompt begins: its sounds and sentences, and until when the line waits."""

    def pressed(self, key: str, at: float, listening: Listening) -> None:
        """A key was pressed at second `at`; the prompt stops where it was listened for."""


class BrowserPhone:
    """A Phone for a person elsewhere: `do` takes what they do, from any thread.

    `is_there` says whether anybody still holds it; where not, it hangs up. `stopwatch` counts
    real seconds and `inbox` waits them; the time the app takes to answer does not count.
    """

    def __init__(
        self,
        display: CallDisplay,
        is_there: Callable[[], bool],
        stopwatch: Callable[[], float] = time.monotonic,
        inbox: Queue[str] | None = None,
    ) -> None:
        self._display, self._is_there, self._stopwatch = display, is_there, stopwatch
        self._inbox: Queue[str] = inbox or Queue()
        self._shown: tuple[PromptSegment, ...] = ()
        self._began: float | None = None
        self._since = 0.0

    @property
    def t(self) -> float:
        """Seconds since the answer; 0 before it."""
        began = self._began
        return self._since if began is None else self._since + self._stopwatch() - began

    def do(self, what: str) -> None:
        """A key (0-9 * #), or HANG_UP."""
        self._inbox.put(what)

    def listen(self, listening: Listening) -> Press | HangUp | Stay:
        """See Phone: what the person does next, or that the deadline came."""
        self._since, self._began = listening.since, self._stopwatch()
        # A prompt is asked about again after a key that nothing listened for.
        new = listening.prompt if listening.prompt != self._shown else ()
        if new or listening.takes_keys:
            self._shown = listening.prompt
            self._display.says(new, list(sentences(new)), listening)
        while (now := self.t) < listening.deadline:
            if not self._is_there():
                return HangUp(now)
            try:
                what = self._inbox.get(timeout=min(listening.deadline - now, _LOOK_AGAIN))
            except Empty:
                continue
            now = min(self.t, listening.deadline)
            if what == HANG_UP:
                return HangUp(now)
            self._display.pressed(what, now, listening)
            return Press(what, now)
        return Stay()
