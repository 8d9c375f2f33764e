"""The carrier's voice side: opens calls, runs them and writes them to the log."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ringback.callers.phone import Phone
from ringback.calls.call import Call
from ringback.calls.call_log import CallLog, LoggedCall
from ringback.calls.call_record import CallRecord
from ringback.calls.call_timeline import CallOver, LiveUpdate
from ringback.calls.call_urls import CallUrls
from ringback.calls.callee import NOBODY, Answering, Callee
from ringback.calls.in_progress import InProgress
from ringback.calls.outbound_dialer import OutboundDialer
from ringback.calls.outbound_queue import OutboundCall, OutboundQueue
from ringback.context import CarrierContext
from ringback.media.listener import Listener, SpeechSettings
from ringback.numbers.number import Number
from ringback.transcript.event import Event
from ringback.webhooks.inline_documents import InlineDocuments
from ringback.webhooks.parameters import Parties
from ringback.webhooks.request import Request

# Runs a call to its end, document after document, and returns how it ended.
Interpret = Callable[[Call, CallUrls], CallOver]


class Switchboard:
    """Calls to the account's numbers, and those that the app makes.

    `answering()` says who answers at a number. `placed` are the records of the last 1,000 of the
    app's calls that were answered.
    """

    def __init__(
        self,
        *,
        context: CarrierContext,
        interpret: Interpret,
        speech: SpeechSettings,
        in_progress: InProgress,
        answering: Callable[[], Answering],
    ) -> None:
        self.log = CallLog()
        self.outbound = OutboundQueue(context.clock, self.log, self._place, in_progress.has_call)
        self.placed: deque[CallRecord] = deque(maxlen=1_000)
        self._context, self._clock = context, context.clock
        self._interpret, self._speech = interpret, speech
        self._in_progress, self._answering = in_progress, answering
        self._live: dict[str, _Live] = {}
        self._dialer = OutboundDialer(context, self.log, self._run_outbound)

    def call(
        self,
        number: Number,
        *,
        from_: str,
        phone: Phone,
        callee: Callee | Mapping[str, Callee],
        on_event: Callable[[Event], None] | None,
        listener: Listener | None,
    ) -> CallRecord:
        """A call to the number by its own URLs, from the first ring to its end."""
        parties = Parties(
            account_sid=self._context.account_sid,
            call_sid=self._context.identifiers.sid("CA"),
            from_=from_,
            to=number.number,
        )
        live = self._open(parties, phone, callee, on_event, listener)
        self.log.add(
            LoggedCall(
                sid=parties.call_sid,
                from_=parties.from_,
                to=parties.to,
                direction=parties.direction,
                status="ringing",
                created=self._clock.now(),
            )
        )
        self.log.watch(parties.call_sid, lambda: live.call.answered)
        try:
            return self._converse(live, CallUrls.of_number(number), from_)
        finally:
            self.log.unwatch(parties.call_sid)
            self.outbound.call_ended()

    def redirect(self, sid: str, url: str | None, method: str, twiml: str) -> bool:
        """Continues a call at the URL, or with the document. False when it is not in progress."""
        live = self._live.get(sid)
        if live is None:
            return False
        following = Request(url=url, method=method) if url else live.inline.add(twiml)
        live.call.update(LiveUpdate(following))
        return True

    def end(self, sid: str) -> None:
        """Ends a call in progress, or cancels one that is not answered yet."""
        live = self._live.get(sid)
        if live is None:
            self.outbound.cancel(sid)
        else:
            live.call.update(LiveUpdate(None))

    def _place(self, outbound: OutboundCall) -> None:
        record = self._dialer.place(outbound, self._answering()(outbound.to))
        if record:
            self.placed.append(record)

    def _run_outbound(self, outbound: OutboundCall, parties: Parties, callee: Callee) -> CallRecord:
        """The conversation of a call the app made, from the answer on."""
        live = self._open(parties, callee.phone, NOBODY, None, None)
        live.call.answered = True
        urls = CallUrls(
            first=Request(url=outbound.url, method=outbound.method)
            if outbound.url
            else live.inline.add(outbound.twiml),
            fallback=Request(url=outbound.fallback_url, method=outbound.fallback_method)
            if outbound.fallback_url
            else None,
        )
        return self._converse(live, urls, outbound.to)

    def _converse(self, live: "_Live", urls: CallUrls, whose: str) -> CallRecord:
        call, began = live.call, self._clock.now()
        parties = call.parties
        self._live[parties.call_sid] = live
        try:
            with self._in_progress.during(whose, call.emit, is_call=True):
                over = self._interpret(call, urls)
        finally:
            del self._live[parties.call_sid]
        self.log.change(
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
        callee: Callee | Mapping[str, Callee],
        on_event: Callable[[Event], None] | None,
        listener: Listener | None,
    ) -> "_Live":
        inline = InlineDocuments(self._context.webhooks.transport)
        call = Call(
            parties,
            phone=phone,
            callee=callee,
            context=self._context,
            fetcher=lambda on_answer: self._context.webhooks.for_voice(
                on_answer, whole_sounds=listener is not None, wrap=lambda _: inline
            ),
            on_event=on_event,
            listener=listener,
            speech=self._speech,
        )
        return _Live(call, inline)


@dataclass(frozen=True)
class _Live:
    """A call in progress, and the documents that the REST API gave for it."""

    call: Call
    inline: InlineDocuments
