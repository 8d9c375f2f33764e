"""Files that are written whole or not at all."""

import os
import tempfile
from pathlib import Path

import click


def keep(path: Path, data: bytes) -> None:
    """Writes the file so that at any moment, even in a power cut, the old or the new one is there.

    Raises click.ClickException where it could not be written.
    """
    try:
        _write_whole(path, data)
    except OSError as error:
        raise click.ClickException(f"{path} could not be written: {error.strerror}.") from error


def _write_whole(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
