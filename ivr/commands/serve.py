"""`ivr serve`: the line with a web phone, on this machine, for whoever edits or shows it."""

import os

import click

from ivr.commands.calling.line_service import line_service
from ivr.commands.calling.refusals import REFUSALS, reasons
from ringback.commands.shared.app_service import app_service
from ringback.commands.shared.options import URL, url_option
from ringback.commands.shared.web_phone_server import (
    refuse_open_host,
    serve_options,
    serve_until_stopped,
)


@click.command()
@serve_options(
    url_option("Ring this webhook instead of the line"),
    click.option("--sms-url", type=URL, help="With --url: the webhook that is texted."),
)
def serve(
    port: int, host: str, open_to_network: bool, url: str | None, sms_url: str | None
) -> None:
    """Serves a telephone on a web page that rings the line, for development."""
    refuse_open_host(host, open_to_network)
    if sms_url is not None and url is None:
        raise click.UsageError("--sms-url goes with --url; the line's own texts need no option.")
    try:
        service = app_service(url, sms_url, os.environ) if url else line_service(os.environ)
    except REFUSALS as refused:
        click.echo("\n".join(reasons(refused)), err=True)
        raise SystemExit(1) from None
    serve_until_stopped(service, host, port)
