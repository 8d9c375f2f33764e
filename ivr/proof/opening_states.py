"""Every state of opening hours there is in a year, each with a moment at which it holds.

What a call does depends on which agencies are closed; only the words on a closed agency depend on
when it opens. So the first is told apart for the whole line, the second for one referral at a time.
"""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from functools import cached_property

from ivr.engine.hours import AgencyState, AgencyStates, is_always_open
from ivr.engine.line import Line
from ivr.engine.reach import what_is_said
from ivr.engine.tree import referred

DAYS = 366
_Changes = tuple[tuple[datetime, AgencyState], ...]


class OpeningStates:
    """The states of a line's agencies in the `DAYS` after `since`, an aware time.

    Agencies with the same hours change together, so the work grows with the number of different
    opening hours and not with the tree.
    """

    def __init__(self, line: Line, since: datetime) -> None:
        self._line, self._since = line, since
        self._changes: dict[Hashable, _Changes] = {}
        self._spoken: dict[frozenset[Hashable], tuple[tuple[datetime, AgencyStates], ...]] = {}

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """The agencies that any referral names."""
        return tuple(dict.fromkeys(referred(self._line.tree)))

    @cached_property
    def moments(self) -> tuple[datetime, ...]:
        """One moment for each set of agencies that are ever closed at the same time, in order."""
        return self._distinct(self.agencies, lambda state: state.availability)

    @cached_property
    def at_moments(self) -> tuple[AgencyStates, ...]:
        """The states at each of the `moments`."""
        return tuple(self._line.timetable.at(moment) for moment in self.moments)

    def spoken(self, names: Iterable[str]) -> tuple[tuple[datetime, AgencyStates], ...]:
        """A moment, and its states, for each different set of sentences on these agencies."""
        names = tuple(names)
        key = frozenset(self._hours(name) for name in names)
        if key not in self._spoken:
            moments = self._distinct(names, what_is_said)
            self._spoken[key] = tuple((m, self._line.timetable.at(m)) for m in moments)
        return self._spoken[key]

    def _distinct(
        self, names: Iterable[str], told_apart: Callable[[AgencyState], Hashable]
    ) -> tuple[datetime, ...]:
        sweeps = [self._sweep(name) for name in {self._hours(n): n for n in names}.values()]
        changes = sorted(
            ((m, place, told_apart(s)) for place, sweep in enumerate(sweeps) for m, s in sweep),
            key=lambda change: change[0],
        )
        now: list[Hashable] = [None] * len(sweeps)
        found: dict[tuple[Hashable, ...], datetime] = {}
        for nth, (moment, place, what) in enumerate(changes):
            now[place] = what
            last = nth + 1 == len(changes) or changes[nth + 1][0] > moment
            if last:
                found.setdefault(tuple(now), moment)
        return tuple(found.values())

    def _hours(self, name: str) -> Hashable:
        """The same for agencies that are always in the same state."""
        hours = self._line.agency(name).hours
        if hours is None or not hours.speakable:
            return None
        return is_always_open(hours) or (hours.schedules, hours.closed_on)

    def _sweep(self, name: str) -> _Changes:
        hours = self._hours(name)
        if hours not in self._changes:
            changes = self._line.timetable.changes(name, self._since, DAYS)
            self._changes[hours] = tuple(changes)
        return self._changes[hours]
