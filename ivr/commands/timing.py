"""`ivr timing`: the seconds each caller waits for the first digit, against the figures."""

import json as json_format
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from ivr.commands.timings.page import timing_page, timing_plot
from ivr.commands.timings.timed_calls import NotRendered, Opened, Timed, call_timer, routes
from ivr.files.problems import LineRefused
from ivr.settings import Folders, SettingsRefused
from ivr.speech import ManifestRefused

# A Tuesday noon in Japan: offices are open, and an open agency has the longest introduction.
_NOON = datetime.fromisoformat("2026-11-24T12:00:00+09:00")


@dataclass(frozen=True)
class TimingLimits:
    """The design's figures, in seconds: none may take longer."""

    emergency_ends: float = 8.0
    first_option: float = 10.0
    menu_ends: float = 30.0
    no_key: float = 40.0
    eager: float = 15.0
    patient: float = 35.0  # after the key, on the branches of the first question


LIMITS = TimingLimits()


@dataclass(frozen=True)
class TimingReport:
    """What was measured, and which figures it misses."""

    opened: tuple[Opened, ...]
    timed: tuple[Timed, ...]

    @property
    def missed(self) -> tuple[str, ...]:
        """A sentence for each figure that is missed."""
        found = []
        for one in self.opened:
            for name in ("emergency_ends", "first_option", "menu_ends", "no_key"):
                seconds, most = getattr(one, name), getattr(LIMITS, name)
                if seconds > most:
                    said = name.replace("_", " ")
                    found.append(f"{one.language}: {said} at {seconds:.1f} s; {most:g} s at most")
        for way in self.timed:
            if way.eager is not None and way.eager > LIMITS.eager:
                found.append(f"{way.language} {way.node}: pressed at once, {way.eager:.1f} s")
            top = len(way.keys.split()) == 1
            if top and way.patient is not None and way.patient > LIMITS.patient:
                found.append(f"{way.language} {way.node}: never interrupting, {way.patient:.1f} s")
        return tuple(found)


@click.command()
@click.option("--json", is_flag=True, help="One JSON object instead of the table.")
@click.option(
    "--write",
    type=click.Path(path_type=Path, file_okay=False),
    help="Writes timing.md and timing.svg into this folder (docs).",
)
def timing(json: bool, write: Path | None) -> None:
    """Times calls on rendered speech; exits 1 if one takes longer than the design allows."""
    try:
        measured = measure_timing(Folders.from_environ(os.environ))
    except (LineRefused, SettingsRefused, ManifestRefused, NotRendered) as refused:
        click.echo(str(refused), err=True)
        raise SystemExit(1) from None
    if write is not None:
        write.mkdir(parents=True, exist_ok=True)
        (write / "timing.svg").write_text(timing_plot(measured.timed, LIMITS.eager, LIMITS.patient))
        page = timing_page(measured.opened, measured.timed, asdict(LIMITS))
        (write / "timing.md").write_text(page, encoding="utf-8")
    if json:
        click.echo(json_format.dumps(asdict(measured) | {"missed": measured.missed}))
    else:
        _print(measured)
    if measured.missed:
        raise SystemExit(1)


def measure_timing(folders: Folders) -> TimingReport:
    """Rings every referral in every language. Raises NotRendered where clips are missing."""
    with call_timer(folders, _NOON) as (line, calls):
        languages = tuple(line.scripts)
        every_way = tuple(routes(line))
        return TimingReport(
            tuple(calls.opened(language) for language in languages),
            tuple(calls.timed(way, language) for language in languages for way in every_way),
        )


def _print(measured: TimingReport) -> None:
    console = Console()
    opening = Table(
        "language", "emergency over", "first option", "menu over", "no key: first digit"
    )
    for one in measured.opened:
        seconds = (one.emergency_ends, one.first_option, one.menu_ends, one.no_key)
        opening.add_row(one.language, *(f"{value:.1f}" for value in seconds))
    console.print(opening)
    referrals = Table("referral", "language", "keys", "pressed at once", "never interrupting")
    for way in measured.timed:
        shown = [_seconds(way.eager), _seconds(way.patient)]
        referrals.add_row(way.node, way.language, way.keys, *shown)
    console.print(referrals)
    for sentence in measured.missed:
        console.print(f"missed: {sentence}")


def _seconds(value: float | None) -> str:
    return "no number" if value is None else f"{value:.1f}"
