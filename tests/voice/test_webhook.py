"""What callers hear through the signed webhooks, whatever they or strangers send."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from ivr.settings import Settings
from ivr.web import create_app
from tests.support.signed import ENVIRON, LANDLINE, Heard, SignedClient

MONDAY_NOON = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)  # 12:00 in Japan


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    environ = {
        **ENVIRON,
        "DATABASE_URL": f"sqlite:///{tmp_path}/texts.sqlite3",
        "TWILIO_API_URL": "http://127.0.0.1:9",  # nobody listens there: no text ever leaves
    }
    return create_app(Settings.from_environ(environ), clock=lambda: MONDAY_NOON)


@pytest.fixture
def line(app: Flask) -> SignedClient:
    return SignedClient(app)


def helps(heard: Heard) -> bool:
    """Well-formed TwiML that says something, and listens or has said a number."""
    verbs = [verb.tag for verb in heard.xml]
    ending = verbs == ["Gather", "Redirect"] or verbs[-1] == "Hangup"
    return heard.status == 200 and bool(heard.text) and ending


def test_the_first_words_are_the_emergency(line: SignedClient) -> None:
    """Caller rule A2: before any greeting."""
    assert line.call().text.startswith("命が危ないときは、電話を切って、")


def test_the_answer_is_xml_that_no_carrier_reads_aloud(line: SignedClient) -> None:
    """https://www.twilio.com/docs/voice/twiml: text/plain would be spoken to the caller."""
    assert line.call().content_type == "text/xml; charset=utf-8"


def test_two_keys_lead_to_an_agency_that_removes(line: SignedClient) -> None:
    heard = line.call("3", "2")
    assert "人権" in heard.text
    assert "ゼロ ゴー ナナ ゼロ ゼロ ゼロ サン イチ イチ ゼロ" in heard.text


def test_a_caller_who_presses_nothing_hears_two_staffed_numbers(line: SignedClient) -> None:
    """Caller rules D5 and D8: a complete way without any key."""
    heard = line.call(None, None)
    yorisoi = "ゼロ イチ ニー ゼロ ニー ナナ キュウ サン サン ハチ"
    assert heard.text.count(yorisoi) == 2
    assert heard.text.count("ゼロ イチ ニー ゼロ ゼロ ロク イチ サン サン ハチ") == 2


@pytest.mark.parametrize("key", ["7", "8", "*#", "1" * 30, "A", "１", "🙂", " 1", "-1", "#*0"])
def test_odd_keys_get_an_answer_that_helps(line: SignedClient, key: str) -> None:
    for heard in (
        line.call(key),
        line.call("3", key),
        line.call("1", key),
        line.call(key, key, key),
    ):
        assert helps(heard)


@pytest.mark.parametrize(
    "caller", ["", "anonymous", "+266696687", "+815012345678", "+14158675310", LANDLINE]
)
def test_a_line_that_takes_no_texts_is_told_so_and_may_name_a_mobile(
    line: SignedClient, caller: str
) -> None:
    """Caller rule K6, twilio-rules 2.2: nothing is ever sent to such a line itself."""
    assert "携帯にSMSで" in line.call("3", "1", From=caller).text
    heard = line.call("3", "1", "1", From=caller)
    gather = heard.xml.find("Gather")
    withheld = caller in ("", "anonymous", "+266696687")
    why = "こちらに番号が届いていません。" if withheld else "この電話には、SMSが届きません。"
    assert heard.text.startswith(why)
    assert gather is not None
    assert (gather.get("numDigits"), gather.get("finishOnKey")) == ("11", "")


def test_a_number_keyed_in_is_read_back_and_stands_in_no_address(line: SignedClient) -> None:
    heard = line.call("3", "1", "1", "09012345678", From=LANDLINE)
    assert "ゼロ キュウ ゼロ イチ ニー サン ヨン ゴー ロク ナナ ハチ" in heard.text
    assert b"90123" not in heard.body
    assert "SMSを送ります。" in line.follow(heard, "1", From=LANDLINE).text


def test_the_end_of_a_call_erases_what_was_keyed_in(line: SignedClient) -> None:
    heard = line.call("3", "1", "1", "09012345678", From=LANDLINE)
    assert line.post("/status/call", {"CallStatus": "completed"}).status == 204
    assert "いま、SMSを送れません。" in line.follow(heard, "#", From=LANDLINE).text


@pytest.mark.parametrize(
    "target",
    [
        "/voice/ja/gone?visits=3",
        "/voice/xx/top",
        "/voice/ja/danger?agency=nobody&visits=-1",
        "/voice/ja/danger?silences=99999999999999999999&mistakes=abc",
        "/voice/ja/top?visits=98",
        "/voice/ja/%00",
        "/voice/ja/top?heard=1&heard=0&x=%ff",
    ],
)
def test_a_place_that_is_not_on_the_map_still_helps(line: SignedClient, target: str) -> None:
    for digits in ("", "1", "8"):
        assert helps(line.post(target, {"Digits": digits}))


def test_missing_and_hostile_fields_do_no_harm(line: SignedClient) -> None:
    assert helps(line.post("/voice", {"CallSid": "", "From": "", "To": ""}))
    hostile = {"From": "'; DROP TABLE texts;--", "CallSid": "x" * 5000, "Digits": "<Hangup/>"}
    assert helps(line.post("/voice/ja/talk?agency=yorisoi", hostile))


def test_a_repeated_request_gets_the_same_answer(line: SignedClient) -> None:
    for target in ("/voice", "/voice/ja/top?visits=1"):
        first, second = line.post(target, {"Digits": "3"}), line.post(target, {"Digits": "3"})
        assert first == second


def test_without_a_signature_nobody_gets_in(line: SignedClient) -> None:
    assert line.post("/voice", signature="").status == 403
    assert line.post("/voice/ja/top", signature="").status == 403
    assert line.post("/elsewhere", signature="").status == 404


def test_a_number_that_is_set_to_get_is_answered_too(app: Flask, line: SignedClient) -> None:
    target = "/voice?CallSid=CA1&From=%2B819012345678"
    signature = {"X-Twilio-Signature": line.sign(target, {})}
    answer = app.test_client().get(target, headers=signature, environ_overrides={"RAW_URI": target})
    assert answer.status_code == 200
    assert "命が危ないときは" in answer.text


def test_a_number_of_its_own_can_greet_in_english(line: SignedClient) -> None:
    assert line.post("/voice?language=en").text.startswith("If your life is in danger,")


def test_when_everything_breaks_the_caller_still_hears_a_number(
    line: SignedClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No path ends before a number was heard, a bug of ours included; and never a 500."""
    monkeypatch.setattr("ivr.voice.call_handler.step", _breaks)
    heard = line.post("/voice/ja/top?visits=7", {"Digits": "4"})
    assert heard.status == 200
    assert heard.text.count("ゼロ イチ ニー ゼロ ニー ナナ キュウ サン サン ハチ") == 2


def _breaks(*args: object) -> None:
    raise RuntimeError("a bug")


def test_no_url_carries_a_telephone_number(line: SignedClient) -> None:
    heard = line.call("1", "2", None, "#")
    assert "9012345678" not in (heard.action or "")


def test_the_clock_decides_who_answers(app: Flask, tmp_path: Path) -> None:
    """Caller rule F2: at night the closed office says when it opens, and another one answers."""
    day = _rights(tmp_path, datetime(2026, 11, 30, 3, tzinfo=UTC))
    assert "いま、受付中です。" in day
    assert "よりそいホットライン" not in day
    night = _rights(tmp_path, datetime(2026, 11, 30, 15, tzinfo=UTC))
    assert "受付は、きょう、8時30分からです。" in night
    assert "いまは、電話を切って、よりそいホットラインへ。" in night


def _rights(folder: Path, now: datetime) -> str:
    environ = {**ENVIRON, "DATABASE_URL": f"sqlite:///{folder}/texts.sqlite3"}
    app = create_app(Settings.from_environ(environ), clock=_always(now))
    return SignedClient(app).call("3", "2").text


def _always(now: datetime) -> Callable[[], datetime]:
    return lambda: now
