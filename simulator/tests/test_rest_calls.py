"""The Call resource: the app calls somebody. https://www.twilio.com/docs/voice/api/call-resource"""

from collections.abc import Iterator
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from twilio.rest import Client

from ringback import Callee, ScriptedPhone
from simulator.tests.booth import CALLER, LINE, SENDER, START, Booth, twiml
from simulator.tests.test_rest import connect
from simulator.tests.test_rest_messages import code

URL = "https://app.test/voice"
MENU = '<Gather numDigits="1" action="/then"><Say>Press a key</Say></Gather>'


@pytest.fixture
def booth() -> Booth:
    return Booth({"/voice": MENU, "/then": '<Pause length="7"/>', "/status": ""})


@pytest.fixture
def client(booth: Booth) -> Iterator[Client]:
    with booth.carrier.rest_api() as api:
        yield connect(booth.carrier, api.url)


def place(client: Client, **call: Any) -> Any:
    return client.calls.create(**{"to": CALLER, "from_": LINE, "url": URL, **call})


def test_the_app_calls_somebody_who_presses_a_key(client: Client, booth: Booth) -> None:
    booth.carrier.answering = lambda number: Callee(phone=ScriptedPhone("5"))
    call = place(client)
    assert call.sid.startswith("CA")
    assert (call.status, call.direction, call.duration) == ("queued", "outbound-api", None)
    assert booth.asked == []
    booth.carrier.pass_time(1)
    assert booth.paths == ["/voice", "/then"]
    fields = booth.asked[0].fields
    assert (fields["Direction"], fields["CallStatus"]) == ("outbound-api", "in-progress")
    assert (fields["From"], fields["To"], fields["CallSid"]) == (LINE, CALLER, call.sid)
    assert booth.asked[1].fields["Digits"] == "5"
    assert all(asked.signed for asked in booth.asked)
    (record,) = booth.carrier.placed_calls
    assert record.heard == "Press a key"
    done = client.calls(call.sid).fetch()
    assert (done.status, done.duration) == ("completed", str(round(record.seconds)))
    assert done.start_time == START + timedelta(seconds=3)  # it rang for three seconds


@pytest.mark.parametrize(
    ("party", "timeout", "status", "seconds"),
    [
        (Callee(status="busy", rings_for=1), 60, "busy", 1),
        (Callee(status="failed", rings_for=2), 60, "failed", 2),
        (Callee(status="no-answer"), 25, "no-answer", 25),
        (Callee(rings_for=30), 25, "no-answer", 25),  # too late
    ],
)
def test_nobody_may_answer(
    client: Client, booth: Booth, party: Callee, timeout: int, status: str, seconds: int
) -> None:
    booth.carrier.answering = lambda number: party
    sid = place(client, timeout=timeout).sid
    booth.carrier.pass_time(0)
    done = client.calls(sid).fetch()
    assert (done.status, done.duration) == (status, "0")
    assert booth.carrier.now() == START + timedelta(seconds=seconds)
    assert booth.asked == []


def test_the_app_gets_the_events_it_asked_for(client: Client, booth: Booth) -> None:
    """https://www.twilio.com/docs/voice/api/call-resource#statuscallbackevent"""
    callback = {"status_callback": "https://app.test/status"}
    place(client, **callback)
    every = ["initiated", "ringing", "answered", "completed"]
    place(client, **callback, status_callback_event=every)
    booth.carrier.pass_time(60)
    fields = [asked.fields for asked in booth.asked if asked.path == "/status"]
    assert [(posted["CallStatus"], posted["SequenceNumber"]) for posted in fields] == [
        ("completed", "3"),
        ("initiated", "0"),
        ("ringing", "1"),
        ("in-progress", "2"),
        ("completed", "3"),
    ]
    assert int(fields[0]["CallDuration"]) > 5
    assert "CallDuration" not in fields[1]
    assert all(asked.signed for asked in booth.asked)
    assert [made.status for made in booth.carrier.callbacks] == [200] * 5


def test_calls_wait_for_one_another(client: Client, booth: Booth) -> None:
    """There is one virtual clock: two calls at once would tear it apart."""
    first, second = place(client).sid, place(client, to="+819011112222").sid
    booth.carrier.pass_time(0)
    one, two = client.calls(first).fetch(), client.calls(second).fetch()
    assert one.end_time <= two.start_time
    assert {one.status, two.status} == {"completed"}


def test_a_call_ordered_during_another_is_made_after_it(booth: Booth) -> None:
    def page():
        place(client, to="+819011112222")
        return twiml('<Pause length="9"/>')

    busy = Booth({"/first": page, "/voice": "<Pause/>"})
    with busy.carrier.rest_api() as api:
        client = connect(busy.carrier, api.url)
        busy.ring(url="https://app.test/first")
        assert busy.paths == ["/first"]
        busy.carrier.pass_time(0)
        assert busy.paths == ["/first", "/voice"]


def test_a_document_can_be_given_outright(client: Client, booth: Booth) -> None:
    """With inline TwiML a relative URL leads nowhere:
    https://www.twilio.com/docs/voice/twiml/gather#action"""
    place(client, url="", twiml="<Response><Say>Good evening</Say></Response>")
    place(
        client,
        url="",
        twiml="<Response><Redirect>https://app.test/then</Redirect></Response>",
    )
    place(client, url="", twiml="<Response><Redirect>/then</Redirect></Response>")
    booth.carrier.pass_time(0)
    said, led, lost = booth.carrier.placed_calls
    assert said.heard == "Good evening"
    assert booth.paths == ["/then"]
    assert led.went_well
    assert [error.code for error in lost.errors] == [11205]
    assert "relative" in (lost.errors[0].text or "")


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ({"to": ""}, 21201),
        ({"from_": ""}, 21213),
        ({"to": "119"}, 21211),
        ({"from_": "nobody"}, 21212),
        ({"from_": "+15005551234"}, 21210),
        ({"url": ""}, 21205),
        ({"url": "voice"}, 21205),
        ({"method": "PUT"}, 21209),
        ({"timeout": 601}, 20001),
        ({"fallback_method": "PUT"}, 21209),
        ({"status_callback": "x"}, 21609),
        ({"status_callback_event": ["hungup"]}, 21626),
        ({"machine_detection": "Enable"}, 20001),  # said, not done half
        ({"to": "+15005550001"}, 21217),
        ({"to": "+15005550002"}, 21214),
        ({"to": "+15005550003"}, 21215),
        ({"to": "+15005550004"}, 21216),
        ({"from_": "+15005550001"}, 21212),
    ],
)
def test_what_is_wrong_with_an_order_has_twilios_code(
    client: Client, booth: Booth, call: dict[str, Any], expected: int
) -> None:
    """https://www.twilio.com/docs/api/errors and /docs/iam/test-credentials#test-calls"""
    assert code(place, client, **call) == (400, expected)
    assert client.calls.list() == []


def test_calls_to_the_line_are_listed_as_well(client: Client, booth: Booth) -> None:
    record = booth.ring("5")
    booth.carrier.pass_time(60)
    place(client)
    mine, theirs = client.calls.list()
    assert (mine.direction, mine.status) == ("outbound-api", "queued")
    assert (theirs.sid, theirs.direction, theirs.status) == (record.sid, "inbound", "completed")
    assert theirs.duration == str(round(record.seconds))
    assert [call.sid for call in client.calls.list(to=LINE)] == [record.sid]
    assert [call.sid for call in client.calls.list(from_=LINE)] == [mine.sid]
    assert client.calls.list(start_time_before=START - timedelta(days=1)) == []
    assert len(client.calls.list(limit=1)) == 1
    assert code(client.calls("CA1").fetch) == (404, 20404)


def test_a_call_in_progress_shows_that_it_is() -> None:
    seen = []

    def page():
        seen.extend(call.status for call in client.calls.list())
        return twiml("<Redirect>/then</Redirect>" if len(seen) == 1 else "<Hangup/>")

    booth = Booth({"/voice": page, "/then": page})
    with booth.carrier.rest_api() as api:
        client = connect(booth.carrier, api.url)
        booth.ring()
        seen.extend(call.status for call in client.calls.list())
    assert seen == ["ringing", "in-progress", "completed"]


def test_a_rejected_call_was_never_answered() -> None:
    booth = Booth({"/voice": '<Reject reason="busy"/>'})
    with booth.carrier.rest_api() as api:
        booth.ring()
        (call,) = connect(booth.carrier, api.url).calls.list()
    assert (call.status, call.start_time, call.duration) == ("busy", None, "0")


def test_in_real_time_a_call_is_placed_by_itself() -> None:
    asked = Event()

    def page():
        asked.set()
        return twiml("<Hangup/>")

    booth = Booth(
        {"/voice": page},
        start=None,
        answering=lambda number: Callee(rings_for=0),
        numbers=[SENDER],
    )
    with booth.carrier.rest_api() as api:
        place(connect(booth.carrier, api.url), from_=SENDER)
        assert asked.wait(30)
