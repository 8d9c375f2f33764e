"""`ivr call`: rings the line, or any Twilio app, on a telephone company of its own."""

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TextIO

import click

from ivr.commands.calling.callers import is_nobodys, told
from ivr.commands.calling.connecting import CALLER, LINE, connected, refuse_time_of_url
from ivr.commands.calling.golden import record as add_to
from ivr.commands.calling.hosted_line import by_kana
from ivr.commands.calling.options import (
    FROM,
    JAPAN,
    JSON,
    KEYS,
    RECORDED,
    WAV,
    WHEN,
    to_option,
    url_option,
)
from ivr.commands.calling.recording import hand_over
from ivr.commands.calling.terminal import ring
from ivr.commands.calling.transcript import Transcript
from ivr.files.problems import LineRefused
from ivr.settings import SettingsRefused
from ivr.speech import ManifestRefused
from ringback import Event, Recorder, ScriptedPhone, json_line
from ringback.media.listener import no_estimate
from ringback.transcript.golden import Story

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
    record: Path | None = None
    at_once: bool = False


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
@FROM
@to_option("The number dialled.")
@WHEN
@url_option("Ring")
@click.option("--barge-in", is_flag=True, help="Press at once instead of listening to the end.")
@JSON
@click.option(
    "--wav",
    type=WAV,
    help="Write what the caller heard, keys included, as a WAV file of telephone sound.",
)
@click.option("--listen", is_flag=True, help="Play the recording when the call is over.")
@click.option(
    "--record",
    type=RECORDED,
    help="Add the call to this YAML file, to be run again as a test by ivr replay.",
)
@click.option(
    "--at-once",
    is_flag=True,
    help="In the terminal, show speech at once instead of at the pace it is spoken.",
)
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
    record: Path | None,
    at_once: bool,
) -> None:
    """Places a telephone call on this machine and shows what is heard and texted."""
    refuse_time_of_url(at, url)
    if record and not is_nobodys(from_):
        raise click.UsageError(
            f"--record never writes a caller's number into a file, and {from_} may be somebody's:"
            f" call from one of {told()}."
        )
    live = keys is None and not json and sys.stdin.isatty() and sys.stdout.isatty()
    if at_once and not live:
        raise click.UsageError(
            "--at-once is for a person at a terminal: without one, or with --keys or --json,"
            " nothing waits for speech anyway, so leave it out."
        )
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
        record=record,
        at_once=at_once,
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
    if order.url is None and order.at is None:
        order = replace(order, at=datetime.now(JAPAN).replace(microsecond=0))
    # What is recorded must sound the same wherever it is run again.
    estimate = no_estimate if order.record else by_kana
    line = connected(order.to, order.at, order.url, "/voice", environ, estimate)
    with line as (carrier, url):
        if order.keys is None:
            record, keys = ring(
                carrier,
                url=url,
                from_=order.from_,
                to=order.to,
                out=out,
                listener=recorder,
                at_once=order.at_once,
                noted=order.record is not None,
            )
        else:
            keys = order.keys
            record = carrier.call(
                url=url,
                from_=order.from_,
                to=order.to,
                phone=ScriptedPhone(keys, barge_in=order.barge_in),
                on_event=json_lines(out) if order.json else Transcript(out).show,
                listener=recorder,
            )
    if recorder:
        hand_over(recorder, order.wav, order.listen)
    if order.record:
        add_to(order.record, _story(order, keys), record)
        click.echo(f"The call is in {order.record}; ivr replay runs it again.", err=True)
    return 0 if record.went_well else 1


def _story(order: Order, keys: str) -> Story:
    """The call as a golden call begins; its title is for a person to better."""
    return Story(
        title=f"Presses {re.sub(r'@[0-9.]+', '', keys)}",
        keys=keys,
        at=order.at,
        from_=order.from_ if order.from_ != CALLER else None,
        to=order.to if order.to != LINE else None,
        barge_in=order.barge_in,
    )


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
