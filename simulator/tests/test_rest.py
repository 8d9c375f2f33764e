"""The REST API, spoken to by the unmodified twilio library over real HTTP."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from ringback import Carrier, Fault, Number, RestRequest
from simulator.tests.booth import CALLER, LINE, SENDER, START, Booth, twiml

SERVICE = "MG" + "0" * 32
KEY, SECRET = "SK" + "1" * 32, "a secret"


@pytest.fixture
def carrier() -> Carrier:
    return Carrier(
        start=START,
        numbers=(Number(LINE, sms=False), SENDER),
        api_keys={KEY: SECRET},
        messaging_services=[SERVICE],
        sleep=lambda seconds: None,
    )


@pytest.fixture
def client(carrier: Carrier) -> Iterator[Client]:
    with carrier.rest_api() as api:
        yield connect(carrier, api.url)


def connect(carrier: Carrier, url: str, user: str = "", password: str = "") -> Client:
    client = Client(
        user or carrier.account_sid,
        password or carrier.auth_token,
        carrier.account_sid,
        http_client=TwilioHttpClient(timeout=5),
    )
    client.api.base_url = url
    return client


def refusal(client: Client, **message: str) -> tuple[int, int]:
    with pytest.raises(TwilioRestException) as caught:
        client.messages.create(**{"to": CALLER, "from_": SENDER, "body": "Hello", **message})
    return caught.value.status, caught.value.code


def test_a_message_is_queued(client: Client, carrier: Carrier) -> None:
    """https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource"""
    message = client.messages.create(to=CALLER, from_=SENDER, body="こんにちは" * 20)
    assert message.sid.startswith("SM")
    assert (message.status, message.num_segments, message.error_code) == ("queued", "2", None)
    assert (message.date_created, message.date_sent) == (START, None)
    assert [(kept.sid, kept.body) for kept in carrier.messages] == [
        (message.sid, "こんにちは" * 20)
    ]


def test_a_message_is_sent_and_delivered_as_virtual_time_goes_by(
    client: Client, carrier: Carrier
) -> None:
    sid = client.messages.create(to=CALLER, from_=SENDER, body="Hello").sid
    statuses = []
    for _ in range(3):
        statuses.append(client.messages(sid).fetch().status)
        carrier.clock.advance(2)
    assert statuses == ["queued", "sent", "delivered"]


def test_a_messaging_service_chooses_the_sender(client: Client, carrier: Carrier) -> None:
    """num_segments is "0" and the status accepted in the answer that creates the message."""
    message = client.messages.create(to=CALLER, messaging_service_sid=SERVICE, body="Hello")
    assert (message.status, message.num_segments, message.from_) == ("accepted", "0", None)
    assert carrier.messages[0].from_ == SENDER


def test_messages_are_listed_newest_first_and_by_page(client: Client, carrier: Carrier) -> None:
    for number in range(5):
        client.messages.create(to=CALLER, from_=SENDER, body=str(number))
        carrier.clock.advance(60)
    client.messages.create(to="+819099999999", from_=SENDER, body="other")
    assert [kept.body for kept in client.messages.list(to=CALLER, page_size=2)] == list("43210")
    later = client.messages.list(to=CALLER, date_sent_after=START + timedelta(seconds=150))
    assert [kept.body for kept in later] == ["4", "3"]
    assert client.messages.list(to=CALLER, date_sent_before=START - timedelta(seconds=1)) == []
    assert len(client.messages.list(date_sent=START.date())) == 6
    assert len(client.messages.list(limit=1)) == 1


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"to": "09012345678"}, 21211),
        ({"to": "+81901234567890123"}, 21211),
        ({"to": "+81901"}, 21211),
        ({"from_": "12"}, 21212),
        ({"from_": LINE}, 21606),  # this number cannot text
        ({"from_": "+15005559999"}, 21606),  # this one is not the account's
        ({"to": "+81312345678"}, 21635),  # a landline
        ({"to": "+815012345678"}, 21614),  # IP telephony
        ({"to": "+81120123456"}, 21614),  # free phone
        ({"body": "あ" * 1601}, 21617),
        ({"body": ""}, 21602),
    ],
)
def test_what_cannot_be_sent_is_refused(
    client: Client, carrier: Carrier, message: dict[str, str], code: int
) -> None:
    """The codes of https://www.twilio.com/docs/api/errors, with status 400."""
    assert refusal(client, **message) == (400, code)
    assert carrier.messages == ()


def test_refusals_have_twilios_json(carrier: Carrier) -> None:
    """https://www.twilio.com/docs/usage/twilios-response#exceptions"""
    with carrier.rest_api() as api:
        path = f"/2010-04-01/Accounts/{carrier.account_sid}/Messages.json"
        answer = httpx.post(
            api.url + path,
            data={"To": "1", "From": SENDER, "Body": "x"},
            auth=(carrier.account_sid, carrier.auth_token),
            trust_env=False,
        )
    assert answer.json() == {
        "code": 21211,
        "message": "Invalid 'To' Phone Number: 1",
        "more_info": "https://www.twilio.com/docs/errors/21211",
        "status": 400,
    }


def test_an_api_key_opens_it_too(carrier: Carrier) -> None:
    with carrier.rest_api() as api:
        client = connect(carrier, api.url, KEY, SECRET)
        assert client.messages.create(to=CALLER, from_=SENDER, body="Hello").sid


@pytest.mark.parametrize("who", [("", "wrong"), (KEY, "wrong"), ("ACnobody", "x")])
def test_a_wrong_secret_is_20003(carrier: Carrier, who: tuple[str, str]) -> None:
    with carrier.rest_api() as api:
        assert refusal(connect(carrier, api.url, *who)) == (401, 20003)


def test_a_message_that_is_not_there_is_20404(client: Client) -> None:
    with pytest.raises(TwilioRestException) as caught:
        client.messages("SM" + "0" * 32).fetch()
    assert (caught.value.status, caught.value.code) == (404, 20404)


def test_an_unknown_service_is_refused(client: Client) -> None:
    with pytest.raises(TwilioRestException) as caught:
        client.messages.create(to=CALLER, messaging_service_sid="MG9", body="Hello")
    assert caught.value.code == 21701


def test_a_fault_by_position_strikes_once(client: Client, carrier: Carrier) -> None:
    carrier.faults = [Fault(status=503), None]
    assert refusal(client) == (503, 20503)
    assert client.messages.create(to=CALLER, from_=SENDER, body="Hello").sid
    assert len(carrier.messages) == 1


def test_a_500_may_have_been_sent_all_the_same(client: Client, carrier: Carrier) -> None:
    """https://twilio.com/docs/api/errors/20500: creating a message is not idempotent."""
    carrier.faults = [Fault(status=500, accepted=True)]
    assert refusal(client) == (500, 20500)
    assert len(carrier.messages) == 1


@pytest.mark.parametrize("accepted", [True, False])
def test_the_line_is_cut_before_or_after_acceptance(
    client: Client, carrier: Carrier, accepted: bool
) -> None:
    carrier.faults = [Fault(cut=True, accepted=accepted)]
    with pytest.raises(requests.exceptions.ConnectionError):
        client.messages.create(to=CALLER, from_=SENDER, body="Hello")
    assert len(carrier.messages) == accepted


def test_a_rule_decides_by_request_and_latency_is_bounded(carrier: Carrier) -> None:
    slept = []
    slow = Carrier(start=START, numbers=[SENDER], sleep=slept.append)

    def rule(request: RestRequest) -> Fault | None:
        return Fault(latency=600) if request.form.get("To") == CALLER else None

    slow.faults = rule
    with slow.rest_api() as api:
        client = connect(slow, api.url)
        client.messages.create(to="+819011111111", from_=SENDER, body="fast")
        client.messages.create(to=CALLER, from_=SENDER, body="slow")
    assert slept == [60.0]
    assert len(slow.messages) == 2


def test_a_text_sent_during_a_call_is_an_event_of_that_call() -> None:
    def page():
        client.messages.create(to=CALLER, from_=SENDER, body="見つけました")
        return twiml("<Say>Sent</Say>")

    booth = Booth({"/voice": page})
    with booth.carrier.rest_api() as api:
        client = connect(booth.carrier, api.url)
        record = booth.ring()
        client.messages.create(to=CALLER, from_=SENDER, body="after the call")
    texts = record.of("texted")
    assert [(text.to, text.from_, text.body, text.segments) for text in texts] == [
        (CALLER, SENDER, "見つけました", 1)
    ]
