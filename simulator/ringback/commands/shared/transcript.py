"""A call as a person reads it: seconds, who, what; and texts as a telephone shows them."""

from collections.abc import Callable
from typing import TextIO

from rich import box
from rich.console import Console, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from ringback import Event, json_line
from ringback.transcript.rows import plain, pressing, row

_WIDTH = 88
_PHONE_WIDTH = 44
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
        shown = row(event)
        if shown is not None:
            self.row(shown.t, shown.who, _message(event) if event.event == "texted" else shown.what)

    def says(self, t: float, words: str) -> None:
        """Words of the line that began at second `t`."""
        self.row(t, "line", words)

    def presses(self, t: float, keys: str, *, lost: bool) -> None:
        """Keys, and whether they came to nothing."""
        self.row(t, "caller", pressing(keys, lost=lost))

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


def json_lines(out: TextIO) -> Callable[[Event], None]:
    """Writes every event to `out` as a JSON object on a line of its own."""

    def write(event: Event) -> None:
        out.write(json_line(event) + "\n")
        out.flush()

    return write


def _message(event: Event) -> Panel:
    """A text as a telephone shows it."""
    parts = f"{event.segments} segment{'s' if event.segments != 1 else ''}"
    return Panel(
        Text(plain(event.body or "")),
        title=Text(f"SMS {plain(event.from_ or '')}"),
        subtitle=Text(f"to {plain(event.to or '')}, {parts}"),
        title_align="left",
        subtitle_align="right",
        width=_PHONE_WIDTH,
        box=box.ROUNDED,
        padding=(1, 2),
    )
