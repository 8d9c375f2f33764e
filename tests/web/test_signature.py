"""Who may ring the webhooks: those the carrier signed for, and nobody else."""

from collections.abc import Callable

import pytest
from flask import Flask, request
from twilio.request_validator import RequestValidator

from ivr.web.signature import SignatureCheck, raw_target
from tests.support.signed import PUBLIC, TOKEN, SignedClient


@pytest.fixture
def app() -> Flask:
    app = Flask("locked")
    app.before_request(SignatureCheck(PUBLIC, ["retired-token", TOKEN]).guard)
    app.add_url_rule(
        "/<path:path>",
        view_func=lambda path: request.form.get("Digits", ""),
        methods=["GET", "POST"],
    )
    return app


@pytest.fixture
def carrier(app: Flask) -> SignedClient:
    return SignedClient(app)


def test_the_vector_that_twilio_prints_is_what_we_check_with() -> None:
    """https://www.twilio.com/docs/usage/security#validating-requests"""
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675310",
        "Digits": "1234",
        "From": "+14158675310",
        "To": "+18005551212",
    }
    signature = RequestValidator("12345").compute_signature(
        "https://example.com/myapp.php?foo=1&bar=2", fields
    )
    assert signature == "L/OH5YylLD5NRKLltdqwSvS0BnU="


@pytest.mark.parametrize(
    "target",
    [
        "/voice",
        "/voice/ja/top?visits=1",
        "/voice/ja/top?a=1&a=2&empty=",
        "/voice/%E7%AA%93%E5%8F%A3",
        "/voice/a%2Fb?q=%20x+y%2B",
        "/voice//double",
        "/voice?",
    ],
)
def test_what_the_carrier_signs_comes_in_whatever_the_url_looks_like(
    carrier: SignedClient, target: str
) -> None:
    assert carrier.post(target, {"Digits": "1"}).status == 200


def test_white_space_empty_and_repeated_fields_are_signed_as_they_stand(
    carrier: SignedClient,
) -> None:
    """twilio-rules 2.4: nothing is trimmed, empty values are kept, repeats count once."""
    fields = {"Body": "  はい \n", "Empty": "", "Many": ["b", "a", "b"]}
    assert carrier.post("/voice", fields).status == 200


def test_while_a_token_is_rotated_both_tokens_open_the_door(app: Flask) -> None:
    assert SignedClient(app, token="retired-token").post("/voice").status == 200
    assert SignedClient(app, token=TOKEN).post("/voice").status == 200
    assert SignedClient(app, token="a-stranger's").post("/voice").status == 403


def test_what_a_proxy_or_a_stranger_writes_into_headers_changes_nothing(
    carrier: SignedClient, app: Flask
) -> None:
    """The signed URL is the configured one; Host and X-Forwarded-* are anybody's to write."""
    headers = {
        "Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Prefix": "/elsewhere",
    }
    assert carrier.post("/voice", headers=headers).status == 200
    stranger = SignedClient(app, public="https://evil.example")
    assert stranger.post("/voice", headers=headers).status == 403


@pytest.mark.parametrize(
    "spoil",
    [
        lambda s: "",
        lambda s: s[:-1],
        lambda s: s + "=",
        lambda s: s.swapcase(),
        lambda s: "あ" * 28,
        lambda s: "A" * 100_000,
        lambda s: s[::-1],
    ],
    ids=["missing", "short", "long", "other case", "not ascii", "huge", "reversed"],
)
def test_any_other_signature_is_turned_away(
    carrier: SignedClient, spoil: Callable[[str], str]
) -> None:
    fields: dict[str, object] = {"CallSid": "CA1", "From": "+819012345678", "To": "+815031234567"}
    signature = spoil(carrier.sign("/voice", fields)).encode().decode("latin-1")
    assert carrier.post("/voice", signature=signature).status == 403


def test_a_signature_for_another_url_or_other_digits_is_turned_away(carrier: SignedClient) -> None:
    fields: dict[str, object] = {"CallSid": "CA1", "From": "+819012345678", "To": "+815031234567"}
    pressed = {**fields, "Digits": "1"}
    assert carrier.post("/voice", signature=carrier.sign("/sms", fields)).status == 403
    signed_for_one = carrier.sign("/voice", pressed)
    assert carrier.post("/voice", pressed, signature=signed_for_one).status == 200
    assert carrier.post("/voice", {"Digits": "2"}, signature=signed_for_one).status == 403


def test_a_stranger_cannot_choose_the_hash(carrier: SignedClient) -> None:
    """twilio-rules 2.4: a header must not select a key or a hash for us."""
    settings = {"X-Twilio-Webhooks-Signature-Settings": "key=x,algorithm=HMAC_SHA1"}
    assert carrier.post("/voice", headers=settings).status == 403


def test_an_absolute_request_target_is_read_like_any_other(app: Flask) -> None:
    """A proxy may pass on the absolute form (RFC 9112, 3.2.2)."""
    with app.test_request_context(environ_overrides={"RAW_URI": "http://inside:8000/voice?a=%20"}):
        assert raw_target(request) == "/voice?a=%20"


def test_a_server_that_keeps_no_raw_target_still_gets_its_path_and_query(app: Flask) -> None:
    with app.test_request_context("/voice/ja/top?visits=1", environ_overrides={}) as context:
        context.request.environ.pop("RAW_URI", None)
        context.request.environ.pop("REQUEST_URI", None)
        assert raw_target(request) == "/voice/ja/top?visits=1"
