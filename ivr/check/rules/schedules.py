"""Opening hours that contradict themselves."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ivr.check.code import may_ignore
from ivr.check.subject import Subject
from ivr.engine.schedule import Freq, Hours, Schedule
from ivr.files.problems import Problem
from ivr.files.yaml_source import Document, Path

LONGEST_NIGHT = 12 * 60  # minutes: hours over midnight that are longer are likely turned round
_DAY, _WEEK = 24 * 60, 7 * 24 * 60

SWAPPED_HOURS = may_ignore("swapped-hours", "hours that close before they open")
HOURS_OVERLAP = may_ignore("hours-overlap", "two schedules of one agency that overlap")
DOUBLED_DAY = may_ignore("doubled-day", "a day or a closure that is listed twice")
DAY_ORDER = may_ignore("day-order", "days that are not in the order of the week or month")

CODES = (SWAPPED_HOURS, HOURS_OVERLAP, DOUBLED_DAY, DAY_ORDER)


def check(subject: Subject) -> Iterator[Problem]:
    """Every agency's hours, referred to or not."""
    file = subject.draft.directory_file
    for name, agency in subject.line.directory.agencies.items():
        if agency.hours is not None:
            yield from _check(file, ("agencies", name, "hours"), agency.hours)


def _check(file: Document, here: Path, hours: Hours) -> Iterator[Problem]:
    yield from _check_list(file, (*here, "closed_on"), list(hours.closed_on), None)
    for index, schedule in enumerate(hours.schedules):
        path = (*here, "schedules", index)
        opens, closes = schedule.minutes
        if closes > _DAY and LONGEST_NIGHT < closes - opens < _DAY:
            message = (
                f"{schedule.opens_at} to {schedule.closes_at} is open through the night, for "
                f"{(closes - opens) / 60:g} hours; were the two swapped?"
            )
            yield SWAPPED_HOURS.at(file, path, message)
        days = [day.value for day in schedule.byday]
        week = [day.number for day in schedule.byday]
        yield from _check_list(file, (*path, "byday"), days, week)
        month = list(schedule.bymonthday)
        yield from _check_list(file, (*path, "bymonthday"), [str(day) for day in month], month)
        for earlier in hours.schedules[:index]:
            if _overlap(earlier, schedule):
                message = (
                    f"{schedule.opens_at}-{schedule.closes_at} overlaps "
                    f"{earlier.opens_at}-{earlier.closes_at} on a day that both name; join them"
                )
                yield HOURS_OVERLAP.at(file, path, message)
                break


def _check_list(
    file: Document, path: Path, shown: list[str], order: list[int] | None
) -> Iterator[Problem]:
    doubled = sorted({one for one in shown if shown.count(one) > 1})
    if doubled:
        yield DOUBLED_DAY.at(file, path, f"`{', '.join(doubled)}` is listed twice; keep one")
    if order and any(one > other for one, other in pairwise(order)):
        message = f"`{', '.join(shown)}` is out of order; a missing day is then easily overlooked"
        yield DAY_ORDER.at(file, path, message)


def _overlap(one: Schedule, other: Schedule) -> bool:
    """Whether two rules of one kind are open at one minute. The day of a month that has other
    hours is an exception to the week's, and overlaps it on purpose."""
    if one.freq is not other.freq:
        return False
    around = _WEEK if one.freq is Freq.WEEKLY else 31 * _DAY
    return any(
        start < other_end and other_start < end
        for start, end in _spans(one)
        for other_day, other_close in _spans(other)
        for shift in (-around, 0, around)
        for other_start, other_end in [(other_day + shift, other_close + shift)]
    )


def _spans(schedule: Schedule) -> Iterable[tuple[int, int]]:
    opens, closes = schedule.minutes
    weekly = schedule.freq is Freq.WEEKLY
    days = {day.number for day in schedule.byday} if weekly else set(schedule.bymonthday)
    return [(day * _DAY + opens, day * _DAY + closes) for day in days]
