"""A carrier in the small: signs requests to the app and reads its TwiML, in process."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree

from flask import Flask
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

PUBLIC = "https://line.example.jp/phone"
TOKEN = "0123456789abcdef0123456789abcdef"
MOBILE, LANDLINE = "+819012345678", "+81312345678"

ENVIRON = {
    "TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000001",
    "TWILIO_AUTH_TOKEN": TOKEN,
    "PUBLIC_URL": PUBLIC,
    "SMS_FROM": "+15005550006",
}


@dataclass(frozen=True)
class Heard:
    """One answer of the line, read as a carrier reads it."""

    status: int
    content_type: str
    body: bytes

    @property
    def xml(self) -> ElementTree.Element:
        return ElementTree.fromstring(self.body)

    @property
    def text(self) -> str:
        """All that is said, breaks as spaces."""
        says = self.xml.iter("Say")
        return " ".join(" ".join(piece.strip() for piece in say.itertext()) for say in says)

    @property
    def action(self) -> str | None:
        gather = self.xml.find("Gather")
        return None if gather is None else gather.get("action")

    @property
    def hangs_up(self) -> bool:
        return self.xml.find("Hangup") is not None


class SignedClient:
    """Rings the app as the carrier would, with a true signature for the public URL."""

    def __init__(self, app: Flask, token: str = TOKEN, public: str = PUBLIC) -> None:
        self._client = app.test_client()
        self._validator = RequestValidator(token)
        self._public = public

    def sign(self, target: str, fields: dict[str, object]) -> str:
        # A plain dict would lose repeated values (twilio-rules 2.4).
        return str(self._validator.compute_signature(self._public + target, MultiDict(fields)))

    def post(
        self,
        target: str,
        fields: dict[str, object] | None = None,
        signature: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Heard:
        """Posts to `target` (path and query, as they go over the wire)."""
        fields = {"CallSid": "CA1", "From": MOBILE, "To": "+815031234567", **(fields or {})}
        signature = self.sign(target, fields) if signature is None else signature
        response: TestResponse = self._client.post(
            target,
            data=fields,
            headers={"X-Twilio-Signature": signature, **(headers or {})},
            environ_overrides={"RAW_URI": target},
        )
        return Heard(response.status_code, response.content_type, response.data)

    def follow(self, heard: Heard, digits: str | None = None, **fields: object) -> Heard:
        """Does something where `heard` listens: presses `digits`, or nothing."""
        assert heard.action is not None, "the call is over"
        parts = urlsplit(heard.action)
        path = parts.path.removeprefix(urlsplit(self._public).path)
        target = path + (f"?{parts.query}" if parts.query else "")
        pressed = {} if digits is None else {"Digits": digits}
        return self.post(target, {**fields, **pressed})

    def call(self, *keys: str | None, **fields: object) -> Heard:
        """A call from its start: each key in turn, None for silence; the last answer."""
        heard = self.post("/voice", dict(fields))
        for key in keys:
            heard = self.follow(heard, key, **fields)
        return heard
