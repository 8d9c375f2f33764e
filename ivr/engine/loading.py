"""From the files' texts to a sound Line, or to every problem that keeps it from being one."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from ivr.engine.checks.draft import Draft
from ivr.engine.checks.registry import MUST_FIX
from ivr.engine.directory import Directory
from ivr.engine.hours import Timetable
from ivr.engine.line import Line, Script
from ivr.engine.problems import LineRefused, Problem
from ivr.engine.prompts import Prompts
from ivr.engine.tree import Tree
from ivr.engine.validating import validate
from ivr.engine.words import AgencyWords, TreeWords
from ivr.engine.yaml_source import SourceText, read_yaml


@dataclass(frozen=True)
class LineTexts:
    """The texts a line is made of; `prompts` by language."""

    tree: SourceText
    agencies: SourceText
    prompts: Mapping[str, SourceText]


# Where one of these is wrong, the rest of the tree is looked at as if it were so.
_STAND_INS = {
    **dict.fromkeys(("start", "person", "fallback"), "somewhere"),
    "country": "US",
    "name": "?",
    "opening": {"emergency": "?", "greeting": "?"},
}


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No search for garbage in cycles meanwhile: there is none, and with ten thousand nodes looking
    through all that is kept, again and again, takes three times as long as reading it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def load_line(texts: LineTexts) -> Line:
    """A line that may serve calls.

    Raises LineRefused with all that is wrong in all files, each with file and line.
    """
    return line_of(read_draft(texts))


@_collector_paused()
def read_draft(texts: LineTexts) -> Draft:
    """The files as far as they can be read; what can't be stands in their documents' problems."""
    tree_file, directory_file = read_yaml(texts.tree), read_yaml(texts.agencies)
    prompt_files = {language: read_yaml(text) for language, text in texts.prompts.items()}
    tree = validate(Tree, tree_file, "nodes", _STAND_INS)
    directory = validate(Directory, directory_file, entries="agencies")
    prompts = {language: validate(Prompts, file) for language, file in prompt_files.items()}
    known = {language: found for language, found in prompts.items() if found is not None}
    return Draft(tree_file, directory_file, prompt_files, tree, directory, known)


@_collector_paused()
def line_of(draft: Draft) -> Line:
    """The draft as a line. Raises LineRefused with all that must be mended first."""
    problems = must_be_mended(draft)
    if problems or draft.tree is None or draft.directory is None:
        raise LineRefused(problems)
    return _line(draft.tree, draft.directory, draft.prompts)


def must_be_mended(draft: Draft) -> list[Problem]:
    """Every error of every file."""
    told = [problem for file in draft.files for problem in file.problems]
    return told + [problem for check in MUST_FIX for problem in check(draft)]


def _line(tree: Tree, directory: Directory, prompts: Mapping[str, Prompts]) -> Line:
    inline = {name: AgencyWords.of(agency) for name, agency in directory.agencies.items()}
    scripts = {
        language: Script(spoken, spoken.tree or TreeWords.of(tree), {**inline, **spoken.agencies})
        for language, spoken in prompts.items()
    }
    return Line(tree, directory, scripts, Timetable(directory))
