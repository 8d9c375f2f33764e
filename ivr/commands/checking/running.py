"""Runs a check: fixes what is asked for, looks at the files, and prints what was found."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

import click

from ivr.check.inspection import Files, inspect
from ivr.check.live import links_alive
from ivr.check.subject import Subject
from ivr.commands.checking.fix import fix_files, note_translated
from ivr.commands.checking.printing import PRINTERS, sum_up
from ivr.files.problems import Problem
from ivr.settings import Folders


@dataclass(frozen=True)
class Options:
    """What `ivr check` was asked for; see its help. `assured_within` is in days."""

    form: str = "text"
    accepted: bool = False
    strict: bool = False
    fix: bool = False
    translated: tuple[str, ...] = ()
    assured_within: int | None = None


def run_check(options: Options, live_per_minute: int | None) -> bool:
    """Checks the folders that the environment names; whether the line passes.

    With `live_per_minute` every link is opened too, with that many requests a minute at most.
    """
    folders, today = Folders.from_environ(os.environ), date.today()
    for done in note_translated(folders, options.translated):
        click.echo(done, err=True)
    if options.fix:
        for done in fix_files(folders, today):
            click.echo(done, err=True)
    fetch = partial(_fetch, per_minute=live_per_minute) if live_per_minute else None
    report = inspect(Files.of(folders), today, options.assured_within, fetch)
    for line in PRINTERS[options.form](report, options.accepted):
        click.echo(line)
    if options.form == "text":
        click.echo(sum_up(report), err=True)
    for note in report.notes:
        click.echo(f"note: {note}", err=True)
    return not (report.errors or (options.strict and report.warnings))


def _fetch(subject: Subject, per_minute: int) -> Iterator[Problem]:
    # Imported where links are opened: no other check needs an HTTP client.
    import httpx

    from ivr.check.live.visitor import Visitor

    count = len({url for _, url in links_alive.addresses(subject)})
    click.echo(f"opening {count} links, at most {per_minute} requests a minute ...", err=True)
    with httpx.Client() as client:
        yield from links_alive.check(subject, Visitor(client, per_minute).visit)
