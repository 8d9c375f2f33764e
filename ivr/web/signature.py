"""Whether a request was signed by the carrier: the lock on every webhook.

The URL that was signed is the one the carrier knows: the public address of the settings, then the
path and query as they came over the wire. Headers such as Host or X-Forwarded-Proto say what
proxies believe, and a stranger can write them (https://www.twilio.com/docs/usage/security).
"""

from collections.abc import Iterable, Mapping
from hmac import compare_digest
from urllib.parse import urlparse

from flask import Request, Response, request
from twilio.request_validator import RequestValidator, add_port, remove_port

from ivr.voice.urls import raw_target

HEADER = "X-Twilio-Signature"
SETTINGS_HEADER = "X-Twilio-Webhooks-Signature-Settings"
_LENGTH = 28  # an HMAC-SHA1 in base64; nothing else is even compared


class SignatureCheck:
    """Lets signed requests pass, and answers all others with 403."""

    def __init__(self, public_url: str, tokens: Iterable[str]) -> None:
        """`tokens`: every auth token that may have signed; two while one is being rotated."""
        self._public_url = public_url
        self._validators = tuple(RequestValidator(token) for token in tokens)

    def guard(self) -> Response | None:
        """For `before_request`: answers 403 unless the current request is signed."""
        return None if self.is_signed(request) else Response(status=403)

    def is_signed(self, asked: Request) -> bool:
        """Whether any of the tokens signed this request, its body included.

        A shared key's signature (a header names the key and the hash) is not taken for one: we
        hold no such key, and a stranger must not choose the hash.
        """
        signature = asked.headers.get(HEADER, "")
        if len(signature) != _LENGTH or SETTINGS_HEADER in asked.headers:
            return False
        try:
            fields = asked.form if asked.method == "POST" else {}
            url = self._public_url + raw_target(asked)
            return self._fits(url, fields, signature)
        except Exception:  # too large, not decodable, no URL: a lock that breaks stays shut
            return False

    def _fits(self, url: str, fields: Mapping[str, str], signature: str) -> bool:
        """The URL as it stands, and only then without and with its port, as the library tries it.

        Every token is tried each time, so that the time taken tells nothing of which one fits.
        """
        if self._is_by_a_token(url, fields, signature):
            return True
        parsed = urlparse(url)
        others = (remove_port(parsed), add_port(parsed))
        return any(self._is_by_a_token(other, fields, signature) for other in others)

    def _is_by_a_token(self, url: str, fields: Mapping[str, str], signature: str) -> bool:
        fits = [
            compare_digest(validator.compute_signature(url, fields), signature)
            for validator in self._validators
        ]
        return any(fits)
