"""Whatever an app answers to the simulator: Twilio's error, or a call that ends."""

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx

from fuzz.parts import Parts, joined
from ringback import Carrier, Limits, Number, ScriptedPhone

_KINDS = (
    "text/xml",
    "application/xml; charset=x",
    "text/plain",
    "audio/wav",
    "audio/mpeg",
    "",
    "a/b",
)
_KEYS = ("", "1 - 2", "* # 1", "12# .", "- - -")
_LIMITS = Limits(call_seconds=600, documents=8, sounds=40, keys=40, events=400)
_LINE, _CALLER, _URL = "+815031234567", "+819012345678", "http://app.test/voice"
_START = datetime(2026, 7, 1, 1, tzinfo=UTC)
_VERBS = (
    '<Gather input="dtmf speech" numDigits="1" timeout="3" finishOnKey="" action="/voice">'
    '<Say voice="Google.ja-JP-Standard-A" language="ja-JP">一<break time="500ms"/></Say></Gather>',
    '<Play digits="ww1#"/><Play loop="3">/a.wav</Play><Pause length="2"/><Redirect/>',
    '<Dial timeout="5" action="/voice" record="true"><Number>+81312345678</Number></Dial><Hangup/>',
    '<Record maxLength="5" action="/voice" finishOnKey="1"/><Reject reason="busy"/>',
    '<Sms to="+819012345678">はい</Sms><Enqueue>x</Enqueue><Connect><Stream/></Connect>',
    '<Message action="/voice"><Body>a</Body><Media>http://app.test/a.png</Media></Message>',
    '<Say loop="0"><prosody rate="50%"><say-as interpret-as="digits">110</say-as></prosody></Say>',
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    """Documents of every verb, sounds, words, and what is none of them."""
    for place, verbs in enumerate(_VERBS):
        document = f'<?xml version="1.0" encoding="UTF-8"?><Response>{verbs}</Response>'
        yield joined("0", str(place), "200", document)
        yield joined("2", str(place), "200", document)
    yield joined("2", "1", "200", "Oh no")
    yield joined("0", "1", "302", "/elsewhere")
    yield joined("0", "1", "500", "<Response/>")
    yield joined("3", "1", "200", b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0")
    yield joined("4", "1", "200", b"ID3\x04\0\0\0\0\0\0\xff\xfb\x90\x64" + bytes(60))


def attempt(data: bytes) -> None:
    """A call and a text to an app that always answers the same."""
    parts = Parts(data)
    kind, keys, status = parts.one_of(_KINDS), parts.one_of(_KEYS), _status(parts.raw())
    body = b"\x1e".join(parts.rest())
    carrier = Carrier(
        start=_START,
        numbers=(Number(_LINE),),
        transport=_Always(status, kind, body),
        limits=_LIMITS,
        stopwatch=lambda: 0.0,
    )
    record = carrier.call(url=_URL, from_=_CALLER, to=_LINE, phone=ScriptedPhone(keys))
    assert record.of("hangup"), "a call without an end"
    assert record.seconds <= _LIMITS.call_seconds
    carrier.text(url=_URL, from_=_CALLER, to=_LINE, body="a")
    carrier.pass_time(60)


def _status(part: bytes) -> int:
    return int(part) if part.isdigit() and len(part) == 3 and part >= b"200" else 200


class _Always(httpx.BaseTransport):
    def __init__(self, status: int, kind: str, body: bytes) -> None:
        self._status, self._kind, self._body = status, kind, body

    def handle_request(self, _request: httpx.Request) -> httpx.Response:
        headers = [(b"Content-Type", self._kind.encode())]
        if 300 <= self._status < 400:
            headers.append((b"Location", self._body.translate(None, b"\r\n")))
        return httpx.Response(self._status, headers=headers, content=self._body)
