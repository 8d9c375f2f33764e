"""Which agencies are open at a moment, and when the closed ones open.

Everything here comes from one computation, `Timetable.changes`: the states of one agency, each with
the moment at which it begins.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from itertools import islice
from zoneinfo import ZoneInfo

from ivr.engine.directory import Agency, Calendar, Directory
from ivr.engine.public_holidays import public_holidays
from ivr.engine.schedule import Freq, Hours, Schedule

_HORIZON_DAYS = 40  # a monthly day lies within it, whatever closes around new year
Span = tuple[datetime, datetime]  # from opening to closing, in local time


class Availability(Enum):
    """Whether an agency answers."""

    OPEN = "open"
    ALWAYS = "always"  # open day and night, on every day of the year
    CLOSED = "closed"
    UNKNOWN = "unknown"  # no hours that may be trusted: nothing is said of them


@dataclass(frozen=True)
class AgencyState:
    """Whether an agency is open; `opens` (local time) and `days_ahead` only where it is closed."""

    availability: Availability
    opens: datetime | None = None
    days_ahead: int = 0


_OPEN, _ALWAYS = AgencyState(Availability.OPEN), AgencyState(Availability.ALWAYS)
_CLOSED, _UNKNOWN = AgencyState(Availability.CLOSED), AgencyState(Availability.UNKNOWN)


@dataclass(frozen=True, eq=False)
class AgencyStates:
    """Every agency's state, true until the local time `until`.

    Compared by identity, so that it is a cheap key for remembered answers.
    """

    by_agency: Mapping[str, AgencyState]
    until: datetime

    def of(self, agency: str) -> AgencyState:
        """The state of one agency."""
        return self.by_agency[agency]


class Timetable:
    """Answers `at(now)`; until an agency opens or closes it gives the same AgencyStates again."""

    def __init__(self, directory: Directory) -> None:
        self._calendar = directory.calendar
        self._zone = ZoneInfo(directory.calendar.timezone)
        self._is_holiday = public_holidays(directory.calendar.holidays)
        self._hours = {name: trusted_hours(agency) for name, agency in directory.agencies.items()}
        self._groups = _alike(self._hours)
        self._last: tuple[datetime, datetime, AgencyStates] | None = None  # true from, until

    def at(self, now: datetime) -> AgencyStates:
        """The states at `now`, an aware time; raises ValueError for one without a time zone."""
        if now.tzinfo is None:
            raise ValueError("opening hours need a time with its time zone")
        last = self._last  # read once: another thread may put a newer one in its place
        if last and last[0] <= now < last[1]:
            return last[2]
        states = self._states_at(now.astimezone(self._zone).replace(tzinfo=None))
        # Two times in UTC are compared fast, and this is asked with every request.
        until = states.until.replace(tzinfo=self._zone).astimezone(UTC)
        self._last = (now.astimezone(UTC), until, states)
        return states

    def changes(
        self, agency: str, since: datetime, days: int
    ) -> Iterator[tuple[datetime, AgencyState]]:
        """One agency in the `days` after `since`, an aware time: each state and when it begins.

        Each day before it opens is a state of its own, since what is said of it differs.
        """
        local = since.astimezone(self._zone).replace(tzinfo=None)
        for moment, state in self._changes(self._hours[agency], local, days):
            yield moment.replace(tzinfo=self._zone), state

    def worst(self) -> AgencyStates:
        """The worst moment there could be: every agency that ever closes is closed."""
        states = {name: _constant(hours) or _CLOSED for name, hours in self._hours.items()}
        return AgencyStates(states, datetime.max)

    def _states_at(self, local: datetime) -> AgencyStates:
        until = _next_midnight(local)
        states: dict[str, AgencyState] = {}
        for hours, names in self._groups:
            (_, state), *following = islice(self._changes(hours, local, days=1), 2)
            states |= dict.fromkeys(names, state)
            until = min([until, *(moment for moment, _ in following)])
        return AgencyStates(states, until)

    def _changes(
        self, hours: Hours | None, local: datetime, days: int
    ) -> Iterator[tuple[datetime, AgencyState]]:
        """The one computation. Times have no zone: schedules are in local time."""
        constant = _constant(hours)
        if hours is None or constant is not None:
            yield local, constant or _UNKNOWN
            return
        moment, end = local, local + timedelta(days=days)
        yesterday = local.date() - timedelta(days=1)  # what opened then may be open still
        for opens, closes in self._open_spans(hours, yesterday, days + 2 + _HORIZON_DAYS):
            while moment < min(opens, end):
                yield moment, _closed_until(opens, moment)
                moment = min(opens, _next_midnight(moment))
            if moment >= end:
                return
            if moment < closes:
                yield moment, _OPEN
                moment = closes
        while moment < end:
            yield moment, _CLOSED
            moment = _next_midnight(moment)

    def _open_spans(self, hours: Hours, first: date, days: int) -> Iterator[Span]:
        """When an agency is open, in order; spans that touch or overlap are one."""
        opens = closes = datetime.min
        for day in (first + timedelta(days=n) for n in range(days)):
            if self._is_closed(hours, day):
                continue
            for start, end in sorted(_span(s, day) for s in hours.schedules if _falls_on(s, day)):
                if start > closes:
                    if closes > opens:
                        yield opens, closes
                    opens = start
                closes = max(closes, end)
        if closes > opens:
            yield opens, closes

    def _is_closed(self, hours: Hours, day: date) -> bool:
        return any(
            self._is_holiday(day)
            if name == "holidays"
            else self._calendar.closures[name].covers(day)
            for name in hours.closed_on
        )


def trusted_hours(agency: Agency) -> Hours | None:
    """The hours that may be said; None where none are known or they are doubtful."""
    return agency.hours if agency.hours is not None and agency.hours.speakable else None


def is_always_open(hours: Hours) -> bool:
    """Whether the hours are day and night on every day of the year."""
    days = {
        day
        for schedule in hours.schedules
        if schedule.freq is Freq.WEEKLY and schedule.minutes == (0, 24 * 60)
        for day in schedule.byday
    }
    return len(days) == 7 and not hours.closed_on


def known_closures(calendar: Calendar) -> set[str]:
    """The names that `closed_on` may hold."""
    return {"holidays", *calendar.closures}


def _alike(hours: Mapping[str, Hours | None]) -> list[tuple[Hours | None, list[str]]]:
    """Hours with all agencies that keep them: agencies are many, kinds of hours few."""
    groups: dict[object, tuple[Hours | None, list[str]]] = {}
    for name, kept in hours.items():
        rules = kept and (kept.schedules, kept.closed_on)
        groups.setdefault(rules, (kept, []))[1].append(name)
    return list(groups.values())


def _constant(hours: Hours | None) -> AgencyState | None:
    """The state of an agency that never opens or closes; None where it does."""
    if hours is None:
        return _UNKNOWN
    return _ALWAYS if is_always_open(hours) else None


def _closed_until(opens: datetime, moment: datetime) -> AgencyState:
    ahead = (opens.date() - moment.date()).days
    return AgencyState(Availability.CLOSED, opens, ahead) if ahead < _HORIZON_DAYS else _CLOSED


def _next_midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.date() + timedelta(days=1), time())


def _falls_on(schedule: Schedule, day: date) -> bool:
    if schedule.freq is Freq.MONTHLY:
        return day.day in schedule.bymonthday
    return day.weekday() in {weekday.number for weekday in schedule.byday}


def _span(schedule: Schedule, day: date) -> Span:
    opens, closes = schedule.minutes
    midnight = datetime.combine(day, time())
    return midnight + timedelta(minutes=opens), midnight + timedelta(minutes=closes)
