"""The outbox: a row before anything is sent, and every move of it in one place.

A move names the state it leads to and happens only from a state that may come before it
(`states`), decided by the database in one statement. So it makes no difference how many workers
try, how often the carrier repeats itself, or in which order its news arrives.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from ivr.database.store import Store
from ivr.database.tables import inserting, texts, took
from ivr.sms.states import OVER, TAKEN, State, before

OPTED_OUT = 21610  # Twilio's own code for a recipient who wants no texts
ERASED: Mapping[str, None] = MappingProxyType({"recipient": None, "body": None})


@dataclass(frozen=True)
class Row:
    """A text as it stands; `recipient` (E.164) and `body` only while they are still needed."""

    id: str
    call: str
    agency: str
    recipient_key: str
    recipient: str | None
    body: str | None
    state: State
    error_code: int | None
    message_sid: str | None
    attempts: int
    created: datetime
    expires: datetime
    asked: datetime | None
    due: datetime | None


@dataclass(frozen=True)
class Draft:
    """A text that is asked for: to whom (E.164, and as a keyed hash), of what, and the words."""

    call: str
    agency: str
    recipient: str
    recipient_key: str
    body: str


class Outbox:
    """Texts in the database. Every method raises SQLAlchemyError where that does not answer."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # Put in and looked at by the webhooks ---------------------------------------------------------

    def put(
        self, connection: Connection, draft: Draft, now: datetime, good_for: timedelta
    ) -> str | None:
        """Puts a text in and gives its id; None where this call already asked for the same."""
        row = {
            "id": uuid.uuid4().hex,
            "call": draft.call,
            "agency": draft.agency,
            "recipient": draft.recipient,
            "recipient_key": draft.recipient_key,
            "body": draft.body,
            "state": State.QUEUED,
            "attempts": 0,
            "created": now,
            "expires": now + good_for,
            "due": now,
        }
        new = inserting(connection, texts).values(row).on_conflict_do_nothing()
        return str(row["id"]) if took(connection, new) else None

    def of_call(self, connection: Connection, call: str, agency: str) -> Row | None:
        """The newest text of an agency that a call asked for."""
        wanted = select(texts).filter_by(call=call, agency=agency)
        newest = wanted.order_by(texts.c.created.desc(), texts.c.id).limit(1)
        return _row(connection.execute(newest).one_or_none())

    # Worked off -----------------------------------------------------------------------------------

    def find(self, text: str) -> Row | None:
        """A text by its id."""
        with self._store.reading() as connection:
            return _row(connection.execute(select(texts).filter_by(id=text)).one_or_none())

    def due(self, now: datetime, most: int = 1000) -> Sequence[str]:
        """The ids of texts that are to be looked at by `now`, those that wait longest first."""
        ripe = select(texts.c.id).where(texts.c.due <= now).order_by(texts.c.due, texts.c.id)
        with self._store.reading() as connection:
            return connection.execute(ripe.limit(most)).scalars().all()

    def claim(self, row: Row, now: datetime, lease: timedelta) -> bool:
        """Takes a queued text for sending, for as long as `lease`: a new attempt.

        False where another worker has it or had it meanwhile, or another text to the same
        telephone is under way.
        """
        values = {"asked": now, "due": now + lease, "attempts": row.attempts + 1}
        queued = (State.QUEUED,)
        try:
            return self.move(
                row.id, State.SENDING, only_from=queued, attempt=row.attempts, **values
            )
        except IntegrityError:  # the index one_under_way
            return False

    def move(
        self,
        text: str,
        to: State,
        *,
        only_from: Sequence[State] = (),
        attempt: int | None = None,
        **values: Any,
    ) -> bool:
        """Moves a text on, and says whether it did: not where it is already further.

        What is concluded from one attempt holds for that `attempt` alone: of a later one, which may
        be under way by now, it says nothing. Once the carrier has it, or it is over, its number and
        words are erased.
        """
        if to in TAKEN or to in OVER:
            values |= ERASED
        if to in OVER:
            values["due"] = None
        allowed = texts.c.state.in_(only_from or before(to))
        changed = update(texts).where(texts.c.id == text, allowed).values(state=to, **values)
        if attempt is not None:
            changed = changed.where(texts.c.attempts == attempt)
        with self._store.begin() as connection:
            return connection.execute(changed).rowcount == 1

    def postpone(self, row: Row, due: datetime | None) -> None:
        """Looks again at `due`, unless something has happened to it since `row` was read."""
        same = (texts.c.state == row.state, texts.c.attempts == row.attempts)
        later = update(texts).where(texts.c.id == row.id, *same)
        with self._store.begin() as connection:
            connection.execute(later.values(due=due))

    def by_sid(self, message_sid: str) -> str | None:
        """The id of the text that the carrier knows by this sid."""
        known = select(texts.c.id).filter_by(message_sid=message_sid)
        with self._store.reading() as connection:
            return connection.execute(known).scalar_one_or_none()

    # Looked after ---------------------------------------------------------------------------------

    def counts(self) -> dict[State, int]:
        """How many texts are in which state."""
        by_state = select(texts.c.state, func.count()).group_by(texts.c.state)
        with self._store.reading() as connection:
            found = {State(state): count for state, count in connection.execute(by_state)}
        return {state: found.get(state, 0) for state in State}

    def waiting_since(self) -> datetime | None:
        """When the oldest text that nobody has taken yet was asked for."""
        waiting = texts.c.state.in_((State.QUEUED, State.SENDING, State.UNKNOWN))
        with self._store.reading() as connection:
            oldest = select(texts.c.created).where(waiting).order_by(texts.c.created).limit(1)
            return connection.execute(oldest).scalar_one_or_none()

    def failed_by(self, codes: Sequence[int], since: datetime) -> int | None:
        """The newest of these error codes that a text failed by since then."""
        failed = select(texts.c.error_code).where(
            texts.c.state == State.FAILED, texts.c.error_code.in_(codes), texts.c.created >= since
        )
        with self._store.reading() as connection:
            newest = failed.order_by(texts.c.created.desc()).limit(1)
            return connection.execute(newest).scalar_one_or_none()

    def purge(self, before: datetime) -> int:
        """Forgets texts that are over and were asked for before then; how many."""
        old = delete(texts).where(texts.c.created < before, texts.c.state.in_((*TAKEN, *OVER)))
        with self._store.begin() as connection:
            return connection.execute(old).rowcount


def call_off(connection: Connection, recipient_keys: Sequence[str]) -> None:
    """Gives up what waits to be sent to one recipient, by each of their keyed hashes."""
    waiting = texts.c.recipient_key.in_(recipient_keys), texts.c.state == State.QUEUED
    given_up = {"state": State.FAILED, "error_code": OPTED_OUT, "due": None, **ERASED}
    connection.execute(update(texts).where(*waiting).values(given_up))


def _row(found: Any) -> Row | None:
    if found is None:
        return None
    return Row(**{**found._mapping, "state": State(found.state)})
