"""What becomes of a message, and how the app is notified.

https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from twilio.rest import Client

from ringback import Delivery, DeliveryStep, Message
from simulator.tests.booth import CALLER, SENDER, START, Booth, twiml
from simulator.tests.test_rest import connect

SERVICE = "MG" + "0" * 32
TOLD_AT = "https://app.test:8443/status?row=7"


@contextmanager
def account(**carrier) -> Iterator[tuple[Booth, Client]]:
    booth = Booth({"/status": "", "/voice": '<Pause length="2"/>'}, **carrier)
    with booth.carrier.rest_api() as api:
        yield booth, connect(booth.carrier, api.url)


def text(client: Client, **more: str) -> str:
    sender = {} if "messaging_service_sid" in more else {"from_": SENDER}
    return client.messages.create(
        to=CALLER, body="Hello", status_callback=TOLD_AT, **sender, **more
    ).sid


def statuses(booth: Booth) -> list[str]:
    return [asked.fields["MessageStatus"] for asked in booth.asked]


def test_the_app_is_notified_when_a_message_is_sent_and_when_it_is_delivered() -> None:
    """There is no callback for the status the message begins with."""
    with account() as (booth, client):
        text(client)
        assert statuses(booth) == []
        booth.carrier.pass_time(1)
        assert statuses(booth) == ["sent"]
        booth.carrier.pass_time(5)
        assert statuses(booth) == ["sent", "delivered"]


def test_a_callback_has_twilios_fields_and_is_signed_with_its_port() -> None:
    """Messaging keeps the port of an https URL in what it signs, voice does not:
    https://www.twilio.com/docs/usage/security#validating-requests"""
    with account() as (booth, client):
        sid = text(client)
        booth.carrier.pass_time(3)
        posted = booth.asked[-1]
        assert posted.fields == {
            "AccountSid": booth.carrier.account_sid,
            "ApiVersion": "2010-04-01",
            "From": SENDER,
            "MessageSid": sid,
            "MessageStatus": "delivered",
            "RawDlrDoneDate": "2607010100",
            "SmsSid": sid,
            "SmsStatus": "delivered",
            "To": CALLER,
            "row": "7",
        }
        assert "RawDlrDoneDate" not in booth.asked[0].fields  # sent is no receipt
        made = booth.carrier.callbacks[-1]
        assert (made.url, made.status, made.error) == (TOLD_AT, 200, None)
        assert made.at == START + timedelta(seconds=3)
        assert all(asked.signed for asked in booth.asked)


@pytest.mark.parametrize(
    ("delivery", "posted"),
    [
        (Delivery.undelivered(30003), [("sent", None), ("undelivered", "30003")]),
        (Delivery.failed(30007), [("failed", "30007")]),
        (Delivery.stuck(), []),
        (Delivery().with_callbacks_repeated(2), [("sent", None)] * 2 + [("delivered", None)] * 2),
        (Delivery().without_callbacks(), []),
        (Delivery().with_callbacks_reversed(), [("delivered", None), ("sent", None)]),
        (Delivery(steps=(DeliveryStep("sent", 1, late=9), DeliveryStep("delivered", 2))),
         [("delivered", None), ("sent", None)]),
    ],
)  # fmt: skip
def test_a_rule_says_what_becomes_of_a_message(
    delivery: Delivery, posted: list[tuple[str, str | None]]
) -> None:
    with account(deliveries=lambda message: delivery) as (booth, client):
        text(client)
        booth.carrier.pass_time(60)
        assert [
            (asked.fields["MessageStatus"], asked.fields.get("ErrorCode")) for asked in booth.asked
        ] == posted


def test_the_api_shows_how_a_message_stands() -> None:
    with account(deliveries=lambda message: Delivery.undelivered(30005)) as (booth, client):
        sid = text(client)
        booth.carrier.pass_time(3)
        fetched, (listed,) = client.messages(sid).fetch(), client.messages.list()
        assert (fetched.status, fetched.error_code) == ("undelivered", 30005)
        assert (listed.status, listed.error_code) == ("undelivered", 30005)
        assert fetched.date_sent == START + timedelta(seconds=1)
        assert fetched.date_updated == START + timedelta(seconds=3)
        (kept,) = booth.carrier.messages
        assert (kept.status, kept.error_code) == ("undelivered", 30005)


def test_lost_callbacks_leave_only_the_api_to_ask() -> None:
    """Callbacks are best effort; an app has to look for itself some time:
    https://www.twilio.com/docs/messaging/guides/outbound-message-logging"""
    with account(deliveries=lambda message: Delivery().without_callbacks()) as (booth, client):
        sid = text(client)
        booth.carrier.pass_time(60)
        assert booth.asked == []
        assert client.messages(sid).fetch().status == "delivered"


def test_a_callback_may_come_before_the_app_knows_the_sid() -> None:
    with account(deliveries=lambda message: Delivery().at_once()) as (booth, client):
        message = client.messages.create(
            to=CALLER, from_=SENDER, body="Hello", status_callback=TOLD_AT
        )
        assert statuses(booth) == ["sent", "delivered"]
        assert message.status == "queued"


def test_rules_differ_by_recipient_and_can_be_changed() -> None:
    def by_number(message: Message) -> Delivery:
        return Delivery.failed() if message.to == CALLER else Delivery()

    with account(deliveries=by_number) as (booth, client):
        text(client)
        client.messages.create(to="+819011112222", from_=SENDER, body="Hello")
        booth.carrier.deliveries = lambda message: Delivery.stuck()
        text(client)
        booth.carrier.pass_time(60)
        assert [kept.status for kept in booth.carrier.messages] == ["failed", "delivered", "queued"]


def test_a_messaging_service_queues_first_and_is_named() -> None:
    with account(messaging_services=[SERVICE]) as (booth, client):
        text(client, messaging_service_sid=SERVICE)
        booth.carrier.pass_time(3)
        assert statuses(booth) == ["queued", "sent", "delivered"]
        assert {asked.fields["MessagingServiceSid"] for asked in booth.asked} == {SERVICE}


def test_a_message_moves_on_while_somebody_calls() -> None:
    with account() as (booth, client):
        text(client)
        booth.ring()
        assert [asked.path for asked in booth.asked] == ["/voice", "/status"]
        assert booth.carrier.callbacks[0].at == START + timedelta(seconds=1)


def test_each_change_has_its_own_moment_however_long_the_wait() -> None:
    with account() as (booth, client):
        text(client)
        booth.carrier.pass_time(3600)
        seconds = [(made.at - START).total_seconds() for made in booth.carrier.callbacks]
        assert seconds == [1, 3]


def test_an_app_that_does_not_take_a_callback_is_noted() -> None:
    with account() as (booth, client):
        client.messages.create(
            to=CALLER, from_=SENDER, body="Hello", status_callback="https://app.test/nowhere"
        )
        booth.carrier.pass_time(60)
        noted = [(made.status, made.error) for made in booth.carrier.callbacks]
        assert noted == [(404, "11200: the app answered 404 Not Found")] * 2


def test_without_a_callback_url_nobody_is_notified() -> None:
    with account() as (booth, client):
        client.messages.create(to=CALLER, from_=SENDER, body="Hello")
        booth.carrier.pass_time(60)
        assert booth.carrier.callbacks == ()


@pytest.mark.parametrize("steps", [(DeliveryStep("delivered", 3), DeliveryStep("sent", 1))])
def test_a_delivery_cannot_go_back_in_time(steps: tuple[DeliveryStep, ...]) -> None:
    with pytest.raises(ValueError, match="back in time"):
        Delivery(steps=steps)
    with pytest.raises(ValueError, match="less than none"):
        DeliveryStep("sent", -1)


def test_a_worker_beside_the_app_is_called_at_every_move() -> None:
    moves = []

    def work(now):
        moves.append((now - START).total_seconds())
        if len(moves) == 1:  # what the worker sends is delivered like anything else
            text(client)

    with account(while_time_passes=work) as (booth, client):
        booth.ring()
        assert moves == [2]
        booth.carrier.pass_time(10)
        assert moves == [2, 3, 5, 12]
        assert [asked.fields.get("MessageStatus") for asked in booth.asked] == [
            None,  # the call itself
            "sent",
            "delivered",
        ]


def test_a_worker_may_text_during_the_call_and_the_call_tells() -> None:
    def work(now):
        if not booth.carrier.messages:
            text(client)

    with account(while_time_passes=work) as (booth, client):
        record = booth.ring()
        assert [event.body for event in record.of("texted")] == ["Hello"]


def test_the_app_may_be_asked_for_its_next_document_meanwhile() -> None:
    """Callbacks during a call come between its requests, in the order of virtual time."""

    def first():
        text(client)
        return twiml('<Pause length="2"/><Redirect>/then</Redirect>')

    booth = Booth({"/voice": first, "/then": "<Pause/>", "/status": ""})
    with booth.carrier.rest_api() as api:
        client = connect(booth.carrier, api.url)
        booth.ring()
    assert booth.paths == ["/voice", "/status", "/then", "/status"]
