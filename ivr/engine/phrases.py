"""Pieces of a language's words: which places a phrase must have, and clocks as CLDR writes them."""

from datetime import datetime
from string import Formatter
from typing import Annotated, Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime
from pydantic import AfterValidator, StringConstraints

from ivr.engine.model import Text


def having(*wanted: str) -> AfterValidator:
    """A text that has exactly these `{places}`, each of which is filled in when it is said."""

    def check(text: str) -> str:
        places = [piece for piece in Formatter().parse(text) if piece[1] is not None]
        plain = all(not form and conversion is None for _, _, form, conversion in places)
        if {place for _, place, _, _ in places} != set(wanted) or not plain:
            shown = " and ".join(f"{{{place}}}" for place in wanted) or "no {places}"
            raise ValueError(f"expected a text with {shown}")
        return text

    return AfterValidator(check)


def _locale(value: str) -> str:
    try:
        Locale.parse(value, sep="-")
    except (ValueError, UnknownLocaleError) as error:
        raise ValueError("expected a language and a country such as ja-JP") from error
    return value


def _distinguishing(kind: str, one: datetime, other: datetime) -> AfterValidator:
    """A CLDR pattern that writes two times differently; else it would hide the time."""

    def check(pattern: str) -> str:
        if format_datetime(one, pattern, locale="en") == format_datetime(
            other, pattern, locale="en"
        ):
            raise ValueError(f"expected a CLDR pattern that tells {kind}")
        return pattern

    return AfterValidator(check)


LocaleTag = Annotated[
    str, StringConstraints(pattern=r"^[a-z]{2,3}-[A-Z]{2}$"), AfterValidator(_locale)
]
_NOON = datetime(2026, 1, 5, 12, 0)
HourPattern = Annotated[Text, _distinguishing("the hour, such as H", _NOON, _NOON.replace(hour=9))]
MinutePattern = Annotated[
    Text, _distinguishing("the minute, such as H:mm", _NOON, _NOON.replace(minute=1))
]
DayPattern = Annotated[
    Text, _distinguishing("the day, such as MMMM d", _NOON, _NOON.replace(day=6))
]
Plain = Annotated[Text, having()]
Digit = Literal["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
