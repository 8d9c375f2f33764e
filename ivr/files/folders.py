"""Reads a line's files from its two folders; the engine itself opens none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ivr.files.problems import Problem
from ivr.files.yaml_source import SourceText


@dataclass(frozen=True)
class LineTexts:
    """The texts a line is made of; `prompts` by language."""

    tree: SourceText
    agencies: SourceText
    prompts: Mapping[str, SourceText]


@dataclass(frozen=True)
class Beside:
    """Files that stand beside the prompts, in folders of their own; each by language.

    `lexicons` says how words are read, `wording` which must not be said, and `translated` what
    each text's source was when a person last looked at its translation.
    """

    lexicons: Mapping[str, SourceText]
    wording: Mapping[str, SourceText]
    translated: Mapping[str, SourceText]


def read_line(data: Path, prompts: Path, problems: list[Problem]) -> LineTexts:
    """The texts that a line is made of; what can't be read is added to `problems`."""
    tree = read_text(data / "tree.yaml", problems)
    agencies = read_text(data / "agencies.yaml", problems)
    files = sorted(prompts.glob("*.yaml"))
    if not files:
        message = f"no prompts here; expected a file a language, such as ja.yaml. {_where(prompts)}"
        problems.append(Problem(display_path(prompts), 1, "no-file", message))
    return LineTexts(tree, agencies, {file.stem: read_text(file, problems) for file in files})


def read_beside(prompts: Path, languages: Iterable[str], problems: list[Problem]) -> Beside:
    """What stands beside the prompts of these languages, as far as it is there."""

    def those_in(folder: str) -> dict[str, SourceText]:
        named = {language: prompts / folder / f"{language}.yaml" for language in languages}
        return {name: read_text(file, problems) for name, file in named.items() if file.exists()}

    return Beside(those_in("lexicon"), those_in("wording"), those_in("translated"))


def read_text(file: Path, problems: list[Problem]) -> SourceText:
    """One file's text; what hinders that is added to `problems`, and the text is empty."""
    try:
        return SourceText(display_path(file), file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        message = "this is not UTF-8; save the file as UTF-8"
        problems.append(Problem(display_path(file), line, "not-utf8", message))
    except OSError as error:
        message = f"can't be read ({error.strerror}). {_where(file)}"
        problems.append(Problem(display_path(file), 1, "no-file", message))
    return SourceText(display_path(file), "")


def _where(looked_for: Path) -> str:
    """What was looked for, and how another place is named."""
    return (
        f"Looked for {looked_for.resolve()}: start in the folder that has data and prompts, or name"
        " others by IVR_DATA and IVR_PROMPTS"
    )


def display_path(file: Path) -> str:
    """A path as a person types it: from here, where it lies below here."""
    try:
        return str(file.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(file)
