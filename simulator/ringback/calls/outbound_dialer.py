"""One outbound call, from ringing to its end, and what the app is told of it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count

from ringback.calls.call_log import CallBook
from ringback.calls.call_record import CallRecord
from ringback.calls.outbound_queue import CalledParty, Order
from ringback.clock.virtual import Clock
from ringback.webhooks.parameters import Parties, voice_parameters

Connect = Callable[[Order, Parties, CalledParty], CallRecord]
Tell = Callable[[str, str, Mapping[str, str]], None]  # URL, method, fields


class Placing:
    """Rings, and has the call made when somebody answers.

    `connect(order, parties, party)` makes the call; `tell(url, method, fields)` makes a status
    callback. https://www.twilio.com/docs/voice/api/call-resource#statuscallbackevent
    """

    def __init__(
        self, account_sid: str, clock: Clock, book: CallBook, connect: Connect, tell: Tell
    ) -> None:
        self._account_sid, self._clock, self._book = account_sid, clock, book
        self._connect, self._tell = connect, tell

    def place(self, order: Order, party: CalledParty) -> CallRecord | None:
        """Makes the call; the record of what was said, None when nobody answered."""
        parties = Parties(
            account_sid=self._account_sid,
            call_sid=order.sid,
            from_=order.from_,
            to=order.to,
            direction="outbound-api",
        )
        told = _Telling(order, parties, self._tell, self._clock.now)
        told.event("initiated", "initiated")
        self._book.change(order.sid, status="ringing")
        told.event("ringing", "ringing")
        answers = party.status == "completed" and party.rings_for < order.timeout
        rings = order.timeout if party.status == "no-answer" else party.rings_for
        self._clock.move_to(
            self._clock.now() + timedelta(seconds=min(rings, order.timeout)),
            lambda: self._is_called_off(order),
        )
        if self._is_called_off(order):
            told.event("completed", "canceled", seconds=0)
            return None
        if not answers:
            status = "no-answer" if party.status == "completed" else party.status
            self._book.change(order.sid, status=status, ended=self._clock.now())
            told.event("completed", status, seconds=0)
            return None
        started = self._clock.now()
        self._book.change(order.sid, status="in-progress", started=started)
        told.event("answered", "in-progress")
        record = self._connect(order, parties, party)
        self._book.change(order.sid, status=record.status, ended=self._clock.now())
        told.event("completed", record.status, seconds=round(record.seconds))
        return record

    def _is_called_off(self, order: Order) -> bool:
        logged = self._book.find(order.sid)
        return logged is None or logged.status == "canceled"


class _Telling:
    """The status callbacks of one call, numbered."""

    def __init__(
        self, order: Order, parties: Parties, tell: Tell, now: Callable[[], datetime]
    ) -> None:
        self._order, self._parties, self._tell, self._now = order, parties, tell, now
        self._numbers = count()

    def event(self, event: str, status: str, seconds: int | None = None) -> None:
        """Tells the app, where it asked for this event."""
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
        self._tell(self._order.status_callback, self._order.callback_method, fields)
