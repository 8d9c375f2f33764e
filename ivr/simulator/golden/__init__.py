"""Golden calls: what a caller does and all that came of it, as YAML that people read and review."""

from ivr.simulator.golden.comparing import differences
from ivr.simulator.golden.files import StoriesRefused, read_stories, written
from ivr.simulator.golden.steps import Step, steps_of
from ivr.simulator.golden.story import Story
from ivr.simulator.golden.timed import NotedPhone, TimedPhone

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
