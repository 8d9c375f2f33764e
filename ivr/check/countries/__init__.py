"""What a country's telephone numbers show by themselves: service codes, and what a prefix costs.

One YAML file per country; a country without a file is known by its numbering plan alone.
"""

from importlib.resources import files

from pydantic import Field

from ivr.engine.directory import Cost
from ivr.engine.model import Model, Text
from ivr.files.yaml_source import SourceText, read_yaml


class Country(Model):
    """Numbers that a numbering plan's library does not know, or knows less well than callers do."""

    emergency: tuple[Text, ...] = ()  # who is in danger dials one of these
    services: dict[Text, Text] = Field(default_factory=dict)  # other short codes, and whose each is
    costs: dict[Text, Cost] = Field(default_factory=dict)  # by the first digits


def country_of(code: str) -> Country:
    """What is known of a country's numbers; nothing of most."""
    file = files(__name__) / f"{code}.yaml"
    if not file.is_file():
        return Country()
    document = read_yaml(SourceText(file.name, file.read_text(encoding="utf-8")))
    return Country.model_validate(document.data)
