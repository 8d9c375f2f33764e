"""Mishaps by rule: which requests, how often, and what becomes of callbacks."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import httpx
import pytest
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

from ringback import Carrier, Delivery, Fault, RateLimit, Rule, by_rules, unreliable
from simulator.tests.booth import CALLER, SENDER, START, Booth
from simulator.tests.test_rest import connect

OTHER = "+819099999999"


@contextmanager
def account(**carrier: Any) -> Iterator[tuple[Carrier, Client]]:
    company = Carrier(
        start=START, numbers=[SENDER, "+15005550010"], sleep=lambda seconds: None, **carrier
    )
    with company.rest_api() as api:
        yield company, connect(company, api.url)


def outcome(client: Client, to: str = CALLER, from_: str = SENDER) -> int:
    """The HTTP status of an attempt to send."""
    try:
        client.messages.create(to=to, from_=from_, body="Hello")
    except TwilioRestException as error:
        return int(error.status)
    return 201


def test_a_rule_strikes_some_requests_only() -> None:
    down = Fault(status=503)
    with account(faults=by_rules(Rule(fault=down, method="POST", to="+8190123*"))) as (_, client):
        assert [outcome(client), outcome(client, OTHER)] == [503, 201]
        assert len(client.messages.list()) == 1
    with account(faults=by_rules(Rule(fault=down, path="*/Calls.json"))) as (_, client):
        assert outcome(client) == 201
        with pytest.raises(TwilioException, match="503"):
            client.calls.list()
    with account(faults=by_rules(Rule(fault=down, from_="+15005550010"))) as (_, client):
        assert [outcome(client), outcome(client, from_="+15005550010")] == [201, 503]


def test_a_rule_strikes_now_and_then_and_the_same_way_every_time() -> None:
    def statuses(seed: int) -> list[int]:
        rule = Rule(fault=Fault(status=500), probability=0.5)
        with account(faults=by_rules(rule, random=Random(seed))) as (_, client):
            return [outcome(client) for _ in range(20)]

    assert set(statuses(1)) == {201, 500}
    assert statuses(1) == statuses(1)
    assert statuses(1) != statuses(2)


def test_the_first_rule_that_strikes_decides() -> None:
    rules = by_rules(
        Rule(fault=Fault(status=500), probability=0),
        lambda request: Fault(status=502) if request.count == 1 else None,
        Rule(fault=Fault(status=503, accepted=True)),
    )
    with account(faults=rules) as (carrier, client):
        assert [outcome(client), outcome(client)] == [502, 503]
        assert len(carrier.messages) == 1  # the 503 went out all the same


def test_a_fault_may_have_any_of_twilios_codes() -> None:
    """https://www.twilio.com/docs/api/errors/30001 and the like, that nothing else brings about"""
    with account(faults=[Fault(status=400, code=21611)]) as (_, client):
        with pytest.raises(TwilioRestException) as caught:
            client.messages.create(to=CALLER, from_=SENDER, body="Hello")
        assert (caught.value.status, caught.value.code) == (400, 21611)


def test_a_sender_has_a_rate() -> None:
    """https://www.twilio.com/docs/api/errors/20429"""
    with account(faults=by_rules(RateLimit(most=2, seconds=1))) as (carrier, client):
        assert [outcome(client) for _ in range(3)] == [201, 201, 429]
        assert outcome(client, from_="+15005550010") == 201  # another sender has its own
        assert client.messages.list()  # asking is not sending
        carrier.pass_time(1)
        assert outcome(client) == 201


def test_too_many_requests_say_when_to_come_back() -> None:
    with account(faults=by_rules(RateLimit(most=1, seconds=30))) as (carrier, client):
        outcome(client)
        answer = httpx.post(
            f"{client.api.base_url}/2010-04-01/Accounts/{carrier.account_sid}/Messages.json",
            data={"To": CALLER, "From": SENDER, "Body": "Hello"},
            auth=(carrier.account_sid, carrier.auth_token),
            trust_env=False,
        )
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")
        assert answer.json()["code"] == 20429


def callbacks(**chances: Any) -> list[str]:
    booth = Booth({"/status": ""}, deliveries=unreliable(**chances))
    with booth.carrier.rest_api() as api:
        client = connect(booth.carrier, api.url)
        for _ in range(chances.pop("messages", 1)):
            client.messages.create(
                to=CALLER, from_=SENDER, body="Hello", status_callback="https://app.test/status"
            )
        booth.carrier.pass_time(60)
        assert {kept.status for kept in client.messages.list()} == {"delivered"}
    return [asked.fields["MessageStatus"] for asked in booth.asked]


@pytest.mark.parametrize(
    ("mishap", "posted"),
    [
        ({}, ["sent", "delivered"]),
        ({"lost": 1}, []),
        ({"doubled": 1}, ["sent", "sent", "delivered", "delivered"]),
        ({"reordered": 1}, ["delivered", "sent"]),
        ({"early": 1}, ["sent", "delivered"]),
    ],
)
def test_callbacks_get_lost_doubled_and_mixed_up(
    mishap: dict[str, float], posted: list[str]
) -> None:
    """https://www.twilio.com/docs/messaging/guides/outbound-message-logging"""
    assert callbacks(**mishap) == posted


def test_callbacks_fare_badly_now_and_then() -> None:
    def mishaps(seed: int) -> list[Delivery]:
        rule = unreliable(lost=0.2, doubled=0.2, reordered=0.2, random=Random(seed))
        with account(deliveries=lambda message: drawn.append(rule(message)) or drawn[-1]) as (
            _,
            client,
        ):
            drawn: list[Delivery] = []
            for _ in range(20):
                outcome(client)
            return drawn

    assert len({str(delivery) for delivery in mishaps(1)}) == 4
    assert mishaps(1) == mishaps(1)


def test_probabilities_are_checked() -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        Rule(fault=Fault(status=500), probability=2)
    with pytest.raises(ValueError, match="together 1 at most"):
        unreliable(lost=0.6, doubled=0.6)
