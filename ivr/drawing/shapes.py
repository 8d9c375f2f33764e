"""What a picture is made of: cards with words, badges and tags on them, and wires between cards.

All lengths are pixels; y grows downwards. A text's `y` is its baseline.
"""

from dataclasses import dataclass, replace
from typing import Literal

from ivr.drawing.text_width import width

TextStyle = Literal[
    "greeting", "title", "said", "name", "number", "link", "quiet", "danger", "place"
]
CardKind = Literal["emergency", "start", "question", "referral", "pointer", "keys"]

SIZES: dict[TextStyle, float] = {
    "greeting": 19,
    "title": 15,
    "said": 14,
    "name": 14,
    "number": 15,
    "link": 12.5,
    "quiet": 12.5,
    "danger": 16,
    "place": 12.5,
}
BOLD_STYLES: frozenset[TextStyle] = frozenset({"greeting", "title", "number", "danger"})
TAG_SIZE, TAG_HEIGHT, TAG_PAD = 11.0, 18.0, 6.0
BADGE_RADIUS = 13.0  # a badge's radius


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def overlaps(self, other: "Box") -> bool:
        """Whether the two have any area in common."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Whether the other lies inside."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True)
class TextShape:
    """A run of words; `from_right` says that `x` is its right end. `href` makes it a link."""

    x: float
    y: float
    words: str
    style: TextStyle
    from_right: bool = False
    href: str | None = None

    @property
    def box(self) -> Box:
        """The room it takes."""
        size = SIZES[self.style]
        wide = width(self.words, size, self.style in BOLD_STYLES)
        return Box(self.x - (wide if self.from_right else 0), self.y - size * 0.9, wide, size * 1.2)


@dataclass(frozen=True)
class Tag:
    """A few letters in a small frame; x and y are its upper left corner."""

    x: float
    y: float
    words: str

    @property
    def box(self) -> Box:
        """The room it takes."""
        return Box(self.x, self.y, width(self.words, TAG_SIZE) + 2 * TAG_PAD, TAG_HEIGHT)


@dataclass(frozen=True)
class Badge:
    """A key; x and y are its middle. `on_wire` badges stand on their card's edge."""

    x: float
    y: float
    key: str
    on_wire: bool = False

    @property
    def box(self) -> Box:
        """The room it takes."""
        return Box(self.x - BADGE_RADIUS, self.y - BADGE_RADIUS, 2 * BADGE_RADIUS, 2 * BADGE_RADIUS)


@dataclass(frozen=True)
class Drawn:
    """A card: its frame, and what is on it. `node` is empty where it stands for no node."""

    kind: CardKind
    node: str
    box: Box
    texts: tuple[TextShape, ...] = ()
    tags: tuple[Tag, ...] = ()
    badges: tuple[Badge, ...] = ()
    rules: tuple[float, ...] = ()  # hairlines across, by their y

    def moved(self, x: float, y: float) -> "Drawn":
        """The same card elsewhere."""
        return replace(
            self,
            box=replace(self.box, x=self.box.x + x, y=self.box.y + y),
            texts=tuple(replace(text, x=text.x + x, y=text.y + y) for text in self.texts),
            tags=tuple(replace(tag, x=tag.x + x, y=tag.y + y) for tag in self.tags),
            badges=tuple(replace(badge, x=badge.x + x, y=badge.y + y) for badge in self.badges),
            rules=tuple(rule + y for rule in self.rules),
        )


@dataclass(frozen=True)
class Wire:
    """A way from a card to another, by its corners; `anywhere` is drawn broken."""

    source: str
    target: str
    corners: tuple[tuple[float, float], ...]
    anywhere: bool = False


@dataclass(frozen=True)
class Picture:
    """A whole drawing."""

    title: str
    language: str
    width: float
    height: float
    cards: tuple[Drawn, ...]
    wires: tuple[Wire, ...]
