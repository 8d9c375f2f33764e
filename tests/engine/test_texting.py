"""A caller asks for a text: what is said until it is known what became of it, and where it goes."""

import pytest

from ivr.engine import (
    CallerKind,
    Held,
    HoldNumber,
    Line,
    LookAfterText,
    NumberEntry,
    RecallNumber,
    RefuseTexts,
    SendText,
    TextOutcome,
    TextsRefused,
)
from tests.support.calls import Call

OTHERS = [kind for kind in CallerKind if kind is not CallerKind.MOBILE]
OFFICE = ["0570-078-374"] * 2
WANTED, NUMBER = "09012345678", "+819012345678"


def at_the_office(town: Line, kind: CallerKind = CallerKind.MOBILE) -> Call:
    call = Call(town, kind=kind)
    call.press("2")
    assert call.agency == "office"
    return call


def keying(town: Line, kind: CallerKind = CallerKind.LANDLINE) -> Call:
    call = at_the_office(town, kind)
    call.press("1")
    return call


def confirming(town: Line) -> Call:
    call = keying(town)
    call.press(WANTED)
    call.step(Held(NUMBER))
    return call


def test_a_mobile_is_texted_with_one_key(town: Line) -> None:
    call = at_the_office(town)
    assert call.press("1").effect == SendText("office", "ja")


@pytest.mark.parametrize("kind", OTHERS)
def test_any_other_line_is_told_plainly_and_may_name_a_mobile(town: Line, kind: CallerKind) -> None:
    call = at_the_office(town, kind)
    assert "1" in call.offered
    turn = call.press("1")
    assert call.words.startswith("この電話には、SMSが届きません。")
    assert (turn.digits, turn.position.entry) == (11, NumberEntry())
    assert turn.effect is None


def test_it_is_said_at_once_that_the_text_is_being_sent_and_soon_what_became_of_it(
    town: Line,
) -> None:
    """The outbox sends in its own time: nobody waits for the carrier's REST API."""
    call = at_the_office(town)
    call.press("1")
    assert call.texted(TextOutcome.QUEUED).wait == 2
    assert call.words == "SMSを送ります。"
    assert call.silence().effect == LookAfterText("office")
    call.texted(TextOutcome.SENT)
    assert call.words.startswith("SMSを送りました。")
    assert (call.numbers, call.offered) == ([], ["2", "#", "*"])
    assert call.silence().effect is None  # told once; from here on silence is silence


@pytest.mark.parametrize(
    "outcome", [outcome for outcome in TextOutcome if outcome is not TextOutcome.QUEUED]
)
def test_the_caller_is_told_what_became_of_the_text(town: Line, outcome: TextOutcome) -> None:
    """The truth; and unless it is on the telephone, the number once more (rules E4, K6)."""
    call = at_the_office(town)
    call.press("1")
    call.texted(outcome)
    assert call.words.startswith(getattr(town.scripts["ja"].prompts.texted, outcome.value))
    arrives = outcome in (TextOutcome.SENT, TextOutcome.DELIVERED)
    assert call.numbers == ([] if arrives else OFFICE)
    undone = ["8"] if outcome is TextOutcome.REFUSED else []
    assert call.offered == [*undone, "2", "#", "*"]
    assert (call.node, call.agency) == ("law", "office")


def test_a_text_that_takes_long_is_on_its_way_and_its_outcome_is_told_when_known(
    town: Line,
) -> None:
    call = at_the_office(town)
    call.press("1")
    call.texted(TextOutcome.QUEUED)
    call.silence()
    call.texted(TextOutcome.SENDING)
    assert call.words.startswith("SMSを、いま送っています。")
    assert call.numbers == OFFICE
    call.silence()
    call.texted(TextOutcome.SENDING)  # no news: what silence does elsewhere
    assert call.words.startswith("メモを")
    call.silence()
    call.texted(TextOutcome.FAILED)
    assert call.words.startswith("SMSを、送れませんでした。")
    assert call.numbers == OFFICE


def test_the_text_of_one_agency_is_not_looked_for_at_the_next(town: Line) -> None:
    """Nobody asked for one there: it would be told as one that could not be sent."""
    call = at_the_office(town)
    call.press("1")
    call.texted(TextOutcome.QUEUED)
    while call.agency == "office":
        if call.silence().effect:
            call.texted(TextOutcome.SENDING)
    assert call.turn.effect is None
    assert call.silence().effect is None


def test_a_number_heard_while_a_text_is_under_way_counts_as_heard(town: Line) -> None:
    """Caller rules D5, L1."""
    call = at_the_office(town)
    call.press("1")
    call.texted(TextOutcome.SENDING)
    call.silence()
    assert call.texted(TextOutcome.SENT).position.heard


def test_keys_mean_what_they_always_do_while_a_text_is_under_way(town: Line) -> None:
    call = at_the_office(town)
    call.press("1")
    call.texted(TextOutcome.QUEUED)
    assert call.press("2").position.follow_up is None
    assert call.agency != "office"


def test_the_next_agency_can_be_texted_as_well(town: Line) -> None:
    call = at_the_office(town)
    call.press("1")
    call.texted(TextOutcome.SENDING)
    call.press("2", "1")
    assert call.texted(TextOutcome.QUEUED).wait == 2
    call.silence()
    call.texted(TextOutcome.SENDING)
    assert call.words.startswith("SMSを、いま送っています。")  # news of this text, told once


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
    ["110", "119", "0312345678", "0570078374", "0990123456", "01012345678", "0901234567#", "5"],
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


def test_texts_can_be_refused_at_every_referral_and_that_can_be_undone(town: Line) -> None:
    call = at_the_office(town)
    assert call.press("8").effect == RefuseTexts(True)
    call.step(TextsRefused(True))
    assert call.words.startswith("この電話には、もうSMSを送りません。")
    assert call.offered == ["8", "0", "*"]
    assert call.press("8").effect == RefuseTexts(False)
    call.step(TextsRefused(False))
    assert call.words.startswith("この電話に、またSMSを送れます。")
    assert "8" not in call.offered


def test_whoever_refused_texts_and_wants_one_can_undo_it_there(town: Line) -> None:
    call = at_the_office(town)
    call.press("1")
    call.texted(TextOutcome.REFUSED)
    assert call.press("8").effect == RefuseTexts(False)


def test_a_refusal_that_failed_is_told(town: Line) -> None:
    call = at_the_office(town)
    call.press("8")
    call.step(TextsRefused(None))
    assert call.words.startswith("いまは、変えられませんでした。")


def test_at_a_question_that_key_is_a_slip(town: Line) -> None:
    call = Call(town)
    assert call.press("8").effect is None
    assert call.turn.position.mistakes == 1


@pytest.mark.parametrize("kind", OTHERS)
def test_a_line_that_takes_no_texts_has_none_to_refuse(town: Line, kind: CallerKind) -> None:
    call = at_the_office(town, kind)
    assert call.press("8").position.mistakes == 1


def heard_out(call: Call) -> list[str]:
    """Stays silent to the end; the words of the last two turns."""
    said = [call.words]
    while not call.ended:
        call.silence()
        said.append(call.words)
    return said[-2:]


def test_the_last_key_of_a_mobiles_call_stops_texts(town: Line) -> None:
    closing, goodbye = heard_out(at_the_office(town))
    assert closing.startswith("ご案内を終わります。 これから、SMSを断るには ハチ")
    assert goodbye == "さようなら。"


def test_a_landlines_call_ends_without_that_key(town: Line) -> None:
    *_, end = heard_out(at_the_office(town, CallerKind.LANDLINE))
    assert end == "ご案内を終わります。 さようなら。"
