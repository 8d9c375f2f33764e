"""The carrier's messaging side: what is sent, what comes in, and what the app is notified of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from ringback.context import CarrierContext
from ringback.messages.delivery import Deliveries
from ringback.messages.delivery_schedule import DeliverySchedule
from ringback.messages.message import Message, MessageLog
from ringback.messages.message_parameters import text_parameters
from ringback.messages.opt_outs import Keyword, OptOuts, answer_to, keyword_of
from ringback.messages.segments import count_segments
from ringback.messages.text_exchange import TextExchange
from ringback.messages.text_record import TextRecord
from ringback.numbers.number import Number
from ringback.transcript.event import Event
from ringback.webhooks.cookies import CookieJar, CookieTransport
from ringback.webhooks.request import Request


@dataclass(frozen=True, kw_only=True)
class InboundText:
    """A text that comes in, and the requests that its number is set up with."""

    from_: str
    to: str
    body: str
    first: Request
    fallback: Request | None
    opt_out_type: Keyword | None

    @classmethod
    def for_number(
        cls, own: Number, from_: str, body: str, opt_out_type: Keyword | None = None
    ) -> Self:
        """A text to a number of the account; an empty fallback URL is left out."""
        return cls(
            from_=from_,
            to=own.number,
            body=body,
            first=Request(url=own.sms_url, method=own.sms_method.upper()),
            fallback=Request(url=own.sms_fallback_url, method=own.sms_fallback_method.upper())
            if own.sms_fallback_url
            else None,
            opt_out_type=opt_out_type,
        )


class MessageCentre:
    """Takes messages from the app and delivers those of others to it.

    `on_accepted` is called with each outbound message, `deliveries()` says what becomes of it.
    `services` are the Messaging Services; every number that can text is in the first one's pool.
    Only numbers that begin with one of `regions` may be texted, all when it is None.
    """

    def __init__(
        self,
        *,
        context: CarrierContext,
        numbers: tuple[Number, ...],
        services: Sequence[str],
        regions: Sequence[str] | None,
        deliveries: Callable[[], Deliveries],
        on_accepted: Callable[[Message], None],
    ) -> None:
        self.log = MessageLog(on_accepted)
        self.opt_outs = OptOuts()
        self._regions = regions
        self._schedule = DeliverySchedule(context, self.log, deliveries)
        self._context, self._numbers, self._services = context, numbers, services
        self._jars: dict[tuple[str, str], CookieJar] = {}

    def take(self, message: Message) -> None:
        """Accepts a message for delivery."""
        self._schedule.take(message)

    def cancel(self, sid: str) -> None:
        """Cancels a message before it is sent."""
        self._schedule.cancel(sid)

    def permits(self, to: str) -> bool:
        """Whether exchange is enabled for the region of `to`: https://www.twilio.com/docs/api/errors/21408"""
        return self._regions is None or to.startswith(tuple(self._regions))

    def open_exchange(
        self, text: InboundText, on_event: Callable[[Event], None] | None
    ) -> TextExchange:
        """An inbound text, in the log but not yet delivered to the app."""
        incoming = self._incoming(text)
        self.log.keep(incoming)
        jar = self._jars.setdefault((text.from_, text.to), CookieJar(self._context.clock.now))
        return TextExchange(
            incoming,
            context=self._context,
            parameters=text_parameters(incoming, self._context.account_sid, text.opt_out_type),
            numbers=self._numbers,
            fetcher=lambda on_answer: self._context.webhooks.for_messaging(
                on_answer, lambda own: CookieTransport(own, jar)
            ),
            send=self.take,
            forbids=self.opt_outs.forbids,
            on_event=on_event,
        )

    def apply_keyword(self, exchange: TextExchange, asked_for: Keyword | None) -> None:
        """Does what STOP, START and HELP ask for before the app gets the text, and replies.

        `asked_for` is what Advanced Opt-Out took a text for that is in nobody's default list.
        """
        text = exchange.incoming
        keyword = asked_for or keyword_of(text.body)
        if keyword and self.opt_outs.apply(keyword, text.from_, text.to):
            exchange.answer_by_itself(answer_to(keyword))

    def _incoming(self, text: InboundText) -> Message:
        now = self._context.clock.now()
        in_pool = any(own.number == text.to and own.sms for own in self._numbers)
        return Message(
            sid=self._context.identifiers.sid("SM"),
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
    """Delivers the text to the app and returns what happened."""
    centre.apply_keyword(exchange, text.opt_out_type)
    exchange.run(text.first, text.fallback)
    return TextRecord(
        sid=exchange.incoming.sid,
        from_=text.from_,
        to=text.to,
        body=text.body,
        replies=exchange.replies,
        automatic=exchange.automatic,
        events=exchange.events,
    )
