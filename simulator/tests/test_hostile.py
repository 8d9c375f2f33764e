"""Apps that mean no good: the call ends with Twilio's error, within bounds of memory and time."""

import gzip
import tracemalloc
from collections.abc import Iterator

import pytest
from flask import Response

from ringback import CallRecord, Carrier, Limits, Press, ScriptedPhone
from simulator.tests.booth import CALLER, LINE, START, Booth, summary
from simulator.tests.hostile import (
    OK,
    Server,
    answers,
    floods,
    says_nothing,
    serving,
    trickles,
)

XML = b"Content-Type: text/xml\r\n"
HUNDRED_MB = b"Content-Length: 104857600\r\n\r\n"
CHUNK = b"x" * 65_536
ENOUGH = 8 * 1024 * 1024  # far less than is offered, more than sockets buffer
SHORT = Limits(request_seconds=0.3, connect_seconds=0.3)


def ring(server: Server, limits: Limits | None = None) -> CallRecord:
    """A call over real HTTP."""
    carrier = Carrier(start=START, limits=limits or Limits())
    return carrier.call(url=server.url, from_=CALLER, to=LINE, phone=ScriptedPhone(""))


@pytest.fixture
def little_memory() -> Iterator[None]:
    """Fails where the test's peak was higher than a fraction of what was offered."""
    tracemalloc.start()
    yield
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < ENOUGH


@pytest.mark.usefixtures("little_memory")
@pytest.mark.parametrize("head", [XML + HUNDRED_MB, XML + b"\r\n"])
def test_a_hundred_megabytes_are_not_read(head: bytes) -> None:
    """https://www.twilio.com/docs/api/errors/11750"""
    with serving(floods(OK + head, CHUNK)) as server:
        assert ring(server).errors[0].code == 11750
    assert server.sent < ENOUGH


@pytest.mark.usefixtures("little_memory")
def test_nor_are_they_as_an_error_page() -> None:
    with serving(floods(b"HTTP/1.1 500 Oh\r\n" + XML + HUNDRED_MB, CHUNK)) as server:
        assert ring(server).errors[0].code == 11200
    assert server.sent < ENOUGH


@pytest.mark.usefixtures("little_memory")
def test_of_a_hundred_megabytes_of_sound_the_head_is_enough() -> None:
    with serving(floods(OK + b"Content-Type: audio/mpeg\r\n" + HUNDRED_MB, CHUNK)) as server:
        record = ring(server)
    assert record.of("heard")[0].seconds == Limits().audio_bytes / 8_000
    assert server.sent < ENOUGH


@pytest.mark.parametrize(
    ("head", "part"),
    [
        (OK + XML + b"\r\n<Response>", b"<"),
        (OK + XML + b"X-Slow: ", b"x"),
        (b"", b"H"),
        (OK + b"Content-Type: audio/wav\r\n\r\n", b"\0"),
    ],
    ids=["in the body", "in a header", "in the first line", "in a sound"],
)
def test_an_answer_that_trickles_in_is_not_waited_for(head: bytes, part: bytes) -> None:
    """https://www.twilio.com/docs/api/errors/11205; every byte comes in time, the whole never."""
    with serving(trickles(head, part)) as server:
        record = ring(server, SHORT)
    assert (record.errors[0].code, record.errors[0].t) == (11205, 0.3)


def test_an_app_that_says_nothing_is_not_waited_for() -> None:
    with serving(says_nothing) as server:
        record = ring(server, SHORT)
    assert (record.errors[0].code, record.errors[0].t) == (11205, 0.3)
    assert server.connections == 1  # a read time-out is not tried again by default


@pytest.mark.usefixtures("little_memory")
def test_a_flood_of_headers_is_no_http() -> None:
    """https://www.twilio.com/docs/api/errors/11206"""
    for flood in (b"X-Many: more\r\n" * 1_000, CHUNK):
        with serving(floods(OK, flood)) as server:
            assert ring(server).errors[0].code == 11206
        assert server.sent < ENOUGH


@pytest.mark.usefixtures("little_memory")
def test_a_flood_of_informational_answers_ends() -> None:
    with serving(floods(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100)) as server:
        assert ring(server, SHORT).errors[0].code == 11205


@pytest.mark.usefixtures("little_memory")
def test_a_gzip_bomb_is_not_lit() -> None:
    """It was asked for uncompressed; nothing is ever inflated."""
    bomb = gzip.compress(b"<Response>" + b" " * 50_000_000 + b"</Response>")
    tracemalloc.reset_peak()
    head = XML + b"Content-Encoding: gzip\r\nContent-Length: %d" % len(bomb)
    with serving(answers(head, bomb)) as server:
        record = ring(server)
    assert record.errors[0].code == 12100
    assert "gzip" in record.errors[0].text


def test_gibberish_is_no_http() -> None:
    for gibberish in (b"SSH-2.0-OpenSSH_9.6\r\n", b"\0" * 100, b"HTTP/1.1 two hundred\r\n\r\n"):
        with serving(lambda server, line, it=gibberish: server.send(line, it)) as server:
            assert ring(server).errors[0].code == 11206


LAUGHS = "".join(
    f'<!ENTITY l{place} "{f"&l{place - 1};" * 10 if place else "ha"}">' for place in range(10)
)


@pytest.mark.usefixtures("little_memory")
@pytest.mark.parametrize(
    "document",
    [
        f"<!DOCTYPE r [{LAUGHS}]><Response><Say>&l9;</Say></Response>",
        f'<!DOCTYPE r [<!ENTITY a "{"a" * 20_000}">]><Response>{"&a;" * 9_000}</Response>',
        '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><Response><Say>&f;</Say></Response>',
        '<!DOCTYPE r SYSTEM "http://127.0.0.1:1/r.dtd"><Response/>',
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:1/p">%p;]><Response/>',
    ],
    ids=["a billion laughs", "one long entity", "a file", "a DTD", "a parameter entity"],
)
def test_entities_are_never_expanded(document: str) -> None:
    """https://www.twilio.com/docs/api/errors/12100; that any DTD is refused is inferred [INF]."""
    record = Booth({"/voice": lambda: Response(document, content_type="text/xml")}).ring()
    assert summary(record, "error") == ["error 12100"]


@pytest.mark.parametrize("body", [b"<Response><Say>\xff\xfe</Say></Response>", b"\xc3", b"\0\0\0"])
def test_what_is_no_utf_8_is_no_twiml(body: bytes) -> None:
    """https://www.twilio.com/docs/api/errors/12100"""
    record = Booth({"/voice": lambda: Response(body, content_type="text/xml")}).ring()
    assert summary(record, "error") == ["error 12100"]


def test_plain_text_that_is_no_utf_8_is_read_aloud_as_far_as_it_can_be() -> None:
    answer = Response(b"Oh \xff no", content_type="text/plain")
    assert Booth({"/voice": lambda: answer}).ring().heard == "Oh \N{REPLACEMENT CHARACTER} no"


def test_a_document_of_nothing_but_sounds_ends() -> None:
    """The simulator's bound, not Twilio's."""
    page = "<Play>/a.wav</Play>" * 50 + "<Redirect/>"
    sound = Response(b"", content_type="audio/wav")
    booth = Booth({"/voice": page, "/a.wav": lambda: sound}, limits=Limits(sounds=120))
    record = booth.ring()
    assert booth.paths.count("/a.wav") == 120
    assert (record.errors[0].code, record.ended_by) == (None, "carrier")


@pytest.mark.usefixtures("little_memory")
def test_signs_that_take_no_time_to_say_do_not_go_on_for_ever() -> None:
    """Nobody reads a dash aloud; said a thousand times three thousand times, it must end."""
    page = '<Gather timeout="1">' + '<Say loop="0">—</Say>' * 2_500 + "</Gather><Redirect/>"
    record = Booth({"/voice": page}, limits=Limits(call_seconds=600)).ring()
    assert record.seconds == 600


def test_a_call_with_too_many_events_ends() -> None:
    """The simulator's bound, not Twilio's."""
    page = '<Say loop="x">A</Say>' * 1_000 + "<Redirect/>"
    record = Booth({"/voice": page}, limits=Limits(events=5_000)).ring()
    assert len(record.events) < 5_010
    assert "events" in record.errors[-1].text
    assert (record.status, record.ended_by) == ("failed", "carrier")


def test_a_call_in_which_keys_never_end_is_cut_off() -> None:
    record = Booth({"/voice": "<Gather/>"}, limits=Limits(keys=50)).ring(phone=_Hammers())
    assert (record.status, record.ended_by) == ("failed", "carrier")


def test_a_call_that_says_the_same_for_ever_ends_after_four_hours() -> None:
    """https://www.twilio.com/docs/voice/limitations-and-edge-cases"""
    page = '<Say loop="0">Please hold the line, somebody will be with you</Say><Redirect/>'
    record = Booth({"/voice": page}).ring()
    assert record.seconds == 4 * 3600
    assert summary(record, "error") == ["error 32015"]


class _Hammers:
    def listen(self, listening):
        return Press("1", listening.since)
