"""A step that did not come true, told so that nobody needs to run the test again to see why."""

from collections.abc import Sequence

from ivr.simulator.events import Event
from ivr.simulator.telling import whole_call


class CallFailed(AssertionError):
    """Says what was expected, what came nearest, and the whole call with its seconds."""


def failure(
    expected: str, remarks: Sequence[str], events: Sequence[Event], parties: str
) -> CallFailed:
    """The failure of a step: `expected` as a sentence, and a line for each remark."""
    call = whole_call(events) or "   (nothing was heard)"
    return CallFailed("\n".join([expected, *remarks, "", f"The call {parties}:", call]))
