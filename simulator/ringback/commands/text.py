"""`ringback text`: texts any Twilio app on this machine, and shows what comes back."""

import os
import sys

import click

from ringback.commands.shared.account import app_at
from ringback.commands.shared.options import FROM, JSON, to_option, url_option
from ringback.commands.shared.texting import is_in_person, text_all, typed


@click.command(
    epilog="Without MESSAGES: a conversation in a terminal; an empty line ends it. Exit status: 0"
    " when all went well, 1 when not, 2 for options that make no sense."
)
@click.argument("messages", nargs=-1)
@FROM
@to_option("The number texted.")
@url_option("The messaging webhook to text", required=True)
@JSON
def text(messages: tuple[str, ...], from_: str, to: str, url: str, json: bool) -> None:
    """Texts MESSAGES one after the other and shows the answers."""
    in_person = is_in_person(messages, json)
    if not messages and not in_person:
        raise click.UsageError('there is nothing to text: give MESSAGES, such as "help".')
    status = text_all(
        app_at(url, to, os.environ),
        from_=from_,
        to=to,
        messages=typed() if in_person else messages,
        out=sys.stdout,
        json=json,
    )
    raise SystemExit(status)
