"""The picture: everything has its place, nothing covers anything, and no word is cut."""

from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ivr.check.loading import open_line
from ivr.drawing import chart_of, lay_out, svg
from ivr.drawing.shapes import Box, Drawn, Picture
from ivr.drawing.style import _DARK, _LIGHT
from ivr.engine import Line
from tests.support.authors import Files

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
LINES = {
    "shipped": (ROOT, ("ja", "en")),
    "town": (ROOT / "tests" / "lines" / "town", ("ja", "en")),
    "consumer": (ROOT / "examples" / "consumer-line", ("en",)),
}
DRAWINGS = [(name, language) for name, (_, spoken) in LINES.items() for language in spoken]


def opened(name: str) -> Line:
    folder, _ = LINES[name]
    return open_line(folder / "data", folder / "prompts")


@pytest.fixture(params=DRAWINGS, ids="-".join)
def drawn(request: pytest.FixtureRequest) -> tuple[Line, Picture]:
    name, language = request.param
    line = opened(name)
    return line, lay_out(chart_of(line, language))


def on_it(card: Drawn) -> list[Box]:
    inside = [badge for badge in card.badges if not badge.on_wire]
    return [each.box for each in (*card.texts, *card.tags, *inside)]


def test_no_card_covers_another_and_all_are_on_the_sheet(drawn: tuple[Line, Picture]) -> None:
    _, picture = drawn
    sheet = Box(0, 0, picture.width, picture.height)
    assert all(sheet.holds(card.box) for card in picture.cards)
    for one, other in combinations(picture.cards, 2):
        assert not one.box.overlaps(other.box), (one.node, other.node)


def test_every_word_fits_on_its_card_and_beside_the_others(drawn: tuple[Line, Picture]) -> None:
    _, picture = drawn
    for card in picture.cards:
        for box in on_it(card):
            assert card.box.holds(box), (card.node, box)
        for one, other in combinations(on_it(card), 2):
            lower = Box(other.x, other.y + 4, other.width, other.height - 4)  # lines may touch
            assert not one.overlaps(lower), (card.node, one, other)


def test_ways_run_between_the_cards(drawn: tuple[Line, Picture]) -> None:
    """A way touches the two cards that it joins, and no other."""
    _, picture = drawn
    for wire in picture.wires:
        for (x, y), (to_x, to_y) in pairwise(wire.corners):
            run = Box(min(x, to_x), min(y, to_y), abs(to_x - x) or 0.1, abs(to_y - y) or 0.1)
            for card in picture.cards:
                if card.node not in (wire.source, wire.target) and card.kind != "emergency":
                    assert not run.overlaps(card.box), (wire, card.node)


def test_every_node_that_a_caller_can_reach_can_be_lit_up(drawn: tuple[Line, Picture]) -> None:
    line, picture = drawn
    root = ElementTree.fromstring(svg(picture))
    groups = [group for group in root.iter(f"{SVG}g") if group.get("data-node")]
    assert sorted(str(group.get("data-node")) for group in groups) == sorted(line.tree.nodes)
    assert all(group.get("id") == f"node-{group.get('data-node')}" for group in groups)


def test_the_emergency_words_stand_first_and_the_ways_without_a_choice_are_drawn(
    drawn: tuple[Line, Picture],
) -> None:
    line, picture = drawn
    first = picture.cards[0]
    words = line.scripts[picture.language].tree.opening.emergency
    assert first.kind == "emergency"
    assert "".join(text.words for text in first.texts).replace(" ", "") == words.replace(" ", "")
    assert min(picture.cards, key=lambda card: card.box.y) is first
    anywhere = {wire.target for wire in picture.wires if wire.anywhere}
    assert anywhere == {line.tree.person, line.tree.fallback}


def test_only_facts_that_may_be_spoken_are_drawn() -> None:
    """A number by hearsay stays off the table, however handy it would be."""
    line = opened("shipped")
    for language in line.scripts:
        drawing = svg(lay_out(chart_of(line, language)))
        for agency in line.directory.agencies.values():
            spoken = {phone.number for phone in agency.phones if phone.speakable}
            for phone in agency.phones:
                assert phone.speakable or phone.number in spoken or phone.number not in drawing
            for link in agency.links:
                assert link.speakable or link.url not in drawing


def test_what_an_author_writes_stays_words(town: Line) -> None:
    del town
    files = Files()
    files.change("data/tree.yaml", "say: 話すには", 'say: "<script>&\\"話す"')
    drawing = svg(lay_out(chart_of(files.load(), "ja")))
    ElementTree.fromstring(drawing)
    assert "<script>" not in drawing
    assert "&lt;script&gt;&amp;" in drawing


def test_a_node_that_two_keys_lead_to_is_drawn_once_and_pointed_to(town: Line) -> None:
    """In the town, silence after the third key leads to the first key's referral."""
    picture = lay_out(chart_of(town, "ja"))
    pointers = [card for card in picture.cards if card.kind == "pointer"]
    assert [card.node for card in pointers] == ["talk"]
    assert [text.words for text in pointers[0].texts] == ["→ 話すには"]
    assert pointers[0].badges[0].key == "…"


def test_the_sheet_is_a_landscape_page(line: Line) -> None:
    """A4 and A3 are √2 wide for 1 high: on paper hardly anything stays empty."""
    for language in line.scripts:
        picture = lay_out(chart_of(line, language))
        assert 1.2 < picture.width / picture.height < 1.6


def _luminance(colour: str) -> float:
    digits = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", [_LIGHT, _DARK], ids=["light", "dark"])
def test_words_stand_out_from_what_they_stand_on(palette: str) -> None:
    """WCAG 2.2, 1.4.3 and 1.4.11, by its own formula."""
    colour = {}
    for pair in palette.split(";"):
        name, value = pair.removeprefix("--").split(":")
        colour[name] = value.removeprefix("#")
    for words in ("ink", "quiet"):
        for ground in ("card", "paper", "ask", "lit", "tag"):
            assert _contrast(colour[words], colour[ground]) >= 4.5, (words, ground)
    for words, ground in (("red", "pink"), ("on-key", "key"), ("key", "card"), ("key", "paper")):
        assert _contrast(colour[words], colour[ground]) >= 4.5, (words, ground)
    assert _contrast(colour["lit-edge"], colour["card"]) >= 3
