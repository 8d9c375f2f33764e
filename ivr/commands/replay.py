"""`ivr replay`: runs recorded calls again and shows where they go another way now."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from ivr.commands.call import complaints
from ivr.commands.calling import golden
from ivr.commands.calling.golden import Replayed
from ivr.commands.calling.options import url_option
from ivr.files.problems import LineRefused
from ivr.settings import SettingsRefused
from ivr.speech import ManifestRefused
from ringback.transcript.golden import StoriesRefused


@click.command(
    epilog="Exit status: 0 when every call goes as its file says, 1 when one does not or a file"
    " cannot be read, 2 for options that make no sense. Seconds (`t`) are there to be read and are"
    " not compared."
)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@url_option("Run the calls at")
@click.option("--update", is_flag=True, help="Write the files anew from how the calls go now.")
def replay(files: tuple[Path, ...], url: str | None, update: bool) -> None:
    """Runs the calls in FILES (YAML, or folders of it), as `ivr call --record` writes them."""
    found = list(_yaml(files))
    if not found:
        raise click.UsageError(f"there is no .yaml file in {' '.join(map(str, files))}.")
    try:
        outcomes = [_one(file, url, update, os.environ) for file in found]
    except (LineRefused, SettingsRefused, ManifestRefused) as refused:
        click.echo("\n".join(complaints(refused)), err=True)
        raise SystemExit(1) from refused
    changed, unread = sum(filter(None, outcomes)), outcomes.count(None)
    click.echo(_summary(len(found), changed, unread))
    raise SystemExit(1 if unread or (changed and not update) else 0)


def _one(file: Path, url: str | None, update: bool, environ: Mapping[str, str]) -> int | None:
    """Runs a file, says how it went, and gives how many of its calls went another way.

    None is a file that cannot be read.
    """
    try:
        replayed = golden.replay(file, url, environ)
    except StoriesRefused as refused:
        click.echo(refused, err=True)
        return None
    changed = [call for call in replayed if call.difference]
    for call in changed:
        click.echo(told(file, call))
    if changed and update:
        golden.rewrite(file, replayed)
        click.echo(f"{file}: written anew")
    return len(changed)


def _summary(files: int, changed: int, unread: int) -> str:
    parts = [f"{changed or 'no'} call{'s' * (changed != 1)} went another way"]
    parts += [f"{unread} could not be read"] if unread else []
    return f"{files} file{'s' * (files != 1)}: {', '.join(parts)}"


def told(file: Path, call: Replayed) -> str:
    """A call that went another way: where it stands, whom it is about, and the difference."""
    return f"{file}:{call.story.line}: {call.story.title}\n{call.difference}"


def _yaml(files: tuple[Path, ...]) -> Iterator[Path]:
    for file in files:
        yield from sorted(file.rglob("*.yaml")) if file.is_dir() else [file]
