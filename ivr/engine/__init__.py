"""The engine: a line loaded and checked, and its dialogue as one pure step. No I/O."""

from ivr.engine.caller import Caller, CallerKind, Numbering
from ivr.engine.dialogue import beginning, last_words, step
from ivr.engine.hours import Opening, State, Status, Timetable
from ivr.engine.line import Line, Script
from ivr.engine.loading import LineTexts, load_line
from ivr.engine.position import Keys, Position, Silence, Start, Texted, TextOutcome
from ivr.engine.problems import LineRefused, Problem
from ivr.engine.speech import Digits, Pause, Speech, Words
from ivr.engine.turn import SendText, Turn
from ivr.engine.yaml_source import SourceText

__all__ = [
    "Caller",
    "CallerKind",
    "Digits",
    "Keys",
    "Line",
    "LineRefused",
    "LineTexts",
    "Numbering",
    "Opening",
    "Pause",
    "Position",
    "Problem",
    "Script",
    "SendText",
    "Silence",
    "SourceText",
    "Speech",
    "Start",
    "State",
    "Status",
    "TextOutcome",
    "Texted",
    "Timetable",
    "Turn",
    "Words",
    "beginning",
    "last_words",
    "load_line",
    "step",
]
