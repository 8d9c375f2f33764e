"""docs/timing.md and its plot: the measured seconds as a table and as bars against the figures."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from ivr.commands.timings.timed_calls import Opened, Timed

_ROW, _LEFT, _SCALE, _TOP = 22, 190, 12, 60  # pixels; _SCALE is pixels a second
_LONGEST = 60  # seconds that the plot is wide
_EAGER, _PATIENT, _FIGURE = "#0b6e4f", "#8fc1a9", "#b3261e"


def timing_plot(timed: Sequence[Timed], eager_most: float, patient_most: float) -> str:
    """An SVG: two bars a referral and language, and a line at each of the two figures."""
    rows = [way for way in timed if way.eager is not None]
    height, width = _TOP + _ROW * len(rows) + 40, _LEFT + _SCALE * _LONGEST + 40
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
        "<title>Seconds from the answer to the first digit of the right number</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="20" font-size="14">Seconds to the first digit</text>',
        _key(_LEFT, 38, _EAGER, "each key pressed at once"),
        _key(_LEFT + 220, 38, _PATIENT, "never interrupting"),
    ]
    for place, way in enumerate(rows):
        lines += _bars(way, _TOP + _ROW * place)
    for most, label in ((eager_most, "at once"), (patient_most, "patient, one key")):
        x = _LEFT + most * _SCALE
        bottom = height - 30
        lines.append(
            f'<line x1="{x}" y1="{_TOP - 6}" x2="{x}" y2="{bottom}" stroke="{_FIGURE}" '
            f'stroke-dasharray="4 3"/><text x="{x}" y="{bottom + 16}" text-anchor="middle" '
            f'fill="{_FIGURE}">{most:g} s, {label}</text>'
        )
    return "\n".join([*lines, "</svg>"]) + "\n"


def _bars(way: Timed, y: int) -> list[str]:
    label = escape(f"{way.node} ({way.language}, {way.keys})")
    found = [f'<text x="{_LEFT - 8}" y="{y + 13}" text-anchor="end">{label}</text>']
    for seconds, colour, top in ((way.patient, _PATIENT, y + 9), (way.eager, _EAGER, y + 1)):
        if seconds is not None:
            long = min(seconds, _LONGEST) * _SCALE
            found.append(
                f'<rect x="{_LEFT}" y="{top}" width="{long:.1f}" height="7" fill="{colour}"/>'
                f'<text x="{_LEFT + long + 4:.1f}" y="{top + 7}" font-size="9">{seconds:.1f}</text>'
            )
    return found


def _key(x: int, y: int, colour: str, words: str) -> str:
    square = f'<rect x="{x}" y="{y - 9}" width="10" height="10" fill="{colour}"/>'
    return f'{square}<text x="{x + 16}" y="{y}">{words}</text>'


def timing_page(
    opened: Sequence[Opened], timed: Sequence[Timed], figures: Mapping[str, float]
) -> str:
    """The page, whole, in Markdown."""
    lines = [
        "# How long a caller waits",
        "",
        "Seconds from the answer, read off simulated calls on rendered speech: a clip takes its",
        "own length. Made by `ivr timing --write docs`, which exits 1 where a figure is missed.",
        "",
        "![Seconds to the first digit](timing.svg)",
        "",
        "| language | emergency over | first option | menu over | no key at all: first digit |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.language} | {one.emergency_ends:.1f} | {one.first_option:.1f} "
        f"| {one.menu_ends:.1f} | {one.no_key:.1f} |"
        for one in opened
    ]
    lines.append(
        f"| at most | {figures['emergency_ends']:g} | {figures['first_option']:g} | "
        f"| {figures['no_key']:g} |"
    )
    lines += [
        "",
        "| referral | language | keys | pressed at once | never interrupting |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {way.node} | {way.language} | {way.keys} | {_seconds(way.eager)} "
        f"| {_seconds(way.patient)} |"
        for way in timed
    ]
    lines.append(f"| at most | | | {figures['eager']:g} | {figures['patient']:g} (one key) |")
    return "\n".join(lines) + "\n"


def _seconds(value: float | None) -> str:
    return "no number" if value is None else f"{value:.1f}"
