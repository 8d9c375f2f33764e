"""The line is down, all of it: whoever rings still hears two staffed numbers, to the end."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from xml.etree import ElementTree

import httpx
import pytest
from click.testing import CliRunner

from ivr.commands.fallback import INDEX, LARGEST, fallback
from ivr.engine import Availability, Line
from ivr.engine.number_speech import read_number
from ivr.engine.speech import Digits
from ivr.engine.tree import Refer
from ringback import Carrier, ScriptedPhone
from tests.support.signed import MOBILE

DEAD = "http://dead.test/voice"
LINE = "+815031234567"


class Shelf(SimpleHTTPRequestHandler):
    """A static host: the same file for GET and POST, and nothing else."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("fallback") / "files"
    result = CliRunner().invoke(fallback, ["--out", str(out)])
    assert result.exit_code == 0, result.output
    return out


@pytest.fixture(scope="module")
def shelf(folder: Path) -> Iterator[str]:
    handler = partial(Shelf, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def refused(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("connection refused", request=request)


def timed_out(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("nothing came", request=request)


def broken(request: httpx.Request) -> httpx.Response:
    return httpx.Response(500, stream=httpx.ByteStream(b"Internal Server Error"), request=request)


def garbage(request: httpx.Request) -> httpx.Response:
    body = httpx.ByteStream(b"\x00<Response><Say>")
    return httpx.Response(200, stream=body, headers={"Content-Type": "text/xml"}, request=request)


class Town(httpx.BaseTransport):
    """The line's own host is dead in one way or another; every other host is really asked."""

    def __init__(self, dead: Callable[[httpx.Request], httpx.Response]) -> None:
        self._dead, self._others = dead, httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.host == "dead.test":
            return self._dead(request)
        return self._others.handle_request(request)


def staffed(line: Line, language: str) -> list[str]:
    """The two numbers that are staffed day and night, as they are read."""
    node, worst = line.node(line.tree.fallback), line.timetable.worst()
    assert isinstance(node, Refer)
    never_closed = [
        name for name in node.named if worst.of(name).availability is not Availability.CLOSED
    ]
    never_closed.sort(key=lambda name: not line.speaks(name, language))
    assert len(never_closed) >= 2
    found = []
    for name in never_closed[:2]:
        *_, read = read_number(line.agency(name).phones[0].number, line.scripts[language].prompts)
        assert isinstance(read, Digits)
        found.append(" ".join(digit for group in read.groups for digit in group))
    return found


@pytest.mark.parametrize("way", [refused, timed_out, broken, garbage])
@pytest.mark.parametrize(("file", "language"), [("", "ja"), ("ja.xml", "ja"), ("en.xml", "en")])
def test_two_staffed_numbers_are_heard_to_the_end(
    line: Line,
    shelf: str,
    way: Callable[[httpx.Request], httpx.Response],
    file: str,
    language: str,
) -> None:
    """Caller rule D5; https://www.twilio.com/docs/usage/security/availability-reliability."""
    carrier = Carrier(
        start=datetime(2026, 11, 24, 3, tzinfo=UTC), numbers=[LINE], transport=Town(way)
    )
    call = carrier.call(
        url=DEAD,
        from_=MOBILE,
        to=LINE,
        phone=ScriptedPhone("1 - 3"),
        fallback_url=f"{shelf}/{file or INDEX}",
    )
    heard = " ".join(event.text or "" for event in call.of("heard")).replace(" … ", " ")
    assert heard.startswith(line.scripts[language].tree.opening.emergency)
    for number in staffed(line, language):
        assert heard.count(number) == 4
    assert call.ended_by == "line"
    assert call.status == "completed"
    assert len(call.errors) == 1  # the dead webhook itself
    assert [event.url for event in call.of("request")][-1:] == [f"{shelf}/{file or INDEX}"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_files_answer_both_methods(shelf: str, method: str) -> None:
    """Which of them the carrier uses is set beside the address."""
    answer = httpx.request(method, f"{shelf}/{INDEX}", data=None)
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] in ("text/xml", "application/xml")


def test_a_file_asks_nothing_of_any_server(folder: Path, line: Line) -> None:
    names = {file.name for file in folder.iterdir()}
    assert names == {INDEX, *(f"{language}.xml" for language in line.scripts)}
    for file in folder.iterdir():
        assert file.stat().st_size < LARGEST
        verbs = [verb.tag for verb in ElementTree.fromstring(file.read_bytes())]
        assert set(verbs[:-1]) == {"Say"}
        assert verbs[-1] == "Hangup"
        assert b"http" not in file.read_bytes()
    assert (folder / INDEX).read_bytes() == (folder / f"{line.tree.language}.xml").read_bytes()


def test_where_it_cannot_write_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = CliRunner().invoke(fallback, ["--out", str(tmp_path / "file" / "folder")])
    assert result.exit_code == 1
    assert "can't be written" in result.output
