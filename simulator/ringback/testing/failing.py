"""A step that did not come true, reported so that nobody needs to run the test again to see why."""

from collections.abc import Iterable


class CallFailed(AssertionError):
    """Says what was expected, what came nearest, and the whole call with its seconds."""


def failure(remarks: Iterable[str], *stories: tuple[str, str]) -> CallFailed:
    """The failure of a step: a line for each remark, then each story with its heading."""
    lines = [line for heading, rows in stories for line in ("", heading, rows)]
    return CallFailed("\n".join([*remarks, *lines]))
