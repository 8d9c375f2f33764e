"""How the carrier asks an app: parameters, signature, cookies, redirects, limits and errors."""

import socket
from collections.abc import Callable
from threading import Thread

import httpx
import pytest
from flask import Flask, Response, redirect, request
from twilio.request_validator import RequestValidator

from ivr.simulator import Carrier, Limits, ScriptedPhone, sign
from tests.simulator.booth import CALLER, HOME, LINE, START, Booth, told, twiml

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


def test_an_http_redirect_is_followed_without_digits() -> None:
    """https://www.twilio.com/docs/voice/twiml/gather#action: Digits are not sent again."""
    booth = Booth(
        {
            "/voice": '<Gather numDigits="1" action="/old"/>',
            "/old": lambda: redirect("/new"),
            "/new": HELLO,
        }
    )
    booth.ring("1")
    assert booth.paths == ["/voice", "/old", "/new"]
    assert (booth.asked[2].method, "Digits" in booth.asked[2].fields) == ("GET", False)
    assert booth.asked[2].signed


def test_relative_urls_follow_the_document_that_was_redirected_to() -> None:
    booth = Booth(
        {
            "/voice": lambda: redirect("/far/away"),
            "/far/away": "<Redirect>near</Redirect>",
            "/far/near": HELLO,
        }
    )
    assert booth.ring().heard == "Hello"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("near", "/far/near"),
        ("../near", "/near"),
        ("/near", "/near"),
        ("?again=1", "/far/voice"),
        ("//app.test/near", "/near"),
        ("http://other.test/near?a=1#rc=2", "/near"),
        ("  near  ", "/far/near"),
    ],
)
def test_urls_in_a_document_may_be_relative_or_absolute(url: str, path: str) -> None:
    """https://www.twilio.com/docs/voice/twiml: relative URLs follow the document's own."""
    booth = Booth({path: "", "/far/voice": _once(f"<Redirect>{url}</Redirect>")})
    booth.ring(url="http://app.test/far/voice")
    assert booth.paths == ["/far/voice", path]
    assert all(asked.signed for asked in booth.asked)


def _once(verbs: str) -> Callable[[], Response]:
    """A page that has these verbs, and on the next visit none."""
    visits = iter((verbs, ""))
    return lambda: twiml(next(visits))


def test_ten_redirects_are_the_most() -> None:
    """Error 11215."""
    booth = Booth({"/voice": lambda: redirect("/voice")})
    assert told(booth.ring(), "error") == ["error 11215"]
    assert len(booth.asked) == 11


@pytest.mark.parametrize("status", [300, 304, 308])
def test_a_redirect_of_another_kind_is_11216(status: int) -> None:
    """ "Twilio will only follow redirects for status codes 301, 302, 303, and 307"."""
    answer = Response("", status, {"Location": "/next"})
    booth = Booth({"/voice": lambda: answer, "/next": HELLO})
    assert told(booth.ring(), "error") == ["error 11216"]


@pytest.mark.parametrize(("status", "method"), [(301, "GET"), (303, "GET"), (307, "POST")])
def test_which_redirects_stay_a_post(status: int, method: str) -> None:
    answer = Response("", status, {"Location": "/next"})
    booth = Booth({"/voice": lambda: answer, "/next": HELLO})
    assert booth.ring().heard == "Hello"
    assert (booth.asked[1].method, booth.asked[1].signed) == (method, True)


def test_a_redirect_to_nowhere_is_11216() -> None:
    """https://www.twilio.com/docs/api/errors/11216"""
    booth = Booth({"/voice": lambda: Response("", 302)})
    assert told(booth.ring(), "error") == ["error 11216"]


def test_a_host_that_does_not_exist_is_11210() -> None:
    """https://www.twilio.com/docs/api/errors/11210"""
    record = Carrier(start=START).call(
        url="http://no-such-host.invalid/voice", from_=CALLER, to=LINE, phone=ScriptedPhone("")
    )
    assert record.errors[0].code == 11210


def test_a_port_where_nobody_listens_is_11205() -> None:
    """https://www.twilio.com/docs/api/errors/11205; refused twice, and no time has passed."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    record = Carrier(start=START).call(
        url=f"http://127.0.0.1:{port}/voice", from_=CALLER, to=LINE, phone=ScriptedPhone("")
    )
    assert (record.errors[0].code, record.errors[0].t) == (11205, 0)
    assert "2 attempts" in record.errors[0].text


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
def test_an_error_status_is_11200_with_an_apology(status: int) -> None:
    """https://www.twilio.com/docs/api/errors/11200; a 429 is a failure like any other."""
    record = Booth({"/voice": lambda: Response("no", status)}).ring()
    assert (record.errors[0].code, record.errors[0].status) == (11200, status)
    assert "application error" in record.heard
    assert (record.status, record.ended_by, record.went_well) == ("failed", "carrier", False)


def test_a_fallback_url_is_asked_with_the_error_and_the_call_goes_on() -> None:
    """https://www.twilio.com/docs/usage/security/availability-reliability"""
    booth = Booth({"/voice": lambda: Response("no", 500), "/help": "<Say>Help</Say>"})
    record = booth.ring(fallback_url="http://app.test/help")
    fields = booth.asked[1].fields
    assert (fields["ErrorCode"], fields["ErrorUrl"]) == ("11200", HOME)
    assert told(record) == ["error 11200", "heard Help", "hangup line"]


def test_a_fallback_that_fails_ends_the_call() -> None:
    booth = Booth({"/voice": lambda: Response("no", 500)})
    assert told(booth.ring(fallback_url=HOME), "error", "hangup") == [
        "error 11200",
        "error 11200",
        "hangup carrier",
    ]


def test_a_document_may_have_64_kb_and_not_a_byte_more() -> None:
    """https://www.twilio.com/docs/api/errors/11750"""

    def page(size: int) -> Response:
        frame = "<Response><!----></Response>"
        return Response(
            frame.replace("<!----", "<!--" + "x" * (size - len(frame)) + "--"),
            content_type="text/xml",
        )

    assert Booth({"/voice": lambda: page(65_536)}).ring().went_well
    assert told(Booth({"/voice": lambda: page(65_537)}).ring(), "error") == ["error 11750"]


def test_an_endless_answer_is_not_read_to_its_end() -> None:
    read = []

    def endless():
        while True:
            read.append(1)
            assert len(read) < 100
            yield b"x" * 4096

    record = Booth({"/voice": lambda: Response(endless(), content_type="text/xml")}).ring()
    assert told(record, "error") == ["error 11750"]


def test_an_answer_slower_than_15_seconds_is_11205() -> None:
    """https://www.twilio.com/docs/api/errors/11205; the caller has waited as long."""
    ticks = iter(range(0, 1000, 7))
    record = Booth({"/voice": HELLO}, stopwatch=lambda: float(next(ticks))).ring()
    assert record.went_well
    ticks = iter(range(0, 1000, 16))
    record = Booth({"/voice": HELLO}, stopwatch=lambda: float(next(ticks))).ring()
    assert told(record, "error") == ["error 11205"]
    assert record.errors[0].t == 15.0


@pytest.mark.parametrize(
    ("error", "code", "after"),
    [
        (httpx.ConnectError("refused"), 11205, 0),
        (httpx.ConnectTimeout("slow"), 11205, 10),  # two attempts of 5 s
        (httpx.ReadTimeout("slow"), 11205, 15),
        (httpx.RemoteProtocolError("gibberish"), 11206, 0),
    ],
)
def test_no_answer(error: Exception, code: int, after: float) -> None:
    """https://www.twilio.com/docs/api/errors/11205: "two 5-second attempts", 15 s in all."""

    def fail(_: httpx.Request) -> httpx.Response:
        raise error

    carrier = Carrier(start=START, transport=httpx.MockTransport(fail))
    record = carrier.call(url=HOME, from_=CALLER, to=LINE, phone=ScriptedPhone(""))
    assert (record.errors[0].code, record.errors[0].t) == (code, after)


def test_a_line_that_is_cut_is_an_error_event_over_real_http() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=lambda: server.accept()[0].close(), daemon=True).start()
        carrier = Carrier(start=START)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/voice"
        record = carrier.call(url=url, from_=CALLER, to=LINE, phone=ScriptedPhone(""))
    assert record.errors[0].code in (11205, 11206)


@pytest.mark.parametrize("url", ["http://[", "ftp://a.test/", "mailto:me"])
def test_what_is_no_url_is_11100(url: str) -> None:
    booth = Booth({"/voice": f"<Redirect>{url}</Redirect>"})
    assert told(booth.ring(), "error") == ["error 11100"]


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
    assert told(record, "error", "hangup") == ["error 32015", "hangup carrier"]


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
