"""What a test holds: a telephone whose caller acts and hears a step at a time."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ringback.testing.handset import Handset
    from ringback.testing.texter import CallFailed

__all__ = ["CallFailed", "Handset"]


def __getattr__(name: str) -> Any:
    """Imported once they are asked for: pytest loads the plugin beside them at every start, in
    projects and runs that never make a call (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from ringback.testing import handset, texter

    return handset.Handset if name == "Handset" else texter.CallFailed
