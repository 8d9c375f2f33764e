"""The line between caller and carrier: it sounds, and the caller does things."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from ringback.callers.phone import HangUp, Listening, Phone, Press, Speak, Stay
from ringback.calls.call_timeline import Course
from ringback.calls.failures import CallOver
from ringback.calls.live_update import Interrupted
from ringback.clock.virtual import Clock
from ringback.limits import Limits
from ringback.media.listener import Ear
from ringback.media.prompt_segment import Passage, schedule
from ringback.transcript.event import Event


class Line(Course):
    """What happens between a person and a machine, in the course of a call."""

    def __init__(
        self,
        *,
        phone: Phone,
        clock: Clock,
        limits: Limits,
        on_event: Callable[[Event], None] | None,
        ear: Ear | None,
    ) -> None:
        super().__init__(clock=clock, limits=limits, on_event=on_event)
        self._phone, self._ear = phone, ear
        self._acts = 0

    def speak(self, passages: Iterable[Passage]) -> None:
        """Plays sound while no Gather listens: keys are lost, the caller may hang up.

        Keys pressed before a Gather begins do not reach it; Twilio's advice is to nest the Say:
        https://support.twilio.com/hc/en-us/articles/223180068
        """
        for passage in passages:
            prompt = schedule((passage,), self.t, self._limits.call_seconds)
            self._listen(prompt, self.t + passage.seconds, prompt_ends=self.t + passage.seconds)

    def wait(self, seconds: float, stops_at: str = "") -> bool:
        """Lets `seconds` pass without sound (a telephone rings, two people talk).

        With `stops_at`, a key, the caller may cut it short; true when they did.
        """
        until = self.t + seconds
        while True:
            ends = self.t if stops_at else until
            answer = self._listen((), until, prompt_ends=ends, keys=bool(stops_at))
            if not isinstance(answer, Press):
                return False
            if answer.key == stops_at:
                self.tell("pressed", keys=answer.key)
                return True
            self.tell("pressed", keys=answer.key, lost=True)

    def listen(
        self,
        prompt: tuple[Passage, ...],
        deadline: float,
        so_far: str,
        *,
        keys: bool = True,
        speech: bool = False,
    ) -> Press | Speak | None:
        """The next key or utterance for a Gather, or None at the deadline.

        `prompt` is what is being said meanwhile; it is heard up to the input or to its end. What
        the caller does that the Gather does not take (`keys`, `speech`) is lost.
        """
        ends = prompt[-1].ends if prompt else self.t
        return self._listen(
            prompt, deadline, prompt_ends=ends, so_far=so_far, keys=keys, speech=speech
        )

    def end(self) -> None:
        """Nothing sounds any more."""
        if self._ear:
            self._ear.hangs_up(self.t)

    def _listen(
        self,
        prompt: tuple[Passage, ...],
        deadline: float,
        *,
        prompt_ends: float,
        so_far: str = "",
        keys: bool = False,
        speech: bool = False,
    ) -> Press | Speak | None:
        while True:
            self.keep_within_bounds()
            answer = self._ask_phone(
                Listening(
                    since=self.t,
                    prompt_ends=prompt_ends,
                    deadline=deadline,
                    takes_keys=keys,
                    takes_speech=speech,
                    so_far=so_far,
                    prompt=prompt,
                )
            )
            lost = (isinstance(answer, Press) and not keys) or (
                isinstance(answer, Speak) and not speech
            )
            until = deadline if isinstance(answer, Stay) else answer.at
            prompt = self._hear(prompt, until, goes_on=lost)
            self.pass_to(until)
            if isinstance(answer, HangUp):
                if so_far and keys:
                    self.tell("pressed", keys=so_far)
                raise CallOver("caller", "the caller hung up")
            if isinstance(answer, Stay):
                return None
            if not lost:
                return answer
            if isinstance(answer, Press):
                self.tell("pressed", keys=answer.key, lost=True)
            else:
                self.tell("spoke", text=answer.text, seconds=answer.seconds, lost=True)

    def _ask_phone(self, listening: Listening) -> Press | Speak | HangUp | Stay:
        """The phone's answer, held to the time it was asked about."""
        answer = self._phone.listen(listening)
        if isinstance(answer, Stay) or answer.at > listening.deadline:
            return Stay()
        if isinstance(answer, Press | Speak):
            self._acts += 1
            if self._ear and isinstance(answer, Press):
                self._ear.presses(answer.key, max(answer.at, listening.since))
            if self._acts > self._limits.keys:
                text = f"more than {self._limits.keys} keys in one call"
                self.tell("error", level="error", text=text)
                raise CallOver("carrier", "too many keys", "failed")
        return replace(answer, at=max(answer.at, listening.since))

    def _hear(
        self, prompt: tuple[Passage, ...], until: float, *, goes_on: bool
    ) -> tuple[Passage, ...]:
        """Tells what of the prompt was audible before `until`; where it goes on, what is left."""
        for place, passage in enumerate(prompt):
            if passage.starts >= until and passage.seconds > 0:
                return prompt[place:]
            cut = passage.ends > until
            if cut and goes_on:
                return prompt[place:]
            try:
                self.pass_to(min(passage.ends, until))
            except Interrupted:
                self._heard(passage, self.t)
                raise
            except CallOver:
                self._sounded(passage, self.t)
                raise
            self._heard(passage, until)
        return ()

    def _heard(self, passage: Passage, until: float) -> None:
        if passage.starts < until or passage.seconds == 0:
            audible = self._sounded(passage, until)
            self._tell_heard(passage, audible, passage.ends > until)

    def _sounded(self, passage: Passage, until: float) -> Passage:
        """Lets the ear have what was audible before `until`."""
        audible = passage.cut_at(until) if passage.ends > until else passage
        if self._ear:
            self._ear.hears(audible)
        return audible

    def _tell_heard(self, passage: Passage, audible: Passage, cut: bool) -> None:
        if passage.verb == "Pause" or (passage.verb == "Say" and not audible.text):
            return
        self.tell(
            "heard",
            verb=passage.verb,
            text=audible.text,
            written=audible.written if audible.written != audible.text else None,
            cut=cut,
            language=passage.language,
            url=passage.url,
            seconds=audible.seconds,
        )
