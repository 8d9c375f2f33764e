"""`ringback serve`: a telephone on a web page that calls and texts any Twilio app."""

import os

import click

from ringback.commands.shared.app_service import app_service
from ringback.commands.shared.options import URL, url_option
from ringback.commands.shared.web_phone_server import (
    refuse_open_host,
    serve_options,
    serve_until_stopped,
)


@click.command()
@serve_options(
    url_option("The voice webhook to call", required=True),
    click.option("--sms-url", type=URL, help="The messaging webhook to text."),
)
def serve(port: int, host: str, open_to_network: bool, url: str, sms_url: str | None) -> None:
    """Serves a telephone on a web page, for development."""
    refuse_open_host(host, open_to_network)
    serve_until_stopped(app_service(url, sms_url, os.environ), host, port)
