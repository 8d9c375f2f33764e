"""Changes to a call by the REST API: it is redirected, ended or canceled.

https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from twilio.rest import Client

from ringback import PromptSegment
from simulator.tests.booth import START, Booth, twiml
from simulator.tests.test_rest import connect
from simulator.tests.test_rest_calls import MENU, URL, place
from simulator.tests.test_rest_messages import code


@pytest.fixture
def booth() -> Booth:
    return Booth({"/voice": MENU, "/then": '<Pause length="7"/>', "/status": ""})


@pytest.fixture
def client(booth: Booth) -> Iterator[Client]:
    with booth.carrier.rest_api() as api:
        yield connect(booth.carrier, api.url)


@pytest.mark.parametrize("status", ["canceled", "completed"])
def test_a_queued_call_can_be_called_off(client: Client, booth: Booth, status: str) -> None:
    sid = place(client).sid
    assert client.calls(sid).update(status=status).status == "canceled"
    booth.carrier.pass_time(60)
    assert booth.asked == []
    assert code(client.calls(sid).update, status="completed") == (400, 21220)
    assert code(client.calls(sid).update, status="ringing") == (400, 20001)


class Overheard:
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self.segments: list[PromptSegment] = []

    def hears(self, segment: PromptSegment) -> None:
        self.segments.append(segment)

    def presses(self, key: str, at: float) -> None:
        """No keys here."""

    def hangs_up(self, at: float) -> None:
        """Nothing to keep."""


def later(booth: Booth, seconds: float, act: Callable[[], Any]) -> None:
    """Has something done in the middle of a call."""
    booth.carrier.clock.at(START + timedelta(seconds=seconds), act)


def test_a_call_in_progress_is_redirected_in_the_middle_of_a_word() -> None:
    """https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource"""
    booth = Booth({"/voice": "<Say>" + "please hold " * 30 + "</Say>", "/then": "<Say>Found</Say>"})
    with booth.carrier.rest_api() as api:
        client = connect(booth.carrier, api.url)

        def found() -> None:
            (call,) = client.calls.list(status="in-progress")
            client.calls(call.sid).update(url="https://app.test/then", method="GET")

        later(booth, 2, found)
        listener = Overheard()
        record = booth.ring(listener=listener)
    assert (listener.segments[0].starts, listener.segments[0].ends) == (0, 2)
    assert listener.segments[1].starts == 2
    hold, then = record.of("heard")
    assert (hold.cut, hold.seconds, hold.t) == (True, 2, 2)
    assert (then.text, then.cut) == ("Found", False)
    assert (booth.asked[1].method, booth.asked[1].fields["CallStatus"]) == ("GET", "in-progress")
    assert record.went_well
    assert [event.t for event in record.events] == sorted(event.t for event in record.events)


def test_a_call_in_progress_is_ended(client: Client, booth: Booth) -> None:
    """A caller on hold, a Gather that waits: it makes no difference."""

    def end() -> None:
        (call,) = client.calls.list()
        assert client.calls(call.sid).update(status="canceled").status == "in-progress"
        client.calls(call.sid).update(status="completed")

    later(booth, 4, end)
    record = booth.ring("- -")
    assert (record.seconds, record.status, record.ended_by) == (4, "completed", "line")
    assert client.calls(record.sid).fetch().status == "completed"
    assert code(client.calls(record.sid).update, url=URL) == (400, 21220)


def test_a_call_the_app_made_is_redirected_to_a_document_given_outright(
    client: Client, booth: Booth
) -> None:
    sid = place(client).sid
    later(booth, 5, lambda: client.calls(sid).update(twiml="<Response><Hangup/></Response>"))
    booth.carrier.pass_time(0)
    (record,) = booth.carrier.placed_calls
    assert record.seconds == 2  # after three of ringing
    assert record.went_well


def test_the_app_may_end_a_call_while_it_answers_it() -> None:
    def page():
        (call,) = client.calls.list(status="ringing")
        client.calls(call.sid).update(status="completed")
        return twiml("<Say>nobody hears this</Say>")

    booth = Booth({"/voice": page})
    with booth.carrier.rest_api() as api:
        client = connect(booth.carrier, api.url)
        record = booth.ring()
    assert (record.heard, record.answered, record.seconds) == ("", False, 0)


@pytest.mark.parametrize("status", ["canceled", "completed"])
def test_a_call_that_rings_can_be_called_off(client: Client, booth: Booth, status: str) -> None:
    sid = place(client, status_callback="https://app.test/status").sid
    later(booth, 1, lambda: client.calls(sid).update(status=status))
    booth.carrier.pass_time(0)
    assert booth.carrier.now() == START + timedelta(seconds=1)
    assert client.calls(sid).fetch().status == "canceled"
    assert [asked.fields["CallStatus"] for asked in booth.asked] == ["canceled"]


def test_what_is_wrong_with_a_change_has_twilios_code(client: Client, booth: Booth) -> None:
    sid = place(client).sid
    assert code(client.calls(sid).update) == (400, 20001)
    assert code(client.calls(sid).update, url="x") == (400, 21205)
    assert code(client.calls(sid).update, url=URL, method="PUT") == (400, 21209)
    assert code(client.calls(sid).update, url=URL) == (400, 21220)  # it is only queued
    assert code(client.calls(sid).update, url=URL, fallback_url=URL) == (400, 20001)
