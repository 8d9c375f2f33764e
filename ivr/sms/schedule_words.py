"""Opening hours in the few characters that a text message has for them."""

from datetime import datetime, time

from babel.dates import format_datetime, format_time

from ivr.engine.hours import is_always_open
from ivr.engine.prompts import Prompts
from ivr.engine.schedule import Freq, Hours, Schedule

_MONDAY = 5  # 2026-01-05 was a Monday; only the names of its week are used


def schedule_words(hours: Hours, prompts: Prompts) -> str:
    """The hours as written: 月-金 9:00-21:00、土 9:00-17:00 (祝日は休み)."""
    phrases = prompts.text
    if is_always_open(hours):
        return phrases.always
    spans = phrases.join.join(_span(schedule, prompts) for schedule in hours.schedules)
    if not hours.closed_on:
        return spans
    closed = phrases.join.join(phrases.closures[name] for name in hours.closed_on)
    return f"{spans} ({phrases.closed_on.format(days=closed)})"


def _span(schedule: Schedule, prompts: Prompts) -> str:
    opens, closes = schedule.minutes
    shown = _clock(closes, prompts)
    if closes > 24 * 60:
        shown = prompts.text.next_day.format(time=shown)
    return prompts.text.span.format(
        days=_days(schedule, prompts), opens=_clock(opens, prompts), closes=shown
    )


def _days(schedule: Schedule, prompts: Prompts) -> str:
    phrases = prompts.text
    if schedule.freq is Freq.MONTHLY:
        days = phrases.join.join(str(day) for day in schedule.bymonthday)
        return phrases.monthly.format(day=days)
    numbers = sorted({day.number for day in schedule.byday})
    if len(numbers) == 7:
        return phrases.daily
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return phrases.join.join(_run(run, prompts) for run in runs)


def _run(run: list[int], prompts: Prompts) -> str:
    first, last = _weekday(run[0], prompts), _weekday(run[-1], prompts)
    if len(run) == 1:
        return first
    return prompts.text.range.format(first=first, last=last)


def _weekday(number: int, prompts: Prompts) -> str:
    day = datetime(2026, 1, _MONDAY + number)
    return format_datetime(day, "EEE", locale=prompts.babel)


def _clock(minutes: int, prompts: Prompts) -> str:
    if minutes == 24 * 60:
        return "24:00"  # the end of a day, not the beginning of the next
    at = time(minutes // 60 % 24, minutes % 60)
    return format_time(at, prompts.text.time, locale=prompts.babel)
