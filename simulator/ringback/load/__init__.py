"""Thousands of virtual callers at once, on any Twilio app: the same calls, in an event loop."""

from ringback.load.figures import Report, Trouble
from ringback.load.plan import LoadPlan, is_loopback
from ringback.load.reached import Reached, matching, number_or_address
from ringback.load.running import Load

__all__ = [
    "Load",
    "LoadPlan",
    "Reached",
    "Report",
    "Trouble",
    "is_loopback",
    "matching",
    "number_or_address",
]
