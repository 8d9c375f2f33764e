"""The outbox: a row before anything is sent, and every move of it in one place.

A move names the state it leads to and happens only from a state that may come before it
(`states`), decided by the database in one statement. So it makes no difference how many workers
try, how often the carrier repeats itself, or in which order its status callbacks arrive.
"""

import logging
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from ivr.database.notices import notify
from ivr.database.store import Store
from ivr.database.tables import inserting, texts_table, took
from ivr.sms.rows import NewText, Row, row_of
from ivr.sms.states import OVER, TAKEN, TextState, before

log = logging.getLogger(__name__)

OPTED_OUT = 21610  # Twilio's own code for a recipient who wants no texts
_COLUMN = texts_table.c
ERASED: Mapping[str, None] = MappingProxyType({"recipient": None, "body": None})


class Outbox:
    """The texts in the database. Every method raises one of AWAY where that does not answer."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # Put in and looked at by the webhooks ---------------------------------------------------------

    def put(
        self, connection: Connection, new: NewText, now: datetime, good_for: timedelta
    ) -> str | None:
        """Puts a text in, which wakes the workers once this is committed, and gives its id.

        None where this call already asked for the same.
        """
        row = {
            "id": uuid.uuid4().hex,
            "call": new.call,
            "agency": new.agency,
            "recipient": new.recipient,
            "recipient_key": new.recipient_key,
            "body": new.body,
            "state": TextState.QUEUED,
            "attempts": 0,
            "created": now,
            "expires": now + good_for,
            "due": now,
        }
        inserted = inserting(connection, texts_table).values(row).on_conflict_do_nothing()
        if not took(connection, inserted):
            return None
        notify(connection)
        return str(row["id"])

    def of_call(self, connection: Connection, call: str, agency: str) -> Row | None:
        """The newest text of an agency that a call asked for."""
        wanted = select(texts_table).filter_by(call=call, agency=agency)
        newest = wanted.order_by(_COLUMN.created.desc(), _COLUMN.id).limit(1)
        return row_of(connection.execute(newest).one_or_none())

    # Sent by the worker ---------------------------------------------------------------------------

    def find(self, text: str) -> Row | None:
        """A text by its id."""
        with self._store.reading() as connection:
            return row_of(connection.execute(select(texts_table).filter_by(id=text)).one_or_none())

    def take(self, now: datetime, until: datetime, most: int, *, to_send: bool = True) -> list[Row]:
        """Takes up to `most` texts that are due by `now`, those that have waited longest first.

        Nobody else is given them before `until`; a worker that dies with them loses them then.
        Without `to_send`, those that only wait to be sent are left to others.
        """
        due = select(_COLUMN.id).where(*_due_by(now, to_send)).order_by(_COLUMN.due, _COLUMN.id)
        # Several workers are given different rows and do not wait for each other. SQLite has one
        # writer at a time and no such clause.
        found = due.limit(most).with_for_update(skip_locked=True).cte("found")
        taken = update(texts_table).where(_COLUMN.id.in_(select(found.c.id))).values(due=until)
        with self._store.begin() as connection:
            rows = connection.execute(taken.returning(texts_table)).all()
        return sorted(filter(None, map(row_of, rows)), key=lambda row: (row.created, row.id))

    def next_due(self, *, to_send: bool = True) -> datetime | None:
        """When the next text is due; None where none is."""
        first = select(func.min(_COLUMN.due))
        if not to_send:
            first = first.where(_COLUMN.state != TextState.QUEUED)
        with self._store.reading() as connection:
            return connection.execute(first).scalar_one_or_none()

    def claim(self, row: Row, now: datetime, lease: timedelta) -> bool:
        """Takes a queued text for sending, for as long as `lease`: a new attempt.

        False where another worker has it or had it meanwhile, or another text to the same
        telephone is being sent.
        """
        values = {"asked": now, "due": now + lease, "attempts": row.attempts + 1}
        queued = (TextState.QUEUED,)
        try:
            return self.move(
                row.id, TextState.SENDING, only_from=queued, attempt=row.attempts, **values
            )
        except IntegrityError:  # the index one_under_way
            return False

    def move(
        self,
        text: str,
        to: TextState,
        *,
        only_from: Sequence[TextState] = (),
        attempt: int | None = None,
        **values: Any,
    ) -> bool:
        """Moves a text on, and says whether it did: not where it is already further.

        What is concluded from one attempt holds for that `attempt` alone: of a later one, which may
        have begun by now, it says nothing. Once the carrier has it, or it is over, its number and
        words are erased.
        """
        if to in TAKEN or to in OVER:
            values |= ERASED
        if to in OVER:
            values["due"] = None
        allowed = _COLUMN.state.in_(only_from or before(to))
        changed = update(texts_table).where(_COLUMN.id == text, allowed).values(state=to, **values)
        if attempt is not None:
            changed = changed.where(_COLUMN.attempts == attempt)
        with self._store.begin() as connection:
            return connection.execute(changed).rowcount == 1

    def record(
        self, text: str, to: TextState, message_sid: str, error_code: int | None, **values: Any
    ) -> bool:
        """Writes down what the carrier says of a message it has; says whether that was new.

        That the carrier has it is kept even where another row bears the same sid, which would be an
        error of this program or the carrier's: the text must not count as never sent.
        """
        try:
            return self.move(text, to, message_sid=message_sid, error_code=error_code, **values)
        except IntegrityError:
            log.error("text %s: another text bears its message sid %s", text, message_sid)
            return self.move(text, to, error_code=error_code, **values)

    def postpone(self, row: Row, due: datetime | None) -> None:
        """Looks again at `due`, unless something has happened to it since `row` was read."""
        same = (_COLUMN.state == row.state, _COLUMN.attempts == row.attempts)
        later = update(texts_table).where(_COLUMN.id == row.id, *same)
        with self._store.begin() as connection:
            connection.execute(later.values(due=due))

    def by_sid(self, message_sid: str) -> str | None:
        """The id of the text that the carrier knows by this sid."""
        known = select(_COLUMN.id).filter_by(message_sid=message_sid)
        with self._store.reading() as connection:
            return connection.execute(known).scalar_one_or_none()

    # Looked after ---------------------------------------------------------------------------------

    def counts(self) -> dict[TextState, int]:
        """How many texts are in which state."""
        by_state = select(_COLUMN.state, func.count()).group_by(_COLUMN.state)
        with self._store.reading() as connection:
            found = {TextState(state): count for state, count in connection.execute(by_state)}
        return {state: found.get(state, 0) for state in TextState}

    def waiting_since(self) -> datetime | None:
        """When the oldest text that nobody has taken yet was asked for."""
        waiting = _COLUMN.state.in_((TextState.QUEUED, TextState.SENDING, TextState.UNKNOWN))
        with self._store.reading() as connection:
            oldest = select(_COLUMN.created).where(waiting).order_by(_COLUMN.created).limit(1)
            return connection.execute(oldest).scalar_one_or_none()

    def failed_by(self, codes: Sequence[int], since: datetime) -> int | None:
        """The newest of these error codes that a text failed by since then."""
        failed = select(_COLUMN.error_code).where(
            _COLUMN.state == TextState.FAILED,
            _COLUMN.error_code.in_(codes),
            _COLUMN.created >= since,
        )
        with self._store.reading() as connection:
            newest = failed.order_by(_COLUMN.created.desc()).limit(1)
            return connection.execute(newest).scalar_one_or_none()

    def purge(self, before: datetime) -> int:
        """Forgets texts that are over and were asked for before then; how many."""
        old = delete(texts_table).where(
            _COLUMN.created < before, _COLUMN.state.in_((*TAKEN, *OVER))
        )
        with self._store.begin() as connection:
            return connection.execute(old).rowcount


def call_off(connection: Connection, recipient_keys: Sequence[str]) -> None:
    """Gives up what waits to be sent to one recipient, by each of their keyed hashes."""
    waiting = (
        _COLUMN.recipient_key.in_(recipient_keys),
        _COLUMN.state == TextState.QUEUED,
    )
    given_up = {"state": TextState.FAILED, "error_code": OPTED_OUT, "due": None, **ERASED}
    connection.execute(update(texts_table).where(*waiting).values(given_up))


def _due_by(now: datetime, to_send: bool) -> list[ColumnElement[bool]]:
    due = [_COLUMN.due <= now]
    if not to_send:
        due.append(or_(_COLUMN.state != TextState.QUEUED, _COLUMN.expires <= now))
    return due
