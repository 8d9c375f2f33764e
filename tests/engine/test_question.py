"""A question, and those who press nothing or something else."""

import pytest

from ivr.engine import Line
from tests.support.calls import NIGHT, Call


def test_a_key_leads_on_at_once(town: Line) -> None:
    """Caller rule B1: one decision."""
    call = Call(town)
    call.press("1")
    assert call.node == "talk"
    assert call.numbers == ["0120-0-78310", "0120-0-78310"]


def test_silence_is_answered_with_numbers_and_the_keys_once_more(town: Line) -> None:
    """Caller rules D2, D5: who can't press hears two numbers at once; and one replay, without a
    reproach."""
    call = Call(town)
    call.silence()
    assert call.node == "top"
    assert call.numbers == ["0570-078-374", "0570-078-374", "0120-0-78310", "0120-0-78310"]
    assert call.words.endswith(
        "もう一度。 話すには イチを。 法律のことは ニーを。 ネットのことは サンを。"
    )
    assert call.turn.position.number


def test_the_second_silence_is_the_way_without_keys(town: Line) -> None:
    """Caller rules D5, D8: two staffed numbers, each twice, without pressing anything."""
    call = Call(town, at=NIGHT)
    call.silence(2)
    assert call.node == "no_keys"
    assert call.numbers == ["0120-0-78310"] * 2 + ["0120-061-338"] * 2


def test_a_question_may_have_its_own_way_without_keys(town: Line) -> None:
    call = Call(town)
    call.press("3")
    call.silence(2)
    assert call.node == "talk"


def test_a_wrong_key_is_told_so_and_hears_less_than_before(town: Line) -> None:
    """Caller rule D6: shorter wording, not the same text; the way out is named."""
    call = Call(town)
    first = call.words
    call.press("7")
    assert call.node == "top"
    assert call.words.startswith("その番号はありません。")
    assert "もう一度" not in call.words
    assert len(call.words) < len(first)
    assert call.offered == ["1", "2", "3", "0"]


@pytest.mark.parametrize("wrong", ["7", "12", "#0", "99", "0000000000"])
def test_the_third_wrong_key_is_helped_without_keys(town: Line, wrong: str) -> None:
    """Caller rule D5: an error never ends a call."""
    call = Call(town)
    call.press(wrong, wrong)
    assert (call.node, call.turn.position.mistakes) == ("top", 2)
    call.press(wrong)
    assert call.node == "no_keys"
    assert call.numbers


def test_silence_and_wrong_keys_are_counted_apart(town: Line) -> None:
    """Caller rule D2: silence is not an error."""
    call = Call(town)
    call.press("7")
    call.silence()
    call.press("7")
    position = call.turn.position
    assert (call.node, position.silences, position.mistakes) == ("top", 1, 2)
    call.silence()
    assert call.node == "no_keys"


def test_a_right_key_forgives_all(town: Line) -> None:
    call = Call(town)
    call.press("7", "7")
    call.silence()
    call.press("3")
    position = call.turn.position
    assert (call.node, position.silences, position.mistakes) == ("web", 0, 0)


def test_the_hash_forgives_all(town: Line) -> None:
    """Caller rule D7: who asks for it again is listening."""
    call = Call(town)
    call.silence()
    call.press("7", "#")
    position = call.turn.position
    assert (call.node, position.silences, position.mistakes) == ("top", 0, 0)


def test_languages_are_offered_at_the_first_question_alone(town: Line) -> None:
    """Caller rules C4, H1: in their own words, once."""
    call = Call(town)
    assert call.offered == ["1", "2", "3", "9"]
    call.press("3")
    assert call.offered == ["1", "2", "3"]


@pytest.mark.parametrize("key", ["1", "2", "3"])
def test_a_key_found_late_still_works(town: Line, key: str) -> None:
    """Caller rule D4: at the way without keys, the first question's keys lead on."""
    call = Call(town)
    call.silence(2)
    call.press(key)
    assert call.node == {"1": "talk", "2": "law", "3": "web"}[key]


def test_a_key_that_never_was_is_not_found_late_either(town: Line) -> None:
    call = Call(town)
    call.silence(2)
    call.press("5")
    assert call.node == "no_keys"
    assert call.words.startswith("その番号はありません。")
