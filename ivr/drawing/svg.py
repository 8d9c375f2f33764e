"""The picture as SVG: one file that needs nothing else, light and dark, on a screen or on paper.

Every node is a group with `id="node-<name>"` and `data-node`; every way has `data-from` and
`data-to`. A page lights up the caller's place by the classes `here` and `been`.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from ivr.drawing.shapes import (
    BADGE_RADIUS,
    SIZES,
    TAG_HEIGHT,
    TAG_PAD,
    TAG_SIZE,
    Badge,
    Drawn,
    Picture,
    Tag,
    TextShape,
    Wire,
)
from ivr.drawing.style import STYLESHEET

_ROUND = 10.0


def svg(picture: Picture) -> str:
    """The picture as an SVG 1.1 document; it ends with a line end."""
    wide, high = _n(picture.width), _n(picture.height)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="line-drawing" width="{wide}"'
        f' height="{high}" viewBox="0 0 {wide} {high}" lang={quoteattr(picture.language)}'
        f' role="img" aria-label={quoteattr(picture.title)}>',
        f"<title>{escape(picture.title)}</title>",
        f"<style>{STYLESHEET}</style>",
        f'<rect class="paper" width="{wide}" height="{high}"/>',
        *map(_wire, sorted(picture.wires, key=lambda wire: wire.anywhere)),
        *map(_card, picture.cards),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _card(card: Drawn) -> str:
    inside = "".join(_insides(card))
    node = card.node if card.kind != "pointer" else ""
    known = f' id="node-{node}" data-node="{node}"' if node else ""
    points = f' data-points="{card.node}"' if card.kind == "pointer" else ""
    return f'<g class="card {card.kind}"{known}{points}>{inside}</g>'


def _insides(card: Drawn) -> Iterator[str]:
    box = card.box
    yield (
        f'<rect class="frame" x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}"'
        f' height="{_n(box.height)}" rx="{_n(_ROUND)}"/>'
    )
    for y in card.rules:
        yield f'<path class="rule" d="M{_n(box.x + 26)} {_n(y)}H{_n(box.right - 14)}"/>'
    yield from map(_text, card.texts)
    yield from map(_tag, card.tags)
    yield from map(_badge, card.badges)


def _text(text: TextShape) -> str:
    end = ' text-anchor="end"' if text.from_right else ""
    drawn = (
        f'<text class="{text.style}" x="{_n(text.x)}" y="{_n(text.y)}"'
        f' font-size="{_n(SIZES[text.style])}"{end}>{escape(text.words)}</text>'
    )
    if text.href is None:
        return drawn
    return f'<a href={quoteattr(text.href)} target="_blank" rel="noreferrer">{drawn}</a>'


def _tag(tag: Tag) -> str:
    box = tag.box
    return (
        f'<g class="tag"><rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}"'
        f' height="{_n(TAG_HEIGHT)}" rx="{_n(TAG_HEIGHT / 2)}"/>'
        f'<text x="{_n(box.x + TAG_PAD)}" y="{_n(box.y + 13)}"'
        f' font-size="{_n(TAG_SIZE)}">{escape(tag.words)}</text></g>'
    )


def _badge(badge: Badge) -> str:
    known = "0123456789*#"
    shown = badge.key if badge.key in known else "⋯"
    kind = "badge" if badge.key in known else "badge no-key"
    return (
        f'<g class="{kind}">'
        f'<circle cx="{_n(badge.x)}" cy="{_n(badge.y)}" r="{_n(BADGE_RADIUS)}"/>'
        f'<text x="{_n(badge.x)}" y="{_n(badge.y + 5)}" font-size="15"'
        f' text-anchor="middle">{escape(shown)}</text></g>'
    )


def _wire(wire: Wire) -> str:
    kind = "wire anywhere" if wire.anywhere else "wire"
    path = _rounded(wire.corners)
    return f'<path class="{kind}" data-from="{wire.source}" data-to="{wire.target}" d="{path}"/>'


def _rounded(corners: Iterable[tuple[float, float]]) -> str:
    """A path through the corners, each a little rounded."""
    points = [here for here, following in pairwise([*corners, None]) if here and here != following]
    path = f"M{_n(points[0][0])} {_n(points[0][1])}"
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(_ROUND, _far(before, here) / 2, _far(here, after) / 2)
        come, leave = _towards(here, before, radius), _towards(here, after, radius)
        path += f"L{_n(come[0])} {_n(come[1])}Q{_n(here[0])} {_n(here[1])}"
        path += f" {_n(leave[0])} {_n(leave[1])}"
    return path + f"L{_n(points[-1][0])} {_n(points[-1][1])}"


def _far(one: tuple[float, float], other: tuple[float, float]) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(
    here: tuple[float, float], there: tuple[float, float], by: float
) -> tuple[float, float]:
    share = by / (_far(here, there) or 1)
    return here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share


def _n(value: float) -> str:
    """A length to a tenth of a pixel, as short as it can be written."""
    return f"{value:.1f}".removesuffix(".0")
