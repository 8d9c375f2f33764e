"""`ivr worker`: sends texts in a process of its own, beside the web processes or on any machine."""

import os
import signal
import sys
from datetime import UTC, datetime
from threading import Event

import click

from ivr.check.loading import open_line
from ivr.files.problems import LineRefused
from ivr.settings import Settings, SettingsRefused
from ivr.sms.channel import TextChannel


@click.command(
    epilog="The web processes send texts, too; any number of workers share the work with them"
    " through DATABASE_URL."
)
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    help="How many texts are sent at once.",
)
def worker(threads: int) -> None:
    """Sends texts that wait in the outbox, until it is stopped (Ctrl-C, or SIGTERM)."""
    try:
        settings = Settings.from_environ(os.environ)
        line = open_line(settings.data, settings.prompts)
    except (LineRefused, SettingsRefused) as refused:
        click.echo(str(refused), err=True)
        sys.exit(1)
    over = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    texts = TextChannel(line, settings, lambda: datetime.now(UTC))
    texts.worker.start(threads)
    over.wait()
    texts.worker.stop()  # after the texts that are being sent
