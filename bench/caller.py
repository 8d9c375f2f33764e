"""A caller as the carrier's webhooks show one: signed requests, and what the answers say."""

import http.client
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree

from twilio.request_validator import RequestValidator

from bench.served import ACCOUNT, TOKEN

_RETRIES = 20  # as `#rp=all&rc=5` of the carrier, and a little longer: workers are being killed
_PAUSE = 0.1  # seconds between them


@dataclass(frozen=True)
class Heard:
    """One answer: what was said, without its punctuation, and where the line listens next."""

    words: str
    action: str | None
    seconds: float  # until the whole answer was there, of the attempt that got one


@dataclass
class Caller:
    """One call to the line at 127.0.0.1:`port`."""

    port: int
    sid: str
    number: str
    cuts: int = 0  # requests that got no answer and were made again
    _wire: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self._base = f"http://127.0.0.1:{self.port}"
        self._validator = RequestValidator(TOKEN)
        self._wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)

    def rings(self) -> Heard:
        """The call begins."""
        return self.posts("/voice", {})

    def does(self, heard: Heard, keys: str = "") -> Heard:
        """Presses `keys` where the line listens, or is silent."""
        assert heard.action is not None, "the call is over"
        parts = urlsplit(heard.action)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        return self.posts(target, {"Digits": keys} if keys else {})

    def hangs_up(self) -> None:
        """The carrier reports that the call is over."""
        self.posts("/status/call", {"CallStatus": "completed"})
        self._wire.close()

    def posts(self, target: str, more: dict[str, str]) -> Heard:
        """One webhook, made again while it gets no answer. Raises ConnectionError in the end."""
        fields = {
            "CallSid": self.sid,
            "AccountSid": ACCOUNT,
            "From": self.number,
            "To": "+815031234567",
            "CallStatus": "in-progress",
            "ApiVersion": "2010-04-01",
            "Direction": "inbound",
            **more,
        }
        headers = {
            "X-Twilio-Signature": self._validator.compute_signature(self._base + target, fields),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        for _ in range(_RETRIES):
            began = time.perf_counter()
            try:
                self._wire.request("POST", target, urlencode(fields), headers)
                answer = self._wire.getresponse()
                body = answer.read()
            except (OSError, http.client.HTTPException):
                self._wire.close()
                self.cuts += 1
                time.sleep(_PAUSE)
                continue
            took = time.perf_counter() - began
            if answer.status not in (200, 204):
                raise ConnectionError(f"{target}: {answer.status}")
            return _read(body, took)
        raise ConnectionError(f"{target}: no answer after {_RETRIES} attempts")


def bare(words: str) -> str:
    """Words without spaces and punctuation, which the line turns into pauses."""
    return re.sub(r"\W", "", words)


def _read(body: bytes, seconds: float) -> Heard:
    if not body:
        return Heard("", None, seconds)
    document = ElementTree.fromstring(body)
    words = "".join("".join(say.itertext()) for say in document.iter("Say"))
    gather = document.find("Gather")
    return Heard(bare(words), None if gather is None else gather.get("action"), seconds)
