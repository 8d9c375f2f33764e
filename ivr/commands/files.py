"""Files that a command writes for its user."""

from pathlib import Path

import click

from ivr.speech.manifest import write_whole


def keep(path: Path, data: bytes) -> None:
    """Writes the file whole or, with a click.ClickException, not at all."""
    try:
        write_whole(path, data)
    except OSError as error:
        raise click.ClickException(f"{path} could not be written: {error.strerror}.") from error
