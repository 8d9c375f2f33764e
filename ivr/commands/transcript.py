"""A call as a person reads it: seconds, who, what; and texts as a telephone shows them."""

import unicodedata
from typing import TextIO

from rich import box
from rich.console import Console, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from ivr.simulator import Event

_WIDTH = 88
_PHONE_WIDTH = 44
_LOST = " (nothing was listening)"
_WHO = {"caller": "cyan", "line": "green", "carrier": "red"}


class Transcript:
    """Writes events to `out` as they happen."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._console = Console(
            file=out, highlight=False, soft_wrap=False, width=None if out.isatty() else _WIDTH
        )

    def show(self, event: Event) -> None:
        """One event; what only a developer wants to see (requests) is left out."""
        match event.event:
            case "heard":
                self.says(event.t - (event.seconds or 0), spoken(event))
            case "pressed":
                self.presses(event.t, event.keys or "", lost=event.lost)
            case "spoke":
                self.row(event.t, "caller", f"says: {event.text}{_LOST if event.lost else ''}")
            case "recorded":
                self.row(event.t, "line", f"has recorded {event.seconds or 0:.0f} s")
            case "unsimulated":
                self.row(event.t, "carrier", event.text or "")
            case "silence":
                self.row(event.t, "caller", "is silent")
            case "texted":
                self._texted(event)
            case "dialed":
                self.row(event.t, "line", f"rings {event.to}: {event.status}")
            case "error":
                self.row(event.t, "carrier", _problem(event))
            case "hangup":
                self.row(event.t, event.by or "carrier", f"ends the call: {event.text}")

    def says(self, t: float, words: str) -> None:
        """Words of the line that began at second `t`."""
        self.row(t, "line", words)

    def presses(self, t: float, keys: str, *, lost: bool) -> None:
        """Keys, and whether they came to nothing."""
        self.row(t, "caller", f"presses {' '.join(keys)}{_LOST if lost else ''}")

    def row(self, t: float, who: str, what: RenderableType) -> None:
        """One row: seconds, who, what."""
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(width=8, justify="right", style="dim")
        table.add_column(width=8, style=_WHO.get(who, ""))
        table.add_column(ratio=1, overflow="fold")
        table.add_row(f"{t:.1f} s", who, Text(plain(what)) if isinstance(what, str) else what)
        with self._console.capture() as drawn:
            self._console.print(table)
        # The grid fills its rows with spaces up to the edge; nobody needs them.
        for line in drawn.get().splitlines():
            self._out.write(line.rstrip() + "\n")
        self._out.flush()

    def _texted(self, event: Event) -> None:
        parts = f"{event.segments} segment{'s' if event.segments != 1 else ''}"
        message = Panel(
            Text(plain(event.body or "")),
            title=Text(f"SMS {plain(event.from_ or '')}"),
            subtitle=Text(f"to {plain(event.to or '')}, {parts}"),
            title_align="left",
            subtitle_align="right",
            width=_PHONE_WIDTH,
            box=box.ROUNDED,
            padding=(1, 2),
        )
        self.row(event.t, "text", message)


def spoken(event: Event) -> str:
    """What a heard event sounded like, written as in the document; … where it was cut."""
    words = event.written or event.text or ""
    if event.verb == "Play":
        words = f"♪ {words or (event.url or '').rpartition('/')[2]}"
    return f"{words} …" if event.cut else words


def plain(text: str) -> str:
    """The text without control characters: an app must not steer the reader's terminal."""
    return "".join(
        char for char in text if char == "\n" or not unicodedata.category(char).startswith("C")
    )


def _problem(event: Event) -> str:
    code = f" {event.code}" if event.code else ""
    where = f" ({event.url})" if event.url else ""
    return f"{event.level or 'error'}{code}: {event.text}{where}"
