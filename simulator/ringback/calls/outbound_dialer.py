"""Calls that the app makes: rung, answered or not, and reported by status callbacks."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count

from ringback.calls.call_log import CallLog
from ringback.calls.call_record import CallRecord
from ringback.calls.callee import Callee
from ringback.calls.outbound_queue import OutboundCall
from ringback.context import CarrierContext
from ringback.webhooks.parameters import Parties, voice_parameters

RunCall = Callable[[OutboundCall, Parties, Callee], CallRecord]
PostCallback = Callable[[str, str, Mapping[str, str]], None]  # URL, method, fields


class OutboundDialer:
    """Rings, and has the call made when somebody answers, by `run_call(order, parties, callee)`.

    https://www.twilio.com/docs/voice/api/call-resource#statuscallbackevent
    """

    def __init__(self, context: CarrierContext, log: CallLog, run_call: RunCall) -> None:
        self._account_sid, self._clock = context.account_sid, context.clock
        self._log, self._run_call, self._post = log, run_call, context.callbacks.of_call

    def place(self, order: OutboundCall, callee: Callee) -> CallRecord | None:
        """Makes the call; the record of what was said, None when nobody answered."""
        parties = Parties(
            account_sid=self._account_sid,
            call_sid=order.sid,
            from_=order.from_,
            to=order.to,
            direction="outbound-api",
        )
        callbacks = _StatusCallbacks(order, parties, self._post, self._clock.now)
        callbacks.post("initiated", "initiated")
        self._log.change(order.sid, status="ringing")
        callbacks.post("ringing", "ringing")
        answers = callee.status == "completed" and callee.rings_for < order.timeout
        rings = order.timeout if callee.status == "no-answer" else callee.rings_for
        self._clock.move_to(
            self._clock.now() + timedelta(seconds=min(rings, order.timeout)),
            lambda: self._is_called_off(order),
        )
        if self._is_called_off(order):
            callbacks.post("completed", "canceled", seconds=0)
            return None
        if not answers:
            status = "no-answer" if callee.status == "completed" else callee.status
            self._log.change(order.sid, status=status, ended=self._clock.now())
            callbacks.post("completed", status, seconds=0)
            return None
        started = self._clock.now()
        self._log.change(order.sid, status="in-progress", started=started)
        callbacks.post("answered", "in-progress")
        record = self._run_call(order, parties, callee)
        self._log.change(order.sid, status=record.status, ended=self._clock.now())
        callbacks.post("completed", record.status, seconds=round(record.seconds))
        return record

    def _is_called_off(self, order: OutboundCall) -> bool:
        logged = self._log.find(order.sid)
        return logged is None or logged.status == "canceled"


class _StatusCallbacks:
    """The status callbacks of one call, numbered."""

    def __init__(
        self, order: OutboundCall, parties: Parties, post: PostCallback, now: Callable[[], datetime]
    ) -> None:
        self._order, self._parties, self._post, self._now = order, parties, post, now
        self._numbers = count()

    def post(self, event: str, status: str, seconds: int | None = None) -> None:
        """Posts to the app, where it asked for this event."""
        number = next(self._numbers)
        if self._order.status_callback is None or event not in self._order.callback_events:
            return
        fields = voice_parameters(self._parties, status) | {
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(number),
            "Timestamp": format_datetime(self._now().astimezone(UTC)),
        }
        if seconds is not None:
            fields["CallDuration"] = str(seconds)
        self._post(self._order.status_callback, self._order.callback_method, fields)
