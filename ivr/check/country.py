"""What a country's telephone numbers tell by themselves: service codes, and what a prefix costs."""

from pydantic import Field

from ivr.engine.directory import Cost
from ivr.engine.model import Model, Text


class Country(Model):
    """Numbers that a numbering plan's library does not know, or knows less well than callers do."""

    emergency: tuple[Text, ...] = ()  # who is in danger dials one of these
    services: dict[Text, Text] = Field(default_factory=dict)  # other short codes, and whose each is
    costs: dict[Text, Cost] = Field(default_factory=dict)  # by the first digits
