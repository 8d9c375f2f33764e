"""The telephone that a test holds: what each of its steps does, and what it proves."""

import re

from flask import request

from ringback.testing import Handset
from simulator.tests.booth import LINE, Page, twiml
from simulator.tests.sounds import babble, mulaw_file, served
from simulator.tests.testing.conftest import MENU, SHOP, Taken
from simulator.tests.testing.test_handset_failures import refused


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


def test_time_can_pass(shop: Handset) -> None:
    shop.dials().waits(30)
    assert shop.seconds == 30
    assert len([event for event in shop.events if event.event == "silence"]) >= 2


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
