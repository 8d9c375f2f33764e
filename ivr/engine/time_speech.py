"""Clock times and days as a language says them, by CLDR patterns."""

from datetime import datetime, time

from babel.dates import format_date, format_time

from ivr.engine.prompts import Prompts

FIRST_NAMED_DAY, WEEK = 2, 7  # days ahead from which a weekday, and a date, is said


def when(opens: datetime, days_ahead: int, prompts: Prompts) -> str:
    """When a door opens: today, tomorrow, on a weekday within the week, else on a date."""
    phrases, at = prompts.hours, clock(opens.time(), prompts)
    if days_ahead == 0:
        return phrases.today.format(time=at)
    if days_ahead == 1:
        return phrases.tomorrow.format(time=at)
    if days_ahead < WEEK:
        weekday = format_date(opens, "EEEE", locale=prompts.babel)
        return phrases.this_week.format(weekday=weekday, time=at)
    return phrases.later.format(
        date=format_date(opens, phrases.date, locale=prompts.babel), time=at
    )


def clock(at: time, prompts: Prompts) -> str:
    """A time of day as it is said: full hours shorter."""
    pattern = prompts.hours.minute if at.minute else prompts.hours.hour
    return format_time(at, pattern, locale=prompts.babel)
