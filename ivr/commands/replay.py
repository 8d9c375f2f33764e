"""`ivr replay`: runs recorded calls again and shows where they go another way now."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from ivr.commands.calling.connecting import connected
from ivr.commands.calling.refusals import REFUSALS, reasons
from ringback.commands.shared.account import LINE, Connected
from ringback.commands.shared.options import url_option
from ringback.commands.shared.replaying import REPLAY_EPILOG, replay_files, replay_options
from ringback.media.listener import no_estimate
from ringback.transcript.golden import Story


@click.command(epilog=REPLAY_EPILOG)
@replay_options(url_option("Run the calls at this webhook instead of the line"))
def replay(files: tuple[Path, ...], url: str | None, update: bool) -> None:
    """Runs the calls in FILES (YAML, or folders of it), as `ivr call --record` writes them."""
    try:
        status = replay_files(files, as_recorded(url, os.environ), update)
    except REFUSALS as refused:
        click.echo("\n".join(reasons(refused)), err=True)
        status = 1
    raise SystemExit(status)


def as_recorded(url: str | None, environ: Mapping[str, str]) -> Callable[[Story], Connected]:
    """What a recorded call is run at: a line started for it alone, or the app at `url`.

    Speech takes the simulator's own time, so that a call goes the same on every machine.
    """
    return lambda story: connected(story.to or LINE, story.at, url, "/voice", environ, no_estimate)
