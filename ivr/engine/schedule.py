"""An agency's opening hours as an author writes them: HSDS schedules and the days it closes."""

from enum import Enum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from ivr.engine.fact import Fact
from ivr.engine.model import Model, Text


class Freq(Enum):
    """RFC 5545 frequencies that opening hours need."""

    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


class Weekday(Enum):
    """RFC 5545 weekdays."""

    MO = "MO"
    TU = "TU"
    WE = "WE"
    TH = "TH"
    FR = "FR"
    SA = "SA"
    SU = "SU"

    @property
    def number(self) -> int:
        """0 for Monday to 6 for Sunday, as `date.weekday()` counts."""
        return list(Weekday).index(self)


Opens = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Closes = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]


class Schedule(Model):
    """One rule: on these days, from `opens_at` to `closes_at`.

    A `closes_at` that is not after `opens_at` lies on the next day (08:00 to 08:00 is a whole day).
    """

    freq: Freq = Freq.WEEKLY
    byday: tuple[Weekday, ...] = ()
    bymonthday: tuple[Annotated[int, Field(ge=1, le=31)], ...] = ()
    opens_at: Opens
    closes_at: Closes

    @model_validator(mode="after")
    def _days_fit_frequency(self) -> Self:
        if self.freq is Freq.WEEKLY and not self.byday:
            raise ValueError("a weekly schedule needs byday, such as [MO, TU]")
        if self.freq is Freq.MONTHLY and not self.bymonthday:
            raise ValueError("a monthly schedule needs bymonthday, such as [10]")
        return self

    @property
    def minutes(self) -> tuple[int, int]:
        """Opening and closing in minutes from the day's midnight; closing may pass 1,440."""
        opens, closes = _minutes(self.opens_at), _minutes(self.closes_at)
        return opens, closes if closes > opens else closes + 24 * 60


class Hours(Fact):
    """When an agency answers; absent or untrusted hours are never spoken nor relied on."""

    schedules: tuple[Schedule, ...] = Field(min_length=1)
    closed_on: tuple[Text, ...] = ()  # "holidays", or a closure named in the calendar


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
