"""`ringback load`: thousands of virtual callers at once, on any Twilio app."""

import os
import sys
from typing import Any

import click

from ringback.commands.shared.account import account_of
from ringback.commands.shared.load_order import LoadOrder, LoadTarget, load_options
from ringback.commands.shared.load_running import LOAD_EPILOG, report_of, run_load
from ringback.commands.shared.options import url_option


@click.command(epilog=f"{LOAD_EPILOG} Without --keys callers press nothing.")
@load_options("ringback", url_option("The voice webhook to call", required=True))
def load(url: str, json: bool, **options: Any) -> None:
    """Makes many calls at once and reports how they went."""
    order = LoadOrder(**options)
    order.check(url)
    sid, token = account_of(os.environ)
    target = LoadTarget(url=url, account_sid=sid, auth_token=token)
    raise SystemExit(report_of(run_load(order.plan(target), sys.stderr), json=json))
