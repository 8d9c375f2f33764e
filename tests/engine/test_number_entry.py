"""A caller whose line takes no texts keys in a mobile number, hears it back and confirms it."""

import pytest

from ivr.engine import (
    CallerKind,
    Held,
    HoldNumber,
    Line,
    NumberEntry,
    RecallNumber,
    SendText,
    TextOutcome,
)
from tests.support.calls import Call, at_the_office

OTHERS = [kind for kind in CallerKind if kind is not CallerKind.MOBILE]
OFFICE = ["0570-078-374"] * 2
WANTED, NUMBER = "09012345678", "+819012345678"


def keying(town: Line, kind: CallerKind = CallerKind.LANDLINE) -> Call:
    call = at_the_office(town, kind)
    call.press("1")
    call.step(Held(None))
    return call


def confirming(town: Line) -> Call:
    call = keying(town)
    call.press(WANTED)
    call.step(Held(NUMBER))
    return call


@pytest.mark.parametrize("kind", OTHERS)
def test_any_other_line_is_told_plainly_and_may_name_a_mobile(town: Line, kind: CallerKind) -> None:
    call = at_the_office(town, kind)
    assert "1" in call.offered
    assert call.press("1").effect == RecallNumber()
    turn = call.step(Held(None))
    withheld = kind is CallerKind.WITHHELD
    why = "番号が届いていません。" if withheld else "この電話には、SMSが届きません。"
    assert call.words.startswith(why)
    assert (turn.digits, turn.position.entry) == (11, NumberEntry())
    assert turn.effect is None


def test_a_number_is_read_back_and_confirmed(town: Line) -> None:
    call = keying(town)
    assert call.press(WANTED).effect == HoldNumber(NUMBER)
    call.step(Held(NUMBER))
    assert "ゼロ キュウ ゼロ イチ ニー サン ヨン ゴー ロク ナナ ハチ" in call.words
    assert call.offered == ["1", "2"]
    turn = call.press("1")
    assert turn.effect == SendText("office", "ja", to_held=True)
    assert turn.position == turn.position.idle()


def test_no_number_stands_in_a_position(town: Line) -> None:
    """A position is a URL, and URLs are logged."""
    call = keying(town)
    for _ in range(3):
        assert "90123" not in repr(call.turn.position)
        call.press(WANTED)
        call.step(Held(NUMBER))


@pytest.mark.parametrize(
    "keyed",
    ["110", "119", "0312345678", "0570078374", "0990123456", "01012345678", "09012345#67", "5"],
    ids=["police", "fire", "landline", "navi-dial", "premium", "abroad", "a sign", "one key"],
)
def test_what_is_no_mobile_is_refused_in_words(town: Line, keyed: str) -> None:
    call = keying(town)
    turn = call.press(keyed)
    assert call.words.startswith("携帯電話の番号では、ありません。")
    assert (turn.effect, turn.position.entry, turn.digits) == (None, NumberEntry(1), 11)


def test_one_correction_and_then_the_number_of_the_agency(town: Line) -> None:
    """Caller rule C6: no long number is asked for again and again."""
    call = keying(town)
    call.press("110", "119")
    assert call.words.startswith("SMSは、送りません。")
    assert call.numbers == OFFICE
    assert call.turn.position.entry is None


def test_a_number_read_back_wrong_can_be_keyed_in_once_more(town: Line) -> None:
    call = confirming(town)
    assert call.press("2").position.entry == NumberEntry(1)
    call.press(WANTED)
    call.step(Held(NUMBER))
    call.press("2")
    assert call.words.startswith("SMSは、送りません。")


def test_silence_while_keying_asks_once_more_and_then_goes_on(town: Line) -> None:
    call = keying(town)
    assert call.silence().position.entry == NumberEntry()
    call.silence()
    assert call.words.startswith("SMSは、送りません。")
    assert call.numbers == OFFICE


def test_silence_after_the_reading_back_sends_nothing(town: Line) -> None:
    """Caller rule K1: each text is asked for."""
    call = confirming(town)
    assert call.silence().effect == RecallNumber()
    call.step(Held(NUMBER))
    call.silence()
    assert call.words.startswith("SMSは、送りません。")


@pytest.mark.parametrize("key", ["#", "5", "11"])
def test_any_other_key_reads_the_number_back_again(town: Line, key: str) -> None:
    assert confirming(town).press(key).effect == RecallNumber()


def test_a_number_that_could_not_be_kept_is_said_to_be_so(town: Line) -> None:
    call = keying(town)
    call.press(WANTED)
    call.step(Held(None))
    assert call.words.startswith("いま、SMSを送れません。")
    assert call.numbers == OFFICE


@pytest.mark.parametrize(("key", "node"), [("0", "person"), ("*", "top")])
@pytest.mark.parametrize("place", [keying, confirming])
def test_a_person_and_the_beginning_are_one_key_away_all_the_while(
    town: Line, place: object, key: str, node: str
) -> None:
    call = place(town)  # type: ignore[operator]
    call.press(key)
    assert (call.node, call.turn.position.entry) == (node, None)


def test_the_key_of_a_language_is_a_digit_while_a_number_is_confirmed(town: Line) -> None:
    call = confirming(town)
    assert call.press("9").effect == RecallNumber()


def test_hash_skips_the_number_and_reads_the_agency_again(town: Line) -> None:
    """A way back that is said: who can't key in eleven digits is not held by them."""
    call = keying(town)
    call.press("#")
    assert (call.turn.position.entry, call.turn.effect) == (None, None)
    assert call.numbers == OFFICE


def test_the_first_silence_costs_no_chance(town: Line) -> None:
    """Who looks for their number for ten seconds may still mistype it once."""
    call = keying(town)
    call.silence()
    assert call.press("110").position.entry == NumberEntry(1)
    assert call.press(WANTED).effect == HoldNumber(NUMBER)


def test_there_is_time_to_find_the_first_digits(town: Line) -> None:
    assert keying(town).turn.wait == 10


def test_the_second_agency_offers_the_number_that_was_keyed_in(town: Line) -> None:
    call = confirming(town)
    call.press("1")
    call.texted(TextOutcome.SENT)
    call.press("2")
    assert call.press("1").effect == RecallNumber()
    call.step(Held(NUMBER))
    assert "ゼロ キュウ ゼロ イチ" in call.words
    assert call.press("1").effect == SendText("police", "ja", to_held=True)
