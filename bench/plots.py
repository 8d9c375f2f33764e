"""Plots as SVG, readable on light and dark pages: lines over sizes of trees, bars to a figure."""

import math
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

# A paper of its own, darker where the reader's system is: no word hangs on the page's colour.
_STYLE = """<style>
svg { --paper: #fff; --ink: #1f2328; --faint: #d1d9e0; --figure: #b3261e;
  --s0: #0b6e4f; --s1: #b35900; --s2: #1f5fbf; --s3: #8250df; --s4: #57606a; }
@media (prefers-color-scheme: dark) { svg { --paper: #161b22; --ink: #e6edf3; --faint: #3d444d;
  --figure: #ff8a80; --s0: #5ad1a5; --s1: #ffb366; --s2: #7fb3ff; --s3: #c9a6ff; --s4: #b1bac4; } }
text { fill: var(--ink); }
</style>"""
_WIDTH, _LEFT, _RIGHT, _TOP, _HIGH = 720, 70, 190, 50, 320  # pixels
_NEAREST = 15  # pixels between two labels
_BAR, _BARS_LEFT, _BARS_WIDE = 26, 250, 380


def growth_plot(title: str, series: Mapping[str, Mapping[int, float]]) -> str:
    """Seconds over nodes, both axes logarithmic, each line named at its end."""
    sizes = sorted({size for times in series.values() for size in times})
    spent = [seconds for times in series.values() for seconds in times.values()]
    low, high = math.floor(math.log10(min(spent))), math.ceil(math.log10(max(spent)))
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])

    def x(size: int) -> float:
        share = (math.log10(size) - first) / (last - first or 1)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def y(seconds: float) -> float:
        return _TOP + _HIGH * (high - math.log10(seconds)) / (high - low)

    body = []
    for power in range(low, high + 1):
        at = y(10.0**power)
        body.append(
            f'<path d="M{_LEFT} {at:.1f}H{_WIDTH - _RIGHT}" stroke="var(--faint)"/>'
            f'<text x="{_LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{_span(power)}</text>'
        )
    body += [
        f'<text x="{x(size):.1f}" y="{_TOP + _HIGH + 22}" text-anchor="middle">{size:,}</text>'
        for size in sizes
    ]
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    body.append(
        f'<text x="{middle:.0f}" y="{_TOP + _HIGH + 44}" text-anchor="middle">'
        "nodes of the tree</text>"
    )
    ends = {name: y(times[max(times)]) for name, times in series.items()}
    heights = _apart(ends)
    for number, (name, times) in enumerate(series.items()):
        points = [(x(size), y(seconds)) for size, seconds in sorted(times.items())]
        line = " ".join(f"{across:.1f},{down:.1f}" for across, down in points)
        colour = f"var(--s{number % 5})"
        dots = "".join(f'<circle cx="{a:.1f}" cy="{d:.1f}" r="3"/>' for a, d in points)
        body.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
            f'<g fill="{colour}">{dots}</g>'
            f'<text x="{points[-1][0] + 10:.1f}" y="{heights[name] + 4:.1f}" '
            f'style="fill:{colour}">{escape(name)}</text>'
        )
    return _drawn(title, _WIDTH, _TOP + _HIGH + 60, body)


def bar_plot(title: str, bars: Sequence[tuple[str, float]], figure: float, unit: str) -> str:
    """A bar for each value, and a line at the most there should be."""
    most = max([figure, *(value for _, value in bars)]) * 1.1
    bottom = _TOP + _BAR * len(bars)
    body = []
    for place, (label, value) in enumerate(bars):
        top, wide = _TOP + _BAR * place, _BARS_WIDE * value / most
        body.append(
            f'<text x="{_BARS_LEFT - 10}" y="{top + 15}" text-anchor="end">{escape(label)}</text>'
            f'<rect x="{_BARS_LEFT}" y="{top + 3}" width="{wide:.1f}" height="16" '
            'fill="var(--s0)"/>'
            f'<text x="{_BARS_LEFT + 6}" y="{top + 15}" style="fill:var(--paper)">'
            f"{value:.0f} {unit}</text>"
        )
    at = _BARS_LEFT + _BARS_WIDE * figure / most
    body.append(
        f'<path d="M{at:.1f} {_TOP - 6}V{bottom + 4}" stroke="var(--figure)" '
        'stroke-dasharray="4 3" stroke-width="2"/>'
        f'<text x="{at:.1f}" y="{bottom + 20}" text-anchor="middle" style="fill:var(--figure)">'
        f"at most {figure:g} {unit}</text>"
    )
    return _drawn(title, _BARS_LEFT + _BARS_WIDE + 30, bottom + 34, body)


def _drawn(title: str, width: int, height: int, body: Sequence[str]) -> str:
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">',
            f"<title>{escape(title)}</title>",
            _STYLE,
            f'<rect width="{width}" height="{height}" rx="6" fill="var(--paper)"/>',
            f'<text x="16" y="26" font-size="15" font-weight="bold">{escape(title)}</text>',
            *body,
            "</svg>\n",
        ]
    )


def _span(power: int) -> str:
    """A power of ten of seconds, as people say it: -4 is 100 µs."""
    for least, unit in ((0, "s"), (-3, "ms"), (-6, "µs")):
        if power >= least:
            return f"{10 ** (power - least):,} {unit}"
    return f"10^{power} s"


def _apart(ends: Mapping[str, float]) -> dict[str, float]:
    """The labels' heights, moved down where two would meet."""
    found: dict[str, float] = {}
    last = -math.inf
    for name, height in sorted(ends.items(), key=lambda end: end[1]):
        last = max(height, last + _NEAREST)
        found[name] = last
    return found
