"""The tap on webhooks: what it shows of each request, and where an answer sends the caller."""

import httpx
import pytest

from ringback.webphone.tap import Exchange, Tap, goes_on_at

URL = "http://app.test/voice/ja/top?visits=1"


def answered(body: str) -> Exchange:
    return Exchange(
        method="POST",
        url=URL,
        parameters=(),
        signature="",
        status=200,
        content_type="text/xml",
        body=body,
        milliseconds=1.0,
    )


@pytest.mark.parametrize(
    ("verbs", "place"),
    [
        ('<Gather action="/voice/ja/remove"/><Redirect>/voice/ja/x</Redirect>', "/voice/ja/remove"),
        ("<Say>Wait.</Say><Redirect> /voice/ja/talk </Redirect>", "/voice/ja/talk"),
        ("<Gather/>", "/voice/ja/top?visits=1"),
        ("<Say>Goodbye.</Say><Hangup/>", None),
        ("<Redirect/>", None),
    ],
)
def test_the_next_key_goes_to_the_callers_place(verbs: str, place: str | None) -> None:
    wanted = None if place is None else f"http://app.test{place}"
    assert goes_on_at(answered(f"<Response>{verbs}</Response>")) == wanted


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no XML",
        "<Response>",
        '<!DOCTYPE a [<!ENTITY b "c">]><Response/>',
        '<Response><Gather action="http://[broken"/></Response>',
    ],
)
def test_an_answer_that_says_nothing_of_it_is_no_place(body: str) -> None:
    assert goes_on_at(answered(body)) is None


def tapped(answer: httpx.Response) -> tuple[httpx.Client, list[Exchange]]:
    exchanges: list[Exchange] = []
    inner = httpx.MockTransport(lambda _request: answer)
    return httpx.Client(transport=Tap(inner, exchanges.append, lambda: 0.0)), exchanges


def test_the_tap_passes_everything_on_and_reports_it_once() -> None:
    client, exchanges = tapped(httpx.Response(200, text="<Response/>", headers={"X-Own": "1"}))
    answer = client.post(URL, data={"Digits": "", "From": "+81 90"})
    assert (answer.text, answer.headers["X-Own"]) == ("<Response/>", "1")
    [exchange] = exchanges
    assert exchange.parameters == (("Digits", ""), ("From", "+81 90"))
    assert (exchange.url, exchange.body, exchange.milliseconds) == (URL, "<Response/>", 0.0)


def test_of_a_sound_or_a_long_answer_only_so_much_is_kept() -> None:
    client, exchanges = tapped(
        httpx.Response(200, content=b"x" * 99, headers={"Content-Type": "audio/wav"})
    )
    assert len(client.get(URL).content) == 99
    assert exchanges[0].body == ""
    assert exchanges[0].parameters == (("visits", "1"),)
    client, exchanges = tapped(httpx.Response(200, text="y" * 100_000))
    assert len(client.get(URL).content) == 100_000
    assert len(exchanges[0].body) == 64 * 1024
