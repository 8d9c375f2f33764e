"""The carrier's voice side: opens calls, has them carried out and puts them down in the book."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ringback.callers.phone import Phone
from ringback.calls.call import Call
from ringback.calls.call_log import CallBook, LoggedCall
from ringback.calls.call_record import CallRecord
from ringback.calls.call_urls import Plan
from ringback.calls.callee import FarEnd
from ringback.calls.in_progress import UnderWay
from ringback.calls.live_update import InlineDocuments, Interrupted
from ringback.calls.outbound_dialer import Placing
from ringback.calls.outbound_queue import Answering, CallDesk, CalledParty, Order
from ringback.clock.virtual import Clock
from ringback.identifiers import Identifiers
from ringback.limits import Limits
from ringback.media.listener import Captions, Ear, Estimate, Voice
from ringback.transcript.event import Event
from ringback.twiml.interpreter import run
from ringback.webhooks.fetcher import Request
from ringback.webhooks.parameters import Parties
from ringback.webhooks.status_callbacks import Callbacks
from ringback.webhooks.webhook_client import Webhooks


@dataclass(frozen=True, kw_only=True)
class Sound:
    """How words become sound and sounds words, for every call: see Carrier."""

    voice: Voice | None
    estimate: Estimate
    captions: Captions


class Switchboard:
    """Calls to the account's numbers, and those that the app makes.

    `answering()` says who answers at a number. `placed` are the records of the last 1,000 of the
    app's calls that were answered.
    """

    def __init__(
        self,
        *,
        account_sid: str,
        clock: Clock,
        identifiers: Identifiers,
        limits: Limits,
        webhooks: Webhooks,
        callbacks: Callbacks,
        sound: Sound,
        under_way: UnderWay,
        answering: Callable[[], Answering],
    ) -> None:
        self.book = CallBook()
        self.desk = CallDesk(clock, self.book, self._place, under_way.has_call)
        self.placed: deque[CallRecord] = deque(maxlen=1_000)
        self._clock, self._identifiers, self._limits = clock, identifiers, limits
        self._webhooks, self._sound = webhooks, sound
        self._under_way, self._answering = under_way, answering
        self._live: dict[str, _Live] = {}
        self._placing = Placing(account_sid, clock, self.book, self._connect, callbacks.of_call)

    def call(
        self,
        parties: Parties,
        plan: Plan,
        *,
        phone: Phone,
        far_end: FarEnd | Mapping[str, FarEnd],
        on_event: Callable[[Event], None] | None,
        ear: Ear | None,
    ) -> CallRecord:
        """An inbound call, from the first ring to its end."""
        live = self._open(parties, phone, far_end, on_event, ear)
        self.book.keep(
            LoggedCall(
                sid=parties.call_sid,
                from_=parties.from_,
                to=parties.to,
                direction=parties.direction,
                status="ringing",
                created=self._clock.now(),
            )
        )
        self.book.watch(parties.call_sid, lambda: live.call.answered)
        try:
            return self._converse(live, plan, parties.from_)
        finally:
            self.book.unwatch(parties.call_sid)
            self.desk.free()

    def redirect(self, sid: str, url: str | None, method: str, twiml: str) -> bool:
        """Has a call go on at the URL, or with the document. False when it is not under way."""
        live = self._live.get(sid)
        if live is None:
            return False
        following = Request(url=url, method=method) if url else live.inline.add(twiml)
        live.call.interrupt(Interrupted(following))
        return True

    def end(self, sid: str) -> None:
        """Ends a call that is under way, or calls off one that is not answered yet."""
        live = self._live.get(sid)
        if live is None:
            self.desk.cancel(sid)
        else:
            live.call.interrupt(Interrupted(None))

    def _place(self, order: Order) -> None:
        record = self._placing.place(order, self._answering()(order.to))
        if record:
            self.placed.append(record)

    def _connect(self, order: Order, parties: Parties, party: CalledParty) -> CallRecord:
        """The conversation of a call the app made, from the answer on."""
        live = self._open(parties, party.phone, FarEnd(), None, None)
        live.call.answered = True
        plan = Plan(
            first=Request(url=order.url, method=order.method)
            if order.url
            else live.inline.add(order.twiml),
            fallback_url=order.fallback_url,
            fallback_method=order.fallback_method,
        )
        return self._converse(live, plan, order.to)

    def _converse(self, live: "_Live", plan: Plan, whose: str) -> CallRecord:
        call, began = live.call, self._clock.now()
        parties = call.parties
        self._live[parties.call_sid] = live
        try:
            with self._under_way.during(whose, call.tell, is_call=True):
                over = run(
                    call,
                    plan.first,
                    plan.fallback_url,
                    fallback_method=plan.fallback_method,
                    status_callback=plan.told_at_the_end,
                )
        finally:
            del self._live[parties.call_sid]
        self.book.change(
            parties.call_sid,
            status=over.status,
            started=began if call.answered else None,
            ended=self._clock.now(),
        )
        return CallRecord(
            sid=parties.call_sid,
            from_=parties.from_,
            to=parties.to,
            answered=call.answered,
            status=over.status,
            ended_by=over.by,
            seconds=call.t,
            events=call.events,
        )

    def _open(
        self,
        parties: Parties,
        phone: Phone,
        far_end: FarEnd | Mapping[str, FarEnd],
        on_event: Callable[[Event], None] | None,
        ear: Ear | None,
    ) -> "_Live":
        inline = InlineDocuments(self._webhooks.transport)
        call = Call(
            parties,
            phone=phone,
            far_end=far_end,
            clock=self._clock,
            identifiers=self._identifiers,
            limits=self._limits,
            fetcher=lambda on_answer: self._webhooks.for_voice(
                on_answer, whole_sounds=ear is not None, through=lambda _: inline
            ),
            on_event=on_event,
            ear=ear,
            voice=self._sound.voice,
            estimate=self._sound.estimate,
            captions=self._sound.captions,
        )
        return _Live(call, inline)


@dataclass(frozen=True)
class _Live:
    """A call under way, and the documents that were given for it outright."""

    call: Call
    inline: InlineDocuments
