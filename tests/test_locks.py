"""Every webhook of the line is locked: whoever did not sign gets 403, and learns nothing of why."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from flask import Flask
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

import ivr.web.signature
from ivr.settings import Settings
from ivr.web import create_app
from tests.support.signed import ENVIRON, PUBLIC, TOKEN

NEW_TOKEN = "fedcba9876543210fedcba9876543210"
WEBHOOKS = [
    "/voice",
    "/voice?language=en",
    "/voice/ja/top?visits=1",
    "/voice/en/danger?agency=police&visits=3",
    "/sms",
    "/status/call",
    "/status/message?text=0123456789abcdef0123456789abcdef",
]
FORM = "application/x-www-form-urlencoded"
Fields = list[tuple[str, str]]
FIELDS: Fields = [
    ("CallSid", "CA1"),
    ("From", "+819012345678"),
    ("To", "+815031234567"),
    ("Digits", "1"),
    ("Body", "1"),
]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The line while its token is being rotated."""
    folder = tmp_path_factory.mktemp("locks")
    environ = {
        **ENVIRON,
        "TWILIO_AUTH_TOKEN": f"{TOKEN},{NEW_TOKEN}",
        "DATABASE_URL": f"sqlite:///{folder}/texts.sqlite3",
        "TWILIO_API_URL": "http://127.0.0.1:9",
    }
    clock = lambda: datetime(2026, 11, 30, 3, 0, tzinfo=UTC)  # noqa: E731
    return create_app(Settings.from_environ(environ), clock=clock)


def signed(url: str, fields: Fields | None = None, token: str = TOKEN) -> str:
    """What the carrier's own library signs."""
    sign = RequestValidator(token).compute_signature
    return str(sign(url, MultiDict(FIELDS if fields is None else fields)))


def status_of(
    app: Flask,
    target: str,
    signature: str | None,
    fields: Fields | None = None,
    method: str = "POST",
) -> int:
    """The status of a request as it goes over the wire; a refusal says nothing else."""
    headers = [] if signature is None else [("X-Twilio-Signature", signature)]
    answer = app.test_client().open(
        target,
        method=method,
        data=urlencode(FIELDS if fields is None else fields) if method == "POST" else None,
        content_type=FORM if method == "POST" else None,
        headers=headers,
        environ_overrides={"RAW_URI": target},
    )
    assert answer.status_code != 403 or answer.data == b""
    return answer.status_code


@pytest.fixture
def quiet(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


def as_header(text: str) -> str:
    """Text as a header holds it on the wire."""
    return text.encode().decode("latin-1")


STRANGE: dict[str, Callable[[str], str | None]] = {
    "missing": lambda _: None,
    "empty": lambda _: "",
    "no base64": lambda s: "!" * len(s),
    "short": lambda s: s[:-1],
    "long": lambda s: s + "=",
    "other case": str.swapcase,
    "white space around it": lambda s: f" {s[:-1]} ",
    "hexadecimal": lambda _: "0" * 40,
    "not ascii, as long": lambda s: as_header("é" * (len(s) // 2)),
    "not ascii": lambda _: as_header("署名"),
    "a letter that looks the same": lambda s: as_header("А" + s[2:]),
    "a NUL": lambda s: "\0" + s[1:],
    "huge": lambda _: "A" * 60_000,
    "twice": lambda s: f"{s},{s}",
}


@pytest.mark.parametrize("target", WEBHOOKS)
@pytest.mark.parametrize("spoil", STRANGE.values(), ids=STRANGE.keys())
def test_a_signature_that_is_none_opens_nothing(
    app: Flask,
    quiet: pytest.LogCaptureFixture,
    target: str,
    spoil: Callable[[str], str | None],
) -> None:
    assert status_of(app, target, spoil(signed(PUBLIC + target))) == 403
    assert "Traceback" not in quiet.text
    assert not any(record.exc_info for record in quiet.records)


@pytest.mark.parametrize("target", WEBHOOKS)
def test_a_true_signature_opens_its_own_door_alone(app: Flask, target: str) -> None:
    for other in WEBHOOKS:
        status = status_of(app, target, signed(PUBLIC + other))
        assert (status in (200, 204)) == (other == target), other


@pytest.mark.parametrize("target", WEBHOOKS)
@pytest.mark.parametrize(
    "sent",
    [
        [*FIELDS[:3], ("Digits", "2"), FIELDS[4]],
        [*FIELDS, ("Digits", "2")],
        [*FIELDS, ("Extra", "")],
        FIELDS[:-1],
        [],
        [(name, f"{value} ") for name, value in FIELDS],
        [(name.lower(), value) for name, value in FIELDS],
        [*FIELDS[:3], ("Dig", "its1"), FIELDS[4]],
    ],
    ids=[
        "other digits",
        "a second value",
        "an empty field more",
        "a field less",
        "no body",
        "spaces",
        "other case",
        "a name that ends elsewhere",
    ],
)
def test_a_signature_is_for_what_was_signed(app: Flask, target: str, sent: Fields) -> None:
    """The last one joins to the same text, which the carrier's scheme can't tell apart."""
    ambiguous = sent[3:4] == [("Dig", "its1")]
    status = status_of(app, target, signed(PUBLIC + target), sent)
    assert status in (200, 204) if ambiguous else status == 403


@pytest.mark.parametrize("target", WEBHOOKS)
@pytest.mark.parametrize(
    "other",
    [
        "http://line.example.jp/phone",
        "https://line.example.jp",
        "https://line.example.jp/phone/",
        "https://LINE.example.jp/phone",
        "https://line.example.jp.evil.example/phone",
        "https://user:secret@line.example.jp/phone",
        "https://line.example.jp:8443/phone",
    ],
)
def test_a_signature_for_another_address_is_another(app: Flask, target: str, other: str) -> None:
    assert status_of(app, target, signed(other + target)) == 403


@pytest.mark.parametrize("target", WEBHOOKS)
def test_a_stranger_who_knows_everything_but_the_token_stays_outside(
    app: Flask, target: str
) -> None:
    for guess in ("", TOKEN.upper(), TOKEN[:-1], f"{TOKEN},{NEW_TOKEN}", ENVIRON["SMS_FROM"]):
        assert status_of(app, target, signed(PUBLIC + target, token=guess)) == 403


@pytest.mark.parametrize("target", WEBHOOKS)
@pytest.mark.parametrize("token", [TOKEN, NEW_TOKEN], ids=["old token", "new token"])
@pytest.mark.parametrize(
    "sent",
    [
        FIELDS,
        [],
        [*FIELDS, ("Empty", "")],
        [*FIELDS, ("Body", "  はい 　\r\n")],
        [*FIELDS, ("Digits", "1"), ("Digits", "2"), ("Digits", "2")],
        [*FIELDS, ("a=b&c", "%20+ ;"), ("名", "🙇‍♀️")],
        [*FIELDS, *((f"Field{n}", "x" * 40) for n in range(400))],
    ],
    ids=["a call", "nothing", "empty", "white space", "repeated", "signs", "many"],
)
def test_what_the_carriers_library_signs_comes_in(
    app: Flask, target: str, token: str, sent: Fields
) -> None:
    """twilio-rules 2.4; https://www.twilio.com/docs/usage/security#validating-requests"""
    assert status_of(app, target, signed(PUBLIC + target, sent, token), sent) in (200, 204)


@pytest.mark.parametrize(
    "target",
    [
        "/voice?",
        "/voice?a=1&a=2&a=",
        "/voice?x=%E7%AA%93&y=%e7%aa%93&z=a+b%20c",
        "/voice?q=~!*'();:@$,/?[]",
        "/voice/ja/%E7%AA%93%e5%8f%a3?visits=1",
        "/voice/ja/a%2Fb",
    ],
)
def test_the_address_is_signed_as_it_was_written(app: Flask, target: str) -> None:
    """Percent-encoding, repeated and empty parameters are left as they stand (twilio-rules 2.4)."""
    assert status_of(app, target, signed(PUBLIC + target)) in (200, 404)


@pytest.mark.parametrize("spelled", ["https://line.example.jp:443/phone", PUBLIC])
@pytest.mark.parametrize("public", ["https://line.example.jp:443/phone", PUBLIC])
def test_the_port_may_stand_in_what_was_signed_or_not(
    app: Flask, public: str, spelled: str
) -> None:
    """Voice drops it, messaging keeps it (twilio-rules 2.4)."""
    locked = Flask("locked")
    locked.before_request(ivr.web.signature.SignatureCheck(public, [TOKEN]).guard)
    locked.add_url_rule("/sms", view_func=lambda: "in", methods=["POST"])
    assert status_of(locked, "/sms", signed(f"{spelled}/sms")) == 200


def test_a_fragment_that_asks_for_patience_is_not_signed(app: Flask) -> None:
    """`#rc=2&rp=all` stands in a number's URL and never travels."""
    url = f"{PUBLIC}/voice#rc=2&rp=all"
    assert status_of(app, "/voice", signed(url.partition("#")[0])) == 200
    assert status_of(app, "/voice", signed(url)) == 403


@pytest.mark.parametrize("target", ["/voice", "/voice/ja/top", "/sms"])
def test_a_number_that_is_set_to_get_is_signed_by_its_query(app: Flask, target: str) -> None:
    target = f"{target}?{urlencode(FIELDS)}"
    assert status_of(app, target, signed(PUBLIC + target, []), method="GET") == 200
    longer = f"{target}&Digits=2"
    assert status_of(app, longer, signed(PUBLIC + target, []), method="GET") == 403
    assert status_of(app, target, signed(PUBLIC + target), method="GET") == 403


@pytest.mark.parametrize("token", [TOKEN, NEW_TOKEN, "a stranger's"])
def test_every_token_is_compared_in_constant_time_whichever_fits(
    app: Flask, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    """Each comparison is hmac's, and a token that fits spares none of the others."""
    compared: list[str] = []

    def noted(one: str, other: str) -> bool:
        compared.append(one)
        return one == other

    monkeypatch.setattr(ivr.web.signature, "compare_digest", noted)
    known = [signed(f"{PUBLIC}/voice", token=each) for each in (TOKEN, NEW_TOKEN)]
    opened = status_of(app, "/voice", signed(f"{PUBLIC}/voice", token=token)) == 200
    assert opened == (token in (TOKEN, NEW_TOKEN))
    assert compared[:2] == known
    assert len(compared) == (2 if opened else 6)  # else without and with its port, too
