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
    """Rings the callee and, when they answer, runs the call by `run_call(call, parties, callee)`.

    https://www.twilio.com/docs/voice/api/call-resource#statuscallbackevent
    """

    def __init__(self, context: CarrierContext, log: CallLog, run_call: RunCall) -> None:
        self._account_sid, self._clock = context.account_sid, context.clock
        self._log, self._run_call, self._post = log, run_call, context.callbacks.of_call

    def place(self, call: OutboundCall, callee: Callee) -> CallRecord | None:
        """Makes the call; returns its record, None when nobody answered."""
        parties = Parties(
            account_sid=self._account_sid,
            call_sid=call.sid,
            from_=call.from_,
            to=call.to,
            direction="outbound-api",
        )
        callbacks = _StatusCallbacks(call, parties, self._post, self._clock.now)
        callbacks.post("initiated", "initiated")
        self._log.change(call.sid, status="ringing")
        callbacks.post("ringing", "ringing")
        answers = callee.status == "completed" and callee.rings_for < call.timeout
        rings = call.timeout if callee.status == "no-answer" else callee.rings_for
        self._clock.move_to(
            self._clock.now() + timedelta(seconds=min(rings, call.timeout)),
            lambda: self._is_canceled(call),
        )
        if self._is_canceled(call):
            callbacks.post("completed", "canceled", seconds=0)
            return None
        if not answers:
            status = "no-answer" if callee.status == "completed" else callee.status
            self._log.change(call.sid, status=status, ended=self._clock.now())
            callbacks.post("completed", status, seconds=0)
            return None
        started = self._clock.now()
        self._log.change(call.sid, status="in-progress", started=started)
        callbacks.post("answered", "in-progress")
        record = self._run_call(call, parties, callee)
        self._log.change(call.sid, status=record.status, ended=self._clock.now())
        callbacks.post("completed", record.status, seconds=round(record.seconds))
        return record

    def _is_canceled(self, call: OutboundCall) -> bool:
        logged = self._log.find(call.sid)
        return logged is None or logged.status == "canceled"


class _StatusCallbacks:
    """The status callbacks of one call, numbered."""

    def __init__(
        self, call: OutboundCall, parties: Parties, post: PostCallback, now: Callable[[], datetime]
    ) -> None:
        self._call, self._parties, self._post, self._now = call, parties, post, now
        self._numbers = count()

    def post(self, event: str, status: str, seconds: int | None = None) -> None:
        """Posts to the app, where it asked for this event."""
        number = next(self._numbers)
        if self._call.status_callback is None or event not in self._call.callback_events:
            return
        fields = voice_parameters(self._parties, status) | {
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(number),
            "Timestamp": format_datetime(self._now().astimezone(UTC)),
        }
        if seconds is not None:
            fields["CallDuration"] = str(seconds)
        self._post(self._call.status_callback, self._call.callback_method, fields)
