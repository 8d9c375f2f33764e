"""A fact and its proof: where it was read, how far to trust it, and when a person assured it."""

from datetime import date
from enum import Enum
from typing import Annotated

from pydantic import Field

from ivr.engine.model import Model, Name, Text, TextList


class Trust(Enum):
    """How far a fact may be trusted: the tags of the agencies' fact sheet."""

    VERIFIED = "V"  # read on the operator's or ministry's own page
    VERIFIED_OLD = "V-old"  # the same, but over three years old or undated
    LOCAL = "L"  # an official page of another public body
    SECONDARY = "S"  # secondary sources only
    NOTHING = "-"  # nothing usable


TRUSTED = frozenset({Trust.VERIFIED, Trust.VERIFIED_OLD, Trust.LOCAL})


class Fact(Model):
    """Something said to be true of an agency, with its sources and the day a person assured it."""

    trust: Trust
    source: Annotated[TextList, Field(min_length=1)]
    assured_date: date | None = None

    @property
    def speakable(self) -> bool:
        """Whether a caller may hear it: trusted by its source, or assured by a person since."""
        return self.trust in TRUSTED or self.assured_date is not None


class Source(Model):
    """A page that facts were read on."""

    title: Text
    url: Text | None = None
    official: bool
    read: Text  # the page's date or age, in words
    # By agency, as printed there: copied from the page by another person than its `phones`,
    # so that a slip of one disagrees with the other (caller rule E8).
    numbers: dict[Name, Annotated[TextList, Field(min_length=1)]] = Field(default_factory=dict)
