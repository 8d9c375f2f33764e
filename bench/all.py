"""Every benchmark in one run, against the design's figures; `make bench`.

make bench                      prints what was seen; exits 1 where a figure is missed
make bench ARGS=--write         also puts it into docs/performance.md, its plots beside it
"""

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import growth, memory, start, webhook
from bench.plots import bar_plot, growth_plot
from bench.rows import Row
from bench.served import ROOT

PAGE = "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def main() -> int:
    """Measures, prints, and writes where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="of the throughput")
    parser.add_argument("--nodes", type=int, nargs="+", default=growth.SIZES)
    parser.add_argument("--write", nargs="?", const=ROOT / "docs", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    rows = [_told(webhook.judged(webhook.run(asked.rounds)))]
    memory_rows, seen = memory.measured()
    rows += map(_told, memory_rows)
    rows.append(_told(start.measured()))
    grown = growth.measured(sorted(asked.nodes))
    rows += map(_told, growth.rows(grown))
    if asked.write:
        page = asked.write / PAGE
        page.write_text(rewritten(page.read_text(encoding="utf-8"), rows), encoding="utf-8")
        (asked.write / "growth.svg").write_text(_growth_plot(grown), encoding="utf-8")
        bars = [(one.when, one.rss) for one in seen]
        drawn = bar_plot("Memory of a web worker (Rss)", bars, memory.FIGURE, "MB")
        (asked.write / "memory.svg").write_text(drawn, encoding="utf-8")
        print(f"written: {page} and its plots")
    return 1 if any(row.kept is False for row in rows) else 0


def rewritten(page: str, rows: Sequence[Row]) -> str:
    """The page with its measured section made anew. Raises ValueError where its marks are not."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"expected {BEGIN} and {END} in the page")
    return f"{before}{BEGIN}\n{_section(rows)}{END}{after}"


def _section(rows: Sequence[Row]) -> str:
    today = datetime.now(UTC).date().isoformat()
    lines = [
        f"Measured on {today}, Python {platform.python_version()}, {os.cpu_count()} cores shared"
        f" with other work (load average {os.getloadavg()[0]:.0f}).",
        "",
        "| what | figure | seen | | command |",
        "|---|---|---|---|---|",
        *(
            f"| {row.what} | {row.figure} | {row.seen} | {row.verdict} | `{row.command}` |"
            for row in rows
        ),
        "",
        "![Seconds over the size of the tree: requests flat, loading linear](growth.svg)",
        "",
        "![Memory of a web worker when it begins, warm, and after texts](memory.svg)",
    ]
    return "\n".join(lines) + "\n"


def _growth_plot(grown: growth.Growth) -> str:
    series = {
        "a warm request": grown.warm,
        "a cold request": grown.cold,
        "after agencies open or close": grown.after_opening,
        "loading": grown.load,
        "ivr check": grown.check,
        "ivr prove": grown.prove,
    }
    return growth_plot("Time by size of the tree", {k: v for k, v in series.items() if v})


def _told(row: Row) -> Row:
    print(row, flush=True)
    return row


if __name__ == "__main__":
    sys.exit(main())
