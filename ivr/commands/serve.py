"""`ivr serve`: the line with a web phone, on this machine, for whoever edits or shows it."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Thread
from types import FrameType
from typing import NoReturn

import click
import httpx
from werkzeug.serving import make_server

from ivr.commands.call import complaints
from ivr.commands.calling.hosted_line import Quiet
from ivr.commands.calling.options import URL, url_option
from ivr.commands.calling.telephones import line_service, their_service
from ivr.files.problems import LineRefused
from ringback.webphone import CannotConnect, Service, create_web_phone
from ringback.webphone.sessions import Switchboard

_HERE = frozenset({"127.0.0.1", "::1", "localhost"})
_ANYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 (named, to warn of it)


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--open-to-network", is_flag=True, help="Allows a --host that other machines can reach."
)
@url_option("Ring")
@click.option("--sms-url", type=URL, help="With --url: the webhook that is texted.")
def serve(
    port: int, host: str, open_to_network: bool, url: str | None, sms_url: str | None
) -> None:
    """Serves a telephone on a web page that rings the line, for development."""
    if host not in _HERE and not open_to_network:
        raise click.UsageError(
            f"--host {host} can be reached from other machines; the web phone is made for one"
            " person on this machine. Add --open-to-network if you mean it."
        )
    if sms_url is not None and url is None:
        raise click.UsageError("--sms-url goes with --url; the line's own texts need no option.")
    try:
        service = their_service(url, sms_url, os.environ) if url else line_service(os.environ)
        with service.connect(None, httpx.HTTPTransport()):
            pass  # so that what is wrong is told here and not in the first call
    except LineRefused as refused:
        _refuse(complaints(refused))
    except CannotConnect as refused:
        _refuse([str(refused)])
    if host not in _HERE:
        click.echo("Warning: anyone who reaches this machine can use the web phone.", err=True)
    with _ends_tidily(), served(service, host, port) as address:
        click.echo(f"The web phone is at {address} (Ctrl-C ends it).")
        signal.pause()


@contextmanager
def served(service: Service, host: str, port: int) -> Iterator[str]:
    """Serves a web phone in threads of its own; gives the address of its page.

    Raises click.ClickException where the port is taken.
    """
    board = Switchboard(service)
    hosts = frozenset() if host in _ANYWHERE else _HERE | {host}
    app = create_web_phone(service, board, hosts)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise click.ClickException(
            f"nothing can listen at {host}, port {port} ({error.strerror}); choose another with"
            " --port."
        ) from error
    with closing(listening):
        server = make_server(
            host, port, app, threaded=True, request_handler=Quiet, fd=listening.fileno()
        )
        thread = Thread(target=server.serve_forever, args=(0.05,), name="web phone", daemon=True)
        thread.start()
        shown = f"[{host}]" if ":" in host else host
        try:
            yield f"http://{shown}:{listening.getsockname()[1]}/"
        finally:
            board.close()
            server.shutdown()
            thread.join()


def _refuse(problems: list[str]) -> NoReturn:
    for line in problems:
        click.echo(line, err=True)
    raise SystemExit(1)


@contextmanager
def _ends_tidily() -> Iterator[None]:
    """Turns being told to end into an ordinary end, so that calls are hung up first."""

    def leave(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise SystemExit(0)

    kept = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
