"""One card at a time: its words set in lines, from the top; its upper left corner is (0, 0)."""

from collections.abc import Iterable

from ivr.drawing.chart import Card, Chart, Contact
from ivr.drawing.chart_tree import Entry
from ivr.drawing.shapes import (
    BADGE_RADIUS,
    BOLD_STYLES,
    SIZES,
    TAG_HEIGHT,
    Badge,
    Box,
    CardKind,
    Drawn,
    Tag,
    TextShape,
    TextStyle,
)
from ivr.drawing.text_width import width, wrap

OPENING_WIDTH = 328.0
BADGE_Y = 23.0  # where a way meets its card
_PAD, _LEFT, _INDENT = 14.0, 26.0, 44.0
_GAP = 10.0
_LEADING = 1.5


class _Sheet:
    """A card being written from top to bottom; `y` is where the next line begins."""

    def __init__(self, wide: float) -> None:
        self.wide, self.y = wide, _PAD
        self.texts: list[TextShape] = []
        self.tags: list[Tag] = []
        self.badges: list[Badge] = []
        self.rules: list[float] = []

    def line(self, words: str, style: TextStyle, x: float, from_right: bool = False) -> None:
        """Words on the current line, which stays the current one."""
        size = SIZES[style]
        self.texts.append(TextShape(x, self.y + size * 1.12, words, style, from_right))

    def paragraph(self, words: str | None, style: TextStyle, x: float, narrower: float = 0) -> None:
        """Words in as many lines as they need."""
        size = SIZES[style]
        for line in wrap(words or "", size, self.wide - _PAD - x - narrower, style in BOLD_STYLES):
            self.line(line, style, x)
            self.y += size * _LEADING

    def row(self, tags: Iterable[str], x: float) -> None:
        """Tags side by side on the current line."""
        for words in tags:
            tag = Tag(x, self.y + 1, words)
            self.tags.append(tag)
            x = tag.box.right + 5

    def key(self, key: str, words: str, style: TextStyle) -> None:
        """A key's badge with its words beside it."""
        lines = wrap(words, SIZES[style], self.wide - _PAD - _INDENT - 8)
        self.badges.append(Badge(_PAD + BADGE_RADIUS, self.y + BADGE_RADIUS, key))
        self.y += max(0.0, BADGE_RADIUS - SIZES[style] * _LEADING * len(lines) / 2)
        for line in lines:
            self.line(line, style, _INDENT + 8)
            self.y += SIZES[style] * _LEADING
        self.y = max(self.y, self.badges[-1].y + BADGE_RADIUS) + 8

    def done(self, kind: CardKind, node: str = "") -> Drawn:
        """The finished card."""
        return Drawn(
            kind,
            node,
            Box(0, 0, self.wide, self.y + _PAD - 2),
            tuple(self.texts),
            tuple(self.tags),
            tuple(self.badges),
            tuple(self.rules),
        )


def emergency(chart: Chart) -> Drawn:
    """What every caller hears first."""
    sheet = _Sheet(OPENING_WIDTH)
    sheet.paragraph(chart.emergency, "danger", _PAD + 4)
    return sheet.done("emergency")


def first(chart: Chart, root: Entry) -> Drawn:
    """The first node, with the greeting and the other languages' keys."""
    sheet = _Sheet(OPENING_WIDTH)
    sheet.paragraph(chart.greeting, "greeting", _PAD + 4)
    sheet.y += 2
    if root.card.asks:
        sheet.paragraph(root.card.said, "said", _PAD + 4)
    else:
        _insides(sheet, root.card)
    sheet.y += 6
    for key, words in chart.languages:
        sheet.key(key, words, "said")
    return sheet.done("start", root.card.node)


def every_key(chart: Chart) -> Drawn:
    """The keys that every referral offers."""
    sheet = _Sheet(OPENING_WIDTH)
    for key, words in chart.keys:
        sheet.key(key, words, "quiet")
    return sheet.done("keys")


def below(entry: Entry, called: dict[str, str], wide: float) -> Drawn:
    """A card that a key leads to: the caller's words are its title. Not for the root."""
    branch, card = entry.branch, entry.card
    if branch is None:
        raise ValueError(f"no key leads to `{card.node}`; the root is drawn by first()")
    sheet = _Sheet(wide)
    sheet.badges.append(Badge(0, BADGE_Y, branch.key, on_wire=True))
    if entry.is_pointer:
        sheet.paragraph(branch.words, "title", _LEFT)
        sheet.paragraph(f"→ {called[card.node]}", "place", _LEFT)
        sheet.y = max(sheet.y, BADGE_Y + BADGE_RADIUS)
        return sheet.done("pointer", card.node)
    _title(sheet, branch.words, card.covers)
    if card.asks:
        sheet.paragraph(card.said, "said", _LEFT)
    else:
        _insides(sheet, card)
    sheet.y = max(sheet.y, BADGE_Y + BADGE_RADIUS)
    return sheet.done("question" if card.asks else "referral", card.node)


def _title(sheet: _Sheet, words: str, covers: tuple[str, ...]) -> None:
    """The title, with the chart's boxes in the right corner."""
    x = sheet.wide - _PAD
    for cover in reversed(covers):
        tag = Tag(0, sheet.y + 2, cover)
        x -= tag.box.width
        sheet.tags.append(Tag(x, tag.y, cover))
        x -= 4
    taken = sheet.wide - _PAD - x
    if not words:
        sheet.y += SIZES["title"] * _LEADING if covers else 0
    sheet.paragraph(words, "title", _LEFT, taken + 4 if covers else 0)


def _insides(sheet: _Sheet, card: Card) -> None:
    """What a referral says before, its agencies in order, and what it says after."""
    sheet.paragraph(card.said, "quiet", _LEFT)
    for place, contact in enumerate(card.contacts, 1):
        sheet.y += 4
        sheet.rules.append(sheet.y)
        sheet.y += 5
        _contact(sheet, place, contact)
    if card.after:
        sheet.y += 4
        sheet.rules.append(sheet.y)
        sheet.y += 5
        sheet.paragraph(card.after, "quiet", _LEFT)


def _contact(sheet: _Sheet, place: int, contact: Contact) -> None:
    """The name on the left and how to reach it on the right; below each other where need be."""
    right = sheet.wide - _PAD
    sheet.line(str(place), "place", _LEFT)
    lines = wrap(contact.name, SIZES["name"], right - _INDENT)
    for line in lines[:-1]:
        sheet.line(line, "name", _INDENT)
        sheet.y += SIZES["name"] * _LEADING
    sheet.line(lines[-1], "name", _INDENT)
    ends = _INDENT + width(lines[-1], SIZES["name"]) + _GAP
    style, reached = _reached(contact)
    tags = sum(Tag(0, 0, words).box.width + 5 for words in contact.tags)
    wide = width(reached, SIZES[style], style in BOLD_STYLES)
    if ends + tags + wide > right:
        sheet.y += SIZES["name"] * _LEADING
        ends = _INDENT
    if ends + tags > right - min(wide, right - _INDENT):  # a long link has lines of its own
        if contact.tags:
            sheet.row(contact.tags, ends)
            sheet.y += TAG_HEIGHT + 4
        _lines_on_the_right(sheet, reached, style, contact.link)
        return
    sheet.row(contact.tags, ends)
    _lines_on_the_right(sheet, reached, style, contact.link)


def _lines_on_the_right(sheet: _Sheet, words: str, style: TextStyle, href: str | None) -> None:
    right = sheet.wide - _PAD
    for line in wrap(words, SIZES[style], right - _INDENT, style in BOLD_STYLES):
        y = sheet.y + SIZES["name"] * 1.12
        sheet.texts.append(TextShape(right, y, line, style, from_right=True, href=href))
        sheet.y += SIZES["name"] * _LEADING


def _reached(contact: Contact) -> tuple[TextStyle, str]:
    if contact.number:
        return "number", contact.number
    if contact.link:
        return "link", contact.link.partition("://")[2].rstrip("/")
    return "quiet", contact.instead or ""
