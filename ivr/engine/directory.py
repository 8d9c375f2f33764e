"""The directory: every agency's names, numbers, links and hours, each with where it comes from.

Names follow Open Referral HSDS (organization, phone, schedule, assured_date).
"""

from datetime import date
from enum import Enum
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StringConstraints

from ivr.engine.caller import CallerKind
from ivr.engine.fact import Fact, Source
from ivr.engine.model import LanguageCode, Model, Name, Text
from ivr.engine.schedule import Hours


class Cost(Enum):
    """What a call to a number costs the caller."""

    FREE = "free"
    NAVIDIAL = "navidial"  # 0570: charged, and outside flat-rate plans
    ORDINARY = "ordinary"
    UNKNOWN = "unknown"


class PhoneType(Enum):
    """HSDS phone types that occur here."""

    VOICE = "voice"
    FAX = "fax"


class Phone(Fact):
    """A number as it is printed, its hyphens kept: they are the groups it is read in."""

    number: Annotated[str, StringConstraints(pattern=r"^#?[0-9]+(-[0-9]+)*$")]
    type: PhoneType = PhoneType.VOICE
    cost: Cost = Cost.UNKNOWN
    description: Text | None = None
    not_from: tuple[CallerKind, ...] = ()


class LinkType(Enum):
    """What stands behind a link."""

    PAGE = "page"
    FORM = "form"  # the agency is reached by it; without any number, by it alone


class Link(Fact):
    """The agency's own page or form."""

    type: LinkType = LinkType.PAGE
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")]
    description: Text | None = None


Host = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]


class Languages(Fact):
    """The languages the agency answers in."""

    codes: tuple[LanguageCode, ...] = Field(min_length=1)


class Organization(Fact):
    """Who runs the agency."""

    name: Text


class Note(Fact):
    """Anything else known of the agency; kept for people, never spoken."""

    text: Text


class Status(Enum):
    """HSDS service status; only an active agency is ever referred to."""

    ACTIVE = "active"
    INACTIVE = "inactive"


class Agency(Model):
    """One place that helps: what it is called, and every fact known of it."""

    name: Text
    spoken: Text | None = None
    search: Text | None = None
    alternate_name: Text | None = None
    status: Status = Status.ACTIVE
    organization: Organization | None = None
    phones: tuple[Phone, ...] = ()
    links: tuple[Link, ...] = ()
    hosts: tuple[Host, ...] = ()  # where its links may lead, these and what is below them
    hours: Hours | None = None
    languages: Languages | None = None
    notes: tuple[Note, ...] = ()

    def phone_for(self, caller: CallerKind) -> Phone | None:
        """The first number that may be spoken and that this kind of caller's line can reach."""
        first = None
        for phone in self.phones:
            if phone.type is PhoneType.VOICE and phone.speakable:
                if caller not in phone.not_from:
                    return phone
                first = first or phone
        return first

    @property
    def is_form_only(self) -> bool:
        """Whether its form is the only way to it: no number is known, not even a doubtful one."""
        return not self.phones and self.link is not None and self.link.type is LinkType.FORM

    @property
    def link(self) -> Link | None:
        """The first link that may be texted."""
        return next((link for link in self.links if link.speakable), None)


def _month_and_day(value: str) -> str:
    try:
        date.fromisoformat(f"2024-{value}")  # a leap year: 02-29 is a day
    except ValueError as error:
        raise ValueError("expected a month and a day such as 12-29") from error
    return value


MonthAndDay = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{2}-[0-9]{2}$"), AfterValidator(_month_and_day)
]


class Closure(Model):
    """A stretch of the year on which offices close, both ends included; it may cross new year."""

    first: MonthAndDay
    last: MonthAndDay

    def covers(self, day: date) -> bool:
        """Whether `day` falls inside the stretch."""
        mark = f"{day.month:02d}-{day.day:02d}"
        if self.first <= self.last:
            return self.first <= mark <= self.last
        return mark >= self.first or mark <= self.last


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, LookupError):  # a path, a folder, no such file
        raise ValueError("there is no such time zone; expected one such as Asia/Tokyo") from None
    return value


class Calendar(Model):
    """The country's clock and the days on which its offices are closed."""

    timezone: Annotated[str, AfterValidator(_timezone)]
    holidays: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    closures: dict[Name, Closure] = Field(default_factory=dict)


class Directory(Model):
    """`agencies.yaml`, whole."""

    calendar: Calendar
    sources: dict[Text, Source]
    agencies: dict[Name, Agency]
