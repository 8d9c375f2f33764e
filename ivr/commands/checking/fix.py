"""`ivr check --fix` and `--translated`: what is written back into a line's folders."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from ivr.check.fixing.fixes import fixed
from ivr.check.inspection import Files, Report, inspect
from ivr.check.loading import line_of, read_draft
from ivr.check.rules.records import UNRECORDED, translation_record
from ivr.check.rules.translation import LEFT_OVER, UNTRANSLATED
from ivr.files.folders import Beside, LineTexts, display_path
from ivr.files.problems import LineRefused, Problem, nearest
from ivr.files.yaml_source import SourceText, read_yaml
from ivr.settings import Folders
from ivr.speech.manifest import write_whole

_ROUNDS = 10  # fixing one thing shows the next: a number fixed, its line's warnings are looked for


def fix_files(folders: Folders, today: date) -> Iterator[str]:
    """Fixes what can be fixed, writes each changed file whole, and says which.

    A fix that would leave more errors than it found is not written.
    """
    before = after = Files.of(folders)
    report = inspect(after, today)
    for _ in range(_ROUNDS):
        changed = _fixed(after, report)
        found = inspect(changed, today) if changed != after else report
        if changed == after or len(found.errors) > len(report.errors):
            break
        after, report = changed, found
    was = {source.name: source.text for source in before.sources}
    for source in after.sources:
        if source.text != was[source.name]:
            _write(Path(source.name), source.text)
            yield f"fixed {source.name}"
    yield from _record_new(folders, after, report)


def note_translated(folders: Folders, languages: tuple[str, ...]) -> Iterator[str]:
    """Writes down that translations are true to the sources of today; says which files it wrote.

    Raises ClickException for a line with errors and BadParameter for a language it does not have.
    """
    if not languages:
        return
    try:
        line = line_of(read_draft(Files.of(folders).line))
    except LineRefused as refused:
        raise click.ClickException(f"fix the errors first:\n{refused}") from None
    translations = sorted(set(line.scripts) - {line.tree.language})
    for language in languages:
        if language not in translations:
            message = f"`{language}` is no translation here; {nearest(language, translations)}"
            raise click.BadParameter(message, param_hint="--translated")
    for language in languages:
        file = folders.prompts / "translated" / f"{language}.yaml"
        write_whole(file, translation_record(line, language).encode())
        yield f"recorded {display_path(file)}"


def _fixed(files: Files, report: Report) -> Files:
    by_file: dict[str, list[Problem]] = {}
    for problem in report.problems:
        by_file.setdefault(problem.file, []).append(problem)

    def one(source: SourceText) -> SourceText:
        found = by_file.get(source.name, [])
        codes = {problem.code for problem in found}
        if {LEFT_OVER.name, UNTRANSLATED.name} <= codes:
            # Likely a node was renamed: its words are needed under the new name.
            found = [problem for problem in found if problem.code != LEFT_OVER.name]
        return replace(source, text=fixed(source.text, found)) if found else source

    def all_of(held: dict[str, SourceText]) -> dict[str, SourceText]:
        return {language: one(source) for language, source in held.items()}

    line, beside = files.line, files.beside
    texts = LineTexts(one(line.tree), one(line.agencies), all_of(dict(line.prompts)))
    lexicons, wording = all_of(dict(beside.lexicons)), all_of(dict(beside.wording))
    return replace(files, line=texts, beside=Beside(lexicons, wording, beside.translated))


def _record_new(folders: Folders, files: Files, report: Report) -> Iterator[str]:
    """Texts that are new in a recorded translation were made from what the source says today."""
    if not any(problem.code == UNRECORDED.name for problem in report.problems):
        return
    line = line_of(read_draft(files.line))
    for language, source in files.beside.translated.items():
        held = read_yaml(source).data
        text = translation_record(line, language, held if isinstance(held, dict) else {})
        if text != source.text and language != line.tree.language:
            _write(folders.prompts / "translated" / f"{language}.yaml", text)
            yield f"recorded {source.name}"


def _write(file: Path, text: str) -> None:
    """As the file's author keeps it: with its mark of byte order, and its ends of lines."""
    old = file.read_bytes()
    if b"\r\n" in old:
        text = text.replace("\n", "\r\n")
    mark = b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b""
    write_whole(file, mark + text.encode())
