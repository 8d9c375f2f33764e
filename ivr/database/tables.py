"""The tables, and how a row is put into one that may have it already."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Dialect,
    Executable,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.dialects import sqlite

metadata = MetaData()


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as UTC: SQLite knows no time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


# The outbox. A number and its message stand here only until the carrier has taken it or it is given
# up; what stays is a keyed hash, for limits and for the question whether it was sent already.
texts_table = Table(
    "texts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("call", String(64), nullable=False),
    Column("agency", String(64), nullable=False),
    Column("recipient_key", String(64), nullable=False),
    Column("recipient", String(20)),
    Column("body", Text),
    Column("state", String(12), nullable=False),
    Column("error_code", Integer),
    Column("message_sid", String(64), unique=True),
    Column("attempts", Integer, nullable=False, default=0),
    Column("created", Moment, nullable=False),
    Column("expires", Moment, nullable=False),  # no attempt begins after this
    Column("asked", Moment),  # when the last request to the carrier began
    Column("due", Moment, index=True),  # when it is to be looked at next; nothing where it is over
    UniqueConstraint("call", "agency", "recipient_key", name="one_text_per_call"),
)
# While it is not known what became of a message, no other to the same telephone is sent: so
# that what the carrier's list shows can be only this one.
Index(
    "one_under_way",
    texts_table.c.recipient_key,
    unique=True,
    sqlite_where=texts_table.c.state.in_(("sending", "unknown")),
    postgresql_where=texts_table.c.state.in_(("sending", "unknown")),
)

# A number that a caller keyed in, until the call is over.
keyed_numbers = Table(
    "held_numbers",
    metadata,
    Column("call", String(64), primary_key=True),
    Column("number", String(20), nullable=False),
    Column("created", Moment, nullable=False),
)

# Who wants no texts from here, as a keyed hash.
refusals = Table(
    "refusals",
    metadata,
    Column("recipient_key", String(64), primary_key=True),
    Column("created", Moment, nullable=False),
)

# How many texts were asked for: by a recipient's or a caller's keyed hash, or in all, on a day.
quotas = Table(
    "quotas",
    metadata,
    Column("whose", String(80), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("used", Integer, nullable=False),
)


def inserting(connection: Connection, table: Table) -> Any:
    """An INSERT that can say what to do on a conflict; both databases write it the same way."""
    if connection.dialect.name == "postgresql":
        # Imported where it is used: it costs every start, and most lines keep SQLite.
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    return sqlite.insert(table)


def took(connection: Connection, statement: Executable) -> bool:
    """Whether a row was written: an INSERT that met a conflict may have written none."""
    done = connection.execute(statement, execution_options={"preserve_rowcount": True})
    return done.rowcount == 1
