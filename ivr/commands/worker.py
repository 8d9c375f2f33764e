"""`ivr worker`: sends the texts, where several machines answer calls and Redis stands between."""

import os
import sys
from datetime import UTC, datetime

import click

from ivr.check.loading import open_line
from ivr.files.problems import LineRefused
from ivr.settings import Settings, SettingsRefused
from ivr.sms.texts import Texts


@click.command(
    epilog="Without REDIS_URL the web processes send texts themselves; a worker beside them on the"
    " same machine then shares their work."
)
@click.option("--threads", type=click.IntRange(1, 64), default=4, show_default=True)
def worker(threads: int) -> None:
    """Sends texts that wait in the outbox, until it is told to end (Ctrl-C, or SIGTERM)."""
    try:
        settings = Settings.from_environ(os.environ)
        line = open_line(settings.data, settings.prompts)
    except (LineRefused, SettingsRefused) as refused:
        click.echo(str(refused), err=True)
        sys.exit(1)
    Texts(line, settings, lambda: datetime.now(UTC)).queue.run(threads)
