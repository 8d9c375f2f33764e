"""One call from the command line: its options, placing it, and keeping a recording."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self, TextIO

import click

from ringback import Recorder, ScriptedPhone
from ringback.commands.shared.account import CALLER, LINE, Connected
from ringback.commands.shared.fictional_numbers import allowed_numbers, is_nobodys
from ringback.commands.shared.options import (
    FROM,
    JSON,
    KEYS,
    RECORDED,
    WAV,
    F,
    to_option,
    together,
)
from ringback.commands.shared.recorded_calls import add
from ringback.commands.shared.recording import deliver
from ringback.commands.shared.transcript import Transcript, json_lines
from ringback.transcript.golden import Story


def call_options(program: str, *own: Callable[[F], F]) -> Callable[[F], F]:
    """The options of a call, `own` among them; `program` is whose command `replay` is."""
    return together(
        click.option(
            "--keys",
            type=KEYS,
            help='Keys to press, such as "3 1 1": a space starts a new input, - is silence, . hangs'
            " up. Without it: a keypad in the terminal.",
        ),
        FROM,
        to_option("The number dialled."),
        *own,
        click.option(
            "--barge-in", is_flag=True, help="Press at once instead of listening to the end."
        ),
        JSON,
        click.option(
            "--wav",
            type=WAV,
            help="Write what the caller heard, keys included, as a WAV file of telephone sound.",
        ),
        click.option("--listen", is_flag=True, help="Play the recording when the call is over."),
        click.option(
            "--record",
            type=RECORDED,
            help=f"Add the call to this YAML file, to be run again as a test by {program} replay.",
        ),
        click.option(
            "--at-once",
            is_flag=True,
            help="In the terminal, show speech at once instead of at the pace it is spoken.",
        ),
    )


@dataclass(frozen=True, kw_only=True)
class CallOrder:
    """The call that is wanted; `keys` None is a person at the terminal, `at` the line's own time
    where that can be chosen."""

    keys: str | None
    from_: str = CALLER
    to: str = LINE
    at: datetime | None = None
    json: bool = False
    barge_in: bool = False
    wav: Path | None = None
    listen: bool = False
    record: Path | None = None
    at_once: bool = False

    @classmethod
    def from_options(cls, *, keys: str | None, otherwise: str, **options: Any) -> Self:
        """The order that `call_options` make; without keys and a terminal, the keys `otherwise`.

        Raises click.UsageError where options contradict each other.
        """
        order = cls(keys=keys, **options)
        if order.record and not is_nobodys(order.from_):
            raise click.UsageError(
                "--record never writes a caller's number into a file, and"
                f" {order.from_} may be somebody's: call from one of {allowed_numbers()}."
            )
        live = keys is None and not order.json and sys.stdin.isatty() and sys.stdout.isatty()
        if order.at_once and not live:
            raise click.UsageError(
                "--at-once is for a person at a terminal: without one, or with --keys or --json,"
                " nothing waits for speech anyway, so leave it out."
            )
        return order if live or keys is not None else cls(keys=otherwise, **options)


def place(order: CallOrder, app: Connected, out: TextIO, program: str) -> int:
    """Places the call, writes it to `out` as it happens, and returns the exit status, 0 or 1.

    `program` is whose command `replay` is. Raises what `app` raises where it cannot be reached.
    """
    recorder = Recorder() if order.wav or order.listen else None
    with app as (carrier, url):
        if order.keys is None:
            from ringback.commands.shared.terminal import ring  # the keypad costs time to load

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
        deliver(recorder, order.wav, order.listen)
    if order.record:
        add(order.record, _story(order, keys), record)
        click.echo(f"The call is in {order.record}; {program} replay runs it again.", err=True)
    return 0 if record.went_well else 1


def _story(order: CallOrder, keys: str) -> Story:
    """How a recorded call begins; its title is for a person to better."""
    return Story(
        title=f"Presses {re.sub(r'@[0-9.]+', '', keys)}",
        keys=keys,
        at=order.at,
        from_=order.from_ if order.from_ != CALLER else None,
        to=order.to if order.to != LINE else None,
        barge_in=order.barge_in,
    )
