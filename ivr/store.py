"""The tables. On the voice path nothing is read or written; only a text leaves a row."""

from datetime import datetime

from sqlalchemy import (
    Column,
    DateTime,
    Engine,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    create_engine,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError, SQLAlchemyError

metadata = MetaData()

texts = Table(
    "texts",
    metadata,
    Column("call", String(64), primary_key=True),
    Column("agency", String(64), primary_key=True),
    Column("recipient", String(64), primary_key=True),  # a keyed hash: no number is kept
    Column("state", String(16), nullable=False),
    Column("message_sid", String(64)),
    Column("created", DateTime(timezone=True), nullable=False),
    UniqueConstraint("call", "agency", "recipient"),
)


class Store:
    """Remembers which texts a call has asked for, so that each is sent once."""

    def __init__(self, url: str) -> None:
        """`url`: as SQLAlchemy writes it; nothing is opened before it is needed."""
        options = {"timeout": 5} if url.startswith("sqlite") else {}
        self._engine: Engine = create_engine(url, connect_args=options, pool_pre_ping=True)
        self._made = False

    def claim(self, call: str, agency: str, recipient: str, now: datetime) -> str | None:
        """Claims a text for sending: None for the first to ask, else the state it has by now.

        The database decides who was first, so two requests at once can't both be.
        """
        self._make_tables()
        key = {"call": call, "agency": agency, "recipient": recipient}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(texts).values(**key, state="sending", created=now))
            return None
        except IntegrityError:
            with self._engine.connect() as connection:
                state = connection.execute(select(texts.c.state).filter_by(**key)).scalar_one()
            return str(state)

    def settle(
        self, call: str, agency: str, recipient: str, state: str, message_sid: str | None
    ) -> None:
        """Writes down what became of a claimed text."""
        key = {"call": call, "agency": agency, "recipient": recipient}
        with self._engine.begin() as connection:
            connection.execute(
                update(texts).filter_by(**key).values(state=state, message_sid=message_sid)
            )

    def is_up(self) -> bool:
        """Whether the database answers."""
        try:
            with self._engine.connect() as connection:
                connection.execute(select(1))
            return True
        except SQLAlchemyError:
            return False

    def _make_tables(self) -> None:
        if self._made:
            return
        try:
            metadata.create_all(self._engine)
        except (OperationalError, ProgrammingError):
            # Two workers may both find no table; the one that comes second finds it made.
            if not inspect(self._engine).has_table(texts.name):
                raise
        self._made = True
