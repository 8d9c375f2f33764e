"""`ivr call`: rings the line, or any Twilio app, on a telephone company of its own."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

import click

from ivr.commands.call_options import AT, KEYS, NUMBER, URL, WAV
from ivr.commands.hosting import by_kana, captions, hosted
from ivr.commands.recording import hand_over
from ivr.commands.terminal import ring
from ivr.commands.transcript import Transcript
from ivr.engine import LineRefused
from ivr.settings import SettingsRefused
from ivr.simulator import Carrier, Event, Number, Recorder, ScriptedPhone, json_line
from ivr.speech import ManifestRefused

DEMONSTRATION = "3 1 1 ."  # remove something, quick advice, text it to me, goodbye
CALLER = "+819012345678"
LINE = "+815031234567"
SMS_SENDER = "+15005550006"  # a 050 number cannot send texts


@dataclass(frozen=True, kw_only=True)
class Order:
    """The call that is wanted; `keys` None is a person at the terminal."""

    keys: str | None = DEMONSTRATION
    from_: str = CALLER
    to: str = LINE
    at: datetime | None = None
    url: str | None = None
    json: bool = False
    barge_in: bool = False
    wav: Path | None = None
    listen: bool = False


_EPILOG = f"""Without --keys and without a terminal it places a demonstration call: the keys
"{DEMONSTRATION}" (remove something, quick advice, text it to me, hang up). Exit status: 0 when the
call was answered and nothing went wrong, 1 when not, 2 for options that make no sense."""


@click.command(epilog=_EPILOG)
@click.option(
    "--keys",
    type=KEYS,
    help='Keys to press, such as "3 1 1": a space starts a new'
    " input, - is silence, . hangs up. Without it: a keypad in the terminal.",
)
@click.option(
    "--from",
    "from_",
    type=NUMBER,
    default=CALLER,
    show_default=True,
    help="The caller's number, or anonymous.",
)
@click.option("--to", type=NUMBER, default=LINE, show_default=True, help="The number dialled.")
@click.option(
    "--at",
    type=AT,
    metavar="ISO-TIME",
    help="The time of the call, such as 2026-07-01T22:15 (Japan time unless it says).",
)
@click.option(
    "--url",
    type=URL,
    help="Ring this webhook instead of the line, signed with"
    " TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN from the environment.",
)
@click.option("--barge-in", is_flag=True, help="Press at once instead of listening to the end.")
@click.option("--json", is_flag=True, help="One JSON object a line for everything that happens.")
@click.option(
    "--wav",
    type=WAV,
    help="Write what the caller heard, keys included, as a WAV file of telephone sound.",
)
@click.option("--listen", is_flag=True, help="Play the recording when the call is over.")
def call(
    keys: str | None,
    from_: str,
    to: str,
    at: datetime | None,
    url: str | None,
    barge_in: bool,
    json: bool,
    wav: Path | None,
    listen: bool,
) -> None:
    """Places a telephone call on this machine and shows what is heard and texted."""
    if at is not None and url is not None:
        raise click.UsageError(
            "--at sets the clock of the line that ivr call starts itself; the app behind --url has"
            " a clock of its own, so leave one of the two out."
        )
    live = keys is None and not json and sys.stdin.isatty() and sys.stdout.isatty()
    if keys is None and not live:
        keys = DEMONSTRATION
    order = Order(
        keys=keys,
        from_=from_,
        to=to,
        at=at,
        url=url,
        json=json,
        barge_in=barge_in,
        wav=wav,
        listen=listen,
    )
    try:
        status = run(order, sys.stdout, os.environ)
    except (LineRefused, SettingsRefused, ManifestRefused) as refused:
        for line in _complaints(refused):
            click.echo(line, err=True)
        status = 1
    raise SystemExit(status)


def run(order: Order, out: TextIO, environ: Mapping[str, str]) -> int:
    """Places the call, writes it to `out` as it happens, and returns the exit status, 0 or 1.

    `environ` gives the line's settings, and for a URL the account. Raises LineRefused or
    SettingsRefused where the line cannot start, click.UsageError where the account is missing.
    """
    recorder = Recorder() if order.wav or order.listen else None
    with ExitStack() as stack:
        carrier, url = stack.enter_context(_connected(order, environ))
        if order.keys is None:
            record = ring(carrier, url=url, from_=order.from_, to=order.to, out=out, ear=recorder)
        else:
            phone = ScriptedPhone(order.keys, barge_in=order.barge_in)
            teller = _json_lines(out) if order.json else Transcript(out).show
            record = carrier.call(
                url=url,
                from_=order.from_,
                to=order.to,
                phone=phone,
                on_event=teller,
                ear=recorder,
            )
    if recorder:
        hand_over(recorder, order.wav, order.listen)
    return 0 if record.went_well else 1


@contextmanager
def _connected(order: Order, environ: Mapping[str, str]) -> Iterator[tuple[Carrier, str]]:
    """A carrier and the webhook to ring: the URL's own, or the line's, started for this call."""
    numbers = (Number(order.to, sms=False), Number(SMS_SENDER))
    if order.url is not None:
        yield _carrier_of_account(numbers, environ), order.url
        return
    carrier = Carrier(
        start=order.at or datetime.now().astimezone(),
        numbers=numbers,
        estimate=by_kana,
        captions=captions(environ),
    )
    with carrier.rest_api() as api, hosted(carrier, api.url, SMS_SENDER, environ) as base:
        yield carrier, f"{base}/voice"


def _carrier_of_account(numbers: tuple[Number, ...], environ: Mapping[str, str]) -> Carrier:
    needed = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")
    missing = [name for name in needed if not environ.get(name)]
    if missing:
        raise click.UsageError(
            f"--url signs its requests as Twilio does and needs {' and '.join(missing)} in the"
            " environment, the same as the app has."
        )
    # While tokens rotate there are several; Twilio signs with the primary, which stands first.
    token = environ["TWILIO_AUTH_TOKEN"].split(",")[0].strip()
    return Carrier(
        start=datetime.now().astimezone(),
        numbers=numbers,
        auth_token=token,
        account_sid=environ["TWILIO_ACCOUNT_SID"],
    )


def _json_lines(out: TextIO) -> Callable[[Event], None]:
    def tell(event: Event) -> None:
        out.write(json_line(event) + "\n")
        out.flush()

    return tell


def _complaints(refused: LineRefused | SettingsRefused | ManifestRefused) -> list[str]:
    if isinstance(refused, LineRefused):
        return [str(problem) for problem in refused.problems]
    return str(refused).splitlines()
