"""A sound line with its files and what it is held against: what warnings look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ivr.check.country import Country
from ivr.check.draft import Draft
from ivr.check.wording import Wording
from ivr.engine.line import Line
from ivr.files.yaml_source import Document


@dataclass(frozen=True)
class Subject:
    """`wording` and `translated` by language, where there is such a file; `assured_within` in days.

    `translated` holds what each text's source said when a person last looked at its translation.
    """

    draft: Draft
    line: Line
    today: date
    country: Country
    wording: Mapping[str, Wording]
    translated: Mapping[str, Document]
    assured_within: int | None = None
