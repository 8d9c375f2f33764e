"""A caller by script: words are inputs, - is silence, . hangs up."""

import pytest

from ringback import ScriptedPhone, ScriptError
from simulator.tests.booth import Booth, summary

MENU = '<Gather numDigits="1" action="/voice"><Pause length="4"/></Gather><Redirect/>'


def test_each_word_answers_one_gather() -> None:
    record = Booth({"/voice": MENU}).ring("3 - 1 .")
    assert summary(record) == ["pressed 3", "silence 5", "pressed 1", "hangup caller"]


def test_a_scripted_caller_listens_to_the_end() -> None:
    record = Booth({"/voice": MENU}).ring("3 .")
    assert record.of("pressed")[0].t == 4.5


def test_barging_in_they_press_at_once() -> None:
    record = Booth({"/voice": MENU}).ring("3 .", barge_in=True)
    assert (record.of("pressed")[0].t, record.seconds) == (0, 0)


def test_keys_left_over_reach_the_next_gather_at_their_own_time() -> None:
    record = Booth({"/voice": MENU}).ring("31 .")
    assert [(event.keys, round(event.t, 3)) for event in record.of("pressed")] == [
        ("3", 4.5),
        ("1", 4.8),
    ]


def test_keys_left_over_are_lost_where_nothing_listens() -> None:
    """https://support.twilio.com/hc/en-us/articles/223180068"""
    booth = Booth(
        {
            "/voice": '<Gather numDigits="1" action="/next"/>',
            "/next": '<Pause/><Gather numDigits="1" action="/never"/>',
        }
    )
    record = booth.ring("31")
    assert summary(record) == ["pressed 3", "pressed 1 (lost)", "silence 5", "hangup line"]


def test_after_the_script_the_caller_is_silent() -> None:
    booth = Booth({"/voice": '<Gather numDigits="1"/>'})
    assert summary(booth.ring("1")) == ["pressed 1", "silence 5", "hangup line"]


@pytest.mark.parametrize("script", ["3a", "１", "3 --", "1.", "+"])
def test_a_script_that_cannot_be_read_says_what_was_expected(script: str) -> None:
    with pytest.raises(ScriptError, match="expected keys"):
        ScriptedPhone(script)
