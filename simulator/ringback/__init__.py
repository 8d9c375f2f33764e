"""A telephone company on one machine: it knows TwiML and HTTP, and serves any Twilio app."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ringback.public import *  # noqa: F403


def __getattr__(name: str) -> Any:
    """The names of `ringback.public`, imported once one is asked for: pytest loads the plugin at
    every start, and whoever makes no call should not wait for what calls need (PEP 562)."""
    if not name.startswith("_"):
        public = import_module("ringback.public")
        if name in public.__all__:
            return getattr(public, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
