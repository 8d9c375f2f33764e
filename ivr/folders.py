"""Reads a line's files from its two folders; the engine itself opens none."""

from collections.abc import Iterable
from pathlib import Path

from ivr.engine import Line, LineRefused, LineTexts, Problem, SourceText, load_line
from ivr.speech.lexicon import NO_LEXICON, Lexicon, load_lexicon


def open_line(data: Path, prompts: Path) -> Line:
    """The line in `data` (tree.yaml, agencies.yaml) and `prompts` (one YAML file a language).

    Raises LineRefused with every problem, unreadable and missing files included.
    """
    problems: list[Problem] = []
    tree = _read(data / "tree.yaml", problems)
    agencies = _read(data / "agencies.yaml", problems)
    files = sorted(prompts.glob("*.yaml"))
    if not files:
        message = "no prompts here; expected a file a language, such as ja.yaml"
        problems.append(Problem(_shown(prompts), 1, "no-file", message))
    texts = {file.stem: _read(file, problems) for file in files}
    try:
        return load_line(LineTexts(tree, agencies, texts))
    except LineRefused as refused:
        # A file that can't be read is told once, and hides nothing of the others.
        unread = {problem.file for problem in problems}
        raise LineRefused(
            [*problems, *(found for found in refused.problems if found.file not in unread)]
        ) from None


def open_lexicons(prompts: Path, languages: Iterable[str]) -> dict[str, Lexicon]:
    """How words are read in each language: `prompts/lexicon/<language>.yaml`, where there is one.

    Raises LineRefused with every problem of all of them.
    """
    lexicons, problems = {}, list[Problem]()
    for language in languages:
        file = prompts / "lexicon" / f"{language}.yaml"
        if not file.exists():
            lexicons[language] = NO_LEXICON
            continue
        try:
            lexicons[language] = load_lexicon(_read(file, problems))
        except LineRefused as refused:
            problems.extend(refused.problems)
    if problems:
        raise LineRefused(problems)
    return lexicons


def _read(file: Path, problems: list[Problem]) -> SourceText:
    try:
        return SourceText(_shown(file), file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        message = "this is not UTF-8; save the file as UTF-8"
        problems.append(Problem(_shown(file), line, "not-utf8", message))
    except OSError as error:
        message = f"can't be read ({error.strerror}); IVR_DATA and IVR_PROMPTS name the folders"
        problems.append(Problem(_shown(file), 1, "no-file", message))
    return SourceText(_shown(file), "")


def _shown(file: Path) -> str:
    """A path as a person types it: from here, where it lies below here."""
    try:
        return str(file.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(file)
