"""The engine: a line loaded and checked, and its dialogue as one pure step. No I/O."""

from ivr.engine.caller import Caller, CallerKind, Numbering, numbering
from ivr.engine.dialogue import beginning, last_resort, last_words, step
from ivr.engine.hours import AgencyState, AgencyStates, Availability, Timetable
from ivr.engine.line import Line, Script
from ivr.engine.position import (
    Event,
    Held,
    Keys,
    NumberEntry,
    Position,
    Silence,
    Start,
    Texted,
    TextFollowUp,
    TextOutcome,
    TextsRefused,
)
from ivr.engine.speech import Digits, Pause, Speech, Words
from ivr.engine.turn import (
    Effect,
    HoldNumber,
    LookAfterText,
    RecallNumber,
    RefuseTexts,
    SendText,
    Turn,
)

__all__ = [
    "AgencyState",
    "AgencyStates",
    "Availability",
    "Caller",
    "CallerKind",
    "Digits",
    "Effect",
    "Event",
    "Held",
    "HoldNumber",
    "Keys",
    "Line",
    "LookAfterText",
    "NumberEntry",
    "Numbering",
    "Pause",
    "Position",
    "RecallNumber",
    "RefuseTexts",
    "Script",
    "SendText",
    "Silence",
    "Speech",
    "Start",
    "TextFollowUp",
    "TextOutcome",
    "Texted",
    "TextsRefused",
    "Timetable",
    "Turn",
    "Words",
    "beginning",
    "last_resort",
    "last_words",
    "numbering",
    "step",
]
