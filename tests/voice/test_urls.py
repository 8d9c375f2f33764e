"""A caller's place survives the journey through a URL, and a stranger's URL does no harm."""

from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from ivr.engine import Position
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


@given(positions)
def test_a_place_comes_back_as_it_went(position: Position) -> None:
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
