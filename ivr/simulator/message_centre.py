"""The carrier's messaging side: what is sent, what comes in, and what the app is told of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import httpx

from ivr.simulator.callbacks import Callbacks
from ivr.simulator.clock import Clock
from ivr.simulator.cookies import CookieJar, CookieTransport
from ivr.simulator.deliveries import Deliveries
from ivr.simulator.delivering import PostOffice
from ivr.simulator.events import Event
from ivr.simulator.fetching import Fetcher, Request
from ivr.simulator.identifiers import Identifiers
from ivr.simulator.limits import Limits
from ivr.simulator.messages import Message, MessageBook
from ivr.simulator.numbers import Number
from ivr.simulator.parameters import text_parameters
from ivr.simulator.segments import count_segments
from ivr.simulator.text_record import TextRecord
from ivr.simulator.texting import Texting

OnAnswer = Callable[[str, str, int], None]


class OpenFetcher(Protocol):
    """Opens a fetcher that signs as messaging does, over `transport(the carrier's own)`."""

    def __call__(
        self,
        on_answer: OnAnswer,
        through: Callable[[httpx.BaseTransport], httpx.BaseTransport],
    ) -> Fetcher: ...


@dataclass(frozen=True, kw_only=True)
class TextIn:
    """A text that comes in, and where its number's webhooks are."""

    url: str
    from_: str
    to: str
    body: str
    method: str = "POST"
    fallback_url: str | None = None
    opt_out_type: str | None = None


class MessageCentre:
    """Takes messages from the app and brings it those of others.

    `on_accepted` is told each outbound message, `deliveries()` says what becomes of it. `services`
    are the Messaging Services; every number that can text is in the first one's pool.
    """

    def __init__(
        self,
        *,
        account_sid: str,
        numbers: tuple[Number, ...],
        services: Sequence[str],
        clock: Clock,
        identifiers: Identifiers,
        limits: Limits,
        open_fetcher: OpenFetcher,
        deliveries: Callable[[], Deliveries],
        on_accepted: Callable[[Message], None],
    ) -> None:
        self.book = MessageBook(on_accepted)
        self.callbacks = Callbacks(
            account_sid, clock.now, lambda: open_fetcher(lambda *_: None, lambda own: own)
        )
        self._office = PostOffice(clock, self.book, self.callbacks, deliveries)
        self._account_sid, self._numbers, self._services = account_sid, numbers, services
        self._clock, self._identifiers, self._limits = clock, identifiers, limits
        self._open_fetcher = open_fetcher
        self._jars: dict[tuple[str, str], CookieJar] = {}

    def take(self, message: Message) -> None:
        """Accepts a message for delivery."""
        self._office.take(message)

    def opened(self, text: TextIn, on_event: Callable[[Event], None] | None) -> Texting:
        """An inbound text, in the book but not yet brought to the app."""
        incoming = self._incoming(text)
        self.book.keep(incoming)
        jar = self._jars.setdefault((text.from_, text.to), CookieJar(self._clock.now))
        return Texting(
            incoming,
            parameters=text_parameters(incoming, self._account_sid, text.opt_out_type),
            numbers=self._numbers,
            identifiers=self._identifiers,
            limits=self._limits,
            now=self._clock.now,
            fetcher=lambda on_answer: self._open_fetcher(
                on_answer, lambda own: CookieTransport(own, jar)
            ),
            send=self.take,
            on_event=on_event,
        )

    def _incoming(self, text: TextIn) -> Message:
        now = self._clock.now()
        in_pool = any(own.number == text.to and own.sms for own in self._numbers)
        return Message(
            sid=self._identifiers.sid("SM"),
            to=text.to,
            from_=text.from_,
            body=text.body,
            segments=count_segments(text.body),
            created=now,
            service_sid=self._services[0] if in_pool and self._services else None,
            direction="inbound",
            status="received",
            sent=now,
        )


def brought(texting: Texting, text: TextIn) -> TextRecord:
    """Asks the app about the text and says what came of it."""
    texting.run(Request(url=text.url, method=text.method.upper()), text.fallback_url)
    return TextRecord(
        sid=texting.incoming.sid,
        from_=text.from_,
        to=text.to,
        body=text.body,
        replies=texting.replies,
        events=texting.events,
    )
