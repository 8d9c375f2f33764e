"""Connection overrides in a URL's fragment. https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides"""

import httpx
import pytest
from flask import Response

from ringback import CallRecord, Carrier, Limits, ScriptedPhone
from ringback.webhooks.connection_policy import policy_of
from simulator.tests.booth import CALLER, HOME, LINE, START, Booth, summary, twiml

NO_CONNECTION = httpx.ConnectTimeout("slow")


def ring(fragment: str, *mishaps: Exception | int) -> tuple[CallRecord, list[httpx.Request]]:
    """A call to an app that meets these mishaps first, then says Hello."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        mishap = mishaps[len(asked) - 1] if len(asked) <= len(mishaps) else None
        if isinstance(mishap, Exception):
            raise mishap
        body = "<Response><Say>Hello</Say></Response>"
        return httpx.Response(mishap or 200, text=body, headers={"Content-Type": "text/xml"})

    carrier = Carrier(start=START, transport=httpx.MockTransport(answer), stopwatch=lambda: 0.0)
    record = carrier.call(url=HOME + fragment, from_=CALLER, to=LINE, phone=ScriptedPhone(""))
    return record, asked


def test_a_connection_that_fails_is_tried_once_more() -> None:
    """rc: default 1; rp: default ct. The caller has waited the 5 s of ct meanwhile."""
    record, asked = ring("", NO_CONNECTION)
    assert (record.heard, len(asked)) == ("Hello", 2)
    assert record.of("heard")[0].t - record.of("heard")[0].seconds == pytest.approx(5)


@pytest.mark.parametrize(
    ("fragment", "mishaps", "attempts"),
    [
        ("", [NO_CONNECTION] * 9, 2),
        ("#rc=0", [NO_CONNECTION] * 9, 1),
        ("#rc=2", [NO_CONNECTION] * 9, 3),
        ("#rc=5&ct=100", [NO_CONNECTION] * 9, 6),
        ("#rc=99&ct=100", [NO_CONNECTION] * 9, 6),
        ("#rc=many", [NO_CONNECTION] * 9, 2),
        ("", [500] * 9, 1),
        ("", [httpx.ReadTimeout("slow")] * 9, 1),
        ("#rp=5xx&rc=3", [503] * 9, 4),
        ("#rp=5xx", [404] * 9, 1),
        ("#rp=4xx", [404] * 9, 2),
        ("#rp=4xx,5xx", [404, 500], 2),
        ("#rp=rt&rt=1000", [httpx.ReadTimeout("slow")] * 9, 2),
        ("#rp=all&rc=4", [404, 500, NO_CONNECTION], 4),
        ("#rp=rt", [NO_CONNECTION] * 9, 1),
        ("#rp=all", [httpx.RemoteProtocolError("gibberish")] * 9, 1),
    ],
)
def test_what_is_tried_again_and_how_often(fragment, mishaps, attempts) -> None:
    """rc 0-5, rp of 4xx, 5xx, ct, rt, all; out of range is taken as the nearest [INF]."""
    assert len(ring(fragment, *mishaps)[1]) == attempts


def test_each_attempt_is_the_same_request() -> None:
    """[INF] that the idempotency token stays the same: an app may know a repetition by it."""
    _, asked = ring("#rp=all&rc=2", 500, 500)
    assert len({request.headers["I-Twilio-Idempotency-Token"] for request in asked}) == 1
    assert len({request.content for request in asked}) == 1


def test_the_fragment_does_not_travel() -> None:
    _, asked = ring("#rc=2")
    assert str(asked[0].url) == HOME


@pytest.mark.parametrize(
    ("fragment", "mishap", "code", "after"),
    [
        ("#ct=2000&rc=2", NO_CONNECTION, 11205, 6),
        ("#ct=10000&rc=5", NO_CONNECTION, 11205, 15),
        ("#ct=1", NO_CONNECTION, 11205, 0.2),
        ("#rt=3000", httpx.ReadTimeout("slow"), 11205, 3),
        ("#tt=4000&rc=5", NO_CONNECTION, 11203, 4),
        ("#rt=99000", httpx.ReadTimeout("slow"), 11205, 15),
    ],
)
def test_how_long_the_caller_waits(fragment, mishap, code, after) -> None:
    """ct, rt and tt in milliseconds, 15 s at most; 11203 where the URL itself set the total."""
    record, _ = ring(fragment, *[mishap] * 9)
    assert (record.errors[0].code, record.errors[0].t) == (code, pytest.approx(after))


@pytest.mark.parametrize("policy", ["6xx", "ct,maybe", ""])
def test_a_retry_policy_that_does_not_exist_is_an_error(policy: str) -> None:
    """https://www.twilio.com/docs/api/errors/11243"""
    record, asked = ring(f"#rp={policy}")
    assert (record.errors[0].code, asked) == (11243, [])


def test_the_limits_of_the_simulator_hold_whatever_the_url_wants() -> None:
    patience = policy_of("http://a.test#ct=10000&rt=15000&tt=15000", Limits(request_seconds=0.5))
    assert (patience.connect, patience.read, patience.total) == (0.5, 0.5, 0.5)


def test_overrides_hold_for_urls_in_a_document_too() -> None:
    """ "Usable in TwiML attributes"; a webhook that is asked twice must not act twice."""
    answers = [Response("no", 500), twiml("<Say>Hello</Say>")]
    booth = Booth(
        {
            "/voice": '<Gather numDigits="1" action="/pressed#rp=5xx"/>',
            "/pressed": lambda: answers.pop(0),
        }
    )
    record = booth.ring("7")
    assert [asked.fields.get("Digits") for asked in booth.asked[1:]] == ["7", "7"]
    assert summary(record) == ["pressed 7", "heard Hello", "hangup line"]


def test_every_mishap_of_one_request_is_seen_as_a_request() -> None:
    record, _ = ring("#rp=5xx", 500)
    assert [event.status for event in record.of("request")] == [500, 200]
