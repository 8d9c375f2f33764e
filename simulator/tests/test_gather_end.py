"""What ends the input to a Gather. Its page: https://www.twilio.com/docs/voice/twiml/gather"""

import pytest

from simulator.tests.booth import Booth, summary


def test_num_digits_submits_at_the_last_key() -> None:
    """numDigits: "Twilio immediately submits data to the action URL"."""
    booth = Booth({"/voice": '<Gather numDigits="4" action="/done"/>', "/done": "<Hangup/>"})
    record = booth.ring("2580")
    assert booth.asked[-1].fields["Digits"] == "2580"
    assert record.of("pressed")[0].t == pytest.approx(0.5 + 3 * 0.3)


def test_hash_finishes_and_is_not_a_digit() -> None:
    """finishOnKey: default #; "the key does not appear in Digits"."""
    booth = Booth({"/voice": '<Gather action="/done"/>', "/done": "<Hangup/>"})
    record = booth.ring("12#")
    assert booth.asked[-1].fields["Digits"] == "12"
    assert summary(record) == ["pressed 12#", "hangup line"]


def test_another_key_may_finish() -> None:
    """finishOnKey="*": then # is a digit like the others."""
    page = '<Gather finishOnKey="*" action="/done"/>'
    booth = Booth({"/voice": page, "/done": "<Hangup/>"})
    booth.ring("1#2*")
    assert booth.asked[-1].fields["Digits"] == "1#2"


def test_the_finishing_key_pressed_first_is_empty_input() -> None:
    """Pressing it before any other key falls through, and no request is made."""
    booth = Booth({"/voice": '<Gather action="/done"/><Say>Empty</Say>'})
    record = booth.ring("#")
    assert booth.paths == ["/voice"]
    assert summary(record) == ["pressed #", "heard Empty", "hangup line"]


def test_an_empty_finish_key_makes_every_key_a_digit() -> None:
    """finishOnKey="": "Twilio captures all input and no key ends the Gather"."""
    page = '<Gather finishOnKey="" numDigits="1" action="/done"/>'
    for key in "#*":
        booth = Booth({"/voice": page, "/done": "<Hangup/>"})
        booth.ring(key)
        assert booth.asked[-1].fields["Digits"] == key


def test_whichever_comes_first_of_finish_key_and_number_of_digits_submits() -> None:
    """finishOnKey keeps working beside numDigits."""
    page = '<Gather numDigits="5" action="/done"/>'
    booth = Booth({"/voice": page, "/done": "<Hangup/>"})
    booth.ring("12#")
    assert booth.asked[-1].fields["Digits"] == "12"


@pytest.mark.parametrize("keys", ["-", "#"])
def test_action_on_empty_result_asks_the_action_all_the_same(keys: str) -> None:
    """actionOnEmptyResult="true" sends "an empty Digits" where it would have fallen through."""
    page = '<Gather actionOnEmptyResult="true" action="/done"/><Say>Never</Say>'
    booth = Booth({"/voice": page, "/done": "<Hangup/>"})
    record = booth.ring(keys)
    assert booth.paths == ["/voice", "/done"]
    assert booth.asked[-1].fields["Digits"] == ""
    assert not record.heard


def test_every_key_may_finish() -> None:
    """finishOnKey: "one of 0-9 # *"."""
    for key in "0123456789*#":
        page = f'<Gather finishOnKey="{key}" action="/done"/>'
        booth = Booth({"/voice": page, "/done": "<Hangup/>"})
        other = "1" if key != "1" else "2"
        booth.ring(f"{other}{key}")
        assert booth.asked[-1].fields["Digits"] == other


def test_with_one_digit_hash_alone_is_empty_input() -> None:
    """[INF] numDigits="1" does not switch finishOnKey off: a "# repeats" menu needs it empty."""
    booth = Booth({"/voice": '<Gather numDigits="1" action="/done"/><Say>Empty</Say>'})
    assert booth.ring("#").heard == "Empty"


def test_the_timeout_after_an_empty_finish_key_submits_all() -> None:
    """finishOnKey="": only the timeout or numDigits submits."""
    booth = Booth({"/voice": '<Gather finishOnKey="" action="/done"/>', "/done": "<Hangup/>"})
    booth.ring("1#*2")
    assert booth.asked[-1].fields["Digits"] == "1#*2"
