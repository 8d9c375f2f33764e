"""Who is open when: said to a caller, it must be true to the minute (caller rule F2)."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from typing import Any

import holidays
import jpholiday
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.engine import AgencyState, AgencyStates, Availability, Line, Timetable
from ivr.engine.directory import Directory
from ivr.engine.public_holidays import public_holidays
from tests.support.calls import TOKYO, japan_time

WEEKDAYS, EVERY_DAY = ["MO", "TU", "WE", "TH", "FR"], ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
YEAR_END = {"year_end": {"first": "12-29", "last": "01-03"}}


def opening_hours(*days: dict[str, Any], closed_on: Sequence[str] = (), trust: str = "V") -> Any:
    return {"schedules": days, "closed_on": closed_on, "trust": trust, "source": "s"}


def week(days: Sequence[str], opens: str, closes: str) -> dict[str, Any]:
    return {"byday": days, "opens_at": opens, "closes_at": closes}


def month(days: Sequence[int], opens: str, closes: str) -> dict[str, Any]:
    return {"freq": "MONTHLY", "bymonthday": days, "opens_at": opens, "closes_at": closes}


OFFICE = opening_hours(week(WEEKDAYS, "09:00", "17:30"), closed_on=["holidays", "year_end"])
OVERNIGHT = opening_hours(week(["FR"], "20:00", "02:00"))
MONTHLY = opening_hours(month([10, 31], "08:00", "08:00"))
ALL_DAY = opening_hours(week(EVERY_DAY, "00:00", "24:00"))


def directory(**agencies: Any) -> Directory:
    return Directory.model_validate(
        {
            "calendar": {"timezone": "Asia/Tokyo", "holidays": "JP", "closures": YEAR_END},
            "sources": {"s": {"title": "a page", "official": True, "read": "2026"}},
            "agencies": {name: {"name": name, "hours": hours} for name, hours in agencies.items()},
        }
    )


def state_of(hours: Any, at: str) -> AgencyState:
    return Timetable(directory(desk=hours)).at(japan_time(at)).of("desk")


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2026-11-24 08:59:59", Availability.CLOSED),
        ("2026-11-24 09:00", Availability.OPEN),
        ("2026-11-24 17:29:59", Availability.OPEN),
        ("2026-11-24 17:30", Availability.CLOSED),
        ("2026-11-22 10:00", Availability.CLOSED),  # a Sunday
        ("2026-11-23 10:00", Availability.CLOSED),  # a Monday, Labour Thanksgiving Day
        ("2027-03-22 10:00", Availability.CLOSED),  # 振替休日: the equinox was on the Sunday before
        ("2026-09-22 10:00", Availability.CLOSED),  # 国民の休日: a day between two holidays
        ("2026-12-28 10:00", Availability.OPEN),
        ("2026-12-29 10:00", Availability.CLOSED),
        ("2026-12-31 10:00", Availability.CLOSED),
        ("2027-01-01 10:00", Availability.CLOSED),
        ("2028-01-03 10:00", Availability.CLOSED),
        ("2027-01-04 10:00", Availability.OPEN),
    ],
)
def test_an_office_is_open_on_working_days_alone(at: str, state: Availability) -> None:
    """Caller rule F2: holidays, substitute holidays and 12-29 to 01-03 count."""
    assert state_of(OFFICE, at).availability is state


@pytest.mark.parametrize(
    ("at", "opens", "days_ahead"),
    [
        ("2026-11-24 08:00", "2026-11-24 09:00", 0),
        ("2026-11-24 18:00", "2026-11-25 09:00", 1),
        ("2026-11-20 17:30", "2026-11-24 09:00", 4),  # Friday, weekend, holiday
        ("2026-11-27 18:00", "2026-11-30 09:00", 3),  # a plain weekend
        ("2026-05-01 18:00", "2026-05-07 09:00", 6),  # Golden Week
        ("2026-12-28 18:00", "2027-01-04 09:00", 7),  # over new year
    ],
)
def test_a_closed_office_says_when_it_opens(at: str, opens: str, days_ahead: int) -> None:
    """Caller rule F2, over a weekend, Golden Week and new year."""
    expected = AgencyState(Availability.CLOSED, datetime.fromisoformat(opens), days_ahead)
    assert state_of(OFFICE, at) == expected


def test_the_clock_on_the_wall_is_the_one_in_japan() -> None:
    """Caller rule F2: wherever the server stands, 00:00 UTC is nine in the morning."""
    timetable = Timetable(directory(desk=OFFICE))
    utc = datetime(2026, 11, 24, 0, 0, tzinfo=timezone.utc)  # noqa: UP017
    assert timetable.at(utc).of("desk").availability is Availability.OPEN
    assert timetable.at(utc - timedelta(seconds=1)).of("desk").availability is Availability.CLOSED
    honolulu = timezone(timedelta(hours=-10))
    assert timetable.at(utc.astimezone(honolulu)) == timetable.at(utc)


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Timetable(directory(desk=OFFICE)).at(datetime(2026, 11, 24, 10, 0))


def test_a_night_desk_stays_open_past_midnight() -> None:
    assert state_of(OVERNIGHT, "2026-11-27 23:59").availability is Availability.OPEN
    assert state_of(OVERNIGHT, "2026-11-28 01:59").availability is Availability.OPEN
    assert state_of(OVERNIGHT, "2026-11-28 02:00").availability is Availability.CLOSED
    assert (
        state_of(OVERNIGHT, "2026-11-26 01:00").availability is Availability.CLOSED
    )  # small hours


def test_a_free_day_each_month_lasts_till_the_next_morning() -> None:
    """A line may be open on the 10th of each month, 8:00 to 8:00."""
    assert state_of(MONTHLY, "2026-12-10 07:59").availability is Availability.CLOSED
    assert state_of(MONTHLY, "2026-12-10 08:00").availability is Availability.OPEN
    assert state_of(MONTHLY, "2026-12-11 07:59").availability is Availability.OPEN
    assert state_of(MONTHLY, "2026-12-11 08:00").opens == datetime(2026, 12, 31, 8)
    assert state_of(MONTHLY, "2027-02-20 08:00").opens == datetime(2027, 3, 10, 8)  # no 31st


def test_day_and_night_is_said_as_such() -> None:
    assert state_of(ALL_DAY, "2027-01-01 03:00") == AgencyState(Availability.ALWAYS)
    split = opening_hours(week(WEEKDAYS, "00:00", "24:00"), week(["SA", "SU"], "00:00", "00:00"))
    assert state_of(split, "2027-01-01 03:00") == AgencyState(Availability.ALWAYS)


def test_day_and_night_except_holidays_is_not_always() -> None:
    hours = opening_hours(week(EVERY_DAY, "00:00", "24:00"), closed_on=["holidays"])
    assert state_of(hours, "2026-11-24 03:00").availability is Availability.OPEN
    assert state_of(hours, "2026-11-23 03:00").opens == datetime(2026, 11, 24)


@pytest.mark.parametrize("trust", ["S", "-"])
def test_hearsay_hours_are_not_hours(trust: str) -> None:
    """Only trusted facts are spoken: of such an agency nothing is known."""
    hours = opening_hours(week(EVERY_DAY, "00:00", "24:00"), trust=trust)
    assert state_of(hours, "2026-11-24 10:00") == AgencyState(Availability.UNKNOWN)
    assert state_of(None, "2026-11-24 10:00") == AgencyState(Availability.UNKNOWN)


def test_a_person_who_rang_there_makes_hearsay_a_fact() -> None:
    hours = {**OFFICE, "trust": "S", "assured_date": "2026-11-01"}
    assert state_of(hours, "2026-11-24 10:00").availability is Availability.OPEN


def test_at_the_worst_moment_only_those_that_never_close_are_open() -> None:
    """When all else fails the line names those who are there day and night (caller rule D5)."""
    worst = Timetable(directory(always=ALL_DAY, office=OFFICE, unknown=None)).worst()
    states = [worst.of(name).availability for name in ("always", "office", "unknown")]
    assert states == [Availability.ALWAYS, Availability.CLOSED, Availability.UNKNOWN]


def test_states_are_worked_out_once_until_one_changes(town: Line) -> None:
    timetable = Timetable(town.directory)
    morning = timetable.at(japan_time("2026-11-24 10:00"))
    assert morning.until == datetime(2026, 11, 24, 17)  # the foreign desk closes first
    assert timetable.at(japan_time("2026-11-24 16:59:59")) is morning
    assert timetable.at(japan_time("2026-11-24 17:00")) is not morning


def test_a_clock_that_is_set_back_is_believed() -> None:
    timetable = Timetable(directory(desk=OFFICE))
    assert (
        timetable.at(japan_time("2026-11-24 17:30")).of("desk").availability is Availability.CLOSED
    )
    assert timetable.at(japan_time("2026-11-24 17:00")).of("desk").availability is Availability.OPEN


@pytest.mark.parametrize("year", [2026, 2027])
def test_two_libraries_agree_on_japans_holidays(year: int) -> None:
    """Caller rule F2: a holiday unknown to one of them would send callers to a closed agency."""
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    other = holidays.country_holidays("JP", years=year)
    assert [d for d in days if jpholiday.is_holiday(d)] == [d for d in days if d in other]


def test_another_country_keeps_its_own_holidays() -> None:
    assert public_holidays("GB")(date(2026, 12, 25))
    assert not public_holidays("GB")(date(2026, 11, 23))
    with pytest.raises(ValueError, match="`XX`"):
        public_holidays("XX")


def test_a_year_of_holidays_is_complete_before_threads_share_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A second thread that asks while the first one builds the year misses no holiday."""
    christmas = date(2026, 12, 25)
    real, asked = holidays.country_holidays, []

    def interrupted(country: str, years: int) -> holidays.HolidayBase:
        if years == christmas.year and not asked:
            asked.append(None)
            with ThreadPoolExecutor(1) as other:
                asked.append(other.submit(is_holiday, christmas).result())
        return real(country, years=years)

    monkeypatch.setattr(holidays, "country_holidays", interrupted)
    is_holiday = public_holidays("GB")
    assert is_holiday(christmas)
    assert asked == [None, True]


# The slow oracle: one minute after another, from what the schedules say and nothing else.

SOME_AGENCIES = {
    "office": OFFICE,
    "overnight": OVERNIGHT,
    "monthly": MONTHLY,
    "always": ALL_DAY,
    "lunch": opening_hours(week(WEEKDAYS, "09:00", "12:00"), week(WEEKDAYS, "13:00", "17:00")),
    "meeting": opening_hours(week(["SA"], "10:00", "14:00"), week(["SA"], "13:00", "19:30")),
    "holiday_night": opening_hours(week(EVERY_DAY, "22:00", "06:00"), closed_on=["holidays"]),
    "rumour": opening_hours(week(EVERY_DAY, "09:00", "17:00"), trust="S"),
}
NAMES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


@cache
def day_is_off(agency: str, day: date) -> bool:
    closed_on = SOME_AGENCIES[agency]["closed_on"]
    mark = (day.month, day.day)
    year_end = mark >= (12, 29) or mark <= (1, 3)
    off = "year_end" in closed_on and year_end
    return off or ("holidays" in closed_on and bool(jpholiday.is_holiday(day)))


@cache
def minutes_of(agency: str, day: date) -> frozenset[datetime]:
    """Every minute of the openings that begin on `day`, the small hours after it included."""
    found: set[datetime] = set()
    for rule in SOME_AGENCIES[agency]["schedules"]:
        fits = NAMES[day.weekday()] in rule["byday"] if "byday" in rule else None
        fits = day.day in rule["bymonthday"] if fits is None else fits
        if not fits or day_is_off(agency, day):
            continue
        first, last = (int(c[:2]) * 60 + int(c[3:]) for c in (rule["opens_at"], rule["closes_at"]))
        last += 0 if last > first else 24 * 60
        midnight = datetime.combine(day, time())
        found |= {midnight + timedelta(minutes=m) for m in range(first, last)}
    return frozenset(found)


def is_open(agency: str, minute: datetime) -> bool:
    yesterday = minute.date() - timedelta(days=1)
    return any(minute in minutes_of(agency, day) for day in (minute.date(), yesterday))


def oracle(agency: str, now: datetime) -> AgencyState:
    if SOME_AGENCIES[agency]["trust"] == "S":
        return AgencyState(Availability.UNKNOWN)
    if agency == "always":
        return AgencyState(Availability.ALWAYS)
    minute = now.replace(second=0, microsecond=0)
    if is_open(agency, minute):
        return AgencyState(Availability.OPEN)
    while not is_open(agency, minute):
        today, yesterday = minute.date(), minute.date() - timedelta(days=1)
        if not minutes_of(agency, today) and not minutes_of(agency, yesterday):
            minute = datetime.combine(today + timedelta(days=1), time())  # an idle day
        else:
            minute += timedelta(minutes=1)
    return AgencyState(Availability.CLOSED, minute, (minute.date() - now.date()).days)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31))


def states_of(states: AgencyStates) -> dict[str, AgencyState]:
    return dict(states.by_agency)


@settings(max_examples=settings.default.max_examples // 4)  # type: ignore[union-attr]
@given(now=moments)
def test_every_answer_is_what_a_minute_by_minute_search_finds(now: datetime) -> None:
    """Caller rule F2, at random moments of three years."""
    states = Timetable(directory(**SOME_AGENCIES)).at(now.replace(tzinfo=TOKYO))
    assert states_of(states) == {name: oracle(name, now) for name in SOME_AGENCIES}


@given(now=moments, part=st.floats(0, 1, exclude_max=True))
def test_until_is_the_moment_before_which_nothing_changes(now: datetime, part: float) -> None:
    """One answer serves all calls until then; a second later it may be another."""
    everything = directory(**SOME_AGENCIES)
    timetable = Timetable(everything)
    states = timetable.at(now.replace(tzinfo=TOKYO))
    last_moment = states.until - timedelta(microseconds=1)
    for later in (now + part * (states.until - now), last_moment):
        later = min(later, last_moment)
        assert timetable.at(later.replace(tzinfo=TOKYO)) is states
        anew = Timetable(everything).at(later.replace(tzinfo=TOKYO))
        assert states_of(anew) == states_of(states)
    assert timetable.at(states.until.replace(tzinfo=TOKYO)) is not states


@given(now=moments)
def test_until_is_midnight_or_an_agency_that_opens_or_closes(now: datetime) -> None:
    """Nothing is worked out more often than it changes."""
    timetable = Timetable(directory(**SOME_AGENCIES))
    states = timetable.at(now.replace(tzinfo=TOKYO))
    after = timetable.at(states.until.replace(tzinfo=TOKYO))
    assert states.until.time() == time() or states_of(after) != states_of(states)
