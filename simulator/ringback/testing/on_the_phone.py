"""Where a test's call stands: the second, what was heard by then, and how it is moved on."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Self

from ringback.callers.phone import HangUp, Listening, Stay
from ringback.testing.hearing import Words, audible, moment_of, nearest, quoted
from ringback.testing.held_call import Act, HeldCall
from ringback.testing.texter import CallFailed, Texter
from ringback.transcript.event import Event
from ringback.transcript.rows import spoken, whole_call


class OnThePhone(Texter):
    """A telephone with a call that stands still until it is moved on. In: as a Texter."""

    _call: HeldCall | None = None
    _parties = ""
    _began: datetime
    _now = 0.0
    _turn = 0  # the first event since the caller last did something
    _last_act = "the line answered"

    @property
    def seconds(self) -> float:
        """Virtual seconds since the line answered."""
        return self._now

    @property
    def events(self) -> tuple[Event, ...]:
        """What has happened in the call so far, up to this moment."""
        call = self._call
        if call is None:
            return ()
        prompt = call.listening.prompt if call.listening else ()
        return (*call.events, *audible(prompt, self._now))

    @property
    def heard(self) -> str:
        """What was heard since the caller last did something, one Say or Play a line."""
        return "\n".join(spoken(event) for event in self._this_turn if event.event == "heard")

    def close(self) -> None:
        """Hangs up if the call is still open, so that nothing of it is left running."""
        call, self._call = self._call, None
        while call and not call.over:
            call.answer(HangUp(call.listening.since if call.listening else 0.0))

    @property
    def _this_turn(self) -> tuple[Event, ...]:
        return self.events[self._turn :]

    def _current_call(self) -> HeldCall:
        __tracebackhide__ = True
        if self._call is None:
            raise CallFailed("no call was placed yet: begin with phone.dials(...)")
        return self._call

    def _silences(self) -> int:
        """How often a Gather has timed out, or a Record has ended."""
        return sum(event.event in ("silence", "recorded") for event in self._current_call().events)

    def _reaches(self, place: Callable[[Listening], bool], what: str) -> None:
        """Lets the call go on to such a moment, but not over one that waits for something else."""
        __tracebackhide__ = True
        while not self._is_at(place):
            if not self._listens_on():
                over = self._current_call().over
                why = "the call ended" if over else "it waits for something else"
                raise self._failure(f"expected the line to {what}, but {why}")

    def _is_at(self, place: Callable[[Listening], bool]) -> bool:
        listening = self._current_call().listening
        return listening is not None and place(listening)

    def _moment_of(self, words: Words) -> float | None:
        call = self._current_call()
        prompt = call.listening.prompt if call.listening else ()
        return moment_of(words, call.events[self._turn :], prompt, self._now)

    def _listens_on(self) -> bool:
        """Lets the call go on to its next moment; False where it waits for the caller, or is over.

        Keys that were pressed already count as given, so their Gather may run out.
        """
        __tracebackhide__ = True
        listening = self._current_call().listening
        if listening is None:
            return False
        if (listening.takes_keys or listening.takes_speech) and not listening.so_far:
            self._at(listening.prompt_ends)
            return False
        self._does(Stay())
        return True

    def _does(self, act: Act) -> Self:
        __tracebackhide__ = True
        call = self._current_call()
        call.answer(act)
        return self._at(call.listening.since if call.listening else call.events[-1].t)

    def _at(self, moment: float) -> Self:
        """Is at this second of the call, or later; the carrier's clock goes along."""
        self._now = max(self._now, moment)
        self._carrier.clock.move_to(self._began + timedelta(seconds=self._now))
        return self

    def _new_turn(self, after: str) -> Self:
        self._turn, self._last_act = len(self._current_call().events), after
        return self

    def _not_heard(self, words: Words) -> CallFailed:
        close = nearest(words, self.events) if isinstance(words, str) else None
        near = f"nearest heard: {close.words!r} at {close.t:.1f} s" if close else "nothing like it"
        return self._failure(f"expected to hear {quoted(words)}", [self._since(), near])

    def _since(self) -> str:
        return f"since {self._last_act}, up to {self._now:.1f} s"

    def _so_far(self) -> list[tuple[str, str]]:
        if self._call is None:
            return super()._so_far()
        rows = whole_call(self.events) or "   (nothing was heard)"
        return [*super()._so_far(), (f"The call {self._parties}:", rows)]
