"""A line's folders, checked whole: what must be fixed, what may be ignored, what was accepted."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ivr.check import registry
from ivr.check.allowances import apply_allowances
from ivr.check.countries import country_of
from ivr.check.live import links_alive
from ivr.check.loading import line_of, read_draft
from ivr.check.rules import lengths, readings
from ivr.check.subject import Subject
from ivr.check.wording import Wording
from ivr.files.folders import Beside, LineTexts, read_beside, read_line
from ivr.files.problems import ERROR, WARNING, LineRefused, Problem
from ivr.files.validating import validate
from ivr.files.yaml_source import SourceText, read_yaml
from ivr.settings import Folders
from ivr.speech import Lexicon, LexiconRefused, MissingExtra, load_lexicon

_MORE = (*readings.CODES, *lengths.CODES, *links_alive.CODES)
CODES = {**registry.CODES, **{code.name: code for code in _MORE}}

Fetch = Callable[[Subject], Iterator[Problem]]


@dataclass(frozen=True)
class Report:
    """All that was found; `notes` say what could not be looked at, and what to do about it."""

    problems: tuple[Problem, ...]
    accepted: tuple[tuple[Problem, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be fixed: the line is not served."""
        return tuple(problem for problem in self.problems if problem.severity == ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What may be ignored."""
        return tuple(problem for problem in self.problems if problem.severity == WARNING)


@dataclass(frozen=True)
class Files:
    """The texts of all files of a line; `unread` are those that could not be read."""

    line: LineTexts
    beside: Beside
    unread: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, folders: Folders) -> "Files":
        """Reads them all, and never fails."""
        problems: list[Problem] = []
        line = read_line(folders.data, folders.prompts, problems)
        beside = read_beside(folders.prompts, line.prompts, problems)
        return cls(line, beside, tuple(problems))

    @property
    def sources(self) -> tuple[SourceText, ...]:
        """Every file that an author writes."""
        line, beside = self.line, self.beside
        others = (line.prompts, beside.lexicons, beside.wording)
        return (line.tree, line.agencies, *(text for held in others for text in held.values()))


def inspect(
    files: Files, today: date, assured_within: int | None = None, fetch: Fetch | None = None
) -> Report:
    """Checks everything; warnings only where there is no error. `fetch` opens the links."""
    draft = read_draft(files.line)
    problems, notes = list(files.unread), list[str]()
    lexicons, more = _lexicons(files.beside.lexicons)
    problems += more
    wording = {language: read_yaml(text) for language, text in files.beside.wording.items()}
    rules = {language: validate(Wording, document) for language, document in wording.items()}
    translated = {language: read_yaml(t) for language, t in files.beside.translated.items()}
    for document in (*wording.values(), *translated.values()):
        problems += document.problems
    try:
        line = line_of(draft)
    except LineRefused as refused:
        # A file that can't be read is reported once, and hides no problem of the others.
        unread = {problem.file for problem in files.unread}
        problems += [found for found in refused.problems if found.file not in unread]
    looked: set[str] = set()
    if not problems:
        known = {language: rule for language, rule in rules.items() if rule is not None}
        country = country_of(line.tree.country)
        subject = Subject(draft, line, today, country, known, translated, assured_within)
        looked |= set(CODES) - {code.name for code in (*readings.CODES, *links_alive.CODES)}
        problems += [found for check in registry.MAY_IGNORE for found in check(subject)]
        problems += lengths.check(subject)
        try:
            problems += readings.check(subject, lexicons)
            looked |= {code.name for code in readings.CODES}
        except MissingExtra as missing:
            notes.append(f"readings and the length of sentences were not checked: {missing}")
        if fetch is not None:
            problems += fetch(subject)
            looked |= {code.name for code in links_alive.CODES}
    elif draft.tree is not None:
        notes.append("warnings are looked for once the errors are fixed")
    after = apply_allowances(problems, files.sources, CODES, looked)
    return Report(after.remaining, after.accepted, tuple(notes))


def _lexicons(texts: Mapping[str, SourceText]) -> tuple[dict[str, Lexicon], list[Problem]]:
    lexicons, problems = {}, list[Problem]()
    for language, text in texts.items():
        try:
            lexicons[language] = load_lexicon(text)
        except LexiconRefused as refused:
            problems += refused.problems
    return lexicons, problems
