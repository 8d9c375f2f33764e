"""`ringback replay`: runs recorded calls again at any app and shows where they go another way."""

import os
from pathlib import Path

import click

from ringback.commands.shared.account import LINE, Connected, app_at
from ringback.commands.shared.options import url_option
from ringback.commands.shared.replaying import REPLAY_EPILOG, replay_files, replay_options
from ringback.transcript.golden import Story


@click.command(epilog=REPLAY_EPILOG)
@replay_options(url_option("The voice webhook to run the calls at", required=True))
def replay(files: tuple[Path, ...], url: str, update: bool) -> None:
    """Runs the calls in FILES (YAML, or folders of it), as `ringback call --record` writes them."""

    def connect(story: Story) -> Connected:
        return app_at(url, story.to or LINE, os.environ)

    raise SystemExit(replay_files(files, connect, update))
