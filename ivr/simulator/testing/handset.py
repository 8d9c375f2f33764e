"""A telephone that a test holds: each step is done, or shown to be true, as the call goes on."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Self

from ivr.simulator.events import Event
from ivr.simulator.phone import KEYS, HangUp, Listening, Press, Speak, Stay
from ivr.simulator.speaking import seconds_to_say
from ivr.simulator.telling import spoken, whole_call
from ivr.simulator.testing.failing import CallFailed
from ivr.simulator.testing.hearing import (
    Words,
    audible,
    contains,
    moment_of,
    nearest,
    quoted,
)
from ivr.simulator.testing.held_call import Act, HeldCall
from ivr.simulator.testing.texter import Texter

BETWEEN_KEYS = 0.3  # seconds


class Handset(Texter):
    """Calls an app step by step: `phone.dials(line).hears("press 3").presses("3").hangs_up()`.

    A step moves the call to where it is true and no further, in virtual time; so `seconds` after
    `hears` is how long the caller waited for these words, and a key pressed then cuts the rest.
    Steps look at what was heard since the caller last did something. They raise CallFailed, an
    AssertionError with the whole call in it. In: as a Texter.
    """

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

    def dials(self, line: str | None = None, *, from_: str | None = None) -> Self:
        """Rings a number, from this telephone's own or `from_`; a call still open is ended first.

        The step is over when the line has answered and is about to say its first words.
        """
        __tracebackhide__ = True
        self.close()
        line, caller = line or self._line, from_ or self.number
        self._parties = f"from {caller} to {line}"
        self._now, self._turn, self._last_act = 0.0, 0, "the line answered"
        self._began = self._carrier.now()
        self._call = HeldCall(
            lambda phone, on_event: self._carrier.call(
                url=self._url,
                method=self._method,
                from_=caller,
                to=line,
                phone=phone,
                on_event=on_event,
            )
        )
        return self

    def hears(self, words: Words) -> Self:
        """Listens until these words (or a pattern) have been said, never past a silence."""
        __tracebackhide__ = True
        self._under_way()
        while (moment := self._moment_of(words)) is None:
            if not self._listens_on():
                raise self._not_heard(words)
        return self._at(moment)

    def does_not_hear(self, words: Words) -> Self:
        """Listens until the line waits or the call ends; these words must not have been said."""
        __tracebackhide__ = True
        self.listens()
        if contains(self._this_turn, words):
            expected = f"expected not to hear {quoted(words)}, but it was said"
            raise self._failure(expected, [self._since()])
        return self

    def listens(self) -> Self:
        """Listens until the line waits for an input, or the call ends."""
        __tracebackhide__ = True
        self._under_way()
        while self._listens_on():
            pass
        return self

    def presses(self, keys: str) -> Self:
        """Presses keys, 0.3 seconds apart, the first one now or as soon as the line listens."""
        __tracebackhide__ = True
        if not keys or not set(keys) <= set(KEYS):
            raise ValueError(f"{keys!r} are no keys: expected some of {' '.join(KEYS)}")
        call = self._under_way()
        self._reaches(lambda listening: listening.takes_keys, f"take the key {keys[0]}")
        for place, key in enumerate(keys):
            if place:
                self.waits(BETWEEN_KEYS)
            if call.over:
                raise self._failure(f"expected the line to take the key {key}, but the call ended")
            self._does(Press(key, self._now))
        return self._new_turn(f"the caller pressed {keys}")

    def says(self, words: str, *, confidence: float = 0.9) -> Self:
        """Says words, now or as soon as the line listens for speech; they are understood as given.

        `confidence` (0 to 1) is what the app is told: https://www.twilio.com/docs/voice/twiml/gather
        """
        __tracebackhide__ = True
        self._reaches(lambda listening: listening.takes_speech, f"listen for {words!r}")
        self._does(Speak(words, self._now, seconds_to_say(words), confidence))
        return self._new_turn(f"the caller said {words!r}")

    def is_silent(self, times: int = 1) -> Self:
        """Presses nothing until the line has waited in vain, `times` times over."""
        __tracebackhide__ = True
        call = self._under_way()
        for _ in range(times):
            already = self._silences()
            while not call.over and self._silences() == already:
                self._does(Stay())
            if self._silences() == already:
                raise self._failure("expected the line to wait in silence, but the call ended")
            self._new_turn("the caller was silent")
        return self

    def waits(self, seconds: float) -> Self:
        """Lets time pass, whatever is said in it and whoever waits in it; also after a call."""
        __tracebackhide__ = True
        call = self._call
        if call is None or call.over:
            self._carrier.pass_time(seconds)
            return self
        moment = self._now + seconds
        while call.listening and call.listening.deadline < moment:
            self._does(Stay())
        return self if call.over else self._at(moment)

    def hangs_up(self) -> Self:
        """Ends the call at this moment; it must not have ended by itself."""
        __tracebackhide__ = True
        if self._under_way().over:
            raise self._failure("expected to hang up, but the call had ended")
        return self._does(HangUp(self._now))

    def is_hung_up_on(self) -> Self:
        """Listens until the line ends the call; it must not wait for an input instead."""
        __tracebackhide__ = True
        self.listens()
        if not self._under_way().over:
            raise self._failure("expected the line to hang up, but it waits for an input")
        return self

    def close(self) -> None:
        """Hangs up if the call is still open, so that nothing of it is left running."""
        call, self._call = self._call, None
        while call and not call.over:
            call.answer(HangUp(call.listening.since if call.listening else 0.0))

    @property
    def _this_turn(self) -> tuple[Event, ...]:
        return self.events[self._turn :]

    def _under_way(self) -> HeldCall:
        __tracebackhide__ = True
        if self._call is None:
            raise CallFailed("no call was placed yet: begin with phone.dials(...)")
        return self._call

    def _silences(self) -> int:
        """How often a Gather has waited in vain, or a Record heard the end of what was said."""
        return sum(event.event in ("silence", "recorded") for event in self._under_way().events)

    def _reaches(self, place: Callable[[Listening], bool], what: str) -> None:
        """Lets the call go on to such a moment, but not over one that waits for something else."""
        __tracebackhide__ = True
        while not self._is_at(place):
            if not self._listens_on():
                why = "the call ended" if self._under_way().over else "it waits for something else"
                raise self._failure(f"expected the line to {what}, but {why}")

    def _is_at(self, place: Callable[[Listening], bool]) -> bool:
        listening = self._under_way().listening
        return listening is not None and place(listening)

    def _moment_of(self, words: Words) -> float | None:
        call = self._under_way()
        prompt = call.listening.prompt if call.listening else ()
        return moment_of(words, call.events[self._turn :], prompt, self._now)

    def _listens_on(self) -> bool:
        """Lets the call go on to its next moment; False where it waits for the caller, or is over.

        Keys that were pressed already count as given, so their Gather may run out.
        """
        __tracebackhide__ = True
        listening = self._under_way().listening
        if listening is None:
            return False
        if (listening.takes_keys or listening.takes_speech) and not listening.so_far:
            self._at(listening.prompt_ends)
            return False
        self._does(Stay())
        return True

    def _does(self, act: Act) -> Self:
        __tracebackhide__ = True
        call = self._under_way()
        call.answer(act)
        return self._at(call.listening.since if call.listening else call.events[-1].t)

    def _at(self, moment: float) -> Self:
        """Is at this second of the call, or later; the carrier's clock goes along."""
        self._now = max(self._now, moment)
        self._carrier.clock.move_to(self._began + timedelta(seconds=self._now))
        return self

    def _new_turn(self, after: str) -> Self:
        self._turn, self._last_act = len(self._under_way().events), after
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
