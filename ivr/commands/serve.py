"""`ivr serve`: the line with a web phone, on this machine, for whoever edits or shows it."""

import os
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import FrameType
from typing import NoReturn
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click
import httpx
import phonenumbers
from phonenumbers import PhoneNumberType
from werkzeug.serving import make_server

from ivr.commands.call import LINE, SMS_SENDER, carrier_of_account, complaints
from ivr.commands.call_options import URL
from ivr.commands.hosting import Quiet, by_kana, captions, hosted
from ivr.drawing import chart_of, lay_out, svg
from ivr.engine import Line, LineRefused
from ivr.folders import open_line
from ivr.settings import Folders, SettingsRefused
from ivr.simulator import Carrier, Number
from ivr.simulator.real_clock import RealClock, wall_clock
from ivr.simulator.webphone import (
    Caller,
    CannotConnect,
    Connection,
    Dialled,
    Place,
    Service,
    create_web_phone,
)
from ivr.simulator.webphone.switchboard import Switchboard
from ivr.speech import ManifestRefused
from ivr.voice.urls import position_from

_HERE = frozenset({"127.0.0.1", "::1", "localhost"})
_ANYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 (named, to warn of it)
_KINDS = {
    "mobile": PhoneNumberType.MOBILE,
    "landline": PhoneNumberType.FIXED_LINE,
    "ip_phone": PhoneNumberType.VOIP,
}


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--open-to-network", is_flag=True, help="Allows a --host that other machines can reach."
)
@click.option(
    "--url",
    type=URL,
    help="Ring this webhook instead of the line, signed with"
    " TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN from the environment.",
)
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
    from threading import Thread

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


def line_service(environ: Mapping[str, str]) -> Service:
    """The line itself, with its picture. Raises LineRefused where it cannot be read."""
    folders = Folders.from_environ(environ)
    line = open_line(folders.data, folders.prompts)
    return Service(
        connect=_Hosted(line, environ),
        dialled=tuple(_numbers(line).values()),
        callers=tuple(_callers(line.tree.country)),
        zone=ZoneInfo(line.directory.calendar.timezone),
        picture=lambda language: svg(lay_out(chart_of(line, language))),
        place=lambda url: place_of(line, url),
    )


def their_service(url: str, sms_url: str | None, environ: Mapping[str, str]) -> Service:
    """Any Twilio app, which runs already. Raises click.UsageError without an account."""

    @contextmanager
    def connect(at: datetime | None, transport: httpx.BaseTransport) -> Iterator[Connection]:
        del at  # its clock is its own
        numbers = (Number(LINE, sms=False), Number(SMS_SENDER))
        carrier = carrier_of_account(numbers, environ, transport, RealClock())
        with carrier:
            yield Connection(carrier, lambda _to: url, sms_url, SMS_SENDER)

    return Service(connect=connect, dialled=(Dialled(LINE, "und"),), callers=tuple(_callers("JP")))


@dataclass(frozen=True)
class _Hosted:
    """Starts the line for each telephone, with a database and a clock of its own."""

    line: Line
    environ: Mapping[str, str]

    @contextmanager
    def __call__(self, at: datetime | None, transport: httpx.BaseTransport) -> Iterator[Connection]:
        """See Connect."""
        with ExitStack() as stack:
            try:
                carrier = Carrier(
                    clock=RealClock(_clock_from(at)),
                    numbers=(
                        *(Number(each, sms=False) for each in _numbers(self.line)),
                        Number(SMS_SENDER),
                    ),
                    transport=transport,
                    estimate=by_kana,
                    captions=captions(self.environ),
                )
                stack.callback(carrier.close)
                api = stack.enter_context(carrier.rest_api())
                base = stack.enter_context(hosted(carrier, api.url, SMS_SENDER, self.environ))
            except (LineRefused, SettingsRefused, ManifestRefused) as refused:
                raise CannotConnect("\n".join(complaints(refused))) from refused
            sms = f"{base}/sms"
            yield Connection(
                carrier,
                lambda to: f"{base}/voice{_greeting_in(self.line, to)}",
                sms if _exists(sms) else None,
                SMS_SENDER,
            )


def place_of(line: Line, url: str) -> Place | None:
    """The node that one of the line's own webhooks stands for."""
    parts = urlsplit(url)
    position = position_from(f"{parts.path}?{parts.query}")
    known = position.language in line.scripts and position.node in line.tree.nodes
    if not known or not parts.path.startswith("/voice/"):
        return None
    return Place(position.language, position.node)


def _numbers(line: Line) -> dict[str, Dialled]:
    """A number for each language, the tree's own first, as an operator might have bought them."""
    languages = sorted(line.scripts, key=lambda language: language != line.tree.language)
    first = int(LINE.removeprefix("+"))
    numbers = {f"+{first + place}": language for place, language in enumerate(languages)}
    return {number: Dialled(number, language) for number, language in numbers.items()}


def _clock_from(at: datetime | None) -> Callable[[], datetime]:
    """A clock that shows `at` now and goes on in real time."""
    ahead = at - wall_clock() if at is not None else timedelta(0)
    return lambda: wall_clock() + ahead


def _greeting_in(line: Line, to: str) -> str:
    dialled = _numbers(line).get(to)
    own = dialled is None or dialled.language == line.tree.language
    return "" if dialled is None or own else f"?language={dialled.language}"


def _callers(country: str) -> Iterator[Caller]:
    """A number of each kind, as libphonenumber gives examples of them."""
    for kind, form in _KINDS.items():
        example = phonenumbers.example_number_for_type(country, form)
        if example is not None:
            yield Caller(kind, _e164(example))
    yield Caller("foreign", "+442079460958" if country == "US" else "+12015550123")
    yield Caller("withheld", "anonymous")


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _exists(url: str) -> bool:
    """Whether the app has this webhook: unsigned requests are refused, but not as unknown."""
    return httpx.post(url, timeout=10).status_code != httpx.codes.NOT_FOUND


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
