"""The verbs that steer a call: Redirect, Hangup, Reject, Dial, and the end of a document."""

import pytest

from ivr.simulator import FarEnd
from tests.simulator.booth import CALLER, Booth, told


def test_the_end_of_the_document_hangs_up() -> None:
    """https://www.twilio.com/docs/voice/twiml: with no verbs left, Twilio ends the call."""
    record = Booth({"/voice": "<Say>Bye</Say>"}).ring()
    assert told(record) == ["heard Bye", "hangup line"]
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
    assert (told(record), record.answered) == (["hangup line"], True)


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


def test_a_dial_nobody_answers_rings_and_falls_through() -> None:
    """https://www.twilio.com/docs/voice/twiml/dial: timeout 30 s; without action the next verb."""
    record = Booth({"/voice": "<Dial>+81312345678</Dial><Say>Nobody</Say>"}).ring()
    assert told(record) == ["dialed +81312345678", "heard Nobody", "hangup line"]
    assert record.of("dialed")[0].from_ == CALLER
    assert record.of("heard")[0].t - record.of("heard")[0].seconds == pytest.approx(30)


@pytest.mark.parametrize("status", ["completed", "busy", "no-answer", "failed"])
def test_the_action_of_a_dial_is_told_what_became_of_it(status: str) -> None:
    """https://www.twilio.com/docs/voice/twiml/dial#dialcallstatus-values"""
    page = '<Dial action="/after" timeout="20"><Number>+81312345678</Number></Dial><Say>Never</Say>'
    booth = Booth({"/voice": page, "/after": "<Hangup/>"})
    record = booth.ring(far_end=FarEnd(status=status, rings_for=4, talks_for=90))
    fields = booth.asked[1].fields
    assert fields["DialCallStatus"] == status
    assert fields["DialCallSid"].startswith("CA")
    assert fields.get("DialCallDuration") == ("90" if status == "completed" else None)
    assert record.seconds == {"completed": 94, "no-answer": 20}.get(status, 4)


def test_a_far_end_slower_than_the_timeout_is_no_answer() -> None:
    """timeout: "how long Twilio waits for the called party to answer"."""
    booth = Booth({"/voice": '<Dial timeout="5" action="/after">+1</Dial>', "/after": "<Hangup/>"})
    booth.ring(far_end=FarEnd(status="completed", rings_for=8))
    assert booth.asked[1].fields["DialCallStatus"] == "no-answer"


def test_the_time_limit_ends_the_conversation() -> None:
    """timeLimit, seconds."""
    page = '<Dial timeLimit="60" action="/after">+81312345678</Dial>'
    booth = Booth({"/voice": page, "/after": "<Hangup/>"})
    booth.ring(far_end=FarEnd(status="completed", talks_for=500))
    assert booth.asked[1].fields["DialCallDuration"] == "60"


def test_several_numbers_ring_together() -> None:
    """https://www.twilio.com/docs/voice/twiml/number: simultaneous dialing."""
    page = '<Dial callerId="+815031234567"><Number>+811</Number><Number>+812</Number></Dial>'
    dialed = Booth({"/voice": page}).ring().of("dialed")
    assert [(event.to, event.from_) for event in dialed] == [
        ("+811", "+815031234567"),
        ("+812", "+815031234567"),
    ]


def test_a_verb_twilio_does_not_know_is_left_out_with_a_warning() -> None:
    """https://www.twilio.com/docs/api/errors/12200; names are case-sensitive."""
    record = Booth({"/voice": "<say>Never</say><Say>Heard</Say>"}).ring()
    assert told(record) == ["error 12200", "heard Heard", "hangup line"]
    assert record.errors[0].level == "warning"


def test_comments_are_ignored() -> None:
    """https://www.twilio.com/docs/voice/twiml: XML comments are ignored."""
    assert Booth({"/voice": "<!-- hello --><Say>Heard</Say>"}).ring().went_well
