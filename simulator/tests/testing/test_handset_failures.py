"""The telephone that a test holds: what a step says when it is not true."""

import pytest
from httpx import WSGITransport

from ringback import Carrier
from ringback.testing import CallFailed, Handset
from simulator.tests.booth import CALLER, HOME, LINE, START
from simulator.tests.testing.conftest import Taken


def refused(step: object, *args: object) -> str:
    with pytest.raises(CallFailed) as failed:
        step(*args)  # type: ignore[operator]
    return str(failed.value)


def test_what_was_heard_before_a_key_is_not_heard_after_it(shop: Handset) -> None:
    shop.dials().hears("press 1").presses("1")
    said = refused(shop.hears, "Good day")
    assert "expected to hear 'Good day'" in said
    assert "since the caller pressed 1" in said
    assert "nearest heard: 'Good day.' at 0.0 s" in said


def test_a_line_that_does_not_wait_knows_no_silence(take: Taken) -> None:
    said = refused(take({"/voice": "<Say>Goodbye.</Say>"}).dials().is_silent)
    assert "expected the line to wait in silence, but the call ended" in said


def test_a_line_that_waits_has_not_hung_up(shop: Handset) -> None:
    assert "it waits for an input" in refused(shop.dials().is_hung_up_on)


def test_no_key_is_taken_when_the_call_is_over(shop: Handset) -> None:
    shop.dials().presses("1").is_hung_up_on()
    assert "expected the line to take the key 2, but the call ended" in refused(shop.presses, "2")


def test_a_failure_shows_the_whole_call_and_the_nearest_thing_heard(shop: Handset) -> None:
    said = refused(shop.dials().is_silent().hears, "For repairs, press 3").splitlines()
    assert said[0] == "expected to hear 'For repairs, press 3'"
    assert said[2] == "nearest heard: 'For repairs, press 2.' at 14.3 s"
    assert said[4] == f"The call from {CALLER} to {LINE}:"
    assert [" ".join(line.split()) for line in said[5:]] == [
        "0.0 s line Good day.",
        "For sales, press 1.",
        "3.2 s line For repairs, press 2.",
        "9.5 s caller is silent",
        "9.5 s line We heard nothing.",
        "11.1 s line Good day.",
        "For sales, press 1.",
        "14.3 s line For repairs, press 2.",
    ]


def test_a_step_without_a_call_says_how_to_begin(shop: Handset) -> None:
    assert "begin with phone.dials(...)" in refused(shop.hears, "anything")


@pytest.mark.parametrize("keys", ["", "x", "1 2", "１"])
def test_what_is_no_key_cannot_be_pressed(shop: Handset, keys: str) -> None:
    with pytest.raises(ValueError, match="expected some of 0 1 2"):
        shop.dials().presses(keys)


def test_what_the_app_raises_is_raised_in_the_test() -> None:
    def app(environ: object, start_response: object) -> list[bytes]:
        raise ZeroDivisionError("in the app")

    carrier = Carrier(start=START, transport=WSGITransport(app))
    with pytest.raises(ZeroDivisionError, match="in the app"):
        Handset(carrier, number=CALLER, url=HOME, line=LINE).dials()


def test_an_app_that_answers_500_is_heard_to_apologise(take: Taken) -> None:
    def broken() -> tuple[str, int]:
        return "no", 500

    telephone = take({"/voice": broken}).dials().hears("application error")
    assert "error 11200" in refused(telephone.hears, "Good day")
