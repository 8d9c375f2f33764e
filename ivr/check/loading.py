"""From the files' texts to a sound Line, or to every problem that keeps it from being one."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from ivr.check.registry import MUST_FIX
from ivr.check.subject import Draft
from ivr.engine.directory import Directory
from ivr.engine.hours import Timetable
from ivr.engine.line import Line, Script
from ivr.engine.prompts import Prompts
from ivr.engine.tree import Tree
from ivr.engine.words import AgencyWords, TreeWords
from ivr.files.folders import LineTexts, read_beside, read_line
from ivr.files.problems import LineRefused, Problem
from ivr.files.validating import validate
from ivr.files.yaml_source import read_yaml
from ivr.speech.lexicon import NO_LEXICON, Lexicon, load_lexicon

# Where one of these is wrong, the rest of the tree is looked at as if it were so.
_STAND_INS = {
    **dict.fromkeys(("start", "person", "fallback"), "somewhere"),
    "country": "US",
    "name": "?",
    "opening": {"emergency": "?", "greeting": "?"},
}


def load_line(texts: LineTexts) -> Line:
    """A line that may serve calls.

    Raises LineRefused with all that is wrong in all files, each with file and line.
    """
    return line_of(read_draft(texts))


def read_draft(texts: LineTexts) -> Draft:
    """The files as far as they can be read; what can't be stands in their documents' problems."""
    tree_file, directory_file = read_yaml(texts.tree), read_yaml(texts.agencies)
    prompt_files = {language: read_yaml(text) for language, text in texts.prompts.items()}
    tree = validate(Tree, tree_file, "nodes", _STAND_INS)
    directory = validate(Directory, directory_file, entries="agencies")
    prompts = {language: validate(Prompts, file) for language, file in prompt_files.items()}
    known = {language: found for language, found in prompts.items() if found is not None}
    return Draft(tree_file, directory_file, prompt_files, tree, directory, known)


def line_of(draft: Draft) -> Line:
    """The draft as a line. Raises LineRefused with all that must be fixed first."""
    problems = must_be_fixed(draft)
    if problems or draft.tree is None or draft.directory is None:
        raise LineRefused(problems)
    return _line(draft.tree, draft.directory, draft.prompts)


def must_be_fixed(draft: Draft) -> list[Problem]:
    """Every error of every file."""
    reported = [problem for file in draft.files for problem in file.problems]
    return reported + [problem for check in MUST_FIX for problem in check(draft)]


def _line(tree: Tree, directory: Directory, prompts: Mapping[str, Prompts]) -> Line:
    inline = {name: AgencyWords.of(agency) for name, agency in directory.agencies.items()}
    scripts = {
        language: Script(spoken, spoken.tree or TreeWords.of(tree), {**inline, **spoken.agencies})
        for language, spoken in prompts.items()
    }
    return Line(tree, directory, scripts, Timetable(directory))


def open_line(data: Path, prompts: Path) -> Line:
    """The line in `data` (tree.yaml, agencies.yaml) and `prompts` (one YAML file a language).

    Raises LineRefused with every problem, unreadable and missing files included.
    """
    problems: list[Problem] = []
    texts = read_line(data, prompts, problems)
    try:
        return load_line(texts)
    except LineRefused as refused:
        # A file that can't be read is reported once, and hides no problem of the others.
        unread = {problem.file for problem in problems}
        raise LineRefused(
            [*problems, *(found for found in refused.problems if found.file not in unread)]
        ) from None


def open_lexicons(prompts: Path, languages: Iterable[str]) -> dict[str, Lexicon]:
    """How words are read in each language: `prompts/lexicon/<language>.yaml`, where there is one.

    Raises LineRefused with every problem of all of them.
    """
    problems: list[Problem] = []
    named = tuple(languages)
    texts = read_beside(prompts, named, problems).lexicons
    lexicons = dict.fromkeys(named, NO_LEXICON)
    for language, text in texts.items():
        try:
            lexicons[language] = load_lexicon(text)
        except LineRefused as refused:
            problems.extend(refused.problems)
    if problems:
        raise LineRefused(problems)
    return lexicons
