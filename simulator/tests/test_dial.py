"""Dial: who is rung, how it ends, and what the app receives. https://www.twilio.com/docs/voice/twiml/dial"""

import pytest

from ringback import Callee, HangUp, Stay
from simulator.tests.booth import CALLER, Booth, summary

ANSWERS = Callee(status="completed", rings_for=4, talks_for=90)


def test_a_dial_nobody_answers_rings_and_falls_through() -> None:
    """https://www.twilio.com/docs/voice/twiml/dial: timeout 30 s; without action the next verb."""
    record = Booth({"/voice": "<Dial>+81312345678</Dial><Say>Nobody</Say>"}).ring()
    assert summary(record) == ["dialed +81312345678", "heard Nobody", "hangup line"]
    assert record.of("dialed")[0].from_ == CALLER
    assert record.of("heard")[0].t - record.of("heard")[0].seconds == pytest.approx(30)


@pytest.mark.parametrize("status", ["completed", "busy", "no-answer", "failed"])
def test_the_action_of_a_dial_gets_its_status(status: str) -> None:
    """https://www.twilio.com/docs/voice/twiml/dial#dialcallstatus-values"""
    page = '<Dial action="/after" timeout="20"><Number>+81312345678</Number></Dial><Say>Never</Say>'
    booth = Booth({"/voice": page, "/after": "<Hangup/>"})
    record = booth.ring(callee=Callee(status=status, rings_for=4, talks_for=90))
    fields = booth.asked[1].fields
    assert fields["DialCallStatus"] == status
    assert fields["DialCallSid"].startswith("CA")
    assert fields.get("DialCallDuration") == ("90" if status == "completed" else None)
    assert record.seconds == {"completed": 94, "no-answer": 20}.get(status, 4)


def test_a_callee_slower_than_the_timeout_is_no_answer() -> None:
    """timeout: "how long Twilio waits for the called party to answer"."""
    booth = Booth({"/voice": '<Dial timeout="5" action="/after">+1</Dial>', "/after": "<Hangup/>"})
    booth.ring(callee=Callee(status="completed", rings_for=8))
    assert booth.asked[1].fields["DialCallStatus"] == "no-answer"


def test_the_time_limit_ends_the_conversation() -> None:
    """timeLimit, seconds."""
    page = '<Dial timeLimit="60" action="/after">+81312345678</Dial>'
    booth = Booth({"/voice": page, "/after": "<Hangup/>"})
    booth.ring(callee=Callee(status="completed", talks_for=500))
    assert booth.asked[1].fields["DialCallDuration"] == "60"


def test_with_an_action_the_verbs_after_it_are_unreachable() -> None:
    """ "Any TwiML verbs occurring after a Dial which specifies an action are unreachable"."""
    booth = Booth({"/voice": '<Dial action="/after">+811</Dial><Say>Never</Say>', "/after": ""})
    assert not booth.ring(callee=ANSWERS).heard


def test_the_action_may_be_a_get() -> None:
    booth = Booth({"/voice": '<Dial action="/after" method="GET">+811</Dial>', "/after": ""})
    booth.ring(callee=ANSWERS)
    assert (booth.asked[1].method, booth.asked[1].fields["DialCallStatus"]) == ("GET", "completed")


def test_hangup_on_star_ends_the_dialled_call_and_not_the_caller() -> None:
    """hangupOnStar: "allows the calling party to hang up on the called party by pressing *"."""
    page = '<Dial hangupOnStar="true" action="/after">+811</Dial>'
    booth = Booth({"/voice": page, "/after": "<Say>Still here</Say>"})
    record = booth.ring("*", callee=ANSWERS)
    assert summary(record) == ["dialed +811", "pressed *", "heard Still here", "hangup line"]
    assert record.of("pressed")[0].t == 4.5
    without = Booth({"/voice": "<Dial>+811</Dial>"}).ring("*", callee=ANSWERS)
    assert without.seconds == 94


def test_answer_on_bridge_lets_the_caller_hear_ringing() -> None:
    """answerOnBridge: the call is answered when the dialled one is."""
    page = '<Dial answerOnBridge="true" action="/after">+811</Dial>'
    booth = Booth({"/voice": page, "/after": ""})
    nobody, somebody = booth.ring(), booth.ring(callee=ANSWERS)
    assert booth.asked[1].fields["CallStatus"] == "ringing"
    assert booth.asked[3].fields["CallStatus"] == "in-progress"
    assert (somebody.answered, somebody.status) == (True, "completed")
    # An empty document after it answers, as any other does.
    assert nobody.answered


def test_a_call_that_only_rang_was_not_answered() -> None:
    """[INF] answerOnBridge, nobody picks up, and the document has no more verbs."""
    record = Booth({"/voice": '<Dial answerOnBridge="true">+811</Dial>'}).ring()
    assert (record.answered, record.status) == (False, "no-answer")


def test_a_caller_who_hangs_up_ends_both_calls_and_the_action_is_still_requested() -> None:
    """[INF] "when the dialed call ends, Twilio makes a request to the action URL"."""
    booth = Booth({"/voice": '<Dial action="/after">+811</Dial>', "/after": "<Say>Never</Say>"})
    record = booth.ring(phone=_HangsUp(at=30), callee=ANSWERS)
    fields = booth.asked[1].fields
    assert (fields["DialCallStatus"], fields["DialCallDuration"]) == ("completed", "26")
    assert fields["CallStatus"] == "completed"
    assert (record.ended_by, record.seconds, record.heard) == ("caller", 30, "")
    booth.ring(phone=_HangsUp(at=2), callee=ANSWERS)
    assert booth.asked[3].fields["DialCallStatus"] == "no-answer"


def test_a_failed_call_says_why_where_the_script_knows() -> None:
    """https://www.twilio.com/docs/api/errors/13227: geo permissions."""
    booth = Booth({"/voice": '<Dial action="/after">+811</Dial>', "/after": ""})
    record = booth.ring(callee=Callee(status="failed", code=13227))
    assert summary(record, "error") == ["error 13227"]
    assert booth.asked[1].fields["DialCallStatus"] == "failed"


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ('<Dial method="PUT">+811</Dial>', 13210),
        ('<Dial timeout="soon">+811</Dial>', 13212),
        ('<Dial hangupOnStar="yes">+811</Dial>', 13213),
        ('<Dial callerId="me">+811</Dial>', 13214),
        ("<Dial><Say>Hello</Say><Number>+811</Number></Dial>", 13215),
        ('<Dial timeLimit="0">+811</Dial>', 13216),
        ('<Dial record="please">+811</Dial>', 13217),
        ('<Dial sequential="no">+811</Dial>', 13218),
        ('<Dial answerOnBridge="no">+811</Dial>', 13219),
        ('<Dial><Number method="PUT">+811</Number></Dial>', 13221),
        ('<Dial><Number sendDigits="abc">+811</Number></Dial>', 13222),
        ('<Dial><Conference muted="no">Room</Conference></Dial>', 13230),
        ('<Dial><Conference beep="loud">Room</Conference></Dial>', 13235),
        ('<Dial><Sip method="PUT">sip:a@b.test</Sip></Dial>', 13241),
    ],
)
def test_a_wrong_attribute_is_a_warning_and_its_default_holds(page: str, code: int) -> None:
    """https://www.twilio.com/docs/api/errors/13210 and its neighbours."""
    record = Booth({"/voice": page}).ring()
    assert [(error.code, error.level) for error in record.errors] == [(code, "warning")]
    assert len(record.of("dialed")) == 1
    assert record.seconds == 30


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ('<Dial record="record-from-answer">+811</Dial>', "record"),
        ('<Dial referUrl="/refer">+811</Dial>', "referUrl"),
        ('<Dial><Number url="/whisper">+811</Number></Dial>', "url"),
        ('<Dial><Number statusCallback="/status">+811</Number></Dial>', "statusCallback"),
        ('<Dial><Number machineDetection="Enable">+811</Number></Dial>', "machineDetection"),
        ('<Dial><Number sendDigits="wwww1928">+811</Number></Dial>', "sendDigits"),
    ],
)
def test_what_a_dial_leaves_out_is_reported(page: str, name: str) -> None:
    record = Booth({"/voice": page}).ring()
    assert [f"{name}=" in event.text for event in record.unsimulated] == [True]


def test_what_is_not_asked_for_is_not_reported_as_left_out() -> None:
    for value in ("do-not-record", "false"):
        record = Booth({"/voice": f'<Dial record="{value}">+811</Dial>'}).ring()
        assert not record.unsimulated


class _HangsUp:
    def __init__(self, at: float) -> None:
        self._at = at

    def listen(self, listening):
        return HangUp(self._at) if self._at <= listening.deadline else Stay()
