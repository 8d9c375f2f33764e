"""STOP, START and HELP: Twilio's default handling.

https://help.twilio.com/articles/223134027
"""

import pytest
from twilio.base.exceptions import TwilioRestException

from simulator.tests.booth import CALLER, SENDER, Booth
from simulator.tests.test_rest import connect
from simulator.tests.test_text_in import send

OTHER = "+15005550010"


def line() -> Booth:
    return Booth({"/sms": "<Message>the app's words</Message>"}, numbers=[SENDER, OTHER])


@pytest.mark.parametrize(
    "word", ["STOP", "stop", " Stop\n", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "CANCEL", "OPTOUT"]
)
def test_who_texts_stop_gets_no_more_from_that_number(word: str) -> None:
    booth = line()
    record = send(booth, word)
    assert booth.asked[0].fields["Body"] == word  # the app gets it all the same
    assert record.automatic is not None
    assert [event.body for event in record.of("texted")] == [record.automatic.body]
    assert record.replies == ()  # its own answer is refused
    assert [(error.code, error.level) for error in record.errors] == [(21610, "warning")]
    with booth.carrier.rest_api() as api:
        client = connect(booth.carrier, api.url)
        with pytest.raises(TwilioRestException) as caught:
            client.messages.create(to=CALLER, from_=SENDER, body="Hello")
        assert (caught.value.status, caught.value.code) == (400, 21610)
        assert client.messages.create(to=CALLER, from_=OTHER, body="Hello").sid
        assert client.messages.create(to="+819099999999", from_=SENDER, body="Hello").sid


@pytest.mark.parametrize("word", ["START", "yes", "Unstop"])
def test_start_ends_it(word: str) -> None:
    booth = line()
    send(booth, "STOP")
    record = send(booth, word)
    assert record.automatic is not None
    assert [reply.body for reply in record.replies] == ["the app's words"]


@pytest.mark.parametrize("words", ["STOP please", "停止", "START", "stop!"])
def test_other_words_are_the_apps_own_business(words: str) -> None:
    """Only a word alone counts, only in English, and START only to whom was unsubscribed."""
    record = send(line(), words)
    assert record.automatic is None
    assert [reply.body for reply in record.replies] == ["the app's words"]


def test_help_is_answered_by_both() -> None:
    record = send(line(), "HELP")
    assert len(record.of("texted")) == 2


def test_advanced_opt_out_knows_more_words() -> None:
    """https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out"""
    booth = line()
    record = send(booth, "停止", opt_out_type="STOP")
    assert booth.asked[0].fields["OptOutType"] == "STOP"
    assert record.automatic is not None
    assert record.replies == ()


def test_what_the_carrier_answers_is_none_of_the_apps_messages() -> None:
    booth = line()
    send(booth, "STOP")
    assert booth.carrier.messages == ()
