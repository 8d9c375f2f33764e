"""The telephone that a test holds: what each step proves, and what it says when it does not."""

import gc
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from contextvars import ContextVar

import pytest
from flask import Response, request
from greenlet import getcurrent, greenlet
from httpx import WSGITransport

from ringback import Carrier
from ringback.testing import CallFailed, Handset
from simulator.tests.booth import CALLER, HOME, LINE, START, Booth, Page, twiml
from simulator.tests.sounds import babble, mulaw_file, served

MENU = (
    '<Gather numDigits="1" action="/chosen" timeout="4"><Say>Good day. For sales, press 1.</Say>'
    "<Say>For repairs, press 2.</Say></Gather><Say>We heard nothing.</Say>"
    "<Redirect>/voice</Redirect>"
)
SHOP = {"/voice": MENU, "/chosen": "<Say>Please hold the line. Goodbye.</Say>"}


Taken = Callable[[Mapping[str, Page]], Handset]


@pytest.fixture
def take() -> Iterator[Taken]:
    """Takes up a telephone to an app of these pages."""
    with ExitStack() as stack:

        def taken(pages: Mapping[str, Page]) -> Handset:
            telephone = Handset(Booth(pages).carrier, number=CALLER, url=HOME, line=LINE)
            return stack.enter_context(closing(telephone))

        yield taken


@pytest.fixture
def shop(take: Taken) -> Handset:
    return take(SHOP)


def refused(step: object, *args: object) -> str:
    with pytest.raises(CallFailed) as failed:
        step(*args)  # type: ignore[operator]
    return str(failed.value)


def test_a_call_goes_step_by_step(shop: Handset) -> None:
    shop.dials(LINE).hears("For repairs, press 2").presses("2").hears("Goodbye").is_hung_up_on()


def test_hearing_stops_at_the_words(shop: Handset) -> None:
    shop.dials().hears("Good day")
    early = shop.seconds
    shop.hears("press 1")
    assert 0 < early < shop.seconds < 4
    assert shop.heard == "Good day. For sales, press 1 …"


def test_words_of_one_turn_may_be_heard_in_any_order(shop: Handset) -> None:
    shop.dials().hears("press 2").hears("press 1").hears("Good day")


def test_words_may_run_on_from_one_say_to_the_next(shop: Handset) -> None:
    shop.dials().hears("press 1. For repairs")


def test_a_pattern_may_be_heard(shop: Handset) -> None:
    shop.dials().hears(re.compile(r"repairs, press \d"))


def test_words_are_heard_as_they_are_spoken_or_as_they_are_written(take: Taken) -> None:
    say = '<Say language="ja-JP"><sub alias="いはほ">違法</sub>です</Say>'
    take({"/voice": say}).dials().hears("いはほ").hears("違法です").is_hung_up_on()


def test_a_sound_is_heard_by_its_file(take: Taken) -> None:
    pages = {
        "/voice": "<Play>/hello.wav</Play>",
        "/hello.wav": lambda: served(mulaw_file(babble(1))),
    }
    take(pages).dials().hears("hello.wav").is_hung_up_on()


def test_a_key_cuts_what_is_being_said(shop: Handset) -> None:
    shop.dials().hears("press 1").presses("1")
    assert next(event.cut for event in shop.events if event.event == "heard")
    assert "hold" not in shop.heard
    shop.hears("Please hold")


def test_what_was_heard_before_a_key_is_not_heard_after_it(shop: Handset) -> None:
    shop.dials().hears("press 1").presses("1")
    said = refused(shop.hears, "Good day")
    assert "expected to hear 'Good day'" in said
    assert "since the caller pressed 1" in said
    assert "nearest heard: 'Good day.' at 0.0 s" in said


def test_a_key_waits_for_a_line_that_speaks_first(take: Taken) -> None:
    pages = {"/voice": f"<Say>Welcome to the shop.</Say>{MENU}", "/chosen": SHOP["/chosen"]}
    telephone = take(pages)
    telephone.dials().presses("2").hears("hold").hangs_up()
    assert not [event for event in telephone.events if event.lost]


def test_keys_are_one_input_and_the_line_may_wait_for_more(take: Taken) -> None:
    pages = {
        "/voice": '<Gather action="/chosen"><Say>Your number?</Say></Gather>',
        "/chosen": "<Say>Thanks.</Say>",
    }
    telephone = take(pages)
    telephone.dials().presses("0120").hears("Thanks.")
    assert [event.keys for event in telephone.events if event.event == "pressed"] == ["0120"]


def test_a_line_that_listens_is_spoken_to(take: Taken) -> None:
    pages: dict[str, Page] = {
        "/voice": '<Say>Welcome.</Say><Gather input="speech" action="/said"/>',
        "/said": lambda: twiml(f"<Say>{request.form['SpeechResult']}, you said.</Say>"),
    }
    telephone = take(pages)
    telephone.dials().says("two tickets").hears("two tickets, you said.").is_hung_up_on()
    said = refused(telephone.dials().presses, "1")
    assert "expected the line to take the key 1, but it waits for something else" in said


def test_a_message_is_recorded_until_the_caller_is_silent(take: Taken) -> None:
    pages = {
        "/voice": "<Say>After the tone.</Say><Record action='/kept'/>",
        "/kept": "<Say>OK</Say>",
    }
    take(pages).dials().says("Call me back").is_silent().hears("OK").is_hung_up_on()


def test_silence_is_a_step_of_its_own(shop: Handset) -> None:
    refused(shop.dials().hears, "We heard nothing")
    shop.is_silent().hears("We heard nothing").is_silent(2).hears("We heard nothing")


def test_a_line_that_does_not_wait_knows_no_silence(take: Taken) -> None:
    said = refused(take({"/voice": "<Say>Goodbye.</Say>"}).dials().is_silent)
    assert "expected the line to wait in silence, but the call ended" in said


def test_time_can_pass(shop: Handset) -> None:
    shop.dials().waits(30)
    assert shop.seconds == 30
    assert len([event for event in shop.events if event.event == "silence"]) >= 2


def test_the_carriers_clock_goes_along() -> None:
    carrier = Booth(SHOP).carrier
    with closing(Handset(carrier, number=CALLER, url=HOME, line=LINE)) as telephone:
        telephone.dials().hears("press 1")
        assert (carrier.now() - START).total_seconds() == pytest.approx(telephone.seconds)
        telephone.presses("1").hears("Goodbye").is_hung_up_on()
        ended = carrier.now()
        telephone.waits(60)
        assert (carrier.now() - ended).total_seconds() == 60


def test_what_is_not_said_is_proved_by_listening_to_the_end(shop: Handset) -> None:
    shop.dials().does_not_hear("press 3")
    assert "expected not to hear 'press 2', but it was said" in refused(
        shop.does_not_hear, "press 2"
    )


def test_hanging_up_ends_the_call_at_that_second(shop: Handset) -> None:
    shop.dials().hears("Good day").hangs_up()
    [end] = [event for event in shop.events if event.event == "hangup"]
    assert (end.by, end.t) == ("caller", shop.seconds)
    assert "expected to hang up, but the call had ended" in refused(shop.hangs_up)


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


def open_calls() -> int:
    """How many calls are held somewhere in this process."""
    gc.collect()
    held = [item for item in gc.get_objects() if isinstance(item, greenlet)]
    return sum(bool(call) and call is not getcurrent() for call in held)


def test_a_call_left_open_leaves_nothing_running(shop: Handset) -> None:
    before = open_calls()
    shop.dials().hears("Good day")
    assert open_calls() == before + 1
    shop.close()
    assert open_calls() == before


def test_dialling_again_ends_the_first_call(shop: Handset) -> None:
    before = open_calls()
    shop.dials().hears("press 1").dials().hears("Good day")
    assert open_calls() == before + 1


def test_the_app_runs_in_the_tests_own_thread_and_context(take: Taken) -> None:
    """Else it would have no share in a test's database connection or transaction."""
    tenant: ContextVar[str] = ContextVar("tenant")
    tenant.set("the shop")

    def voice() -> Response:
        return twiml(f"<Say>{tenant.get()} in thread {threading.get_ident()}</Say>")

    take({"/voice": voice}).dials().hears(f"the shop in thread {threading.get_ident()}")


def test_the_same_steps_take_the_same_seconds(take: Taken) -> None:
    def seconds() -> float:
        telephone = take(SHOP).dials().hears("press 2").presses("2").hears("Goodbye")
        telephone.close()
        return telephone.seconds

    assert seconds() == seconds()
