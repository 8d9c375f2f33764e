"""What an answer means by its type. https://www.twilio.com/docs/voice/twiml#twilio-request-mime-types"""

import pytest
from flask import Response

from simulator.tests.booth import Booth, summary, twiml

HELLO = "<Response><Say>Hello</Say></Response>"


def answering(body: str | bytes, kind: str | None):
    return Booth({"/voice": lambda: Response(body, content_type=kind)})


@pytest.mark.parametrize("kind", ["text/xml", "application/xml; charset=utf-8", "Text/HTML"])
def test_three_types_are_twiml(kind: str) -> None:
    assert answering(HELLO, kind).ring().heard == "Hello"


def test_plain_text_that_is_twiml_is_executed() -> None:
    assert answering(HELLO, "text/plain").ring().heard == "Hello"


def test_other_plain_text_is_read_aloud() -> None:
    """So an error page in plain text is spoken to the caller."""
    record = answering("Internal Server Error", "text/plain").ring()
    assert summary(record) == ["heard Internal Server Error", "hangup line"]


def test_audio_is_played_and_the_call_ends() -> None:
    record = answering(b"\0" * 16_000, "audio/mpeg").ring()
    assert (record.seconds, summary(record)) == (2.0, ["heard ", "hangup line"])


@pytest.mark.parametrize("kind", ["application/json", "image/png", "audio/ogg"])
def test_other_types_are_refused(kind: str) -> None:
    """https://www.twilio.com/docs/api/errors/12300"""
    assert summary(answering("{}", kind).ring(), "error") == ["error 12300"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        " <?xml version='1.0'?>" + HELLO,
        "\N{BYTE ORDER MARK}" + HELLO,
        "<Answer/>",
        "<response/>",
        "<Response><Say>a & b</Say></Response>",
        "<Response><Say>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><Response><Say>&b;</Say></Response>",
        "<?xml version='1.0' encoding='none-such'?>" + HELLO,
        "<Response>" + "<a>" * 500 + "</a>" * 500 + "</Response>",
    ],
)
def test_what_is_not_twiml_is_12100(body: str) -> None:
    """https://www.twilio.com/docs/api/errors/12100"""
    assert summary(answering(body.encode(), "text/xml").ring(), "error") == ["error 12100"]


def test_an_unknown_attribute_is_a_warning_and_ignored() -> None:
    """https://www.twilio.com/docs/api/errors/12200"""
    record = Booth({"/voice": lambda: twiml('<Say Loop="2">Hello</Say>')}).ring()
    assert summary(record) == ["error 12200", "heard Hello", "hangup line"]
