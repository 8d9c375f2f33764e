"""Any request: who did not sign it gets 403, and what the carrier's library signs comes in."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from flask import Flask
from twilio.request_validator import RequestValidator
from werkzeug.wrappers import Request

from fuzz.parts import Parts, joined
from ivr.web.signature import SignatureCheck, raw_target

_PUBLIC, _TOKENS = "https://line.example.jp:8443/phone", ("retired-token", "token")
_METHODS = ("POST", "GET", "HEAD", "PUT", "post", "")
_FORM = "application/x-www-form-urlencoded"
_KINDS = (_FORM, f"{_FORM}; charset=utf-16", "multipart/form-data; boundary=x", "text/plain", "")


def _locked() -> Flask:
    app = Flask("locked", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    app.before_request(SignatureCheck(_PUBLIC, _TOKENS).guard)
    app.add_url_rule(
        "/<path:path>",
        view_func=lambda **_: "in",
        methods=["GET", "POST", "PUT"],
    )
    return app


_APP = _locked()


def seeds() -> Iterator[bytes]:
    """Method, target, kind of body, body, signature, header of settings."""
    body = "CallSid=CA1&From=%2B819012345678&To=%2B815031234567&Digits=1"
    yield joined("0", "/voice", "0", body, "L/OH5YylLD5NRKLltdqwSvS0BnU=", "")
    yield joined(
        "0", "/voice/ja/top?agency=x&visits=2", "0", body + "&Digits=2&Empty=", "A" * 28, ""
    )
    yield joined("1", "/voice?CallSid=CA1&a=%20+%E7", "0", "", "あ" * 28, "")
    yield joined(
        "0", "/sms", "2", '--x\r\nContent-Disposition: form-data; name="Body"\r\n\r\n', "", ""
    )
    yield joined("0", "http://[::1/voice", "1", body, "=" * 28, "key=x,algorithm=HMAC_SHA1")


def attempt(data: bytes) -> None:
    """The request unsigned, then the same one signed."""
    parts = Parts(data)
    method, target = parts.one_of(_METHODS), parts.raw().decode("latin-1")
    kind, body = parts.one_of(_KINDS), parts.raw()
    signature, settings = parts.raw().decode("latin-1"), parts.raw().decode("latin-1")
    environ = _environ(method, target, kind, body)
    environ["HTTP_X_TWILIO_SIGNATURE"] = signature
    status, said = _answer({**environ, "wsgi.input": BytesIO(body)}, settings)
    assert status in ("403 FORBIDDEN", "404 NOT FOUND", "405 METHOD NOT ALLOWED"), status
    assert "Traceback" not in said
    if method in ("POST", "GET") and not settings and target.startswith("/"):
        _signed(environ, body)


def _signed(environ: dict[str, Any], body: bytes) -> None:
    asked = Request({**environ, "wsgi.input": BytesIO(body)})
    try:
        fields = asked.form if asked.method == "POST" else {}
        signature = RequestValidator(_TOKENS[1]).compute_signature(
            _PUBLIC + raw_target(asked), fields
        )
    except Exception:  # no carrier could sign it either
        return
    environ["HTTP_X_TWILIO_SIGNATURE"] = signature
    status, _ = _answer({**environ, "wsgi.input": BytesIO(body)}, "")
    assert status.split()[0] in ("200", "404", "308"), status


def _answer(environ: dict[str, Any], settings: str) -> tuple[str, str]:
    if settings:
        environ["HTTP_X_TWILIO_WEBHOOKS_SIGNATURE_SETTINGS"] = settings
    told: list[str] = []

    def start(status: str, _headers: object, _trouble: object = None) -> Any:
        told.append(status)

    said = b"".join(_APP.wsgi_app(environ, start))
    return told[0], said.decode("utf-8", "replace")


def _environ(method: str, target: str, kind: str, body: bytes) -> dict[str, Any]:
    path, _, query = target.partition("?")
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path or "/",
        "QUERY_STRING": query,
        "RAW_URI": target,
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "inside",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
