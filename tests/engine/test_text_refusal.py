"""Key 8: a mobile gets no more texts, and the same key undoes it."""

import pytest

from ivr.engine import (
    CallerKind,
    Line,
    RefuseTexts,
    TextOutcome,
    TextsRefused,
)
from tests.support.calls import Call, at_the_office

OTHERS = [kind for kind in CallerKind if kind is not CallerKind.MOBILE]


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
    """Stays silent to the end; the words of all turns."""
    said = [call.words]
    while not call.ended:
        call.silence()
        said.append(call.words)
    return said


def test_only_who_was_sent_a_text_hears_how_to_stop_them(town: Line) -> None:
    """It puzzles everybody else."""
    assert not any("断る" in words for words in heard_out(at_the_office(town)))
    call = at_the_office(town)
    call.press("1")
    call.texted(TextOutcome.SENT)
    assert "これから、SMSを断るには ハチ" in call.words
    assert call.press("8").effect == RefuseTexts(True)


def test_a_landlines_call_ends_without_that_key(town: Line) -> None:
    *_, end = heard_out(at_the_office(town, CallerKind.LANDLINE))
    assert end == "ご案内を終わります。 さようなら。"
