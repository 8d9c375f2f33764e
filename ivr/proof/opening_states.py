"""Every state of opening hours there is in a year, each with a moment at which it holds.

What a call does depends on which doors are closed; only the words on a closed door depend on when
it opens. So the first is told apart for the whole line, the second for one referral at a time.
"""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from functools import cached_property

from ivr.engine.hours import AgencyState, AgencyStates, Availability, is_always_open
from ivr.engine.line import Line
from ivr.engine.reach import what_is_said
from ivr.engine.tree import Refer

DAYS = 366
_Course = tuple[tuple[datetime, AgencyState], ...]


class Doors:
    """The doors of a line's agencies in the `DAYS` after `since`, an aware time.

    Agencies with the same hours share a course, so the work grows with the number of different
    opening hours and not with the tree.
    """

    def __init__(self, line: Line, since: datetime) -> None:
        self._line, self._since = line, since
        self._courses: dict[Hashable, _Course] = {}
        self._said: dict[frozenset[Hashable], tuple[tuple[datetime, AgencyStates], ...]] = {}

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """The agencies that any referral names."""
        nodes = self._line.tree.nodes.values()
        return tuple({n: None for node in nodes if isinstance(node, Refer) for n in node.refer})

    @cached_property
    def moments(self) -> tuple[datetime, ...]:
        """One moment for each set of doors that are ever closed at the same time, in order."""
        return self._distinct(self.agencies, lambda status: status.availability)

    @cached_property
    def openings(self) -> tuple[AgencyStates, ...]:
        """The doors at each of the `moments`."""
        return tuple(self._line.timetable.at(moment) for moment in self.moments)

    @cached_property
    def closed(self) -> dict[str, int]:
        """For each agency the bits of the `moments` at which its door is closed."""
        return {
            name: sum(
                1 << place
                for place, opening in enumerate(self.openings)
                if opening.of(name).availability is Availability.CLOSED
            )
            for name in self.agencies
        }

    @cached_property
    def always(self) -> int:
        """The bits of all `moments`."""
        return (1 << len(self.moments)) - 1

    def said(self, names: Iterable[str]) -> tuple[tuple[datetime, AgencyStates], ...]:
        """A moment, and its doors, for each different set of sentences on these agencies' doors."""
        names = tuple(names)
        key = frozenset(self._hours(name) for name in names)
        if key not in self._said:
            moments = self._distinct(names, what_is_said)
            self._said[key] = tuple((m, self._line.timetable.at(m)) for m in moments)
        return self._said[key]

    def _distinct(
        self, names: Iterable[str], told_apart: Callable[[AgencyState], Hashable]
    ) -> tuple[datetime, ...]:
        courses = [self._course(name) for name in {self._hours(n): n for n in names}.values()]
        changes = sorted(
            ((m, place, told_apart(s)) for place, course in enumerate(courses) for m, s in course),
            key=lambda change: change[0],
        )
        now: list[Hashable] = [None] * len(courses)
        found: dict[tuple[Hashable, ...], datetime] = {}
        for nth, (moment, place, what) in enumerate(changes):
            now[place] = what
            last = nth + 1 == len(changes) or changes[nth + 1][0] > moment
            if last:
                found.setdefault(tuple(now), moment)
        return tuple(found.values())

    def _hours(self, name: str) -> Hashable:
        """The same for agencies whose doors are always in the same state."""
        hours = self._line.agency(name).hours
        if hours is None or not hours.speakable:
            return None
        return is_always_open(hours) or (hours.schedules, hours.closed_on)

    def _course(self, name: str) -> _Course:
        hours = self._hours(name)
        if hours not in self._courses:
            course = self._line.timetable.changes(name, self._since, DAYS)
            self._courses[hours] = tuple(course)
        return self._courses[hours]
