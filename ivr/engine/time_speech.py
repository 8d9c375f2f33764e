"""Clock times, days and opening hours as a language says them, by CLDR patterns."""

from datetime import datetime, time

from babel.dates import format_date, format_time

from ivr.engine.hours import AgencyState, Availability
from ivr.engine.prompts import Prompts

FIRST_NAMED_DAY, WEEK = 2, 7  # days ahead from which a weekday, and a date, is said


def hours_sentence(state: AgencyState, prompts: Prompts) -> str | None:
    """Whether an agency is open, or when it opens; nothing where its hours are not known."""
    phrases = prompts.hours
    match state.availability:
        case Availability.UNKNOWN:
            return None
        case Availability.OPEN:
            return phrases.open
        case Availability.ALWAYS:
            return phrases.always
    if state.opens is None:
        return phrases.closed
    return phrases.opens.format(when=when(state.opens, state.days_ahead, prompts))


def when(opens: datetime, days_ahead: int, prompts: Prompts) -> str:
    """When an agency opens: today, tomorrow, on a weekday within the week, else on a date."""
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
