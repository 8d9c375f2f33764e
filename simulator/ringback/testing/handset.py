"""A telephone that a test holds: each step is done, or shown to be true, as the call goes on."""

from typing import Self

from ringback.callers.phone import KEYS, HangUp, Press, Speak, Stay
from ringback.media.speaking_time import seconds_to_say
from ringback.testing.hearing import Words, contains, quoted
from ringback.testing.held_call import HeldCall
from ringback.testing.on_the_phone import OnThePhone

BETWEEN_KEYS = 0.3  # seconds


class Handset(OnThePhone):
    """Calls an app step by step: `phone.dials(line).hears("press 3").presses("3").hangs_up()`.

    A step moves the call to where it is true and no further, in virtual time; so `seconds` after
    `hears` is how long the caller waited for these words, and a key pressed then cuts the rest.
    Steps look at what was heard since the caller last did something. They raise CallFailed, an
    AssertionError with the whole call in it. In: as a Texter.
    """

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
        self._current_call()
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
        self._current_call()
        while self._listens_on():
            pass
        return self

    def presses(self, keys: str) -> Self:
        """Presses keys, 0.3 seconds apart, the first one now or as soon as the line listens."""
        __tracebackhide__ = True
        if not keys or not set(keys) <= set(KEYS):
            raise ValueError(f"{keys!r} are no keys: expected some of {' '.join(KEYS)}")
        call = self._current_call()
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

        `confidence` (0 to 1) is what the app receives: https://www.twilio.com/docs/voice/twiml/gather
        """
        __tracebackhide__ = True
        self._reaches(lambda listening: listening.takes_speech, f"listen for {words!r}")
        self._does(Speak(words, self._now, seconds_to_say(words), confidence))
        return self._new_turn(f"the caller said {words!r}")

    def is_silent(self, times: int = 1) -> Self:
        """Presses nothing until a Gather has timed out, or a Record has ended, `times` times."""
        __tracebackhide__ = True
        call = self._current_call()
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
        if self._current_call().over:
            raise self._failure("expected to hang up, but the call had ended")
        return self._does(HangUp(self._now))

    def is_hung_up_on(self) -> Self:
        """Listens until the line ends the call; it must not wait for an input instead."""
        __tracebackhide__ = True
        self.listens()
        if not self._current_call().over:
            raise self._failure("expected the line to hang up, but it waits for an input")
        return self
