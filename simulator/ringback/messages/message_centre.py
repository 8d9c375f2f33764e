"""The carrier's messaging side: what is sent, what comes in, and what the app is told of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ringback.clock.virtual import Clock
from ringback.identifiers import Identifiers
from ringback.limits import Limits
from ringback.messages.delivery import Deliveries
from ringback.messages.delivery_schedule import DeliverySchedule
from ringback.messages.message import Message, MessageLog
from ringback.messages.opt_outs import Keyword, OptOuts, answer_to, keyword_of
from ringback.messages.segments import count_segments
from ringback.messages.text_exchange import TextExchange
from ringback.messages.text_record import TextRecord
from ringback.numbers.number import Number
from ringback.transcript.event import Event
from ringback.webhooks.cookies import CookieJar, CookieTransport
from ringback.webhooks.parameters import text_parameters
from ringback.webhooks.request import Request
from ringback.webhooks.status_callbacks import StatusCallbacks
from ringback.webhooks.webhook_client import WebhookClient


@dataclass(frozen=True, kw_only=True)
class InboundText:
    """A text that comes in, and where its number's webhooks are."""

    url: str
    from_: str
    to: str
    body: str
    method: str = "POST"
    fallback_url: str | None = None
    fallback_method: str = "POST"
    opt_out_type: Keyword | None = None


class MessageCentre:
    """Takes messages from the app and brings it those of others.

    `on_accepted` is told each outbound message, `deliveries()` says what becomes of it. `services`
    are the Messaging Services; every number that can text is in the first one's pool. Only numbers
    that begin with one of `regions` may be texted, all when it is None.
    """

    def __init__(
        self,
        *,
        account_sid: str,
        numbers: tuple[Number, ...],
        services: Sequence[str],
        regions: Sequence[str] | None,
        clock: Clock,
        identifiers: Identifiers,
        limits: Limits,
        webhooks: WebhookClient,
        callbacks: StatusCallbacks,
        deliveries: Callable[[], Deliveries],
        on_accepted: Callable[[Message], None],
    ) -> None:
        self.log = MessageLog(on_accepted)
        self.opt_outs = OptOuts()
        self._regions = regions
        self._schedule = DeliverySchedule(clock, self.log, callbacks, deliveries)
        self._account_sid, self._numbers, self._services = account_sid, numbers, services
        self._clock, self._identifiers, self._limits = clock, identifiers, limits
        self._webhooks = webhooks
        self._jars: dict[tuple[str, str], CookieJar] = {}

    def take(self, message: Message) -> None:
        """Accepts a message for delivery."""
        self._schedule.take(message)

    def cancel(self, sid: str) -> None:
        """Calls a message off before it is sent."""
        self._schedule.cancel(sid)

    def permits(self, to: str) -> bool:
        """Whether exchange is enabled for the region of `to`: https://www.twilio.com/docs/api/errors/21408"""
        return self._regions is None or to.startswith(tuple(self._regions))

    def open_exchange(
        self, text: InboundText, on_event: Callable[[Event], None] | None
    ) -> TextExchange:
        """An inbound text, in the log but not yet brought to the app."""
        incoming = self._incoming(text)
        self.log.keep(incoming)
        jar = self._jars.setdefault((text.from_, text.to), CookieJar(self._clock.now))
        return TextExchange(
            incoming,
            parameters=text_parameters(incoming, self._account_sid, text.opt_out_type),
            numbers=self._numbers,
            identifiers=self._identifiers,
            limits=self._limits,
            now=self._clock.now,
            fetcher=lambda on_answer: self._webhooks.for_messaging(
                on_answer, lambda own: CookieTransport(own, jar)
            ),
            send=self.take,
            forbids=self.opt_outs.forbids,
            on_event=on_event,
        )

    def apply_keyword(self, exchange: TextExchange, asked_for: Keyword | None) -> None:
        """Does what STOP, START and HELP ask for before the app hears of it, and says so.

        `asked_for` is what Advanced Opt-Out took a text for that is in nobody's default list.
        """
        text = exchange.incoming
        keyword = asked_for or keyword_of(text.body)
        if keyword and self.opt_outs.apply(keyword, text.from_, text.to):
            exchange.answer_by_itself(answer_to(keyword))

    def _incoming(self, text: InboundText) -> Message:
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


def deliver_inbound(exchange: TextExchange, text: InboundText, centre: MessageCentre) -> TextRecord:
    """Asks the app about the text and says what came of it."""
    centre.apply_keyword(exchange, text.opt_out_type)
    fallback = (
        Request(url=text.fallback_url, method=text.fallback_method.upper())
        if text.fallback_url
        else None
    )
    exchange.run(Request(url=text.url, method=text.method.upper()), fallback)
    return TextRecord(
        sid=exchange.incoming.sid,
        from_=text.from_,
        to=text.to,
        body=text.body,
        replies=exchange.replies,
        automatic=exchange.automatic,
        events=exchange.events,
    )
