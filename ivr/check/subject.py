"""What rules look at: a line's files as far as they could be read, and a line that may serve."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ivr.check.countries import Country
from ivr.check.wording import Wording
from ivr.engine.directory import Agency, Directory
from ivr.engine.fact import Fact
from ivr.engine.line import Line
from ivr.engine.prompts import Prompts
from ivr.engine.tree import Tree
from ivr.files.yaml_source import Document, Path


@dataclass(frozen=True)
class Draft:
    """Each file's document, and its model where there is one; `prompts` by language."""

    tree_file: Document
    directory_file: Document
    prompt_files: Mapping[str, Document]
    tree: Tree | None
    directory: Directory | None
    prompts: Mapping[str, Prompts]

    @property
    def set_aside(self) -> set[str]:
        """Nodes and agencies too wrong to look at further."""
        return self.tree_file.set_aside | self.directory_file.set_aside

    @property
    def files(self) -> Iterator[Document]:
        """Every document."""
        yield from (self.tree_file, self.directory_file, *self.prompt_files.values())


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


def agency_facts(agency: Agency) -> Iterable[tuple[Path, Fact]]:
    """Every fact of an agency, with its path in the agency."""
    for field in ("phones", "links", "notes"):
        for index, fact in enumerate(getattr(agency, field)):
            yield (field, index), fact
    for field in ("organization", "hours", "languages"):
        fact = getattr(agency, field)
        if fact is not None:
            yield (field,), fact
