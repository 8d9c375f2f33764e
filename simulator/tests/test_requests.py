"""How the carrier asks an app: parameters, signature, cookies, and where a call ends."""

from threading import Thread

import httpx
import pytest
from flask import Flask, Response, request
from twilio.request_validator import RequestValidator

from ringback import Carrier, Limits, ScriptedPhone, sign
from simulator.tests.booth import CALLER, LINE, START, Booth, summary, twiml

HELLO = "<Say>Hello</Say>"


def test_the_first_request_has_the_standard_parameters() -> None:
    """https://www.twilio.com/docs/voice/twiml#twilios-request-to-your-application"""
    booth = Booth({"/voice": HELLO})
    record = booth.ring()
    fields = booth.asked[0].fields
    assert fields["CallSid"] == record.sid
    assert fields["AccountSid"] == booth.carrier.account_sid
    assert (fields["From"], fields["To"]) == (CALLER, LINE) == (fields["Caller"], fields["Called"])
    assert (fields["Direction"], fields["ApiVersion"]) == ("inbound", "2010-04-01")
    assert (fields["FromCountry"], fields["FromCity"]) == ("JP", "")


def test_the_call_rings_until_the_first_document_is_there() -> None:
    booth = Booth({"/voice": "<Redirect>/next</Redirect>", "/next": HELLO})
    booth.ring()
    assert [asked.fields["CallStatus"] for asked in booth.asked] == ["ringing", "in-progress"]


def test_the_sids_have_twilios_form() -> None:
    record = Booth({"/voice": HELLO}).ring()
    assert len(record.sid) == 34
    assert record.sid.startswith("CA")
    assert int(record.sid[2:], 16)


def test_a_withheld_number_is_sent_as_it_is_reported() -> None:
    """From "may contain anonymous, unknown, or other descriptions"."""
    booth = Booth({"/voice": HELLO})
    booth.ring(from_="anonymous")
    assert booth.asked[0].fields["From"] == "anonymous"


def test_every_request_is_signed_empty_fields_too() -> None:
    """https://www.twilio.com/docs/usage/security#validating-requests"""
    booth = Booth(
        {
            "/voice": '<Gather numDigits="1" action="/a?x=1&amp;y=%E7%AA%93"/>',
            "/a": '<Redirect method="GET">/b?z=2</Redirect>',
            "/b": HELLO,
        }
    )
    booth.ring("#1")
    booth.ring("1")
    assert len(booth.asked) == 4
    assert all(asked.signed for asked in booth.asked)


def test_twilios_printed_example_comes_out_the_same() -> None:
    """The vector of https://www.twilio.com/docs/usage/security#validating-requests"""
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675310",
        "Digits": "1234",
        "From": "+14158675310",
        "To": "+18005551212",
    }
    url = "https://example.com/myapp.php?foo=1&bar=2"
    assert sign("12345", url, fields) == "L/OH5YylLD5NRKLltdqwSvS0BnU="


@pytest.mark.parametrize(
    ("url", "covered"),
    [
        ("https://a.test/voice#rc=2&rp=all", "https://a.test/voice"),
        ("https://user:pass@a.test/voice", "https://a.test/voice"),
        ("https://a.test:8443/voice", "https://a.test/voice"),
        ("http://a.test:8080/voice?q=%E7%AA%93", "http://a.test:8080/voice?q=%E7%AA%93"),
        ("https://[::1]:8443/voice", "https://[::1]/voice"),
    ],
)
def test_what_of_a_url_is_signed(url: str, covered: str) -> None:
    """No fragment, no user and password; of voice requests https drops the port, http keeps it."""
    token, fields = "t", {"b": "2", "A": "1", "a": " x "}
    assert sign(token, url, fields) == RequestValidator(token).compute_signature(covered, fields)


def test_user_and_password_in_the_url_become_basic_authentication() -> None:
    booth = Booth({"/voice": HELLO})
    booth.ring(url="http://ivr:secret@app.test/voice#rc=3")
    assert booth.asked[0].headers["Authorization"] == httpx.BasicAuth("ivr", "secret")._auth_header
    assert booth.asked[0].signed


def test_cookies_last_for_the_call_and_no_longer() -> None:
    """https://www.twilio.com/docs/voice/twiml#cookies: "like a browser"."""
    seen = []

    def page() -> Response:
        seen.append(request.cookies.get("step"))
        answer = twiml("<Redirect>/voice</Redirect>" if len(seen) % 2 else HELLO)
        answer.set_cookie("step", str(len(seen)))
        return answer

    booth = Booth({"/voice": page})
    booth.ring()
    booth.ring()
    assert seen == [None, "1", None, "3"]


def test_a_looping_app_ends_with_an_error() -> None:
    """Twilio documents no bound but the call's duration; the simulator has one of its own."""
    booth = Booth({"/voice": "<Redirect/>"}, limits=Limits(documents=30))
    record = booth.ring()
    assert len(booth.asked) == 30
    assert "loop" in record.errors[0].text
    assert record.ended_by == "carrier"


def test_a_call_ends_after_four_hours() -> None:
    """https://www.twilio.com/docs/voice/limitations-and-edge-cases"""
    page = '<Gather timeout="600"/><Redirect/>'
    record = Booth({"/voice": page}, limits=Limits(documents=100_000)).ring()
    assert record.seconds == 4 * 3600
    assert summary(record, "error", "hangup") == ["error 32015", "hangup carrier"]


def test_an_app_behind_real_http_hears_the_same() -> None:
    """The same scenario over sockets: only the transport differs."""
    from werkzeug.serving import make_server

    app = Flask("real")
    app.add_url_rule("/voice", view_func=lambda: twiml(HELLO), methods=["POST"])
    server = make_server("127.0.0.1", 0, app)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        record = Carrier(start=START).call(
            url=f"http://127.0.0.1:{server.server_port}/voice",
            from_=CALLER,
            to=LINE,
            phone=ScriptedPhone(""),
        )
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert record.heard == "Hello"
