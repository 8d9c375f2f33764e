"""`ivr call`: rings the line, or any Twilio app, on a telephone company of its own."""

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

import click

from ivr.commands.call_options import AT, KEYS, NUMBER, URL, WAV
from ivr.commands.connecting import CALLER, LINE, connected, refuse_time_of_url
from ivr.commands.recording import hand_over
from ivr.commands.terminal import ring
from ivr.commands.transcript import Transcript
from ivr.engine import LineRefused
from ivr.settings import SettingsRefused
from ivr.simulator import Event, Recorder, ScriptedPhone, json_line
from ivr.speech import ManifestRefused

DEMONSTRATION = "3 1 1 - ."  # remove something, quick advice, text it to me, was it sent, goodbye


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
"{DEMONSTRATION}" (remove something, quick advice, text it to me, wait for what became of it, hang
up). Exit status: 0 when the call was answered and nothing went wrong, 1 when not, 2 for options
that make no sense."""


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
    refuse_time_of_url(at, url)
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
        for line in complaints(refused):
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
        line = connected(order.to, order.at, order.url, "/voice", environ)
        carrier, url = stack.enter_context(line)
        if order.keys is None:
            record = ring(carrier, url=url, from_=order.from_, to=order.to, out=out, ear=recorder)
        else:
            phone = ScriptedPhone(order.keys, barge_in=order.barge_in)
            teller = json_lines(out) if order.json else Transcript(out).show
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


def json_lines(out: TextIO) -> Callable[[Event], None]:
    """Writes every event to `out` as a JSON object on a line of its own."""

    def tell(event: Event) -> None:
        out.write(json_line(event) + "\n")
        out.flush()

    return tell


def complaints(refused: LineRefused | SettingsRefused | ManifestRefused) -> list[str]:
    """Why the line can't start, a line each."""
    if isinstance(refused, LineRefused):
        return [str(problem) for problem in refused.problems]
    return str(refused).splitlines()
