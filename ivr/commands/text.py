"""`ivr text`: texts the line, or any Twilio app, and shows what comes back."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TextIO

import click

from ivr.commands.call import complaints, json_lines
from ivr.commands.calling.connecting import connected, refuse_time_of_url
from ivr.commands.calling.options import FROM, JSON, WHEN, to_option, url_option
from ivr.commands.calling.transcript import Transcript
from ivr.files.problems import LineRefused
from ivr.settings import SettingsRefused
from ringback import Carrier, Event

_DEMONSTRATION = ("こんにちは", "3", "1", "もどる")


@click.command(
    epilog="Without MESSAGES: a conversation in a terminal (an empty line ends it), else a"
    " demonstration. Exit status: 0 when all went well, 1 when not, 2 for options that make no"
    " sense."
)
@click.argument("messages", nargs=-1)
@FROM
@to_option("The number texted.")
@WHEN
@url_option("Text")
@JSON
def text(
    messages: tuple[str, ...],
    from_: str,
    to: str,
    at: datetime | None,
    url: str | None,
    json: bool,
) -> None:
    """Texts MESSAGES to the line one after the other and shows its answers."""
    refuse_time_of_url(at, url)
    in_person = not messages and not json and sys.stdin.isatty() and sys.stdout.isatty()
    written = _typed() if in_person else messages or _DEMONSTRATION
    try:
        with connected(to, at, url, "/sms", os.environ) as (carrier, webhook):
            went_well = converse(carrier, webhook, from_, to, written, _teller(sys.stdout, json))
    except (LineRefused, SettingsRefused) as refused:
        for line in complaints(refused):
            click.echo(line, err=True)
        went_well = False
    raise SystemExit(0 if went_well else 1)


def converse(
    carrier: Carrier,
    url: str,
    from_: str,
    to: str,
    messages: Iterable[str],
    tell: Callable[[str, Event | None], None],
) -> bool:
    """Texts one message after the other; `tell` is given each, and then what happens after it.

    Whether all went well.
    """
    went_well = True
    for body in messages:
        tell(body, None)
        record = carrier.text(
            url=url, from_=from_, to=to, body=body, on_event=lambda event: tell("", event)
        )
        went_well = went_well and record.went_well
    return went_well


def _teller(out: TextIO, json: bool) -> Callable[[str, Event | None], None]:
    if json:
        write = json_lines(out)
        return lambda _body, event: write(event) if event else None
    transcript = Transcript(out)

    def tell(body: str, event: Event | None) -> None:
        if event is not None:
            transcript.show(event)
        elif not sys.stdin.isatty() or not out.isatty():
            transcript.row(0.0, "texter", body)

    return tell


def _typed() -> Iterator[str]:
    """What a person types, until an empty line or the end of it."""
    while True:
        try:
            body = input("> ")
        except (EOFError, KeyboardInterrupt):
            return
        if not body.strip():
            return
        yield body
