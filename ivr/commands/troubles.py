"""`ivr troubles`: who is named for each trouble of callers, and the page that shows it."""

import os
from pathlib import Path

import click

from ivr.check.loading import open_line
from ivr.commands.calling.times import JAPAN
from ivr.commands.helping.page import help_page
from ivr.commands.helping.referred import Trouble, Troubles, wrong
from ivr.engine import Line
from ivr.files.folders import read_text
from ivr.files.problems import LineRefused, Problem, nearest
from ivr.files.validating import validate
from ivr.files.yaml_source import read_yaml
from ivr.settings import Folders, SettingsRefused

FILE, PAGE = "troubles.yaml", "help.md"


@click.command()
@click.option(
    "--write",
    type=click.Path(path_type=Path, file_okay=False),
    help=f"Writes {PAGE} into this folder (docs), instead of printing it.",
)
def troubles(write: Path | None) -> None:
    """Shows who is named for each trouble in data/troubles.yaml; exits 1 where it is another."""
    try:
        folders = Folders.from_environ(os.environ)
        line = open_line(folders.data, folders.prompts)
        listed = read_troubles(folders.data / FILE, line)
    except (LineRefused, SettingsRefused) as refused:
        click.echo(str(refused), err=True)
        raise SystemExit(1) from None
    page = help_page(line, listed, JAPAN)
    if write is None:
        click.echo(page, nl=False)
    else:
        write.mkdir(parents=True, exist_ok=True)
        (write / PAGE).write_text(page, encoding="utf-8")
    found = [sentence for trouble in listed for sentence in wrong(line, trouble, JAPAN)]
    for sentence in found:
        click.echo(sentence, err=True)
    if found:
        raise SystemExit(1)


def read_troubles(file: Path, line: Line) -> tuple[Trouble, ...]:
    """The list of troubles. Raises LineRefused, with the line of each mistake."""
    problems: list[Problem] = []
    text = read_text(file, problems)
    if problems:
        raise LineRefused(problems)
    document = read_yaml(text)
    listed = validate(Troubles, document)
    known = line.directory.agencies
    for place, trouble in enumerate(listed.troubles if listed else ()):
        for nth, name in enumerate(trouble.first):
            if name not in known:
                path = ("troubles", place, "first", nth)
                document.problem(
                    path, "unknown-agency", f"no agency `{name}`; {nearest(name, known)}"
                )
    if listed is None or document.problems:
        raise LineRefused(document.problems)
    return listed.troubles
