"""The nouns of a Dial: who is rung, and in which order. https://www.twilio.com/docs/voice/twiml/dial#nouns"""

import pytest

from ringback import Callee
from simulator.tests.booth import Booth, summary
from simulator.tests.test_dial import ANSWERS


def test_several_numbers_ring_together() -> None:
    """https://www.twilio.com/docs/voice/twiml/number: simultaneous dialing."""
    page = '<Dial callerId="+815031234567"><Number>+811</Number><Number>+812</Number></Dial>'
    dialed = Booth({"/voice": page}).ring().of("dialed")
    assert [(event.to, event.from_) for event in dialed] == [
        ("+811", "+815031234567"),
        ("+812", "+815031234567"),
    ]


def test_of_several_the_first_to_pick_up_is_connected() -> None:
    """https://www.twilio.com/docs/voice/twiml/number: "the rest are hung up"."""
    page = '<Dial action="/after"><Number>+811</Number><Number>+812</Number></Dial>'
    booth = Booth({"/voice": page, "/after": ""})
    ends = {
        "+811": Callee(status="completed", rings_for=9, talks_for=10),
        "+812": Callee(status="completed", rings_for=5, talks_for=20),
    }
    assert booth.ring(callee=ends).seconds == 25
    assert booth.ring(callee={"+811": ends["+811"]}).seconds == 19  # 812 does not answer


def test_sequential_rings_one_after_another() -> None:
    """sequential: "in the order they appear"."""
    page = (
        '<Dial sequential="true" timeout="10" action="/after">'
        "<Number>+811</Number><Number>+812</Number><Number>+813</Number></Dial>"
    )
    booth = Booth({"/voice": page, "/after": ""})
    ends = {"+811": Callee(status="busy", rings_for=2), "+813": ANSWERS}
    record = booth.ring(callee=ends)
    assert [(event.to, event.status, event.t) for event in record.of("dialed")] == [
        ("+811", "busy", 0),
        ("+812", "no-answer", 2),
        ("+813", "completed", 12),
    ]
    assert booth.asked[1].fields["DialCallStatus"] == "completed"


@pytest.mark.parametrize(
    ("noun", "to"),
    [
        ("<Number>+81312345678</Number>", "+81312345678"),
        ("<Client>joey</Client>", "joey"),
        ("<Client><Identity>joey</Identity><Parameter name='a' value='b'/></Client>", "joey"),
        ("<Sip>sip:kate@example.com</Sip>", "sip:kate@example.com"),
        ("<Sip><Uri>sip:kate@example.com</Uri></Sip>", "sip:kate@example.com"),
        ("<Conference>Room 1234</Conference>", "Room 1234"),
        ("<Queue>support</Queue>", "support"),
        ("<Sim>HS123</Sim>", "HS123"),
        ("<Application><ApplicationSid>AP1</ApplicationSid></Application>", "AP1"),
        ("<WhatsApp>+15558675310</WhatsApp>", "+15558675310"),
    ],
)
def test_every_noun_is_rung_by_its_name(noun: str, to: str) -> None:
    record = Booth({"/voice": f"<Dial>{noun}</Dial>"}).ring()
    assert [event.to for event in record.of("dialed")] == [to]
    assert not record.errors


def test_a_conference_a_queue_and_an_application_are_announced() -> None:
    page = "<Dial><Conference>Room</Conference></Dial><Dial><Queue>wait</Queue></Dial>"
    record = Booth({"/voice": page}).ring()
    assert [event.verb for event in record.unsimulated] == ["Conference", "Queue"]
    assert all("callee" in event.text for event in record.unsimulated)


def test_the_status_of_a_conference_is_answered() -> None:
    """https://www.twilio.com/docs/voice/twiml/dial#dialcallstatus-values"""
    page = '<Dial action="/after"><Conference>Room</Conference></Dial>'
    booth = Booth({"/voice": page, "/after": ""})
    booth.ring(callee=ANSWERS)
    assert booth.asked[1].fields["DialCallStatus"] == "answered"


@pytest.mark.parametrize("number", ["not a number", "", "0120-CALL-ME"])
def test_what_is_no_number_is_not_rung(number: str) -> None:
    """https://www.twilio.com/docs/api/errors/13223; that the Dial fails is inferred [INF]."""
    booth = Booth({"/voice": f'<Dial action="/after">{number}</Dial>', "/after": ""})
    record = booth.ring(callee=ANSWERS)
    assert summary(record, "error") == ["error 13223"]
    assert booth.asked[1].fields["DialCallStatus"] == "failed"


def test_ten_numbers_are_the_most() -> None:
    """https://www.twilio.com/docs/voice/twiml/number: "up to ten"."""
    numbers = "".join(f"<Number>+81{place}</Number>" for place in range(12))
    record = Booth({"/voice": f"<Dial>{numbers}</Dial>"}).ring()
    assert len(record.of("dialed")) == 10
    assert summary(record, "error") == ["error 13215"]
