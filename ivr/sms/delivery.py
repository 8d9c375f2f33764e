"""What is done for a text when it is due, by whichever worker takes it, however often.

A text that is queued is sent; one whose request got no answer is looked for in the carrier's own
list before anything is sent again; one that was taken is asked after when no callback came.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from ivr.database.errors import AWAY, without_values
from ivr.sms.error_codes import meaning_of
from ivr.sms.outbox import Outbox
from ivr.sms.rows import Row
from ivr.sms.sender import NoAnswer, NotAsked, Rejected, Sender, Taken
from ivr.sms.states import TAKEN, TextState
from ivr.sms.waits import Waits

log = logging.getLogger(__name__)

EXPIRED = 30036  # Twilio's own code for a message whose validity is over
_MOST_ROUNDS, _MOST_AT_ONCE = 1000, 1000
_NOT_TAKEN = (TextState.QUEUED, TextState.SENDING, TextState.UNKNOWN)


class Delivery:
    """Sends texts and follows each until it is over."""

    def __init__(
        self,
        outbox: Outbox,
        sender: Sender,
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
        waits: Waits,
    ) -> None:
        """`jitter` gives a number from 0 to 1, anew each time."""
        self._outbox, self._sender = outbox, sender
        self._clock, self._jitter = clock, jitter
        self._waits = waits

    def take(self, most: int) -> list[Row]:
        """Texts that are due, `most` at most, for this worker alone while the lease lasts.

        Raises one of AWAY where the database does not answer.
        """
        now = self._clock()
        lease = timedelta(seconds=self._waits.lease)
        return self._outbox.take(now, now + lease, most, to_send=self._sender.has_origin)

    def seconds_until_due(self) -> float | None:
        """How long until the next text is due, 0 or less for now; None where none is."""
        due = self._outbox.next_due(to_send=self._sender.has_origin)
        return None if due is None else (due - self._clock()).total_seconds()

    def attend(self, row: Row) -> None:
        """Does what is due for one text that was taken.

        Raises one of AWAY where the database does not answer: then nothing was decided, and the
        text is due again when its lease is over. Any other error is this program's own: it is
        logged, and the text is never sent again, since nobody can say how far it came.
        """
        try:
            self._attend(row)
        except AWAY:
            raise
        except Exception as error:
            log.error("text %s is given up: %s", row.id, without_values(error))
            if row.state in TAKEN:
                self._outbox.postpone(row, None)
            else:
                self._outbox.move(row.id, TextState.FAILED, only_from=_NOT_TAKEN)

    def work_off(self) -> None:
        """Attends to all that is due, until nothing is."""
        for _ in range(_MOST_ROUNDS):
            rows = self.take(_MOST_AT_ONCE)
            if not rows:
                return
            for row in rows:
                self.attend(row)

    def _attend(self, row: Row) -> None:
        match row.state:
            case TextState.QUEUED:
                self._send(row)
            case TextState.SENDING:  # its lease is over: whoever sent it did not come back
                self._move(row, TextState.UNKNOWN, due=self._clock())
            case TextState.UNKNOWN:
                self._look_for(row)
            case TextState.ACCEPTED | TextState.SENT:
                self._ask_after(row)
            case _:
                self._outbox.postpone(row, None)

    def _send(self, row: Row) -> None:
        now, waits = self._clock(), self._waits
        if now >= row.expires or row.recipient is None or row.body is None:
            self._move(row, TextState.FAILED, error_code=EXPIRED)
            return
        self._sender.prepare()
        now, lease = self._clock(), timedelta(seconds=waits.lease)
        if not self._outbox.claim(row, now, lease):
            wait = waits.recipient_busy * (0.5 + self._jitter())
            self._outbox.postpone(row, now + timedelta(seconds=wait))
            return
        if self._clock() >= now + lease:
            log.warning("text %s: stood still for so long that another worker may have it", row.id)
            return
        answer = self._sender.send(row.id, row.recipient, row.body)
        claimed = replace(row, state=TextState.SENDING, attempts=row.attempts + 1)
        match answer:
            case Taken():
                self._taken(claimed, answer)
            case Rejected(code):
                self._rejected(claimed, code)
            case NotAsked():
                self._again(claimed)
            case NoAnswer():
                look = self._clock() + timedelta(seconds=waits.first_look)
                self._move(claimed, TextState.UNKNOWN, due=look)

    def _look_for(self, row: Row) -> None:
        """One without an answer: in the carrier's list, or after long enough never taken."""
        now, asked = self._clock(), row.asked or row.created
        if (
            row.recipient is None
            or row.body is None
            or now >= row.created + self._seconds(self._waits.give_up)
        ):
            self._move(row, TextState.FAILED)
            return
        found = self._sender.look_for(row.recipient, asked, self._is_known)
        long_ago = now >= asked + self._seconds(self._waits.unheard)
        if isinstance(found, Taken):
            self._taken(row, found)
        elif found is None and long_ago:
            self._again(row)
        elif isinstance(found, Rejected) and long_ago:
            # Who may send but not list (a restricted key) never learns more: this text, which may
            # have gone, is not repeated, and the telephone not kept from its later ones.
            self._move(row, TextState.FAILED, error_code=found.code)
        else:
            waited = max((now - asked).total_seconds(), self._waits.first_look)
            self._outbox.postpone(row, now + self._seconds(min(waited, self._waits.unheard / 3)))

    def _ask_after(self, row: Row) -> None:
        """No status callback has said how it ended: the carrier is asked, at growing intervals."""
        now = self._clock()
        age = (now - row.created).total_seconds()
        if row.message_sid is None or age > self._waits.last_check:
            self._outbox.postpone(row, None)
            return
        found = self._sender.look_up(row.message_sid)
        if isinstance(found, Taken) and found.state is not row.state:
            self._outbox.move(row.id, found.state, error_code=found.error_code)
        later = self._outbox.find(row.id)
        if later and later.state in (TextState.ACCEPTED, TextState.SENT):
            self._outbox.postpone(later, now + self._seconds(max(age, self._waits.first_check)))

    def _taken(self, row: Row, found: Taken) -> None:
        check = self._clock() + self._seconds(self._waits.first_check)
        moved = self._outbox.record(
            row.id, found.state, found.message_sid, found.error_code, due=check
        )
        if not moved:
            log.info("text %s: its callback came before its answer", row.id)

    def _rejected(self, row: Row, code: int | None) -> None:
        if meaning_of(code).retry:
            self._again(row, code)
            return
        self._move(row, TextState.FAILED, error_code=code)

    def _again(self, row: Row, code: int | None = None) -> None:
        """Not taken, and worth another attempt while it is still of use."""
        due = self._clock() + self._waits.retry(row.attempts - 1, self._jitter)
        if due >= row.expires:
            self._move(row, TextState.FAILED, error_code=code or EXPIRED)
            return
        self._move(row, TextState.QUEUED, due=due, error_code=code)

    def _move(self, row: Row, to: TextState, **values: Any) -> None:
        """A conclusion about this attempt: it holds only while the text is still at it.

        Two workers may look at one text. Had the slower one's "never taken" counted for the attempt
        that the quicker one had begun meanwhile, the text would have been sent twice.
        """
        self._outbox.move(row.id, to, only_from=(row.state,), attempt=row.attempts, **values)

    def _is_known(self, message_sid: str) -> bool:
        return self._outbox.by_sid(message_sid) is not None

    @staticmethod
    def _seconds(seconds: float) -> timedelta:
        return timedelta(seconds=seconds)
