"""The line as a web app: its channels wired together, signatures, health and counters."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ivr.web.app import TEXTS, create_app

__all__ = ["TEXTS", "create_app"]


def __getattr__(name: str) -> Any:
    """The app is imported once it is asked for: the server reads its hooks beside it first, and
    counting between processes has to be set up before anything is imported that counts (PEP 562).
    """
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from ivr.web import app

    return getattr(app, name)
