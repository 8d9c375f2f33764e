"""A text that comes in: the app is asked, and its answer is carried out."""

from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from typing import Any
from xml.etree.ElementTree import Element

from ringback.context import CarrierContext
from ringback.messages.message import Message
from ringback.messages.messaging_twiml import (
    MESSAGES,
    Reply,
    messaging_warnings,
    read_text_answer,
    redirect_of,
    reply_of,
)
from ringback.messages.segments import LONGEST_BODY, count_segments
from ringback.numbers.number import Number, recipient_error
from ringback.transcript.event import Event, Kind
from ringback.webhooks.document import Document
from ringback.webhooks.fetcher import Fetcher
from ringback.webhooks.request import Failure, Request, fallback_after


class TextExchange:
    """One inbound text and the requests and replies it leads to.

    `send` takes a reply for delivery, `forbids(to, from)` knows who wants none. Replies go one
    after another, as they stand in the document.
    """

    def __init__(
        self,
        incoming: Message,
        *,
        context: CarrierContext,
        parameters: dict[str, str],
        numbers: tuple[Number, ...],
        fetcher: Callable[[Callable[[str, str, int], None]], Fetcher],
        send: Callable[[Message], None],
        forbids: Callable[[str, str], bool],
        on_event: Callable[[Event], None] | None,
    ) -> None:
        self.incoming = incoming
        self._identifiers, self._limits = context.identifiers, context.limits
        self._now = context.clock.now
        self._parameters, self._numbers, self._send = parameters, numbers, send
        self._forbids, self._on_event = forbids, on_event
        self.automatic: Message | None = None
        self._events: list[Event] = []
        self._replies: list[Message] = []
        self._event_lock = Lock()
        self._fetcher = fetcher(
            lambda method, url, status: self.emit("request", method=method, url=url, status=status)
        )

    @property
    def events(self) -> tuple[Event, ...]:
        """What has happened so far."""
        return tuple(self._events)

    @property
    def replies(self) -> tuple[Message, ...]:
        """What has been answered so far."""
        return tuple(self._replies)

    def emit(self, kind: Kind, **fields: Any) -> None:
        """Records an event and notifies the listener; any thread may."""
        t = (self._now() - self.incoming.created).total_seconds()
        event = Event(t=t, event=kind, **fields)
        with self._event_lock:
            self._events.append(event)
            if self._on_event:
                self._on_event(event)

    def run(self, first: Request, fallback: Request | None) -> None:
        """Asks and carries out document after document; a fatal error ends it, in silence."""
        request: Request | None = first
        for _ in range(self._limits.documents):
            if request is None:
                return
            request = self._serve(request, fallback)
        text = (
            f"the text asked for more than {self._limits.documents} documents: does the app loop?"
        )
        self.emit("error", text=f"{text} (the simulator's bound, not Twilio's)", level="error")

    def answer_by_itself(self, body: str) -> None:
        """What the carrier sends back before the app is asked; it is none of the app's messages."""
        self.automatic = message = self._message(body, self.incoming.from_, self.incoming.to)
        self.emit("texted", **message.event_fields())

    def _serve(self, request: Request, fallback: Request | None) -> Request | None:
        try:
            answer = self._fetcher.document(request, self._parameters)
            return self._execute(read_text_answer(answer))
        except Failure as failure:
            self.emit(
                "error",
                code=failure.code,
                text=failure.text,
                url=failure.url or None,
                status=failure.status,
                level="error",
            )
            return fallback_after(failure, request, fallback)

    def _execute(self, document: Document) -> Request | None:
        for warning in messaging_warnings(document):
            self._warn(12200, warning, document)
        for element in document.verbs:
            if element.tag in MESSAGES:
                self._reply(element, document)
            elif element.tag == "Redirect":
                return redirect_of(element, document)
        return None

    def _reply(self, element: Element, document: Document) -> None:
        reply = reply_of(element, document)
        if reply.media:
            text = "Message: media are not simulated, so they were left out"
            self._warn(None, text, document)
        to, from_ = reply.to or self.incoming.from_, reply.from_ or self.incoming.to
        fault = self._fault(reply, to, from_)
        if fault:
            self._warn(*fault, document)
            return
        message = replace(
            self._message(reply.body, to, from_),
            status_callback=reply.callback,
            callback_method=reply.method,
        )
        self._replies.append(message)
        self._send(message)

    def _message(self, body: str, to: str, from_: str) -> Message:
        return Message(
            sid=self._identifiers.sid("SM"),
            to=to,
            from_=from_,
            body=body,
            segments=count_segments(body),
            created=self._now(),
            direction="outbound-reply",
        )

    def _fault(self, reply: Reply, to: str, from_: str) -> tuple[int, str] | None:
        """Why a reply cannot be sent: its code and what to say; None when it can."""
        if not reply.body or len(reply.body) > LONGEST_BODY:
            # https://www.twilio.com/docs/api/errors/14103
            length = len(reply.body)
            return 14103, f"Message: a body has 1 to {LONGEST_BODY} characters, this has {length}"
        if reply.to and recipient_error(to) is not None:
            # https://www.twilio.com/docs/api/errors/14101
            return 14101, f'Message: to="{to}" is not a number that can be texted'
        if reply.from_ and not any(own.number == reply.from_ and own.sms for own in self._numbers):
            # https://www.twilio.com/docs/api/errors/14102
            return 14102, f'Message: from="{reply.from_}" is no number of the account that can text'
        if self._forbids(to, from_):
            # https://www.twilio.com/docs/api/errors/21610
            return 21610, f"Message: {to} has unsubscribed from {from_}"
        return None

    def _warn(self, code: int | None, text: str, document: Document) -> None:
        self.emit("error", code=code, text=text, url=document.url, level="warning")
