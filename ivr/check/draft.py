"""A line's files as far as they could be read: what errors are looked for in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivr.engine.directory import Directory
from ivr.engine.prompts import Prompts
from ivr.engine.tree import Tree
from ivr.files.yaml_source import Document


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
