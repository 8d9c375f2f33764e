"""A caller asks for a text: what is said until it is known what became of it."""

import pytest

from ivr.engine import (
    Line,
    LookAfterText,
    SendText,
    TextOutcome,
)
from tests.support.calls import at_the_office

OFFICE = ["0570-078-374"] * 2


def test_a_mobile_is_texted_with_one_key(town: Line) -> None:
    call = at_the_office(town)
    assert call.press("1").effect == SendText("office", "ja")


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
    assert (call.numbers, call.offered) == ([], ["2", "#", "*", "8"])
    assert call.silence().effect is None  # said once; from here on silence is silence


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
    sent = outcome in (TextOutcome.SENT, TextOutcome.DELIVERED)
    assert call.offered == [*undone, "2", "#", "*", *(["8"] if sent else [])]
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


def test_at_the_next_agency_no_text_of_that_one_is_looked_for(town: Line) -> None:
    """Nobody asked for one there: it would be reported as one that could not be sent."""
    call = at_the_office(town)
    call.press("1")
    call.texted(TextOutcome.QUEUED)
    call.press("2")
    assert call.agency == "police"
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
    assert call.words.startswith("SMSを、いま送っています。")  # news of this text, said once


def test_a_text_that_is_still_being_sent_when_silence_moves_on_is_reported(town: Line) -> None:
    """Whoever waits for a text hears of it at the next agency, too; and whose number follows."""
    call = at_the_office(town)
    call.press("1")
    call.texted(TextOutcome.SENDING)
    for _ in range(3):
        assert call.silence().effect == LookAfterText("office")
        call.texted(TextOutcome.SENDING)
    assert call.agency == "police"
    assert call.silence().effect == LookAfterText("office")
    call.texted(TextOutcome.FAILED)
    assert call.words.startswith("SMSを、送れませんでした。もう一度、お伝えします。 警察です。")
    assert call.numbers == ["#9110", "#9110"]
    assert call.silence().effect is None
