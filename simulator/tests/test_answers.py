"""What an app's answers lead to: redirects, errors, fallbacks, and answers that never come."""

import socket
from collections.abc import Callable
from threading import Thread

import httpx
import pytest
from flask import Response, redirect

from ringback import Carrier, ScriptedPhone
from simulator.tests.booth import CALLER, HOME, LINE, START, Booth, summary, twiml

HELLO = "<Say>Hello</Say>"


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
    assert summary(booth.ring(), "error") == ["error 11215"]
    assert len(booth.asked) == 11


@pytest.mark.parametrize("status", [300, 304, 308])
def test_a_redirect_of_another_kind_is_11216(status: int) -> None:
    """ "Twilio will only follow redirects for status codes 301, 302, 303, and 307"."""
    answer = Response("", status, {"Location": "/next"})
    booth = Booth({"/voice": lambda: answer, "/next": HELLO})
    assert summary(booth.ring(), "error") == ["error 11216"]


@pytest.mark.parametrize(("status", "method"), [(301, "GET"), (303, "GET"), (307, "POST")])
def test_which_redirects_stay_a_post(status: int, method: str) -> None:
    answer = Response("", status, {"Location": "/next"})
    booth = Booth({"/voice": lambda: answer, "/next": HELLO})
    assert booth.ring().heard == "Hello"
    assert (booth.asked[1].method, booth.asked[1].signed) == (method, True)


def test_a_redirect_to_nowhere_is_11216() -> None:
    """https://www.twilio.com/docs/api/errors/11216"""
    booth = Booth({"/voice": lambda: Response("", 302)})
    assert summary(booth.ring(), "error") == ["error 11216"]


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
    assert summary(record) == ["error 11200", "heard Help", "hangup line"]


def test_a_fallback_that_fails_ends_the_call() -> None:
    booth = Booth({"/voice": lambda: Response("no", 500)})
    assert summary(booth.ring(fallback_url=HOME), "error", "hangup") == [
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
    assert summary(Booth({"/voice": lambda: page(65_537)}).ring(), "error") == ["error 11750"]


def test_an_endless_answer_is_not_read_to_its_end() -> None:
    read = []

    def endless():
        while True:
            read.append(1)
            assert len(read) < 100
            yield b"x" * 4096

    record = Booth({"/voice": lambda: Response(endless(), content_type="text/xml")}).ring()
    assert summary(record, "error") == ["error 11750"]


def test_an_answer_slower_than_15_seconds_is_11205() -> None:
    """https://www.twilio.com/docs/api/errors/11205; the caller has waited as long."""
    ticks = iter(range(0, 1000, 7))
    record = Booth({"/voice": HELLO}, stopwatch=lambda: float(next(ticks))).ring()
    assert record.went_well
    ticks = iter(range(0, 1000, 16))
    record = Booth({"/voice": HELLO}, stopwatch=lambda: float(next(ticks))).ring()
    assert summary(record, "error") == ["error 11205"]
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
    assert summary(booth.ring(), "error") == ["error 11100"]
