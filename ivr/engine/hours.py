"""Which agencies are open at a moment, and when the closed ones open."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from itertools import pairwise
from zoneinfo import ZoneInfo

from ivr.engine.directory import Agency, Calendar, Directory
from ivr.engine.schedule import Freq, Hours, Schedule

_HORIZON_DAYS = 40  # a monthly day lies within it, whatever closes around new year
Span = tuple[datetime, datetime]


class State(Enum):
    """What a caller is told of an agency's door."""

    OPEN = "open"
    ALWAYS = "always"
    CLOSED = "closed"
    UNKNOWN = "unknown"  # no hours that may be trusted: nothing is said of them


@dataclass(frozen=True)
class Status:
    """An agency's door now; `opens` (local time) and `days_ahead` only where it is closed."""

    state: State
    opens: datetime | None = None
    days_ahead: int = 0


@dataclass(frozen=True, eq=False)
class Opening:
    """Every agency's door, true until the local time `until`.

    Compared by identity, so that it is a cheap key for remembered answers.
    """

    statuses: Mapping[str, Status]
    until: datetime

    def of(self, agency: str) -> Status:
        """The door of one agency."""
        return self.statuses[agency]


class Timetable:
    """Answers `at(now)`; between two changes of any door it gives the same Opening again."""

    def __init__(self, directory: Directory) -> None:
        self._agencies = directory.agencies
        self._calendar = directory.calendar
        self._zone = ZoneInfo(directory.calendar.timezone)
        self._is_holiday = public_holidays(directory.calendar.holidays)
        self._kept = _same_hours(directory.agencies)
        self._last: tuple[datetime, datetime, Opening] | None = None  # true from, until

    def at(self, now: datetime) -> Opening:
        """The doors at `now`, an aware time; raises ValueError for one without a time zone."""
        if now.tzinfo is None:
            raise ValueError("opening hours need a time with its time zone")
        last = self._last  # read once: another thread may put a newer one in its place
        if last and last[0] <= now < last[1]:
            return last[2]
        # Wall time without zone: schedules are wall times, and Japan knows no summer time.
        local = now.astimezone(self._zone).replace(tzinfo=None)
        opening = self._compute(local)
        # In one zone two times compare at once; this is asked with every request.
        until = opening.until.replace(tzinfo=self._zone).astimezone(UTC)
        self._last = (now.astimezone(UTC), until, opening)
        return opening

    def statuses(self, agency: Agency, since: datetime, days: int) -> Iterator[Status]:
        """Every status of one door in the `days` after `since`, an aware time; some twice."""
        hours = agency.hours
        if hours is None or not hours.speakable or is_always_open(hours):
            yield self._status(agency, since.replace(tzinfo=None))[0]
            return
        yield from (Status(State.OPEN), Status(State.CLOSED))
        first = since.astimezone(self._zone).date()
        spans = sorted(self._spans(hours, first - timedelta(days=1), days + _HORIZON_DAYS))
        for (_, closes), (opens, _) in pairwise(spans):
            for ahead in range((opens.date() - closes.date()).days + 1):
                yield Status(State.CLOSED, opens, ahead)

    def course(
        self, agency: Agency, since: datetime, days: int
    ) -> Iterator[tuple[datetime, Status]]:
        """One door in the `days` after `since`, an aware time: each status and when it begins."""
        local = since.astimezone(self._zone).replace(tzinfo=None)
        hours = agency.hours
        if hours is None or not hours.speakable or is_always_open(hours):
            yield since, self._status(agency, local)[0]
            return
        first, last = local - timedelta(days=1), local + timedelta(days=days)
        spans = sorted(self._spans(hours, first.date(), days + _HORIZON_DAYS))
        opens = [start for start, _ in spans]
        midnights = [
            datetime.combine(local.date() + timedelta(days=n + 1), time()) for n in range(days)
        ]
        moments = {local, *midnights, *(moment for span in spans for moment in span)}
        for moment in sorted(moment for moment in moments if local <= moment < last):
            following = bisect_right(opens, moment)
            # Of spans that have begun, the last few decide: none is longer than a day.
            recent = spans[max(0, following - 2 * len(hours.schedules)) : following]
            if any(moment < end for _, end in recent):
                status = Status(State.OPEN)
            else:
                status = _closed(opens[following : following + 1], moment)
            yield moment.replace(tzinfo=self._zone), status

    def worst(self) -> Opening:
        """The worst moment there could be: every door that ever closes is closed."""
        some_time = datetime.min + timedelta(days=1)  # of doors that never change any will do
        doors = {
            name: Status(State.CLOSED)
            if agency.hours and agency.hours.speakable and not is_always_open(agency.hours)
            else self._status(agency, some_time)[0]
            for name, agency in self._agencies.items()
        }
        return Opening(doors, datetime.max)

    def _compute(self, local: datetime) -> Opening:
        midnight = datetime.combine(local.date() + timedelta(days=1), time())
        statuses: dict[str, Status] = {}
        changes = [midnight]
        # Doors are many, kinds of hours few: those that keep the same hours are looked up once.
        known: dict[int, tuple[Status, datetime | None]] = {}
        for name, agency in self._agencies.items():
            kept = self._kept[name]
            if kept not in known:
                known[kept] = self._status(agency, local)
            status, change = known[kept]
            statuses[name] = status
            if change is not None:
                changes.append(change)
        return Opening(statuses, min(changes))

    def _status(self, agency: Agency, local: datetime) -> tuple[Status, datetime | None]:
        hours = agency.hours
        if hours is None or not hours.speakable:
            return Status(State.UNKNOWN), None
        if is_always_open(hours):
            return Status(State.ALWAYS), None
        spans = self._spans(hours, local.date() - timedelta(days=1), 3)
        closing = [end for start, end in spans if start <= local < end]
        if closing:
            return Status(State.OPEN), max(closing)
        for ahead in range(_HORIZON_DAYS):
            day = local.date() + timedelta(days=ahead)
            starts = [start for start, _ in self._spans(hours, day, 1) if start > local]
            if starts:
                return Status(State.CLOSED, min(starts), ahead), min(starts)
        return Status(State.CLOSED), None

    def _spans(self, hours: Hours, first: date, days: int) -> list[Span]:
        wanted = [first + timedelta(days=n) for n in range(days)]
        return [
            _span(schedule, day)
            for day in wanted
            for schedule in hours.schedules
            if _falls_on(schedule, day) and not self._is_closed(hours, day)
        ]

    def _is_closed(self, hours: Hours, day: date) -> bool:
        return any(
            self._is_holiday(day)
            if name == "holidays"
            else self._calendar.closures[name].covers(day)
            for name in hours.closed_on
        )


def _same_hours(agencies: Mapping[str, Agency]) -> dict[str, int]:
    """A number for each agency, the same for those whose doors always stand alike."""
    numbers: dict[tuple[object, ...], int] = {}
    kept = {}
    for name, agency in agencies.items():
        hours = agency.hours
        if hours is None or not hours.speakable:
            marks: tuple[object, ...] = ()
        else:
            marks = (hours.schedules, hours.closed_on)
        kept[name] = numbers.setdefault(marks, len(numbers))
    return kept


def _closed(opens: list[datetime], moment: datetime) -> Status:
    """A door that is closed at `moment`, of which it is told when it opens next."""
    ahead = (opens[0].date() - moment.date()).days if opens else _HORIZON_DAYS
    return Status(State.CLOSED, opens[0], ahead) if ahead < _HORIZON_DAYS else Status(State.CLOSED)


def known_closures(calendar: Calendar) -> set[str]:
    """The names that `closed_on` may hold."""
    return {"holidays", *calendar.closures}


def is_always_open(hours: Hours) -> bool:
    """Whether the hours are day and night on every day of the year."""
    days = {
        day
        for schedule in hours.schedules
        if schedule.freq is Freq.WEEKLY and schedule.minutes == (0, 24 * 60)
        for day in schedule.byday
    }
    return len(days) == 7 and not hours.closed_on


def public_holidays(country: str) -> Callable[[date], bool]:
    """Tells public holidays; raises ValueError for a country whose holidays are not known.

    Japan's come from jpholiday, which follows the law's text; other countries' from `holidays`.
    """
    if country == "JP":
        import jpholiday

        return lambda day: bool(jpholiday.is_holiday(day))
    import holidays

    try:
        calendar = holidays.country_holidays(country)
    except NotImplementedError as error:
        raise ValueError(f"the public holidays of `{country}` are not known") from error
    return lambda day: day in calendar


def _falls_on(schedule: Schedule, day: date) -> bool:
    if schedule.freq is Freq.MONTHLY:
        return day.day in schedule.bymonthday
    return day.weekday() in {weekday.number for weekday in schedule.byday}


def _span(schedule: Schedule, day: date) -> Span:
    opens, closes = schedule.minutes
    midnight = datetime.combine(day, time())
    return midnight + timedelta(minutes=opens), midnight + timedelta(minutes=closes)
