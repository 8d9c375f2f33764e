"""Files of recorded calls run again, and how each went."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from ringback.commands.shared.account import Connected
from ringback.commands.shared.options import F, together
from ringback.commands.shared.recorded_calls import difference_of, rewrite, run_again
from ringback.transcript.golden import StoriesRefused, Story

REPLAY_EPILOG = (
    "Exit status: 0 when every call goes as its file says, 1 when one does not or a file"
    " cannot be read, 2 for options that make no sense. Seconds (`t`) are there to be read and are"
    " not compared."
)


def replay_options(url: Callable[[F], F]) -> Callable[[F], F]:
    """The files and options of a replay; `url` is the command's own."""
    return together(
        click.argument(
            "files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
        ),
        url,
        click.option(
            "--update", is_flag=True, help="Write the files anew from how the calls go now."
        ),
    )


def replay_files(
    files: tuple[Path, ...], connect: Callable[[Story], Connected], update: bool
) -> int:
    """Runs the calls of files, or of folders of them, and gives the exit status, 0 or 1.

    Raises click.UsageError where there is no file, and what `connect` raises.
    """
    found = list(_yaml(files))
    if not found:
        raise click.UsageError(f"there is no .yaml file in {' '.join(map(str, files))}.")
    outcomes = [_one(file, connect, update) for file in found]
    changed, unread = sum(filter(None, outcomes)), outcomes.count(None)
    click.echo(_summary(len(found), changed, unread))
    return 1 if unread or (changed and not update) else 0


def _one(file: Path, connect: Callable[[Story], Connected], update: bool) -> int | None:
    """Runs a file, says how it went, and gives how many of its calls went another way.

    None is a file that cannot be read.
    """
    try:
        replayed = run_again(file, connect)
    except StoriesRefused as refused:
        click.echo(refused, err=True)
        return None
    changed = [call for call in replayed if call.difference]
    for call in changed:
        click.echo(difference_of(file, call))
    if changed and update:
        rewrite(file, replayed)
        click.echo(f"{file}: written anew")
    return len(changed)


def _summary(files: int, changed: int, unread: int) -> str:
    parts = [f"{changed or 'no'} call{'s' * (changed != 1)} went another way"]
    parts += [f"{unread} could not be read"] if unread else []
    return f"{files} file{'s' * (files != 1)}: {', '.join(parts)}"


def _yaml(files: tuple[Path, ...]) -> Iterator[Path]:
    for file in files:
        yield from sorted(file.rglob("*.yaml")) if file.is_dir() else [file]
