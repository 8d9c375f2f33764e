"""`ivr check --live`: a polite visitor, against a web server on this machine."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from click.testing import CliRunner

from ivr.check.live.links_alive import LinkState
from ivr.check.live.visitor import Visitor
from ivr.commands import main

CONSUMERS = Path(__file__).resolve().parents[2] / "examples" / "consumer-line"


@dataclass
class Site:
    """A web server that remembers who asked for what; `pages` answers by path."""

    server: ThreadingHTTPServer
    pages: dict[str, tuple[int, dict[str, str], str]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            site.asked.append((self.command, self.path))
            site.agents.add(self.headers["user-agent"])
            status, headers, body = site.pages.get(self.path, (404, {}, ""))
            if f"{self.command} {self.path}" in site.pages:
                status, headers, body = site.pages[f"{self.command} {self.path}"]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body.encode())

        do_GET = do_HEAD = answer

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site = Site(server)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield site
        server.shutdown()


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    clock = Clock()
    with httpx.Client() as client:
        yield Visitor(client, 600, clock.now, clock.sleep)


def test_a_page_that_is_there_is_only_looked_at(site: Site, visitor: Visitor) -> None:
    """HEAD is enough, and asking twice asks once."""
    site.pages["/form"] = (200, {}, "hello")
    assert visitor.visit(f"{site.url}/form").state is LinkState.FOUND
    assert visitor.visit(f"{site.url}/form").state is LinkState.FOUND
    assert site.asked == [("GET", "/robots.txt"), ("HEAD", "/form")]
    [agent] = site.agents
    assert agent.startswith("MadoguchiCheck/")


@pytest.mark.parametrize("refused", [403, 404, 405, 501])
def test_a_server_that_knows_no_head_is_asked_for_the_page(
    site: Site, visitor: Visitor, refused: int
) -> None:
    site.pages |= {"HEAD /form": (refused, {}, ""), "/form": (200, {}, "hello")}
    assert visitor.visit(f"{site.url}/form").state is LinkState.FOUND
    assert site.asked[1:] == [("HEAD", "/form"), ("GET", "/form")]


@pytest.mark.parametrize("status", [301, 308])
def test_a_page_that_has_moved_is_reported_with_its_new_place(
    site: Site, visitor: Visitor, status: int
) -> None:
    site.pages |= {"/old": (status, {"location": "/new"}, ""), "/new": (200, {}, "")}
    seen = visitor.visit(f"{site.url}/old")
    assert (seen.state, seen.detail) == (LinkState.MOVED, f"{site.url}/new")


def test_a_page_that_is_elsewhere_for_now_has_not_moved(site: Site, visitor: Visitor) -> None:
    site.pages |= {"/old": (302, {"location": "/today"}, ""), "/today": (200, {}, "")}
    assert visitor.visit(f"{site.url}/old").state is LinkState.FOUND


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_reported_so_even_behind_a_redirect(
    site: Site, visitor: Visitor, status: int
) -> None:
    site.pages |= {"/old": (301, {"location": "/gone"}, ""), "/gone": (status, {}, "")}
    seen = visitor.visit(f"{site.url}/old")
    assert seen.state is LinkState.GONE
    assert seen.detail == f"status {status} at {site.url}/gone"


def test_a_circle_ends(site: Site, visitor: Visitor) -> None:
    site.pages |= {"/a": (301, {"location": "/b"}, ""), "/b": (301, {"location": "/a"}, "")}
    assert visitor.visit(f"{site.url}/a").state is LinkState.FAILED
    assert len(site.asked) < 10


def test_robots_are_obeyed(site: Site, visitor: Visitor) -> None:
    rules = "User-agent: *\nDisallow: /private\n"
    site.pages |= {"/robots.txt": (200, {}, rules), "/open": (200, {}, "")}
    assert visitor.visit(f"{site.url}/private/form").state is LinkState.NOT_ASKED
    assert visitor.visit(f"{site.url}/open").state is LinkState.FOUND
    assert site.asked == [("GET", "/robots.txt"), ("HEAD", "/open")]


def test_a_server_in_trouble_is_left_alone(site: Site, visitor: Visitor) -> None:
    """RFC 9309: rules that can't be read for the server's own fault forbid everything."""
    site.pages |= {"/robots.txt": (503, {}, ""), "/form": (200, {}, "")}
    assert visitor.visit(f"{site.url}/form").state is LinkState.NOT_ASKED


def test_encryption_that_fails_is_reported_as_such(site: Site, visitor: Visitor) -> None:
    """A server that speaks no TLS where https was promised."""
    seen = visitor.visit(site.url.replace("http:", "https:") + "/form")
    assert seen.state is LinkState.NOT_SECURE
    assert seen.detail


def test_nobody_at_home_is_reported_as_such(visitor: Visitor) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        port = server.server_port
    assert visitor.visit(f"http://127.0.0.1:{port}/").state is LinkState.FAILED


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    def silent(_request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("", request=_request)

    with httpx.Client(transport=httpx.MockTransport(silent)) as client:
        seen = Visitor(client, 600, sleep=lambda _: None).visit("https://slow.example/")
    assert (seen.state, seen.detail) == (LinkState.FAILED, "no answer within 15 s")


def test_requests_leave_one_by_one_at_the_pace_that_was_asked_for(site: Site) -> None:
    """Twelve a minute: one in five seconds, robots.txt and second tries included."""
    clock = Clock()
    for name in "abc":
        site.pages[f"/{name}"] = (200, {}, "")
    with httpx.Client() as client:
        visitor = Visitor(client, 12, clock.now, clock.sleep)
        for name in "abc":
            visitor.visit(f"{site.url}/{name}")
    assert len(site.asked) == 4
    assert clock.seconds == pytest.approx(15)


def example(tmp_path: Path, url: str) -> dict[str, str]:
    """The consumers' line with a form on our own server."""
    for name in ("data/tree.yaml", "data/agencies.yaml", "prompts/en.yaml"):
        text = (CONSUMERS / name).read_text(encoding="utf-8")
        text = text.replace("https://scamdesk.example/", f"{url}/moved")
        text = text.replace("https://refunds.example/forms", f"{url}/gone")
        text = text.replace("[scamdesk.example]", "[127.0.0.1]")
        text = text.replace("[refunds.example]", "[127.0.0.1]")
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return {"IVR_DATA": str(tmp_path / "data"), "IVR_PROMPTS": str(tmp_path / "prompts")}


def test_what_moved_is_reported_with_file_and_line(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/moved": (301, {"location": "/here"}, ""), "/here": (200, {}, "")}
    runner, environ = CliRunner(mix_stderr=False), example(tmp_path, site.url)
    reported = runner.invoke(main, ["check", "--live", "--per-minute", "600"], env=environ)
    assert reported.exit_code == 0
    assert f"link-moved: `{site.url}/moved` has moved to {site.url}/here" in reported.stdout
    assert f"link-gone: `{site.url}/gone` is gone (status 404)" in reported.stdout
    assert "agencies.yaml:" in reported.stdout
    assert "opening 2 links" in reported.stderr


def test_a_normal_check_opens_nothing(site: Site, tmp_path: Path) -> None:
    runner = CliRunner(mix_stderr=False)
    runner.invoke(main, ["check"], env=example(tmp_path, site.url))
    assert site.asked == []
