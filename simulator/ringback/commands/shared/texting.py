"""Texts from the command line: sent one after the other, each shown with what comes back."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

from ringback import Carrier, Event
from ringback.commands.shared.account import Connected
from ringback.commands.shared.transcript import Transcript, json_lines

Show = Callable[[str, Event | None], None]


def is_in_person(messages: tuple[str, ...], json: bool) -> bool:
    """Whether a person at a terminal is to type what is texted."""
    return not messages and not json and sys.stdin.isatty() and sys.stdout.isatty()


def typed() -> Iterator[str]:
    """What a person types, until an empty line or the end of it."""
    while True:
        try:
            body = input("> ")
        except (EOFError, KeyboardInterrupt):
            return
        if not body.strip():
            return
        yield body


def text_all(
    app: Connected, *, from_: str, to: str, messages: Iterable[str], out: TextIO, json: bool
) -> int:
    """Texts the messages, writes what happens to `out`, and returns the exit status, 0 or 1."""
    with app as (carrier, url):
        return 0 if converse(carrier, url, from_, to, messages, _shower(out, json)) else 1


def converse(
    carrier: Carrier, url: str, from_: str, to: str, messages: Iterable[str], show: Show
) -> bool:
    """Texts one message after the other; `show` is given each, and then what happens after it.

    Whether all went well.
    """
    went_well = True
    for body in messages:
        show(body, None)
        record = carrier.text(
            url=url, from_=from_, to=to, body=body, on_event=lambda event: show("", event)
        )
        went_well = went_well and record.went_well
    return went_well


def _shower(out: TextIO, json: bool) -> Show:
    if json:
        write = json_lines(out)
        return lambda _body, event: write(event) if event else None
    transcript = Transcript(out)

    def show(body: str, event: Event | None) -> None:
        if event is not None:
            transcript.show(event)
        elif not sys.stdin.isatty() or not out.isatty():
            transcript.row(0.0, "texter", body)

    return show
