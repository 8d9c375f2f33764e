"""One step of the dialogue that notes what it looked at: of the position, the caller and the hours.

A step is pure, so its turn depends on nothing but what it looked at. It is made once, and again
only for positions and circumstances that answer one of its questions otherwise (`shared_steps`).
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import cast

from ivr.engine.caller import Caller, CallerKind
from ivr.engine.dialogue import step
from ivr.engine.directory import Agency
from ivr.engine.hours import AgencyState, AgencyStates
from ivr.engine.line import Line
from ivr.engine.position import Event, Position
from ivr.engine.ranking import Ranking, ReferralRow
from ivr.engine.turn import Turn
from ivr.proof.circumstances import (
    CLOSED,
    LINE_TEXTS,
    ORDER,
    PHONE,
    TAKES_TEXTS,
    Circumstances,
    Question,
)
from ivr.proof.noted_position import changed_parts, noted

POSITION = "position"  # the question for a part of the position, by the part's name


@dataclass(frozen=True)
class NotedStep:
    """A turn, what was asked on the way to it, and which parts of its position are new.

    The parts that are not in `changed` are those of the position at which the step was made.
    """

    turn: Turn
    asked: tuple[Question, ...]
    changed: Mapping[str, Hashable]


class StepMaker:
    """Makes noted steps; `made` counts them."""

    def __init__(self, line: Line, circumstances: Circumstances) -> None:
        self._notes = _Notes()
        self._line = _NotedLine(
            line.tree, line.directory, line.scripts, line.timetable, self._notes, line
        )
        self._circumstances = circumstances
        self._states = tuple(
            AgencyStates(_NotedStates(states.by_agency, self._notes), states.until)
            for states in circumstances.at_moments
        )
        self._callers = tuple(
            cast(Caller, _NotedCaller(caller, self._notes)) for caller in circumstances.callers
        )
        self.made = 0

    def step(self, position: Position, event: Event, circumstance: int) -> NotedStep:
        """The step in one circumstance (its bit)."""
        self.made += 1
        self._notes.asked = {}
        caller, moment = self._circumstances.place(circumstance)
        self._notes.moment = self._circumstances.at_moments[moment]
        here = noted(position, self._notes.read)
        turn = step(self._line, here, event, self._states[moment], self._callers[caller])
        return NotedStep(turn, tuple(self._notes.asked), changed_parts(turn.position))


class _Notes:
    """What the present step has asked so far, each question once, in order; and its `moment`."""

    def __init__(self) -> None:
        self.asked: dict[Question, None] = {}
        self.moment: AgencyStates | None = None

    def add(self, what: str, of: Hashable = "") -> None:
        self.asked[what, of] = None

    def read(self, part: str) -> None:
        self.asked[POSITION, part] = None


@dataclass(frozen=True, eq=False, repr=False)
class _NotedLine(Line):
    """The line, which notes whose number or link a step wants to know, and which order."""

    notes: _Notes
    plain: Line

    def agency(self, name: str) -> Agency:
        self.notes.add(PHONE, name)
        return self.plain.agency(name)

    def speaks(self, agency: str, language: str) -> bool:
        """No question: the answer is the same in all circumstances."""
        return self.plain.speaks(agency, language)

    def understood(self, names: tuple[str, ...], language: str) -> tuple[str, ...]:
        """No question, as `speaks`."""
        return self.plain.understood(names, language)

    def ranking(
        self, row: ReferralRow, language: str, kind: CallerKind, states: AgencyStates
    ) -> Ranking:
        """One question, whatever the order rests on: many circumstances have the same one."""
        self.notes.add(ORDER, (row, language))
        return self.plain.ranking(row, language, kind, self.notes.moment or states)


class _NotedCaller:
    """A caller, who notes what a step wants to know of them.

    The kind itself is only ever used to look at an agency's numbers, which notes the agency.
    """

    def __init__(self, caller: Caller, notes: _Notes) -> None:
        self._caller, self._notes = caller, notes
        self.kind: CallerKind = caller.kind

    @property
    def line_texts(self) -> bool:
        self._notes.add(LINE_TEXTS)
        return self._caller.line_texts

    @property
    def takes_texts(self) -> bool:
        self._notes.add(TAKES_TEXTS)
        return self._caller.takes_texts


class _NotedStates(dict[str, AgencyState]):
    """States of agencies that note which agency's a step looks at."""

    def __init__(self, states: Mapping[str, AgencyState], notes: _Notes) -> None:
        super().__init__(states)
        self._notes = notes

    def __getitem__(self, agency: str) -> AgencyState:
        self._notes.add(CLOSED, agency)
        return super().__getitem__(agency)
