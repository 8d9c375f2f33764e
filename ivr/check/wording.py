"""Words that a language's callers should never hear, and how long its sentences may be."""

from enum import Enum
from typing import Annotated

from pydantic import Field

from ivr.engine.model import Model, Text, TextList


class Where(Enum):
    """The texts that a rule is about."""

    SPOKEN = "spoken"  # all that is said, but the agencies' names
    LABELS = "labels"  # what the keys of a question are for
    DIGITS = "digits"  # the names of digits and keys, compared as a whole
    TEXTS = "texts"  # the line's own words in a message


class Forbidden(Model):
    """Words, where they are out of place, why, and what to say instead."""

    words: Annotated[TextList, Field(min_length=1)]
    where: Where = Where.SPOKEN
    because: Text
    instead: Text | None = None


class Unit(Enum):
    """What the length of a sentence is counted in."""

    MORAE = "morae"
    WORDS = "words"


class Wording(Model):
    """`prompts/wording/<language>.yaml`, whole."""

    unit: Unit = Unit.WORDS
    sentence: Annotated[int, Field(ge=1)] | None = None  # the longest, in units
    label: Annotated[int, Field(ge=1)] | None = None
    forbidden: tuple[Forbidden, ...] = ()
