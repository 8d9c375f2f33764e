"""`ivr sms`: the texts of the line, with what each costs."""

import os
import sys
from collections.abc import Iterator

import click

from ivr.check.loading import open_line
from ivr.engine import Line
from ivr.engine.tree import referred
from ivr.files.problems import LineRefused
from ivr.settings import Folders, SettingsRefused
from ivr.sms import REFERRAL_SEGMENTS, ComposedText, every_answer, referral_text
from ivr.sms.conversation import MOST_SEGMENTS as MOST_IN_ANSWER


@click.group()
def sms() -> None:
    """Shows the texts of the line."""


@sms.command()
@click.option("--language", help="Only this language.")
@click.option("--answers", is_flag=True, help="Also show the answers to people who text the line.")
def preview(language: str | None, answers: bool) -> None:
    """Shows every text a caller can get, with its segments; exits 1 where one is too long."""
    try:
        folders = Folders.from_environ(os.environ)
        line = open_line(folders.data, folders.prompts)
    except (LineRefused, SettingsRefused) as refused:
        click.echo(str(refused), err=True)
        sys.exit(1)
    if language is not None and language not in line.scripts:
        known = ", ".join(sorted(line.scripts))
        raise click.BadParameter(
            f"no prompts in {language!r}; there are {known}", param_hint="--language"
        )
    too_long = 0
    for title, message, most in _texts(line, language, answers):
        size = message.size
        fits = size.segments <= most
        too_long += not fits
        parts = f"{size.segments} segment{'s' if size.segments != 1 else ''}"
        click.secho(title, bold=True)
        for written in message.body.splitlines():
            click.echo(f"    {written}")
        measured = f"{size.units} units of {size.encoding}, {parts}"
        click.secho(f"  {measured}\n", dim=fits, fg=None if fits else "red")
    if too_long:
        click.echo(
            f"{too_long} of them take more segments than they may: shorten the words.", err=True
        )
        sys.exit(1)


def _texts(
    line: Line, language: str | None, answers: bool
) -> Iterator[tuple[str, ComposedText, int]]:
    """Each text with its title and the most segments it may take."""
    for code in [language] if language else line.scripts:
        for name in dict.fromkeys(referred(line.tree)):
            known = line.agency(name)
            if known.link or any(phone.speakable for phone in known.phones):
                yield f"{code} {name}", referral_text(line, name, code), REFERRAL_SEGMENTS
        if answers:
            for title, message in every_answer(line, code):
                yield f"{code} {title}", message, MOST_IN_ANSWER
