"""Whatever arrives: who signed is helped, who did not gets 403 or 404, and nobody sees a 500."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr.settings import Settings
from ivr.web import create_app
from tests.support.signed import ENVIRON, SignedClient

NOON = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
fixed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

texts = st.text(st.characters(codec="utf-8"), max_size=40)
names = st.sampled_from(
    ["Digits", "From", "To", "CallSid", "SpeechResult", "Body", "ErrorCode", ""]
)
fields = st.dictionaries(names | texts, texts | st.lists(texts, min_size=1, max_size=3), max_size=6)
queries = st.dictionaries(
    st.sampled_from(["agency", "silences", "mistakes", "heard", "number", "visits", "language"]),
    texts,
)
places = st.sampled_from(
    ["top", "danger", "no_keys", "person", "remove", "nowhere", "%00", "..%2f"]
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("hostile")
    environ = {
        **ENVIRON,
        "DATABASE_URL": f"sqlite:///{folder}/texts.sqlite3",
        "TWILIO_API_URL": "http://127.0.0.1:9",
    }
    return create_app(Settings.from_environ(environ), clock=lambda: NOON)


@fixed
@given(place=places, language=st.sampled_from(["ja", "en", "xx"]), query=queries, sent=fields)
def test_whatever_a_signed_request_holds_it_is_answered_with_help(
    app: Flask, place: str, language: str, query: dict[str, str], sent: dict[str, object]
) -> None:
    shown = "&".join(f"{name}={quote(value)}" for name, value in query.items())
    heard = SignedClient(app).post(f"/voice/{language}/{place}?{shown}", sent)
    if place == "..%2f":  # a slash is another path, and no webhook of ours
        assert heard.status in (200, 404)
        return
    assert heard.status == 200
    assert heard.text
    verbs = [verb.tag for verb in heard.xml]
    assert verbs == ["Gather", "Redirect"] or verbs[-1] == "Hangup"


@fixed
@given(
    target=st.sampled_from(["/voice", "/voice/ja/top", "/voice/ja/danger?agency=x"]),
    body=st.binary(max_size=300),
    kind=st.sampled_from(
        [
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=utf-16",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "application/json",
            "text/plain; charset=nonsense",
            "",
        ]
    ),
    signature=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=40),
    method=st.sampled_from(["GET", "POST"]),
)
def test_without_a_true_signature_every_body_is_turned_away(
    app: Flask, target: str, body: bytes, kind: str, signature: str, method: str
) -> None:
    answer = app.test_client().open(
        target,
        method=method,
        data=body,
        content_type=kind,
        headers={"X-Twilio-Signature": signature},
        environ_overrides={"RAW_URI": target},
    )
    assert answer.status_code == 403
    assert answer.data == b""


def test_a_body_without_end_is_turned_away_unread(app: Flask) -> None:
    answer = app.test_client().post("/voice", data={"From": "x" * 1_000_000})
    assert answer.status_code == 403
