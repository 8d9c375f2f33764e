"""`/sms`, as the carrier and strangers ask it."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ivr.settings import Settings
from ivr.sms.reply_limit import MOST_REPLIES, MOST_URGENT_REPLIES
from ivr.web import create_app
from ivr.web.app import TEXTS
from ringback import sign
from tests.support.signed import ENVIRON, MOBILE, PUBLIC, TOKEN

NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)


def make_app(database: str, clock: Callable[[], datetime] = lambda: NOON) -> Flask:
    environ = {**ENVIRON, "DATABASE_URL": database}
    return create_app(Settings.from_environ(environ), clock=clock)


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return make_app(f"sqlite:///{tmp_path}/texts.sqlite3").test_client()


def text(client: FlaskClient, body: str, **more: str) -> TestResponse:
    fields = {"MessageSid": "SM1", "From": MOBILE, "To": "+15005550006", "Body": body, **more}
    headers = {"X-Twilio-Signature": sign(TOKEN, f"{PUBLIC}/sms", fields, keeps_port=True)}
    return client.post("/sms", data=fields, headers=headers, environ_overrides={"RAW_URI": "/sms"})


def said(response: TestResponse) -> str:
    assert response.status_code == 200
    assert response.content_type == "text/xml; charset=utf-8"
    return "".join(ElementTree.fromstring(response.data).itertext())


def test_who_is_not_the_carrier_gets_nothing(client: FlaskClient) -> None:
    assert client.post("/sms", data={"Body": "3", "From": MOBILE}).status_code == 403
    assert client.get("/sms?Body=3").status_code == 403


def test_get_is_answered_too(client: FlaskClient) -> None:
    """A number can be set to GET: everything stands in the address then."""
    target = "/sms?" + urlencode({"Body": "人", "From": MOBILE})
    headers = {"X-Twilio-Signature": sign(TOKEN, PUBLIC + target, {}, keeps_port=True)}
    got = client.get(target, headers=headers, environ_overrides={"RAW_URI": target})
    assert "0120-279-338" in said(got)


def test_a_repeated_message_gets_the_same_answer(client: FlaskClient) -> None:
    """The carrier asks again after a time-out, with the cookie that it had."""
    text(client, "こんにちは")
    cookie = client.get_cookie("place")
    assert cookie is not None
    first = said(text(client, "3"))
    client.set_cookie("place", cookie.value)
    assert said(text(client, "3")) == first


@pytest.mark.parametrize("cookie", ["", "x", "WyJqYSIsWyJkYW5nZXIiXSwiIl0.forged", "é", "a.b.c.d"])
def test_a_forged_cookie_begins_anew(client: FlaskClient, cookie: str) -> None:
    client.set_cookie("place", cookie)
    assert said(text(client, "1")).startswith("命が危ないときは")


def test_the_cookie_holds_no_number(client: FlaskClient) -> None:
    response = text(client, "3")
    assert MOBILE.strip("+") not in response.headers["Set-Cookie"]
    assert "HttpOnly" in response.headers["Set-Cookie"]


def test_without_the_database_the_tree_goes_on_and_stop_is_not_promised(tmp_path: Path) -> None:
    client = make_app(f"sqlite:///{tmp_path}/no/such/folder/texts.sqlite3").test_client()
    assert "数字を1つ、送ってください" in said(text(client, "こんにちは"))
    assert "どう消しますか" in said(text(client, "3"))
    assert said(text(client, "停止")).startswith("いまは、変えられませんでした")


@pytest.mark.parametrize("body", ["STOP", "stop.", "ＳＴＯＰ", "Unsubscribe", "CANCEL"])
def test_the_carriers_own_keywords_get_no_answer_of_ours(client: FlaskClient, body: str) -> None:
    assert said(text(client, body)) == ""


@pytest.mark.parametrize("body", ["停止", "STOP"])
@pytest.mark.parametrize("channel", ["", "rcs:", "whatsapp:", "RCS:"])
def test_a_refusal_by_any_channel_is_one_for_the_number(
    tmp_path: Path, body: str, channel: str
) -> None:
    app = make_app(f"sqlite:///{tmp_path}/texts.sqlite3")
    text(app.test_client(), body, From=f"{channel}{MOBILE}")
    texts = app.extensions[TEXTS]
    with texts.store.reading() as connection:
        assert texts.refusals.holds(connection, MOBILE)
        assert texts.refusals.holds(connection, f"whatsapp:{MOBILE}")
        assert not texts.refusals.holds(connection, MOBILE[:-1] + "0")


def test_two_machines_stop_talking_and_danger_is_still_answered(client: FlaskClient) -> None:
    """Whatever address of the number they take; another number is answered all the while."""
    addresses = [MOBILE, f"rcs:{MOBILE}", f"whatsapp:{MOBILE}"]
    answered = [bool(said(text(client, "自動応答です", From=addresses[n % 3]))) for n in range(40)]
    assert answered == [True] * MOST_REPLIES + [False] * (40 - MOST_REPLIES)
    urgent = [bool(said(text(client, "助けて"))) for _ in range(MOST_URGENT_REPLIES + 1)]
    assert urgent == [True] * MOST_URGENT_REPLIES + [False]
    assert said(text(client, "3", From="+819011112222"))


@pytest.mark.parametrize("written", ["死にたい", "he will kill me", "家の前にいる", "0", "人"])
def test_whoever_asks_for_help_is_answered_in_every_hour_of_the_day(
    tmp_path: Path, written: str
) -> None:
    """However many replies there were before: the cap is for machines."""
    hours = [NOON + timedelta(hours=n) for n in range(11)]
    times = [NOON] * MOST_REPLIES + [hour for hour in hours for _ in range(MOST_URGENT_REPLIES)]
    app = make_app(f"sqlite:///{tmp_path}/texts.sqlite3", clock=iter(times).__next__)
    client = app.test_client()
    for _ in range(MOST_REPLIES):
        text(client, "3")
    assert all(said(text(client, written)) for _ in times[MOST_REPLIES:])


def test_the_next_day_begins_anew(tmp_path: Path) -> None:
    """A day of the line's own time: midnight in Japan is 15:00 UTC."""
    times = [NOON] * MOST_REPLIES + [NOON + timedelta(hours=11, minutes=59)]
    times.append(NOON + timedelta(hours=12))
    app = make_app(f"sqlite:///{tmp_path}/texts.sqlite3", clock=iter(times).__next__)
    client = app.test_client()
    answered = [bool(said(text(client, "3"))) for _ in times]
    assert answered == [True] * MOST_REPLIES + [False, True]


def test_a_refusal_is_kept_where_replies_are_over(tmp_path: Path) -> None:
    app = make_app(f"sqlite:///{tmp_path}/texts.sqlite3")
    client = app.test_client()
    for _ in range(MOST_REPLIES):
        text(client, "3")
    assert said(text(client, "停止")) == ""
    texts = app.extensions[TEXTS]
    with texts.store.reading() as connection:
        assert texts.refusals.holds(connection, MOBILE)


def test_what_breaks_inside_names_a_person_and_is_counted_once(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("ivr.engine.understanding.Understanding.of", broken)
    assert "0120-279-338" in said(text(client, "3"))
    assert len([r for r in caplog.records if r.levelno == logging.ERROR]) == 1
    assert 'madoguchi_webhook_failures_total{channel="sms"} 1.0' in client.get("/metrics").text
