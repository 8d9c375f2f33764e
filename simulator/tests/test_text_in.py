"""A text that comes in: what the app is asked, and what its answer does.

https://www.twilio.com/docs/messaging/guides/webhook-request
https://www.twilio.com/docs/messaging/twiml
"""

from typing import Any

import pytest
from flask import Response

from ringback import Limits, TextRecord
from simulator.tests.booth import CALLER, LINE, SENDER, START, Booth, Page, twiml
from simulator.tests.test_rest import connect

HOME = "https://app.test:8443/sms"


def texted(answer: Page, body: str = "Hello", **text: Any) -> TextRecord:
    """One text to an app with this answer."""
    return send(Booth({"/sms": answer}), body, **text)


def send(booth: Booth, body: str = "Hello", **text: Any) -> TextRecord:
    return booth.carrier.text(**{"url": HOME, "from_": CALLER, "to": SENDER, "body": body, **text})


def bodies(record: TextRecord) -> list[str]:
    return [reply.body for reply in record.replies]


def codes(record: TextRecord) -> list[int | None]:
    return [event.code for event in record.errors]


def test_the_app_is_asked_with_twilios_fields() -> None:
    booth = Booth({"/sms": "<Message>Hi</Message>"})
    record = send(booth, " こんにちは ")  # Twilio leaves the spaces alone
    fields = booth.asked[0].fields
    assert fields["MessageSid"] == fields["SmsSid"] == fields["SmsMessageSid"] == record.sid
    assert (fields["From"], fields["To"], fields["Body"]) == (CALLER, SENDER, " こんにちは ")
    assert (fields["NumMedia"], fields["NumSegments"]) == ("0", "1")
    assert fields["AccountSid"] == booth.carrier.account_sid
    assert (fields["FromCountry"], fields["ToCountry"], fields["FromCity"]) == ("JP", "US", "")
    assert "OptOutType" not in fields
    assert "MessagingServiceSid" not in fields


def test_the_signature_keeps_the_port() -> None:
    """https://www.twilio.com/docs/usage/security#validating-requests"""
    booth = Booth({"/sms": "", "/other": ""})
    send(booth)
    send(booth, url="http://app.test:5000/other?x=1", method="get")
    assert [(asked.method, asked.signed) for asked in booth.asked] == [
        ("POST", True), ("GET", True),
    ]  # fmt: skip


def test_a_service_and_an_opt_out_are_named() -> None:
    """https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out"""
    booth = Booth({"/sms": ""}, messaging_services=["MG1"])
    send(booth, "STOP", opt_out_type="STOP")
    assert booth.asked[0].fields["OptOutType"] == "STOP"
    assert booth.asked[0].fields["MessagingServiceSid"] == "MG1"


def test_a_reply_goes_back_to_who_texted_and_is_delivered() -> None:
    booth = Booth({"/sms": "<Message><Body>見つけました</Body></Message>"})
    record = send(booth)
    (reply,) = record.replies
    assert (reply.to, reply.from_, reply.segments) == (CALLER, SENDER, 1)
    assert (reply.direction, reply.status) == ("outbound-reply", "queued")
    assert [(event.event, event.t) for event in record.events] == [("request", 0), ("texted", 0)]
    assert record.went_well
    booth.carrier.pass_time(3)
    assert [kept.status for kept in booth.carrier.messages] == ["delivered"]


@pytest.mark.parametrize(
    ("verbs", "sent"),
    [
        ("", []),
        ("<Message>one</Message><Message>two</Message>", ["one", "two"]),
        ("<Message>\n  padded\n</Message>", ["padded"]),
        ("<Sms>the older name</Sms>", ["the older name"]),
        ("<Message><Body>a</Body></Message><Redirect>/more</Redirect><Message>b</Message>",
         ["a", "more"]),
        ('<Message to="+819011112222">elsewhere</Message>', ["elsewhere"]),
    ],
)  # fmt: skip
def test_verbs(verbs: str, sent: list[str]) -> None:
    """https://www.twilio.com/docs/messaging/twiml/message"""
    booth = Booth({"/sms": verbs, "/more": "<Message>more</Message>"})
    assert bodies(send(booth)) == sent


def test_a_redirect_is_asked_with_the_same_fields() -> None:
    booth = Booth({"/sms": '<Redirect method="GET">/more</Redirect>', "/more": ""})
    send(booth, "body")
    assert [(asked.method, asked.fields["Body"]) for asked in booth.asked] == [
        ("POST", "body"), ("GET", "body"),
    ]  # fmt: skip


def test_plain_text_is_sent_as_it_is() -> None:
    """https://www.twilio.com/docs/messaging/twiml#twilios-request-to-your-application"""
    plain = Response("a <b> & c\n", content_type="text/plain; charset=utf-8")
    assert bodies(texted(lambda: plain)) == ["a <b> & c\n"]
    assert bodies(texted(lambda: Response("", content_type="text/plain"))) == []
    assert texted(lambda: ("", 204)).went_well


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda: Response("<Response><Message>", content_type="text/xml"), 12100),
        (lambda: Response("", content_type="text/xml"), 12100),
        (lambda: Response("x", content_type="application/json"), 12300),
        (lambda: Response(b"x", content_type="audio/mpeg"), 12300),
        (lambda: ("", 500), 11200),
        ("<Say>Hello</Say>", 12200),
        ('<Message voice="x">a</Message>', 12200),
        ('<Message method="PUT">a</Message>', 12200),
        ("<Message><Video/></Message>", 12200),
        ("<Message></Message>", 14103),
        ("<Message>" + "あ" * 1601 + "</Message>", 14103),
        ('<Message to="12">a</Message>', 14101),
        (f'<Message from="{LINE}">a</Message>', 14102),  # this number cannot text
    ],
)
def test_errors_are_twilios(answer: Page, code: int) -> None:
    """https://www.twilio.com/docs/api/errors"""
    record = texted(answer)
    assert code in codes(record)
    assert not record.went_well


def test_what_is_wrong_with_one_message_does_not_stop_the_next() -> None:
    record = texted("<Message/><Message>good</Message>")
    assert codes(record) == [14103]
    assert record.errors[0].level == "warning"
    assert bodies(record) == ["good"]


def test_media_are_left_out_with_a_warning() -> None:
    record = texted("<Message><Body>see</Body><Media>https://a.test/x.png</Media></Message>")
    assert codes(record) == [None]
    assert bodies(record) == ["see"]


def test_the_fallback_is_asked_with_the_error() -> None:
    """https://www.twilio.com/docs/usage/security/availability-reliability"""
    booth = Booth({"/sms": lambda: ("", 500), "/fallback": "<Message>sorry</Message>"})
    record = send(booth, fallback_url="https://app.test/fallback")
    assert bodies(record) == ["sorry"]
    fields = booth.asked[1].fields
    assert (fields["ErrorCode"], fields["ErrorUrl"]) == ("11200", HOME)
    assert fields["Body"] == "Hello"


def test_a_fallback_that_fails_too_is_the_end() -> None:
    booth = Booth({"/sms": lambda: ("", 500), "/fallback": lambda: ("", 500)})
    assert codes(send(booth, fallback_url="https://app.test/fallback")) == [11200, 11200]


def test_an_app_that_sends_itself_round_in_circles_is_stopped() -> None:
    booth = Booth({"/sms": "<Redirect/>"}, limits=Limits(documents=5))
    record = send(booth)
    assert len(booth.asked) == 5
    assert codes(record) == [None]


def test_a_reply_has_its_status_callback() -> None:
    booth = Booth({"/sms": '<Message action="/status" method="GET">a</Message>', "/status": ""})
    send(booth)
    booth.carrier.pass_time(3)
    posted = [
        (asked.method, asked.path, asked.fields["MessageStatus"]) for asked in booth.asked[1:]
    ]
    assert posted == [("GET", "/status", "sent"), ("GET", "/status", "delivered")]
    assert all(asked.signed for asked in booth.asked)


def test_what_the_app_sends_by_the_api_meanwhile_is_an_event_too() -> None:
    def page() -> Response:
        client.messages.create(to=CALLER, from_=SENDER, body="by the API")
        return twiml("<Message>by TwiML</Message>")

    booth = Booth({"/sms": page})
    with booth.carrier.rest_api() as api:
        client = connect(booth.carrier, api.url)
        record = send(booth)
    assert [event.body for event in record.of("texted")] == ["by the API", "by TwiML"]
    assert bodies(record) == ["by TwiML"]


def test_the_text_itself_is_in_the_list_as_received() -> None:
    """https://www.twilio.com/docs/messaging/api/message-resource#direction-values"""
    booth = Booth({"/sms": "<Message>Hi</Message>"})
    with booth.carrier.rest_api() as api:
        record = send(booth)
        listed = connect(booth.carrier, api.url).messages.list()
    assert [(kept.direction, kept.status, kept.body) for kept in listed] == [
        ("outbound-reply", "queued", "Hi"),
        ("inbound", "received", "Hello"),
    ]
    assert listed[1].sid == record.sid
    assert listed[1].date_sent == START
    assert [kept.body for kept in booth.carrier.messages] == ["Hi"]


def test_the_same_text_gives_the_same_events() -> None:
    first, second = (texted("<Message>Hi</Message>") for _ in range(2))
    assert first == second
    assert '"body": "Hi"' in str(first)
