"""The number's other URLs: its fallback and its status callback. https://www.twilio.com/docs/voice/twiml"""

from email.utils import parsedate_to_datetime

import pytest
from flask import Response

from ringback import HangUp
from simulator.tests.booth import START, Booth, summary

STATUS = "http://app.test/status"


def booth(page: str) -> Booth:
    return Booth({"/voice": page, "/status": lambda: Response("", 204)})


def test_the_status_callback_is_requested_once_at_the_end_with_the_duration() -> None:
    """For an inbound call: one request, with CallDuration in seconds."""
    line = booth('<Pause length="90"/>')
    record = line.ring(status_callback=STATUS)
    assert line.paths == ["/voice", "/status"]
    asked = line.asked[1]
    assert (asked.fields["CallStatus"], asked.fields["CallDuration"]) == ("completed", "90")
    assert (asked.method, asked.signed, asked.fields["CallSid"]) == ("POST", True, record.sid)
    ended = parsedate_to_datetime(asked.fields["Timestamp"])
    assert (ended - START).total_seconds() == 90
    assert not record.errors


def test_without_one_nothing_is_requested() -> None:
    line = booth("<Hangup/>")
    line.ring()
    assert line.paths == ["/voice"]


def test_a_caller_who_hangs_up_is_known_by_it_alone() -> None:
    """[INF] no action is asked when the caller hangs up in a Gather."""
    line = booth('<Gather action="/never"><Pause length="60"/></Gather>')
    line.ring(phone=_HangsUp(), status_callback=STATUS)
    assert line.paths == ["/voice", "/status"]
    assert line.asked[1].fields["CallDuration"] == "7"


@pytest.mark.parametrize(
    ("page", "status", "seconds"),
    [
        ("<Reject/>", "no-answer", "0"),
        ('<Reject reason="busy"/>', "busy", "0"),
        ('<Dial answerOnBridge="true">+811</Dial>', "no-answer", "0"),  # it rang for 30 s
    ],
)
def test_a_call_that_was_not_answered_lasted_no_time(page, status, seconds) -> None:
    line = booth(page)
    line.ring(status_callback=STATUS)
    fields = line.asked[1].fields
    assert (fields["CallStatus"], fields["CallDuration"]) == (status, seconds)


def test_it_may_be_a_get() -> None:
    line = booth("<Hangup/>")
    line.ring(status_callback=STATUS, status_callback_method="GET")
    assert (line.asked[1].method, line.asked[1].fields["CallStatus"]) == ("GET", "completed")
    assert line.asked[1].signed


def test_its_failure_is_a_warning_and_no_part_of_the_call() -> None:
    """https://www.twilio.com/docs/api/errors/15003"""
    line = Booth({"/voice": "<Say>Hello</Say>", "/status": lambda: Response("no", 500)})
    record = line.ring(status_callback=STATUS)
    assert summary(record) == ["heard Hello", "hangup line", "error 15003"]
    assert (record.status, record.errors[0].level) == ("completed", "warning")


def test_what_it_answers_is_not_executed() -> None:
    line = Booth({"/voice": "<Hangup/>", "/status": "<Say>Never</Say>"})
    assert not line.ring(status_callback=STATUS).heard


def test_the_fallback_may_be_a_get() -> None:
    """VoiceFallbackMethod."""
    line = Booth({"/voice": lambda: Response("no", 500), "/help": "<Say>Help</Say>"})
    record = line.ring(fallback_url="http://app.test/help?a=1", fallback_method="GET")
    assert (line.asked[1].method, line.asked[1].fields["ErrorCode"]) == ("GET", "11200")
    assert record.heard == "Help"


def test_a_document_that_fails_later_has_the_fallback_too() -> None:
    """ "If a fatal error occurs fetching or executing your TwiML"."""
    line = Booth(
        {"/voice": "<Redirect>/broken</Redirect>", "/broken": "<Say>", "/help": "<Say>Help</Say>"}
    )
    record = line.ring(fallback_url="http://app.test/help")
    assert line.asked[2].fields["ErrorUrl"] == "http://app.test/broken"
    assert summary(record) == ["error 12100", "heard Help", "hangup line"]


class _HangsUp:
    def listen(self, listening):
        return HangUp(7.0)
