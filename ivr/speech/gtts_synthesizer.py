"""Google's voices by way of gTTS: the default for rendering, one sentence a request.

gTTS writes each request (its public `get_bodies`). Sending it is done here: the library checks no
certificate, waits for ever unless a timeout is set, and takes a reply without sound for a success.
A line that dictates telephone numbers must know that what it received is what the service sent.
"""

import random
import re
import time
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import httpx

from ivr.speech import mp3
from ivr.speech.extra import need
from ivr.speech.phrases import within
from ivr.speech.samples import Samples, joined
from ivr.speech.synthesizer import SynthesisFailed

GOOGLE = "https://translate.google.com"
MOST_REQUEST_CHARACTERS = 100  # that the service takes at a time
_PATH = "/_/TranslateWebserverUi/data/batchexecute"
_MOST_BYTES = 4_000_000  # a reply of 100 characters has about 100,000
_FASTEST = 40  # characters a second that no voice can reach: less sound than that is not all of it
_LONGEST_WAIT = 60.0  # seconds before another try
_SOUND = re.compile(rb'"jQ1olc","\[\\"([^"\\]*)\\"')
_OUR_NAMES = {"zh-CN": "zh"}


class _TryAgain(Exception):
    """This try failed in a way that another may not; `wait` is what the service asked for."""

    def __init__(self, why: str, wait: float = 0.0) -> None:
        super().__init__(why)
        self.wait = wait


@dataclass(frozen=True)
class GTTS:
    """Google's voice of a language.

    `timeout` bounds one reply, all of it, in seconds. A reply 429 or 5xx, none at all, or one that
    is not whole is asked for again, `attempts` times in all, after 1, 2, 4 … seconds give or take
    half (so that parallel renderings spread out), or after what Retry-After says.
    """

    base_url: str = GOOGLE
    timeout: float = 15.0
    attempts: int = 5
    sleep: Callable[[float], object] = time.sleep
    chance: Callable[[], float] = random.random
    clock: Callable[[], float] = time.monotonic
    name: str = "gtts-1"

    @property
    def languages(self) -> frozenset[str]:
        """All that gTTS lists."""
        return frozenset(_OUR_NAMES.get(known, known) for known in _known_languages())

    def speak(self, text: str, language: str) -> Samples:
        """The sentence, in as few requests as its length allows; see Synthesizer."""
        pieces = [self._piece(piece, language) for piece in within(text, MOST_REQUEST_CHARACTERS)]
        return joined(pieces)

    def _piece(self, text: str, language: str) -> Samples:
        body = _request_body(text, language)
        why = ""
        for attempt in range(self.attempts):
            try:
                return _sound(self._reply(body), text)
            except _TryAgain as failed:
                why = str(failed)
                if attempt + 1 < self.attempts:
                    backed_off = 2.0**attempt * (0.5 + self.chance())
                    self.sleep(min(_LONGEST_WAIT, max(failed.wait, backed_off)))
        raise SynthesisFailed(
            f"gTTS did not speak `{text}` ({language}) in {self.attempts} tries: {why}; "
            "nothing was kept of it, so try again later, or render offline with --engine"
        )

    def _reply(self, body: str) -> bytes:
        """The whole reply, within the timeout."""
        until = self.clock() + self.timeout
        try:
            with (
                httpx.Client(timeout=self.timeout) as client,
                client.stream(
                    "POST", self.base_url + _PATH, content=body, headers=_headers()
                ) as reply,
            ):
                _check_status(reply)
                return b"".join(self._chunks(reply, until))
        except httpx.TimeoutException:
            raise _TryAgain(f"no whole reply within {self.timeout:g} s") from None
        except httpx.HTTPError as error:
            raise _TryAgain(f"the connection failed ({error or type(error).__name__})") from None

    def _chunks(self, reply: httpx.Response, until: float) -> Iterator[bytes]:
        size = 0
        for chunk in reply.iter_bytes():
            size += len(chunk)
            if self.clock() > until:  # a service that drips would never time out by itself
                raise _TryAgain(f"no whole reply within {self.timeout:g} s")
            if size > _MOST_BYTES:
                raise _TryAgain(f"the reply has more than {_MOST_BYTES} bytes")
            yield chunk


def _check_status(reply: httpx.Response) -> None:
    status = reply.status_code
    if status == httpx.codes.OK:
        return
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= 500:
        asked = reply.headers.get("Retry-After", "")
        raise _TryAgain(f"the service answered {status}", float(asked) if asked.isdecimal() else 0)
    raise SynthesisFailed(
        f"gTTS was refused with {status}; the service may have changed: upgrade gtts, "
        "or render offline with --engine"
    )


def _sound(reply: bytes, text: str) -> Samples:
    """The sound in a reply, proven whole: there, framed as MP3 to its end, and long enough."""
    found = _SOUND.search(reply)
    if found is None:
        raise _TryAgain(f"the reply of {len(reply)} bytes holds no sound")
    try:
        sound = mp3.decode_mp3(b64decode(found[1], validate=True))
    except (Base64Error, mp3.NotWhole) as error:
        raise _TryAgain(f"the reply's sound is not whole: {error}") from None
    if sound.seconds < len(text) / _FASTEST:
        raise _TryAgain(f"{sound.seconds:.2f} s of sound can't be all of {len(text)} characters")
    return sound


def _request_body(text: str, language: str) -> str:
    gtts = need("gtts", "rendering with gTTS", "gtts")
    theirs = next((known for known, ours in _OUR_NAMES.items() if ours == language), language)
    try:
        bodies = gtts.gTTS(text, lang=theirs).get_bodies()
    except AssertionError:
        raise SynthesisFailed(f"there is nothing to say in `{text}`") from None
    except ValueError:
        raise SynthesisFailed(f"gTTS does not speak `{language}`") from None
    if len(bodies) != 1:
        raise SynthesisFailed(f"gTTS made {len(bodies)} requests of `{text}`; expected one")
    return str(bodies[0])


def _headers() -> dict[str, str]:
    return dict(need("gtts", "rendering with gTTS", "gtts").gTTS.GOOGLE_TTS_HEADERS)


@cache
def _known_languages() -> tuple[str, ...]:
    return tuple(need("gtts.lang", "rendering with gTTS", "gtts").tts_langs())
