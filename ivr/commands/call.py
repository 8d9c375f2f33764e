"""`ivr call`: calls the line, or any Twilio app, on a telephone company of its own."""

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TextIO

import click

from ivr.commands.calling.connecting import connected
from ivr.commands.calling.kana_estimate import by_kana
from ivr.commands.calling.refusals import REFUSALS, reasons
from ivr.commands.calling.times import JAPAN, WHEN, refuse_time_of_url
from ringback.commands.shared.calling import CallOrder, call_options, place
from ringback.commands.shared.options import url_option
from ringback.media.listener import no_estimate

DEMONSTRATION = "3 1 1 - ."  # remove something, quick advice, text it to me, was it sent, goodbye


@click.command(
    epilog="Without --keys and without a terminal it places a demonstration call: the keys"
    f' "{DEMONSTRATION}" (remove something, quick advice, text it to me, wait for what became of'
    " it, hang up). Exit status: 0 when the call was answered and nothing went wrong, 1 when not, 2"
    " for options that make no sense."
)
@call_options("ivr", WHEN, url_option("Ring this webhook instead of the line"))
def call(at: datetime | None, url: str | None, **options: Any) -> None:
    """Places a telephone call on this machine and shows what is heard and texted."""
    refuse_time_of_url(at, url)
    order = CallOrder.from_options(otherwise=DEMONSTRATION, at=at, **options)
    try:
        status = run(order, url, sys.stdout, os.environ)
    except REFUSALS as refused:
        click.echo("\n".join(reasons(refused)), err=True)
        status = 1
    raise SystemExit(status)


def run(order: CallOrder, url: str | None, out: TextIO, environ: Mapping[str, str]) -> int:
    """Places the call, writes it to `out` as it happens, and returns the exit status, 0 or 1.

    `environ` gives the line's settings, and for a URL the account. Raises LineRefused or
    SettingsRefused where the line cannot start, click.UsageError where the account is missing.
    """
    if url is None and order.at is None:
        order = replace(order, at=datetime.now(JAPAN).replace(microsecond=0))
    # What is recorded must sound the same wherever it is run again.
    estimate = no_estimate if order.record else by_kana
    line = connected(order.to, order.at, url, "/voice", environ, estimate)
    return place(order, line, out, "ivr")
