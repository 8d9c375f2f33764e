"""`ivr load`: thousands of virtual callers at once, on the line or on any Twilio app."""

import os
import sys
from typing import Any

import click

from ivr.commands.calling.hosted_line import captions
from ivr.commands.calling.load_target import target
from ivr.commands.calling.refusals import REFUSALS
from ivr.commands.calling.web_process import NotServed
from ringback.commands.shared.load_order import LoadOrder, load_options
from ringback.commands.shared.load_running import LOAD_EPILOG, report_of, run_load
from ringback.commands.shared.options import url_option


@click.command(
    epilog="Without --url it serves the line itself as the Procfile does, on 127.0.0.1, and calls"
    f" every referral in every language. {LOAD_EPILOG}"
)
@load_options("ivr", url_option("Ring this webhook instead of the line"))
def load(url: str | None, json: bool, **options: Any) -> None:
    """Makes many calls at once and reports how they went."""
    order = LoadOrder(**options)
    order.check(url)
    try:
        with target(url, os.environ) as called:
            report = run_load(order.plan(called, captions(os.environ)), sys.stderr)
    except (*REFUSALS, NotServed) as refused:
        click.echo(str(refused), err=True)
        raise SystemExit(1) from None
    raise SystemExit(report_of(report, json=json))
