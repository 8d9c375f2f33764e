"""The caller's side of a call: what is heard, and what the caller does."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from ringback.callers.phone import HangUp, Listening, Phone, Press, Speak, Stay
from ringback.calls.call_timeline import CallOver, CallTimeline, LiveUpdate
from ringback.clock.virtual import Clock
from ringback.limits import Limits
from ringback.media.listener import Listener
from ringback.media.prompt_segment import PromptSegment, schedule
from ringback.transcript.event import Event


class CallLeg(CallTimeline):
    """What happens between a person and a machine, during a call."""

    def __init__(
        self,
        *,
        phone: Phone,
        clock: Clock,
        limits: Limits,
        on_event: Callable[[Event], None] | None,
        listener: Listener | None,
    ) -> None:
        super().__init__(clock=clock, limits=limits, on_event=on_event)
        self._phone, self._listener = phone, listener
        self._acts = 0

    def speak(self, segments: Iterable[PromptSegment]) -> None:
        """Plays sound while no Gather listens: keys are lost, the caller may hang up.

        Keys pressed before a Gather begins do not reach it; Twilio's advice is to nest the Say:
        https://support.twilio.com/hc/en-us/articles/223180068
        """
        for segment in segments:
            prompt = schedule((segment,), self.t, self._limits.call_seconds)
            self._listen(prompt, self.t + segment.seconds, prompt_ends=self.t + segment.seconds)

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
                self.emit("pressed", keys=answer.key)
                return True
            self.emit("pressed", keys=answer.key, lost=True)

    def listen(
        self,
        prompt: tuple[PromptSegment, ...],
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
        if self._listener:
            self._listener.hangs_up(self.t)

    def _listen(
        self,
        prompt: tuple[PromptSegment, ...],
        deadline: float,
        *,
        prompt_ends: float,
        so_far: str = "",
        keys: bool = False,
        speech: bool = False,
    ) -> Press | Speak | None:
        while True:
            self.check_event_limit()
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
            self.advance_to(until)
            if isinstance(answer, HangUp):
                if so_far and keys:
                    self.emit("pressed", keys=so_far)
                raise CallOver("caller", "the caller hung up")
            if isinstance(answer, Stay):
                return None
            if not lost:
                return answer
            if isinstance(answer, Press):
                self.emit("pressed", keys=answer.key, lost=True)
            else:
                self.emit("spoke", text=answer.text, seconds=answer.seconds, lost=True)

    def _ask_phone(self, listening: Listening) -> Press | Speak | HangUp | Stay:
        """The phone's answer, held to the time it was asked about."""
        answer = self._phone.listen(listening)
        if isinstance(answer, Stay) or answer.at > listening.deadline:
            return Stay()
        if isinstance(answer, Press | Speak):
            self._acts += 1
            if self._listener and isinstance(answer, Press):
                self._listener.presses(answer.key, max(answer.at, listening.since))
            if self._acts > self._limits.keys:
                text = f"more than {self._limits.keys} keys in one call"
                self.emit("error", level="error", text=text)
                raise CallOver("carrier", "too many keys", "failed")
        return replace(answer, at=max(answer.at, listening.since))

    def _hear(
        self, prompt: tuple[PromptSegment, ...], until: float, *, goes_on: bool
    ) -> tuple[PromptSegment, ...]:
        """Reports what of the prompt was audible before `until`; where it goes on, what is left."""
        for place, segment in enumerate(prompt):
            if segment.starts >= until and segment.seconds > 0:
                return prompt[place:]
            cut = segment.ends > until
            if cut and goes_on:
                return prompt[place:]
            try:
                self.advance_to(min(segment.ends, until))
            except LiveUpdate:
                self._heard(segment, self.t)
                raise
            except CallOver:
                self._sounded(segment, self.t)
                raise
            self._heard(segment, until)
        return ()

    def _heard(self, segment: PromptSegment, until: float) -> None:
        if segment.starts < until or segment.seconds == 0:
            audible = self._sounded(segment, until)
            self._emit_heard(segment, audible, segment.ends > until)

    def _sounded(self, segment: PromptSegment, until: float) -> PromptSegment:
        """Gives the listener what was audible before `until`."""
        audible = segment.cut_at(until) if segment.ends > until else segment
        if self._listener:
            self._listener.hears(audible)
        return audible

    def _emit_heard(self, segment: PromptSegment, audible: PromptSegment, cut: bool) -> None:
        if segment.verb == "Pause" or (segment.verb == "Say" and not audible.text):
            return
        self.emit(
            "heard",
            verb=segment.verb,
            text=audible.text,
            written=audible.written if audible.written != audible.text else None,
            cut=cut,
            language=segment.language,
            url=segment.url,
            seconds=audible.seconds,
        )
