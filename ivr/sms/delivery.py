"""The worker's part: whatever is due for a text is done, whoever comes to it and however often.

A text that is queued is sent; one whose request got no answer is looked for in the carrier's own
list before anything is sent again; one that was taken is asked after when no callback came.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from ivr.sms.outbox import Outbox, Row
from ivr.sms.patience import Patience
from ivr.sms.sender import NoAnswer, NotAsked, Rejected, Sender, Taken
from ivr.sms.states import State
from ivr.sms.verdicts import verdict

log = logging.getLogger(__name__)

EXPIRED = 30036  # Twilio's own code for a message whose validity is over
_MOST_ROUNDS = 1000


class Delivery:
    """Works the outbox off."""

    def __init__(
        self,
        outbox: Outbox,
        sender: Sender,
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
        patience: Patience,
    ) -> None:
        """`jitter` gives a number from 0 to 1, anew each time."""
        self._outbox, self._sender = outbox, sender
        self._clock, self._jitter = clock, jitter
        self._patience = patience

    def attend(self, text: str) -> datetime | None:
        """Does what is due for one text, and says when it is due again.

        Raises SQLAlchemyError where the database does not answer: then nothing was decided.
        """
        row = self._outbox.find(text)
        if row is None or row.due is None:
            return None
        if row.due <= self._clock():
            self._attend(row)
            row = self._outbox.find(text)
        return row.due if row else None

    def due(self) -> list[str]:
        """The texts that are to be looked at now."""
        return list(self._outbox.due(self._clock()))

    def work_off(self) -> None:
        """Attends to all that is due, until nothing is."""
        for _ in range(_MOST_ROUNDS):
            ripe = self.due()
            if not ripe:
                return
            for text in ripe:
                self.attend(text)

    def _attend(self, row: Row) -> None:
        match row.state:
            case State.QUEUED:
                self._send(row)
            case State.SENDING:  # its lease is over: whoever sent it did not come back
                self._move(row, State.UNKNOWN, due=self._clock())
            case State.UNKNOWN:
                self._look_for(row)
            case State.ACCEPTED | State.SENT:
                self._ask_after(row)
            case _:
                self._outbox.postpone(row, None)

    def _send(self, row: Row) -> None:
        now, patience = self._clock(), self._patience
        if now >= row.expires or row.recipient is None or row.body is None:
            self._move(row, State.FAILED, error_code=EXPIRED)
            return
        self._sender.prepare()
        now, lease = self._clock(), timedelta(seconds=patience.lease)
        if not self._outbox.claim(row, now, lease):
            wait = patience.other_under_way * (0.5 + self._jitter())
            self._outbox.postpone(row, now + timedelta(seconds=wait))
            return
        if self._clock() >= now + lease:
            log.warning("text %s: stood still for so long that another may have it", row.id)
            return
        answer = self._sender.send(row.id, row.recipient, row.body)
        claimed = replace(row, state=State.SENDING, attempts=row.attempts + 1)
        match answer:
            case Taken():
                self._taken(claimed, answer)
            case Rejected(code):
                self._rejected(claimed, code)
            case NotAsked():
                self._again(claimed)
            case NoAnswer():
                look = self._clock() + timedelta(seconds=patience.first_look)
                self._move(claimed, State.UNKNOWN, due=look)

    def _look_for(self, row: Row) -> None:
        """One without an answer: in the carrier's list, or after long enough never taken."""
        now, asked = self._clock(), row.asked or row.created
        if (
            row.recipient is None
            or row.body is None
            or now >= row.created + self._seconds(self._patience.give_up)
        ):
            self._move(row, State.FAILED)
            return
        found = self._sender.look_for(row.recipient, row.body, asked, self._is_known)
        if isinstance(found, Taken):
            self._taken(row, found)
        elif found is None and now >= asked + self._seconds(self._patience.unheard):
            self._again(row)
        else:
            waited = max((now - asked).total_seconds(), self._patience.first_look)
            self._outbox.postpone(row, now + self._seconds(min(waited, self._patience.unheard / 3)))

    def _ask_after(self, row: Row) -> None:
        """No callback has told of the end: the carrier is asked, at growing intervals."""
        now = self._clock()
        age = (now - row.created).total_seconds()
        if row.message_sid is None or age > self._patience.last_news:
            self._outbox.postpone(row, None)
            return
        found = self._sender.look_up(row.message_sid)
        if isinstance(found, Taken) and found.state is not row.state:
            self._outbox.move(row.id, found.state, error_code=found.error_code)
        later = self._outbox.find(row.id)
        if later and later.state in (State.ACCEPTED, State.SENT):
            self._outbox.postpone(later, now + self._seconds(max(age, self._patience.news)))

    def _taken(self, row: Row, found: Taken) -> None:
        news = self._clock() + self._seconds(self._patience.news)
        moved = self._outbox.move(
            row.id,
            found.state,
            message_sid=found.message_sid,
            error_code=found.error_code,
            due=news,
        )
        if not moved:
            log.info("text %s: its callback came before its answer", row.id)

    def _rejected(self, row: Row, code: int | None) -> None:
        if verdict(code).again:
            self._again(row, code)
            return
        self._move(row, State.FAILED, error_code=code)

    def _again(self, row: Row, code: int | None = None) -> None:
        """Not taken, and worth another attempt while it is still of use."""
        due = self._clock() + self._patience.retry(row.attempts - 1, self._jitter)
        if due >= row.expires:
            self._move(row, State.FAILED, error_code=code or EXPIRED)
            return
        self._move(row, State.QUEUED, due=due, error_code=code)

    def _move(self, row: Row, to: State, **values: Any) -> None:
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
