"""The account's numbers, and what they are set up with.

https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
"""

from collections.abc import Iterator
from typing import Any

import pytest
from twilio.rest import Client

from ringback import Number, ScriptedPhone
from simulator.tests.booth import CALLER, LINE, SENDER, Booth
from simulator.tests.test_rest import connect
from simulator.tests.test_rest_messages import code

VOICE, SMS, SPARE = "https://app.test/voice", "https://app.test/sms", "https://app.test/spare"


@pytest.fixture
def booth() -> Booth:
    pages = {"/voice": "<Say>Hello</Say>", "/sms": "<Message>Hi</Message>", "/spare": ""}
    return Booth(
        {**pages, "/broken": lambda: ("", 500)}, numbers=[Number(LINE, sms=False), SENDER, "Shop"]
    )


@pytest.fixture
def client(booth: Booth) -> Iterator[Client]:
    with booth.carrier.rest_api() as api:
        yield connect(booth.carrier, api.url)


def sid_of(client: Client, number: str = LINE) -> str:
    (found,) = client.incoming_phone_numbers.list(phone_number=number)
    return found.sid


def set_up(client: Client, number: str = LINE, **changes: Any) -> Any:
    return client.incoming_phone_numbers(sid_of(client, number)).update(**changes)


def test_the_numbers_are_listed_with_what_they_can_do(client: Client) -> None:
    """An alphanumeric sender is no number that anyone can call."""
    line, sender = client.incoming_phone_numbers.list()
    assert (line.phone_number, line.capabilities["sms"], line.voice_url) == (LINE, False, "")
    assert (sender.phone_number, sender.capabilities["sms"]) == (SENDER, True)
    assert line.sid.startswith("PN")
    assert client.incoming_phone_numbers(line.sid).fetch().phone_number == LINE


def test_a_number_that_is_set_up_can_be_called_without_a_url(client: Client, booth: Booth) -> None:
    changed = set_up(client, voice_url=VOICE, voice_method="GET", friendly_name="Madoguchi")
    assert (changed.voice_url, changed.friendly_name) == (VOICE, "Madoguchi")
    record = booth.carrier.call(from_=CALLER, to=LINE, phone=ScriptedPhone(""))
    assert record.heard == "Hello"
    assert [(asked.method, asked.path) for asked in booth.asked] == [("GET", "/voice")]
    assert booth.carrier.numbers[0].voice_url == VOICE


def test_a_number_that_is_set_up_can_be_texted_without_a_url(client: Client, booth: Booth) -> None:
    set_up(client, SENDER, sms_url=SMS)
    record = booth.carrier.text(from_=CALLER, to=SENDER, body="Hello")
    assert [reply.body for reply in record.replies] == ["Hi"]


def test_its_fallback_is_asked_when_its_url_fails(client: Client, booth: Booth) -> None:
    broken = "https://app.test/broken"
    set_up(client, voice_url=broken, voice_fallback_url=SPARE)
    set_up(client, SENDER, sms_url=broken, sms_fallback_url=SPARE)
    booth.carrier.call(from_=CALLER, to=LINE, phone=ScriptedPhone(""))
    booth.carrier.text(from_=CALLER, to=SENDER, body="Hello")
    assert booth.paths == ["/broken", "/spare"] * 2


def test_its_status_callback_gets_the_end(client: Client, booth: Booth) -> None:
    """https://www.twilio.com/docs/voice/twiml#callstatus-values"""
    set_up(client, voice_url=VOICE, status_callback=SPARE, status_callback_method="GET")
    booth.carrier.call(from_=CALLER, to=LINE, phone=ScriptedPhone(""))
    posted = booth.asked[-1]
    assert (posted.method, posted.path) == ("GET", "/spare")
    assert posted.fields["CallStatus"] == "completed"


def test_a_number_may_be_set_up_from_the_start() -> None:
    booth = Booth({"/voice": "<Say>Hello</Say>"}, numbers=[Number(LINE, voice_url=VOICE)])
    assert booth.carrier.call(from_=CALLER, to=LINE, phone=ScriptedPhone("")).heard == "Hello"


def test_without_any_url_there_is_nobody_to_answer(booth: Booth) -> None:
    with pytest.raises(ValueError, match="voice_url"):
        booth.carrier.call(from_=CALLER, to=LINE, phone=ScriptedPhone(""))
    with pytest.raises(ValueError, match="sms_url"):
        booth.carrier.text(from_=CALLER, to="+15005559999", body="Hello")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"voice_fallback_url": SPARE}, 21405),
        ({"sms_fallback_url": SPARE}, 21406),
        ({"voice_url": "voice"}, 21402),
        ({"sms_url": "https://my_host.test"}, 21402),
        ({"voice_method": "PUT"}, 21403),
        ({"voice_application_sid": "AP1"}, 20001),  # said, not done half
    ],
)
def test_what_cannot_be_set_up_has_twilios_code(
    client: Client, changes: dict[str, str], expected: int
) -> None:
    """https://www.twilio.com/docs/api/errors"""
    assert code(set_up, client, **changes) == (400, expected)
    assert client.incoming_phone_numbers.list()[0].voice_url == ""


def test_a_url_is_cleared_only_after_its_fallback(client: Client) -> None:
    set_up(client, voice_url=VOICE, voice_fallback_url=SPARE)
    assert code(set_up, client, voice_url="") == (400, 21405)
    assert set_up(client, voice_url="", voice_fallback_url="").voice_url == ""


def test_a_number_that_is_not_there_is_20404(client: Client) -> None:
    assert code(client.incoming_phone_numbers("PN1").fetch) == (404, 20404)
    assert code(client.incoming_phone_numbers("PN1").update, voice_url=VOICE) == (404, 20404)
