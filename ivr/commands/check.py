"""`ivr check`: whether the YAML may serve callers, and what an author might look at again."""

import os
from collections.abc import Iterator
from datetime import date
from functools import partial

import click
import httpx

from ivr.check.inspection import Files, inspect
from ivr.check.live import links_alive
from ivr.check.live.visitor import Visitor
from ivr.check.subject import Subject
from ivr.commands.checking.fix import mend, note_translated
from ivr.commands.checking.printing import FORMATS, sum_up
from ivr.files.problems import Problem
from ivr.settings import Folders


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="text for people, json for programs (one object a line), github for annotations.",
)
@click.option(
    "--fix", is_flag=True, help="First mend what is safe: order, widths, words left over."
)
@click.option("--strict", is_flag=True, help="Warnings count for the exit status too.")
@click.option("--accepted", is_flag=True, help="Also tell the accepted warnings, with the reasons.")
@click.option(
    "--translated",
    multiple=True,
    metavar="LANGUAGE",
    help="Record that a person has looked at this language's translation as it stands now.",
)
@click.option(
    "--assured-within",
    type=click.IntRange(min=0),
    metavar="DAYS",
    envvar="ASSURED_WITHIN",
    help="Warn where nobody has assured a told fact within so many days.",
)
@click.option("--live", "look_live", is_flag=True, help="Open every link, to see what has moved.")
@click.option(
    "--per-minute",
    type=click.IntRange(1, 600),
    default=30,
    show_default=True,
    help="With --live: the most requests in a minute.",
)
def check(
    form: str,
    fix: bool,
    strict: bool,
    accepted: bool,
    translated: tuple[str, ...],
    assured_within: int | None,
    look_live: bool,
    per_minute: int,
) -> None:
    """Checks the line's YAML files and exits 1 if there are errors.

    Each problem is one line: `file:line: severity: code: message`. docs/checks.md explains every
    code: why it matters, and how to fix it. To accept a warning, write a comment:
    `# check: allow CODE because REASON`.
    """
    folders, today = Folders.from_environ(os.environ), date.today()
    for done in note_translated(folders, translated):
        click.echo(done, err=True)
    if fix:
        for done in mend(folders, today):
            click.echo(done, err=True)
    fetch = partial(_fetch, per_minute=per_minute) if look_live else None
    report = inspect(Files.of(folders), today, assured_within, fetch)
    for line in FORMATS[form](report, accepted):
        click.echo(line)
    if form == "text":
        click.echo(sum_up(report), err=True)
    for note in report.notes:
        click.echo(f"note: {note}", err=True)
    if report.errors or (strict and report.warnings):
        raise SystemExit(1)


def _fetch(subject: Subject, per_minute: int) -> Iterator[Problem]:
    count = len({url for _, url in links_alive.addresses(subject)})
    click.echo(f"opening {count} links, at most {per_minute} requests a minute ...", err=True)
    with httpx.Client() as client:
        yield from links_alive.check(subject, Visitor(client, per_minute).visit)
