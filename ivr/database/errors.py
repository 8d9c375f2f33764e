"""Which errors mean that the database is away, and how any other is logged."""

import traceback

from sqlalchemy.exc import (
    DisconnectionError,
    InterfaceError,
    InternalError,
    InvalidRequestError,
    OperationalError,
    TimeoutError,
)

# Calls go on and the same is tried again later. InternalError is what PostgreSQL says where it only
# reads (a replica); InvalidRequestError is what the pool says of a connection that broke just now.
# Anything else, an IntegrityError above all, is an error of this program.
AWAY = (
    OperationalError,
    InterfaceError,
    InternalError,
    DisconnectionError,
    InvalidRequestError,
    TimeoutError,
)


def without_values(error: BaseException) -> str:
    """An error's kind and the lines that led to it: its message may name a telephone number."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"{type(error).__name__}\n{frames}".rstrip()
