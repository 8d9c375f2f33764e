"""Verbs that are not simulated: no silence, but what was done instead, and on it goes."""

import pytest

from ringback import Callee, HangUp, Stay
from ringback.twiml.verbs import SCHEMAS
from simulator.tests.booth import Booth, summary

ANNOUNCED = sorted(name for name, schema in SCHEMAS.items() if schema.support == "announced")


def test_which_verbs_are_announced() -> None:
    assert ANNOUNCED == [
        "Connect",
        "Echo",
        "Enqueue",
        "Leave",
        "Pay",
        "Prompt",
        "Record",
        "Sms",
        "Start",
        "Stop",
    ]


@pytest.mark.parametrize("verb", ANNOUNCED)
def test_each_says_so_and_the_next_verb_follows(verb: str) -> None:
    record = Booth({"/voice": f"<{verb}/><Say>Heard</Say>"}).ring()
    assert [event.verb for event in record.unsimulated] == [verb]
    assert record.unsimulated[0].text == f"<{verb}> is not simulated: {SCHEMAS[verb].instead}"
    assert record.heard == "Heard"
    assert not record.errors


def test_what_stands_inside_is_named() -> None:
    page = (
        '<Connect><Stream url="wss://a.test/s"><Parameter name="a" value="b"/></Stream></Connect>'
    )
    record = Booth({"/voice": page}).ring()
    assert "<Stream>" in record.unsimulated[0].text
    assert not record.errors


@pytest.mark.parametrize(
    ("page", "told_fields"),
    [
        ('<Connect action="/after"/>', {}),
        ('<Pay action="/after"/>', {"Result": "payment-connector-error"}),
        ('<Sms action="/after">Hello</Sms>', {"SmsStatus": "failed"}),
    ],
)
def test_an_action_is_asked_as_if_it_had_come_to_nothing(page: str, told_fields: dict) -> None:
    booth = Booth({"/voice": f"{page}<Say>Never</Say>", "/after": "<Say>After</Say>"})
    assert booth.ring().heard == "After"
    assert told_fields.items() <= booth.asked[1].fields.items()


def test_a_callee_takes_the_caller_out_of_a_queue() -> None:
    """https://www.twilio.com/docs/voice/twiml/enqueue#queueresult-values: bridged."""
    booth = Booth({"/voice": '<Enqueue action="/after">support</Enqueue>', "/after": ""})
    record = booth.ring(callee=Callee(status="completed", rings_for=40, talks_for=60))
    fields = booth.asked[1].fields
    assert (fields["QueueResult"], fields["QueueTime"]) == ("bridged", "40")
    assert fields["QueueSid"].startswith("QU")
    assert (record.seconds, summary(record, "dialed")) == (100, ["dialed support"])


def test_a_queue_that_nobody_answers_is_left() -> None:
    booth = Booth({"/voice": '<Enqueue action="/after">support</Enqueue>', "/after": ""})
    booth.ring()
    assert booth.asked[1].fields["QueueResult"] == "leave"


def test_a_caller_who_hangs_up_in_a_queue_is_reported() -> None:
    """QueueResult "hangup"; what the app answers then goes nowhere [INF]."""
    booth = Booth({"/voice": '<Enqueue action="/after">q</Enqueue>', "/after": "<Say>Never</Say>"})
    record = booth.ring(phone=_HangsUp())
    assert booth.asked[1].fields["QueueResult"] == "hangup"
    assert (record.ended_by, record.heard) == ("caller", "")


def test_a_name_too_long_for_a_queue_is_a_warning() -> None:
    """https://www.twilio.com/docs/api/errors/14205"""
    record = Booth({"/voice": f"<Enqueue>{'q' * 65}</Enqueue>"}).ring()
    assert summary(record, "error") == ["error 14205"]


def test_a_telephone_call_cannot_be_referred() -> None:
    """https://www.twilio.com/docs/api/errors/13801; that the next verb follows is [INF]."""
    page = "<Refer><Sip>sip:a@b.test</Sip></Refer><Say>Heard</Say>"
    record = Booth({"/voice": page}).ring()
    assert summary(record) == ["error 13801", "heard Heard", "hangup line"]


class _HangsUp:
    def listen(self, listening):
        return HangUp(1.0) if listening.deadline > 1 else Stay()
