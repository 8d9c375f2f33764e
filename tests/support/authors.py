"""The town's files as an author changes them, and what the line then says of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ivr.check import inspection
from ivr.check.loading import load_line
from ivr.engine import Line
from ivr.files.folders import LineTexts
from ivr.files.problems import LineRefused, Problem
from ivr.files.yaml_source import SourceText
from ivr.settings import Folders

TOWN = Path(__file__).parent.parent / "lines" / "town"
FILES = ("data/tree.yaml", "data/agencies.yaml", "prompts/ja.yaml", "prompts/en.yaml")
HERE = "§"  # in a change: the line that the complaint has to name


@dataclass
class Files:
    """The texts of a line; `change` breaks them as an author would."""

    texts: dict[str, str] = field(
        default_factory=lambda: {f: (TOWN / f).read_text(encoding="utf-8") for f in FILES}
    )

    def change(self, file: str, old: str, new: str) -> int:
        """Replaces `old`, which stands there once; gives the number of the marked line."""
        before = self.texts[file]
        assert before.count(old) == 1, f"`{old}` stands {before.count(old)} times in {file}"
        marked = before.replace(old, new)
        line = marked.split(HERE)[0].count("\n") + 1
        self.texts[file] = marked.replace(HERE, "")
        return line

    def load(self) -> Line:
        """Loads the line, as it is now."""
        tree, agencies, *prompts = (SourceText(name, text) for name, text in self.texts.items())
        return load_line(LineTexts(tree, agencies, {Path(p.name).stem: p for p in prompts}))

    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong; nothing, where the line loads."""
        try:
            self.load()
        except LineRefused as refused:
            return refused.problems
        return ()

    def complaints(self) -> list[str]:
        """The same as it is printed."""
        return [str(problem) for problem in self.problems()]


def all_found(environ: Mapping[str, str]) -> list[str]:
    """All errors and warnings in the folders that the environment names, as they are printed."""
    files = inspection.Files.of(Folders.from_environ(environ))
    return [str(problem) for problem in inspection.inspect(files, date.today()).problems]
