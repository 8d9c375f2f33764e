"""gTTS against a service on this machine that answers well, badly, and not at all."""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs

import pytest

from ivr.speech import SynthesisFailed
from ivr.speech.gtts_synthesizer import GTTS
from tests.speech.voices import needs_gtts

pytestmark = needs_gtts

FRAME = bytes([0xFF, 0xF3, 0x44, 0xC0]) + bytes(92)  # 24 ms of silence at 24 kHz, 32 kbit/s
MP3 = FRAME * 120
Answer = Callable[[BaseHTTPRequestHandler], None]


def reply_with(sound: bytes) -> bytes:
    """A reply as the service writes it."""
    inner = json.dumps([base64.b64encode(sound).decode()])
    answer = [["wrb.fr", "jQ1olc", inner, None, None, None, "generic"]]
    row = json.dumps(answer, separators=(",", ":"))
    return f")]}}'\n\n{len(row)}\n{row}\n".encode()


def status(code: int, body: bytes = b"", **headers: str) -> Answer:
    """An answer with a status, a body and headers."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(code)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def cut_off(request: BaseHTTPRequestHandler) -> None:
    """Promises a whole reply, and hangs up in its middle."""
    body = reply_with(MP3)
    request.send_response(200)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body[: len(body) // 2])


GOOD = status(200, reply_with(MP3))


@dataclass
class Service:
    """What it was asked, and what it answers next; the last answer is repeated."""

    url: str = ""
    answers: list[Answer] = field(default_factory=lambda: [GOOD])
    asked: list[str] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def never(self, request: BaseHTTPRequestHandler) -> None:
        """Holds the line until the test is over."""
        self.over.wait(10)


@pytest.fixture
def service() -> Iterator[Service]:
    known = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            row = json.loads(parse_qs(body)["f.req"][0])[0][0]
            known.asked.append(json.loads(row[1])[0])
            answer = known.answers.pop(0) if len(known.answers) > 1 else known.answers[0]
            answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield known
    known.over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def voice(service: Service, waits: list[float]) -> GTTS:
    """The real synthesizer; only its patience is short and its sleep is written down."""
    return GTTS(service.url, timeout=5, attempts=3, sleep=waits.append, chance=lambda: 0.5)


def test_a_sentence_is_one_request(voice: GTTS, service: Service) -> None:
    sound = voice.speak("電話を切って、110番へ。", "ja")
    assert service.asked == ["電話を切って、110番へ。"]
    assert sound.hertz == 24000
    assert sound.seconds == pytest.approx(120 * 0.024, abs=0.1)


def test_a_long_sentence_is_cut_at_its_commas(voice: GTTS, service: Service) -> None:
    voice.speak("よりそいホットラインの電話、" * 10, "ja")
    assert len(service.asked) == 2
    assert all(len(text) <= 100 for text in service.asked)
    assert service.asked[0].endswith("、")


def test_too_many_requests_are_answered_with_patience(
    voice: GTTS, service: Service, waits: list[float]
) -> None:
    service.answers = [status(429), status(429), GOOD]
    assert voice.speak("はい。", "ja").seconds > 2
    assert waits == [1.0, 2.0]


def test_the_service_may_say_how_long_to_wait_but_not_for_ever(
    voice: GTTS, service: Service, waits: list[float]
) -> None:
    service.answers = [status(429, Retry_After="7"), status(429, Retry_After="86400"), GOOD]
    voice.speak("はい。", "ja")
    assert waits == [7.0, 60.0]


def test_too_many_requests_for_too_long_end_clearly(
    voice: GTTS, service: Service, waits: list[float]
) -> None:
    service.answers = [status(429)]
    with pytest.raises(SynthesisFailed, match=r"\(ja\) in 3 tries: the service answered 429"):
        voice.speak("はい。", "ja")
    assert len(service.asked) == 3
    assert len(waits) == 2  # nobody waits after the last try


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (status(200), "0 bytes holds no sound"),
        (status(200, reply_with(b"")), "no sound at all: 0 bytes"),
        (status(200, b")]}'\n\n[]"), "holds no sound"),
        (status(200, b"<html>We are sorry</html>"), "holds no sound"),
        (status(200, reply_with(b"<html>We are sorry</html>")), "it begins with 3c 68 74 6d"),
        (status(200, reply_with(MP3[:-40])), "the last frame lacks 40 bytes"),
        (status(200, reply_with(MP3).replace(b"AAAA", b"A*AA", 1)), "not whole"),
        (status(200, reply_with(FRAME)), "can't be all of 5 characters"),
        (status(503), "the service answered 503"),
        (cut_off, "the connection failed"),
    ],
)
def test_a_reply_that_is_not_whole_is_never_taken(
    voice: GTTS, service: Service, answer: Answer, why: str
) -> None:
    service.answers = [answer]
    with pytest.raises(SynthesisFailed) as failed:
        voice.speak("もしもし。", "ja")
    assert why in str(failed.value)
    assert "nothing was kept" in str(failed.value)
    service.answers = [answer, GOOD]
    assert voice.speak("もしもし。", "ja").seconds > 2


def test_a_service_that_never_answers_is_given_up(service: Service) -> None:
    service.answers = [service.never]
    voice = GTTS(service.url, timeout=0.05, attempts=2, sleep=lambda _: None)
    with pytest.raises(SynthesisFailed, match=r"no whole reply within 0\.05 s"):
        voice.speak("はい。", "ja")


def test_a_service_that_is_not_there_is_told(waits: list[float]) -> None:
    voice = GTTS("http://127.0.0.1:9", timeout=1, attempts=2, sleep=waits.append)
    with pytest.raises(SynthesisFailed, match="the connection failed"):
        voice.speak("はい。", "ja")


def test_a_refusal_is_not_asked_again(voice: GTTS, service: Service) -> None:
    service.answers = [status(403)]
    with pytest.raises(SynthesisFailed, match="refused with 403; the service may have changed"):
        voice.speak("はい。", "ja")
    assert len(service.asked) == 1


def test_nothing_to_say_and_unknown_languages_are_told_before_any_request(
    voice: GTTS, service: Service
) -> None:
    with pytest.raises(SynthesisFailed, match="nothing to say in `。、。`"):
        voice.speak("。、。", "ja")
    with pytest.raises(SynthesisFailed, match="does not speak `xx`"):
        voice.speak("hello", "xx")
    assert service.asked == []
    assert {"ja", "en", "zh", "vi"} <= voice.languages
