"""One call under way: its time, its sound, its caller and its requests; verbs are made of these."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from ivr.simulator.clock import Clock
from ivr.simulator.documents import AUDIO_TYPES, Document, media_type, read, sound_of
from ivr.simulator.ear import Captions, Ear, Estimate, Voice
from ivr.simulator.events import Event, Kind
from ivr.simulator.failures import CallOver, Failure
from ivr.simulator.far_end import FarEnd
from ivr.simulator.fetching import Fetcher, Request
from ivr.simulator.identifiers import Identifiers
from ivr.simulator.limits import Limits
from ivr.simulator.parameters import Parties, voice_parameters
from ivr.simulator.passages import Passage, schedule
from ivr.simulator.phone import HangUp, Listening, Phone, Press, Stay


class Call:
    """The state of one call and what can be done with it.

    `t` is virtual seconds since the answer. Methods raise CallOver when the call ends under them
    and Failure when Twilio would report a fatal error.
    """

    def __init__(
        self,
        parties: Parties,
        *,
        phone: Phone,
        far_end: FarEnd,
        clock: Clock,
        identifiers: Identifiers,
        limits: Limits,
        fetcher: Callable[[Callable[[str, str, int], None]], Fetcher],
        on_event: Callable[[Event], None] | None,
        ear: Ear | None,
        voice: Voice | None,
        estimate: Estimate,
        captions: Captions,
    ) -> None:
        self.parties, self.far_end, self.identifiers = parties, far_end, identifiers
        self.voice, self.estimate = voice, estimate
        self.t = 0.0
        self.answered = False
        self._phone, self._clock, self._limits = phone, clock, limits
        self._began: datetime = clock.now()
        self._on_event, self._ear, self._captions = on_event, ear, captions
        self._events: list[Event] = []
        self._telling = Lock()
        self._documents = self._keys = self._room = 0
        self._fetcher = fetcher(
            lambda method, url, status: self.tell("request", method=method, url=url, status=status)
        )

    @property
    def events(self) -> tuple[Event, ...]:
        """What has happened so far."""
        return tuple(self._events)

    @property
    def longest(self) -> float:
        """Seconds after which the carrier cuts the call off."""
        return self._limits.call_seconds

    def tell(self, kind: Kind, **fields: Any) -> None:
        """Records an event and tells the listener; any thread may."""
        event = Event(t=self.t, event=kind, **fields)
        with self._telling:
            self._events.append(event)
            if self._on_event:
                self._on_event(event)

    def warn(self, code: int | None, text: str, document: Document) -> None:
        """An error that does not end the call."""
        self.tell("error", code=code, text=text, url=document.url, level="warning")

    def pass_to(self, t: float) -> None:
        """Lets time pass until `t`; a call of four hours is cut off.

        https://www.twilio.com/docs/voice/limitations-and-edge-cases
        """
        longest = self._limits.call_seconds
        self.t = max(self.t, min(t, longest))
        self._clock.move_to(self._began + timedelta(seconds=self.t))
        if t >= longest:
            self.tell(
                "error",
                code=32015,
                level="error",
                text=f"the call reached its longest duration, {longest:g} s",
            )
            raise CallOver("carrier", "longest duration reached")

    def fetch(self, request: Request) -> Document:
        """Asks the app for a document. Raises Failure; the time a slow app took has then passed."""
        self._documents += 1
        if self._documents > self._limits.documents:
            raise Failure(
                None,
                f"the call asked for more than {self._limits.documents} documents: does the app"
                " loop? (the simulator's bound, not Twilio's)",
                request.url,
            )
        try:
            document = read(self._fetcher.document(request, self._standard_parameters()))
        except Failure as failure:
            self.pass_to(self.t + failure.seconds)
            raise
        self.t = self._clock.elapsed(self._began, self.t)
        self._room = self._limits.kept_audio_bytes
        sound = self._kept(document.sound) if document.sound else None
        return replace(document, sound=sound)

    def fetch_sound(self, url: str) -> Passage:
        """Asks for a sound file. Raises Failure 13420 when it is none, 11200 and so on."""
        answer = self._fetcher.sound(url)
        if media_type(answer) not in AUDIO_TYPES:
            kind = media_type(answer) or "(none)"
            raise Failure(13420, f"Play needs an audio type, this is {kind}", url)
        return self._kept(sound_of(answer, self._captions(url) or ""))

    def speak(self, passages: Iterable[Passage]) -> None:
        """Plays sound while no Gather listens: keys are lost, the caller may hang up.

        Keys pressed before a Gather begins do not reach it; Twilio's advice is to nest the Say:
        https://support.twilio.com/hc/en-us/articles/223180068
        """
        for passage in passages:
            prompt = schedule((passage,), self.t, self._limits.call_seconds)
            self._sit_through(prompt, passage.seconds)

    def wait(self, seconds: float) -> None:
        """Lets `seconds` pass without sound (a telephone rings, two people talk)."""
        self._sit_through((), seconds)

    def listen(self, prompt: tuple[Passage, ...], deadline: float, so_far: str) -> Press | None:
        """The next key for a Gather, or None at the deadline. Raises CallOver on hanging up.

        `prompt` is what is being said meanwhile; it is heard up to the key or to its end.
        """
        prompt_ends = prompt[-1].ends if prompt else self.t
        answer = self._ask_phone(
            Listening(
                since=self.t,
                prompt_ends=prompt_ends,
                deadline=deadline,
                takes_keys=True,
                so_far=so_far,
                prompt=prompt,
            )
        )
        until = deadline if isinstance(answer, Stay) else answer.at
        self._hear(prompt, until)
        self.pass_to(until)
        if isinstance(answer, HangUp):
            if so_far:
                self.tell("pressed", keys=so_far)
            raise CallOver("caller", "the caller hung up")
        return answer if isinstance(answer, Press) else None

    def end(self) -> None:
        """Nothing sounds any more."""
        if self._ear:
            self._ear.hangs_up(self.t)

    def _sit_through(self, prompt: tuple[Passage, ...], seconds: float) -> None:
        ends = self.t + seconds
        while True:
            answer = self._ask_phone(
                Listening(
                    since=self.t,
                    prompt_ends=ends,
                    deadline=ends,
                    takes_keys=False,
                    so_far="",
                    prompt=prompt,
                )
            )
            if isinstance(answer, Press):
                self.pass_to(answer.at)
                self.tell("pressed", keys=answer.key, lost=True)
                continue
            until = ends if isinstance(answer, Stay) else answer.at
            self._hear(prompt, until)
            self.pass_to(until)
            if isinstance(answer, HangUp):
                raise CallOver("caller", "the caller hung up")
            return

    def _ask_phone(self, listening: Listening) -> Press | HangUp | Stay:
        """The phone's answer, held to the time it was asked about."""
        answer = self._phone.listen(listening)
        if isinstance(answer, Stay) or answer.at > listening.deadline:
            return Stay()
        if isinstance(answer, Press):
            self._keys += 1
            if self._ear:
                self._ear.presses(answer.key, max(answer.at, listening.since))
            if self._keys > self._limits.keys:
                text = f"more than {self._limits.keys} keys in one call"
                self.tell("error", level="error", text=text)
                raise CallOver("carrier", "too many keys", "failed")
        return replace(answer, at=max(answer.at, listening.since))

    def _hear(self, prompt: tuple[Passage, ...], until: float) -> None:
        """Tells what of the prompt was audible before `until`."""
        for passage in prompt:
            if passage.starts >= until and passage.seconds > 0:
                return
            cut = passage.ends > until
            audible = passage.cut_at(until) if cut else passage
            if self._ear:
                self._ear.hears(audible)
            self.pass_to(min(passage.ends, until))
            if passage.verb == "Pause" or (passage.verb == "Say" and not audible.text):
                continue
            written = audible.written if audible.written != audible.text else None
            self.tell(
                "heard",
                verb=passage.verb,
                text=audible.text,
                written=written,
                cut=cut,
                language=passage.language,
                url=passage.url,
                seconds=audible.seconds,
            )

    def _kept(self, sound: Passage) -> Passage:
        """The sound with its file where somebody listens and there is room, else without."""
        size = sum(len(piece.file) for piece in sound.pieces)
        if self._ear is None or size > self._room:
            return sound.without_files()
        self._room -= size
        return sound

    def _standard_parameters(self) -> dict[str, str]:
        return voice_parameters(self.parties, "in-progress" if self.answered else "ringing")
