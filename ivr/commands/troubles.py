"""`ivr troubles`: who is named for each trouble of callers, and the page that shows it."""

import os
from pathlib import Path

import click
from pydantic import ValidationError

from ivr.check.loading import open_line
from ivr.commands.calling.times import JAPAN
from ivr.commands.helping.page import help_page
from ivr.commands.helping.referred import Trouble, Troubles, wrong
from ivr.files.problems import LineRefused
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
        listed = read_troubles(folders.data / FILE)
    except (LineRefused, SettingsRefused, TroublesRefused) as refused:
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


class TroublesRefused(ValueError):
    """The list can't be read; the message says what was expected, and where."""


def read_troubles(file: Path) -> tuple[Trouble, ...]:
    """The list of troubles. Raises TroublesRefused."""
    import yaml

    try:
        written = yaml.safe_load(file.read_text(encoding="utf-8"))
        return Troubles.model_validate(written).troubles
    except (OSError, yaml.YAMLError) as error:
        raise TroublesRefused(f"{file} can't be read: {error}") from None
    except ValidationError as error:
        lines = [f"{file}: {' '.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise TroublesRefused("\n".join(lines)) from None
