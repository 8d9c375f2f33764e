"""A caller's place survives the journey through a URL, and a stranger's URL does no harm."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.engine import NumberEntry, Position, TextFollowUp
from ivr.voice.urls import position_from, position_url

positions = st.builds(
    Position,
    language=st.sampled_from(["ja", "en", "zh-Hant"]),
    node=st.from_regex(r"[a-z][a-z0-9_]*", fullmatch=True),
    agency=st.from_regex(r"([a-z][a-z0-9_]*)?", fullmatch=True),
    silences=st.integers(0, 99),
    mistakes=st.integers(0, 99),
    number=st.booleans(),
    heard=st.booleans(),
    visits=st.integers(0, 99),
)
# Of these at most one is under way.
under_way = st.one_of(
    st.builds(
        lambda tries, read: {"entry": NumberEntry(tries, read)}, st.integers(0, 99), st.booleans()
    ),
    st.builds(lambda known: {"follow_up": TextFollowUp("office", known)}, st.booleans()),
    st.sampled_from([{}, {"refused": True}, {"dialled": "#911"}]),
)


@given(positions, under_way)
def test_a_place_comes_back_as_it_went(position: Position, more: dict[str, Any]) -> None:
    position = replace(position, **more)
    url = position_url("https://line.example.jp", position)
    assert position_from(url.removeprefix("https://line.example.jp")) == position


@given(st.dictionaries(st.sampled_from(["silences", "mistakes", "visits", "heard"]), st.text()))
def test_hostile_counts_are_brought_into_bounds(query: dict[str, str]) -> None:
    position = position_from("/voice/ja/top?" + urlencode(query))
    for count in (position.silences, position.mistakes, position.visits):
        assert 0 <= count <= 99


@given(st.text())
def test_any_target_at_all_is_some_place(target: str) -> None:
    assert isinstance(position_from("/" + target), Position)


def test_the_first_place_has_a_short_url() -> None:
    url = position_url("https://line.example.jp", Position("ja", "top"))
    assert url == "https://line.example.jp/voice/ja/top"


@pytest.mark.parametrize(
    ("query", "under_way"),
    [
        ("stage=keying", {"entry": NumberEntry()}),
        ("stage=keying&tries=1", {"entry": NumberEntry(1)}),
        ("stage=confirming&tries=1", {"entry": NumberEntry(1, confirming=True)}),
        ("stage=texting&texting=office", {"follow_up": TextFollowUp("office")}),
        ("stage=texting&tries=1&texting=office", {"follow_up": TextFollowUp("office", known=True)}),
        ("stage=refused", {"refused": True}),
        ("stage=recalling", {"entry": NumberEntry(recalling=True)}),
        ("tries=1", {}),
        ("stage=dreaming", {}),
    ],
)
def test_what_is_under_way_stands_in_two_parameters(query: str, under_way: dict[str, Any]) -> None:
    """A call outlives an update of the line: these names keep their meaning."""
    position = position_from(f"/voice/ja/law?agency=office&{query}")
    assert position == Position("ja", "law", "office", **under_way)
