"""A text of the outbox as a value: as it is put in, and as it stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ivr.sms.states import TextState


@dataclass(frozen=True)
class Row:
    """A text as it stands; `recipient` (E.164) and `body` only while they are still needed."""

    id: str
    call: str
    agency: str
    recipient_key: str
    recipient: str | None
    body: str | None
    state: TextState
    error_code: int | None
    message_sid: str | None
    attempts: int
    created: datetime
    expires: datetime
    asked: datetime | None
    due: datetime | None


@dataclass(frozen=True)
class NewText:
    """A text that is asked for: to whom (E.164, and as a keyed hash), of what, and the words."""

    call: str
    agency: str
    recipient: str
    recipient_key: str
    body: str


def row_of(found: Any) -> Row | None:
    """A row as the database gives it; None for none."""
    if found is None:
        return None
    return Row(**{**found._mapping, "state": TextState(found.state)})
