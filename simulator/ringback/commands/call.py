"""`ringback call`: calls any Twilio app on this machine."""

import os
import sys
from typing import Any

import click

from ringback.commands.shared.account import app_at
from ringback.commands.shared.calling import CallOrder, call_options, place
from ringback.commands.shared.options import url_option

_SILENT = "-"  # what is pressed where nobody says and nobody sits at a terminal: nothing


@click.command(
    epilog="Without --keys and without a terminal the caller presses nothing and hangs up after"
    " the first silence. Exit status: 0 when the call was answered and nothing went wrong, 1 when"
    " not, 2 for options that make no sense."
)
@call_options("ringback", url_option("The voice webhook to call", required=True))
def call(url: str, **options: Any) -> None:
    """Places a telephone call and shows what is heard and texted."""
    order = CallOrder.from_options(otherwise=_SILENT, **options)
    raise SystemExit(place(order, app_at(url, order.to, os.environ), sys.stdout, "ringback"))
