"""The Message resource beyond the first text: codes, redacting, calling off, scheduling.

https://www.twilio.com/docs/messaging/api/message-resource
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from ringback import Carrier, Delivery, Number
from simulator.tests.booth import CALLER, SENDER, START, Booth
from simulator.tests.test_rest import connect

SERVICE = "MG" + "0" * 32


@pytest.fixture
def booth() -> Booth:
    return Booth({"/status": ""}, numbers=[SENDER], messaging_services=[SERVICE])


@pytest.fixture
def carrier(booth: Booth) -> Carrier:
    return booth.carrier


@pytest.fixture
def client(carrier: Carrier) -> Iterator[Client]:
    with carrier.rest_api() as api:
        yield connect(carrier, api.url)


def send(client: Client, **message: Any) -> Any:
    return client.messages.create(**{"to": CALLER, "from_": SENDER, "body": "Hello", **message})


def code(act: Any, *args: Any, **kwargs: Any) -> tuple[int, int]:
    with pytest.raises(TwilioRestException) as caught:
        act(*args, **kwargs)
    return caught.value.status, caught.value.code


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"to": "+15005550001"}, 21211),
        ({"to": "+15005550002"}, 21612),
        ({"to": "+15005550003"}, 21408),
        ({"to": "+15005550004"}, 21610),
        ({"to": "+15005550009"}, 21614),
        ({"from_": "+15005550001"}, 21212),
        ({"from_": "+15005550007"}, 21606),
        ({"from_": "+15005550008"}, 21611),
    ],
)
def test_magic_numbers_have_their_own_errors(
    client: Client, message: dict[str, str], expected: int
) -> None:
    """https://www.twilio.com/docs/iam/test-credentials#test-sms-messages"""
    assert code(send, client, **message) == (400, expected)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"to": ""}, 21604),
        ({"from_": ""}, 21603),
        ({"to": SENDER}, 21266),
        ({"validity_period": 0}, 90007),
        ({"validity_period": 36_001}, 90007),
        ({"status_callback": "ftp://a.test/"}, 21609),
        ({"status_callback": "https://my_host.test/"}, 21609),  # no underscores
        ({"status_callback": "https:///no-host"}, 21609),
        ({"status_callback": "https://[broken/"}, 21609),
        ({"status_callback": "https://a.test/" + "x" * 4000}, 21609),
        ({"schedule_type": "fixed", "messaging_service_sid": SERVICE}, 35111),
        ({"schedule_type": "fixed", "send_at": START + timedelta(hours=1)}, 35118),
        ({"send_at": START + timedelta(hours=1), "messaging_service_sid": SERVICE}, 35126),
        ({"schedule_type": "fixed", "send_at": START, "messaging_service_sid": SERVICE}, 35115),
        ({"schedule_type": "fixed", "send_at": "soon", "messaging_service_sid": SERVICE}, 35115),
        ({"media_url": ["https://a.test/x.png"]}, 20001),  # said, not done half
        ({"smart_encoded": True}, 20001),
    ],
)
def test_what_is_wrong_with_a_request_has_twilios_code(
    client: Client, carrier: Carrier, message: dict[str, Any], expected: int
) -> None:
    """https://www.twilio.com/docs/api/errors"""
    assert code(send, client, **message) == (400, expected)
    assert carrier.messages == ()


def test_what_is_expressly_not_wanted_is_not_missed(client: Client) -> None:
    assert send(client, smart_encoded=False, shorten_urls=False).sid


def test_texting_may_be_enabled_for_some_regions_only() -> None:
    """https://www.twilio.com/docs/api/errors/21408: geo permissions"""
    carrier = Carrier(start=START, numbers=[SENDER], sms_regions=["+81"])
    with carrier.rest_api() as api:
        client = connect(carrier, api.url)
        assert code(send, client, to="+14155552671") == (400, 21408)
        assert send(client).sid


def test_a_service_without_a_number_that_can_text_has_no_sender() -> None:
    """https://www.twilio.com/docs/api/errors/21703"""
    carrier = Carrier(
        start=START, numbers=[Number(SENDER, sms=False)], messaging_services=[SERVICE]
    )
    with carrier.rest_api() as api:
        client = connect(carrier, api.url)
        assert code(send, client, from_="", messaging_service_sid=SERVICE) == (400, 21703)


def test_a_message_is_redacted_by_an_empty_body(client: Client) -> None:
    sid = send(client).sid
    assert client.messages(sid).update(body="").body == ""
    assert client.messages(sid).fetch().body == ""
    assert code(client.messages(sid).update, body="other words") == (400, 20001)


def test_a_message_is_deleted(client: Client, carrier: Carrier) -> None:
    sid = send(client).sid
    assert client.messages(sid).delete()
    assert code(client.messages(sid).fetch) == (404, 20404)
    carrier.pass_time(60)  # what was still to happen to it happens to nothing
    assert carrier.messages == ()
    assert code(client.messages(sid).delete) == (404, 20404)


def test_a_message_is_called_off_while_it_waits(client: Client, booth: Booth) -> None:
    """https://www.twilio.com/docs/api/errors/30409 afterwards"""
    sid = send(client, status_callback="https://app.test/status").sid
    assert client.messages(sid).update(status="canceled").status == "canceled"
    booth.carrier.pass_time(60)
    assert [asked.fields["MessageStatus"] for asked in booth.asked] == ["canceled"]
    assert code(client.messages(sid).update, status="canceled") == (400, 30409)
    sent = send(client).sid
    booth.carrier.pass_time(1)
    assert code(client.messages(sent).update, status="canceled") == (400, 30409)
    assert code(client.messages(sent).update, status="delivered") == (400, 20001)


def test_a_message_can_be_scheduled(client: Client, carrier: Carrier) -> None:
    """https://www.twilio.com/docs/messaging/features/message-scheduling"""
    at = START + timedelta(hours=1)
    planned = {"schedule_type": "fixed", "send_at": at, "messaging_service_sid": SERVICE}
    sid, other = send(client, **planned).sid, send(client, **planned).sid
    client.messages(other).update(status="canceled")
    carrier.pass_time(3_599)
    assert client.messages(sid).fetch().status == "scheduled"
    carrier.pass_time(4)
    assert client.messages(sid).fetch().status == "delivered"
    assert client.messages(sid).fetch().date_sent == at + timedelta(seconds=1)
    assert client.messages(other).fetch().status == "canceled"


def test_a_message_that_does_not_get_out_in_time_fails(client: Client, carrier: Carrier) -> None:
    """https://www.twilio.com/docs/api/errors/30036"""
    carrier.deliveries = lambda message: Delivery.stuck()
    late = send(client, validity_period=600).sid
    carrier.deliveries = lambda message: Delivery()
    soon = send(client, validity_period=600).sid
    carrier.pass_time(599)
    assert client.messages(late).fetch().status == "queued"
    carrier.pass_time(1)
    failed = client.messages(late).fetch()
    assert (failed.status, failed.error_code) == ("failed", 30036)
    assert client.messages(soon).fetch().status == "delivered"


def test_only_what_exists_can_be_asked_for(client: Client, carrier: Carrier) -> None:
    assert code(client.messages("SM1").update, body="") == (404, 20404)
    assert code(client.queues("QU1").fetch) == (404, 20404)  # a resource that is not simulated
    assert code(client.incoming_phone_numbers.create, phone_number=SENDER) == (405, 20004)
