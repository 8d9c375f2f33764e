"""One call in progress: the caller's leg, and the requests to the app; verbs are built on it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from ringback.callers.phone import Phone
from ringback.calls.call_leg import CallLeg
from ringback.calls.callee import NOBODY, Callee
from ringback.context import CarrierContext
from ringback.media.listener import Listener, SpeechSettings
from ringback.media.prompt_segment import PromptSegment
from ringback.transcript.event import Event
from ringback.webhooks.document import AUDIO_TYPES, Document, media_type, read_document, sound_of
from ringback.webhooks.fetcher import Fetcher
from ringback.webhooks.parameters import Parties, voice_parameters
from ringback.webhooks.request import Failure, Request

# https://www.twilio.com/docs/api/errors/15003
_BAD_ANSWER_TO_A_CALLBACK = 15_003


class Call(CallLeg):
    """The state of one call and what can be done with it.

    Methods raise CallOver when the call ends under them and Failure when Twilio would report a
    fatal error.
    """

    def __init__(
        self,
        parties: Parties,
        *,
        phone: Phone,
        callee: Callee | Mapping[str, Callee],
        context: CarrierContext,
        fetcher: Callable[[Callable[[str, str, int], None]], Fetcher],
        on_event: Callable[[Event], None] | None,
        listener: Listener | None,
        speech: SpeechSettings,
    ) -> None:
        super().__init__(
            phone=phone,
            clock=context.clock,
            limits=context.limits,
            on_event=on_event,
            listener=listener,
        )
        self.parties, self.identifiers = parties, context.identifiers
        self.voice, self.estimate = speech.voice, speech.estimate
        self.answered = False
        self._callee, self._captions = callee, speech.captions
        self._documents = self._sounds = self._bytes_left = 0
        self._fetcher = fetcher(
            lambda method, url, status: self.emit("request", method=method, url=url, status=status)
        )

    def callee_of(self, to: str) -> Callee:
        """What the telephone `to` does when it is rung."""
        return self._callee if isinstance(self._callee, Callee) else self._callee.get(to, NOBODY)

    def warn(self, code: int | None, text: str, document: Document) -> None:
        """An error that does not end the call."""
        self.check_event_limit()
        self.emit("error", code=code, text=text, url=document.url, level="warning")

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
            answer = self._fetcher.document(request, self.parameters())
            self.advance_to(self.t + answer.seconds)
            document = read_document(answer)
        except Failure as failure:
            self.advance_to(self.t + failure.seconds)
            raise
        self.t = self._clock.elapsed(self._began, self.t)
        self._bytes_left = self._limits.kept_audio_bytes
        sound = self._kept(document.sound) if document.sound else None
        return replace(document, sound=sound)

    def fetch_sound(self, url: str, wrong_type: int = 13420) -> PromptSegment:
        """Asks for a sound file. Raises Failure `wrong_type` when it is none, 11200 and so on."""
        self._sounds += 1
        if self._sounds > self._limits.sounds:
            text = f"the call asked for more than {self._limits.sounds} sounds (our bound)"
            raise Failure(None, text, url)
        answer = self._fetcher.sound(url)
        if media_type(answer) not in AUDIO_TYPES:
            kind = media_type(answer) or "(none)"
            raise Failure(wrong_type, f"Play needs an audio type, this is {kind}", url)
        return self._kept(sound_of(answer, self._captions(url) or ""))

    def parameters(self, status: str | None = None) -> dict[str, str]:
        """The standard parameters; the call's status is as it is now, unless it is said here."""
        now = "in-progress" if self.answered else "ringing"
        return voice_parameters(self.parties, status or now)

    def report(self, request: Request, fields: Mapping[str, str]) -> None:
        """Notifies the app of something; what it answers does not matter, unless it is an error.

        Twilio does not wait for these requests, so no virtual time passes.
        """
        try:
            self._fetcher.document(request, fields)
        except Failure as failure:
            self.emit(
                "error",
                code=_BAD_ANSWER_TO_A_CALLBACK if failure.status else failure.code,
                text=f"callback: {failure.text}",
                url=failure.url,
                status=failure.status,
                level="warning",
            )

    def _kept(self, sound: PromptSegment) -> PromptSegment:
        """The sound with its file where a listener wants it and memory is left, else without."""
        size = sum(len(part.file) for part in sound.parts)
        if self._listener is None or size > self._bytes_left:
            return sound.without_files()
        self._bytes_left -= size
        return sound
