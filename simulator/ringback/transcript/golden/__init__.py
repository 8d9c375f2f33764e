"""Golden calls: what a caller does and all that happens, as YAML that people read and review."""

from ringback.callers.timed import NotedPhone, TimedPhone
from ringback.transcript.golden.comparing import differences
from ringback.transcript.golden.files import StoriesRefused, read_stories, written
from ringback.transcript.golden.steps import Step, steps_of
from ringback.transcript.golden.story import Story

__all__ = [
    "NotedPhone",
    "Step",
    "StoriesRefused",
    "Story",
    "TimedPhone",
    "differences",
    "read_stories",
    "steps_of",
    "written",
]
