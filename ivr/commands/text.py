"""`ivr text`: texts the line, or any Twilio app, and shows what comes back."""

import os
import sys
from datetime import datetime

import click

from ivr.commands.calling.connecting import connected
from ivr.commands.calling.refusals import REFUSALS, reasons
from ivr.commands.calling.times import WHEN, refuse_time_of_url
from ringback.commands.shared.options import FROM, JSON, to_option, url_option
from ringback.commands.shared.texting import is_in_person, text_all, typed

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
@url_option("Text this webhook instead of the line")
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
    written = typed() if is_in_person(messages, json) else messages or _DEMONSTRATION
    line = connected(to, at, url, "/sms", os.environ)
    try:
        status = text_all(line, from_=from_, to=to, messages=written, out=sys.stdout, json=json)
    except REFUSALS as refused:
        click.echo("\n".join(reasons(refused)), err=True)
        status = 1
    raise SystemExit(status)
