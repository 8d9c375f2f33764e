"""One step that notes what it asks: of its position, of the caller, of the agencies' hours.

A step sees only what it looks at. So it is made once, what it looked at is noted, and it is made
again only for positions and circumstances that answer one of those questions otherwise
(`shared_steps`). Nothing is left out by this: steps that were answered alike are the same step.
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
from ivr.engine.turn import Turn
from ivr.proof.noted_position import noted
from ivr.proof.opening_states import Doors

_DOOR, _VIEW, _TEXTS, _TAKES = "closed", "phone", "line texts", "takes texts"
POSITION = "position"  # the question for a part of the position, by its name
Question = tuple[str, str]  # what is asked, and of which agency or part, if of one
Answer = Hashable
Facts = tuple[tuple[Question, Answer], ...]


class Circumstances:
    """One kind of caller, at all doors of the year."""

    def __init__(self, line: Line, doors: Doors, caller: Caller) -> None:
        self.caller = caller
        self._line, self._doors = line, doors
        self._answers: dict[tuple[Question, int], tuple[Answer]] = {}
        self._given: dict[tuple[Question, Answer], int] = {}

    def agreeing(self, facts: Facts) -> int:
        """The moments (bits) at which these circumstances give all these answers."""
        bits = self._doors.always
        for fact in facts:
            given = self._given.get(fact)
            if given is None:
                (what, agency), answer = fact
                given = self._given[fact] = self._moments(what, agency, answer)
            bits &= given
        return bits

    def answer(self, question: Question, moment: int) -> Answer:
        """What these circumstances answer at a moment (its bit)."""
        known = self._answers.get((question, moment))
        if known is None:
            known = self._answers[question, moment] = (self._answer(*question, moment),)
        return known[0]

    def _moments(self, what: str, agency: str, answer: Answer) -> int:
        if what == _DOOR:
            closed = self._doors.closed[agency]
            return closed if answer else self._doors.always & ~closed
        return self._doors.always if answer == self._answer(what, agency, 0) else 0

    def _answer(self, what: str, agency: str, moment: int) -> Answer:
        if what == _DOOR:
            return bool(self._doors.closed[agency] & moment)
        if what == _TAKES:
            return self.caller.takes_texts
        if what == _TEXTS:
            return self.caller.line_texts
        phone = self._line.agency(agency).phone_for(self.caller.kind)
        return phone and (phone.number, self.caller.kind in phone.not_from)


class _Notes:
    """What the step under way has asked so far, each once, in order."""

    def __init__(self) -> None:
        self.asked: dict[Question, None] = {}

    def add(self, what: str, agency: str = "") -> None:
        self.asked.setdefault((what, agency))


@dataclass(frozen=True, eq=False, repr=False)
class _NotedLine(Line):
    """The line, which notes whose number, link or languages a step wants to know."""

    notes: _Notes

    def agency(self, name: str) -> Agency:
        self.notes.add(_VIEW, name)
        return super().agency(name)


class _NotedCaller:
    """A caller, who notes what a step wants to know of them.

    The kind itself is only ever used to look at an agency's numbers, which notes the agency.
    """

    def __init__(self, caller: Caller, notes: _Notes) -> None:
        self._caller, self._notes = caller, notes
        self.kind: CallerKind = caller.kind

    @property
    def line_texts(self) -> bool:
        self._notes.add(_TEXTS)
        return self._caller.line_texts

    @property
    def takes_texts(self) -> bool:
        self._notes.add(_TAKES)
        return self._caller.takes_texts


class _NotedDoors(dict[str, AgencyState]):
    """Doors that note which of them a step looks at."""

    def __init__(self, statuses: Mapping[str, AgencyState], notes: _Notes) -> None:
        super().__init__(statuses)
        self._notes = notes

    def __getitem__(self, agency: str) -> AgencyState:
        self._notes.add(_DOOR, agency)
        return super().__getitem__(agency)


class NotedSteps:
    """Makes steps and tells what each of them asked; `made` counts them."""

    def __init__(self, line: Line, doors: Doors) -> None:
        self._notes = _Notes()
        self._line = _NotedLine(
            line.tree, line.directory, line.scripts, line.timetable, self._notes
        )
        self._doors = tuple(_NotedDoors(o.by_agency, self._notes) for o in doors.openings)
        self._until = doors.openings[0].until
        self.made = 0

    def step(
        self, position: Position, event: Event, caller: Caller, moment: int
    ) -> tuple[Turn, tuple[Question, ...]]:
        """The turn at the doors' moment number `moment`, and the questions, in their order."""
        self.made += 1
        self._notes.asked = {}
        # An opening of its own each time, so that nothing remembered of other steps answers for it.
        opening = AgencyStates(self._doors[moment], self._until)
        here = noted(position, lambda part: self._notes.add(POSITION, part))
        whose = cast(Caller, _NotedCaller(caller, self._notes))
        turn = step(self._line, here, event, opening, whose)
        return turn, tuple(self._notes.asked)
