"""The web phone served on this machine, for one person, until it is stopped."""

import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from threading import Thread
from types import FrameType

import click
import httpx
from werkzeug.serving import WSGIRequestHandler, make_server

from ringback.commands.shared.options import F, together
from ringback.webphone import CannotConnect, Service, create_web_phone
from ringback.webphone.sessions import Sessions

_HERE = frozenset({"127.0.0.1", "::1", "localhost"})
_ANYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 (named, to warn of it)


def serve_options(*own: Callable[[F], F]) -> Callable[[F], F]:
    """Where the page is served, and the command's `own` options."""
    return together(
        click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True),
        click.option(
            "--host", default="127.0.0.1", show_default=True, help="The address to listen at."
        ),
        click.option(
            "--open-to-network",
            is_flag=True,
            help="Allows a --host that other machines can reach.",
        ),
        *own,
    )


def refuse_open_host(host: str, open_to_network: bool) -> None:
    """Raises click.UsageError for an address that others reach, unless that is wanted."""
    if host not in _HERE and not open_to_network:
        raise click.UsageError(
            f"--host {host} can be reached from other machines; the web phone is made for one"
            " person on this machine. Add --open-to-network if you mean it."
        )


def serve_until_stopped(service: Service, host: str, port: int) -> None:
    """Serves the web phone until Ctrl-C or SIGTERM; exits 1 where the app cannot be reached."""
    try:
        with service.connect(None, httpx.HTTPTransport()):
            pass  # so that what is wrong is said here and not in the first call
    except CannotConnect as refused:
        click.echo(str(refused), err=True)
        raise SystemExit(1) from None
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
    sessions = Sessions(service)
    hosts = frozenset() if host in _ANYWHERE else _HERE | {host}
    app = create_web_phone(service, sessions, hosts)
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
            host, port, app, threaded=True, request_handler=QuietHandler, fd=listening.fileno()
        )
        thread = Thread(target=server.serve_forever, args=(0.05,), name="web phone", daemon=True)
        thread.start()
        shown = f"[{host}]" if ":" in host else host
        try:
            yield f"http://{shown}:{listening.getsockname()[1]}/"
        finally:
            sessions.close()
            server.shutdown()
            thread.join()


class QuietHandler(WSGIRequestHandler):
    """Prints nothing of the requests it serves: the transcript does."""

    def log(self, type: str, message: str, *args: object) -> None:
        logging.getLogger(__name__).debug("%s " + message, type, *args)


@contextmanager
def _ends_tidily() -> Iterator[None]:
    """Turns SIGTERM and Ctrl-C into an ordinary end, so that calls are hung up first."""

    def leave(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise SystemExit(0)

    kept = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
