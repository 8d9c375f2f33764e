"""The verbs that steer a call: Redirect, Hangup, Reject, and the end of a document."""

import pytest
from flask import Response

from simulator.tests.booth import Booth, summary, twiml


def test_the_end_of_the_document_hangs_up() -> None:
    """https://www.twilio.com/docs/voice/twiml: with no verbs left, Twilio ends the call."""
    record = Booth({"/voice": "<Say>Bye</Say>"}).ring()
    assert summary(record) == ["heard Bye", "hangup line"]
    assert record.status == "completed"
    assert record.went_well


def test_verbs_after_redirect_are_unreachable() -> None:
    """https://www.twilio.com/docs/voice/twiml/redirect"""
    booth = Booth(
        {
            "/voice": "<Redirect>next?step=2</Redirect><Say>Never</Say>",
            "/next": "<Say>Next</Say>",
        }
    )
    record = booth.ring()
    assert record.heard == "Next"
    assert (booth.asked[1].method, booth.asked[1].fields["step"]) == ("POST", "2")


def test_redirect_may_be_a_get() -> None:
    """https://www.twilio.com/docs/voice/twiml/redirect#method"""
    booth = Booth({"/voice": '<Redirect method="GET">/next</Redirect>', "/next": "<Hangup/>"})
    booth.ring()
    assert booth.asked[1].method == "GET"
    assert booth.asked[1].fields["CallSid"] == booth.asked[0].fields["CallSid"]


def test_hangup_ends_the_call_by_the_line() -> None:
    """https://www.twilio.com/docs/voice/twiml/hangup"""
    record = Booth({"/voice": "<Hangup/><Say>Never</Say>"}).ring()
    assert (summary(record), record.answered) == (["hangup line"], True)


@pytest.mark.parametrize(
    ("verb", "status"),
    [("<Reject/>", "no-answer"), ('<Reject reason="busy"/>', "busy")],
)
def test_reject_first_leaves_the_call_unanswered(verb: str, status: str) -> None:
    """https://www.twilio.com/docs/voice/twiml/reject"""
    record = Booth({"/voice": verb}).ring()
    assert (record.answered, record.status, record.went_well) == (False, status, False)


def test_reject_later_only_hangs_up() -> None:
    """ "Using Reject as the first verb is the only way to prevent Twilio from answering"."""
    record = Booth({"/voice": "<Say>Hello</Say><Reject/>"}).ring()
    assert (record.answered, record.status) == (True, "completed")


def test_a_reason_or_method_that_is_none_is_a_warning() -> None:
    """https://www.twilio.com/docs/api/errors/13810 and 13710"""
    record = Booth({"/voice": '<Reject reason="asleep"/>'}).ring()
    assert (summary(record, "error"), record.status) == (["error 13810"], "no-answer")
    booth = Booth({"/voice": '<Redirect method="PUT">/next</Redirect>', "/next": ""})
    assert summary(booth.ring(), "error") == ["error 13710"]
    assert booth.asked[1].method == "POST"


def test_an_empty_redirect_asks_the_document_again() -> None:
    """ "If no URL is given, the current document" [INF]; a loop, unless the app knows the call."""
    visits = []

    def page() -> Response:
        visits.append(1)
        return twiml("<Redirect/>" if len(visits) < 3 else "<Say>Third time</Say>")

    assert Booth({"/voice": page}).ring().heard == "Third time"


def test_an_empty_document_answers_and_ends() -> None:
    record = Booth({"/voice": ""}).ring()
    assert (record.answered, summary(record)) == (True, ["hangup line"])


def test_a_verb_twilio_does_not_know_is_left_out_with_a_warning() -> None:
    """https://www.twilio.com/docs/api/errors/12200; names are case-sensitive."""
    record = Booth({"/voice": "<say>Never</say><Say>Heard</Say>"}).ring()
    assert summary(record) == ["error 12200", "heard Heard", "hangup line"]
    assert record.errors[0].level == "warning"


def test_comments_are_ignored() -> None:
    """https://www.twilio.com/docs/voice/twiml: XML comments are ignored."""
    assert Booth({"/voice": "<!-- hello --><Say>Heard</Say>"}).ring().went_well
