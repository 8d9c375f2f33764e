"""Thousands of virtual callers at once, on any Twilio app: the same calls, in an event loop."""

from ivr.simulator.load.figures import Report, Trouble
from ivr.simulator.load.plan import Plan, is_loopback
from ivr.simulator.load.reached import Reached, matching, number_or_address
from ivr.simulator.load.running import Load

__all__ = [
    "Load",
    "Plan",
    "Reached",
    "Report",
    "Trouble",
    "is_loopback",
    "matching",
    "number_or_address",
]
