"""Opens links as a polite visitor: one at a time, few a minute, and never where robots may not go.

https://www.rfc-editor.org/rfc/rfc9309 says what a robots.txt means that is missing or fails.
"""

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from ivr.check.live.links_alive import LinkState, Visit

USER_AGENT = "MadoguchiCheck/1 (looks once in a while whether links still lead to the same pages)"
TIMEOUT = 15.0  # seconds for each of: connecting, sending, the next piece of an answer
MOST_HOPS = 5
_REFUSES_HEAD = {400, 403, 404, 405, 406, 410, 500, 501, 503}  # a HEAD proves nothing then
_FOR_GOOD = {301, 308}
_ELSEWHERE = {301, 302, 303, 307, 308}


@dataclass
class Visitor:
    """Visits links one after the other, at most `per_minute`; each only once.

    `now` (seconds) and `sleep` are the clock that it waits by.
    """

    client: httpx.Client
    per_minute: int = 30
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _known: dict[str, Visit] = field(default_factory=dict)
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _next: float | None = None  # when the next request may leave

    def visit(self, url: str) -> Visit:
        """Opens the link, and follows it to where it leads now."""
        if url not in self._known:
            self._known[url] = self._visit(url)
        return self._known[url]

    def _visit(self, url: str) -> Visit:
        here, for_good = url, True
        for _ in range(MOST_HOPS):
            try:
                if not self._may_open(here):
                    return Visit(
                        LinkState.NOT_ASKED, "its robots.txt asks visitors like us to keep out"
                    )
                answer = self._open(here)
            except httpx.InvalidURL as error:
                return Visit(LinkState.FAILED, str(error))
            except httpx.TransportError as error:
                return _failure(error)
            if answer.status_code in _ELSEWHERE and "location" in answer.headers:
                for_good = for_good and answer.status_code in _FOR_GOOD
                here = urljoin(here, answer.headers["location"])
                continue
            return _judge(answer.status_code, url, here, for_good)
        return Visit(LinkState.FAILED, f"it leads on and on, {MOST_HOPS} times and more")

    def _open(self, url: str) -> httpx.Response:
        """HEAD; GET where a HEAD proves nothing, of which only the beginning is waited for."""
        answer = self._ask("HEAD", url)
        return self._ask("GET", url) if answer.status_code in _REFUSES_HEAD else answer

    def _ask(self, method: str, url: str) -> httpx.Response:
        self._wait()
        with self.client.stream(
            method, url, headers={"user-agent": USER_AGENT}, timeout=TIMEOUT, follow_redirects=False
        ) as answer:
            if url.endswith("/robots.txt") and method == "GET":
                answer.read()
            return answer

    def _wait(self) -> None:
        now = self.now()
        if self._next is not None and now < self._next:
            self.sleep(self._next - now)
            now = self._next
        self._next = now + 60 / self.per_minute

    def _may_open(self, url: str) -> bool:
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.netloc}"
        if place not in self._robots:
            self._robots[place] = self._read_robots(f"{place}/robots.txt")
        return self._robots[place].can_fetch(USER_AGENT, url)

    def _read_robots(self, url: str) -> RobotFileParser:
        rules = RobotFileParser()
        for _ in range(MOST_HOPS):
            answer = self._ask("GET", url)
            if answer.status_code not in _ELSEWHERE or "location" not in answer.headers:
                break
            url = urljoin(url, answer.headers["location"])
        if answer.status_code >= 500:
            rules.parse(["User-agent: *", "Disallow: /"])  # RFC 9309, 2.3.1.4
        else:
            # One that is missing forbids nothing (2.3.1.3).
            rules.parse(answer.text.splitlines() if answer.status_code == 200 else [])
        return rules


def _judge(status: int, url: str, here: str, for_good: bool) -> Visit:
    if status in (404, 410):
        return Visit(LinkState.GONE, f"status {status}" + (f" at {here}" if here != url else ""))
    if status >= 400:
        return Visit(LinkState.FAILED, f"status {status}")
    return Visit(LinkState.MOVED, here) if here != url and for_good else Visit(LinkState.FOUND)


def _failure(error: httpx.TransportError) -> Visit:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return Visit(LinkState.NOT_SECURE, cause.reason or str(cause))
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.TimeoutException):
        return Visit(LinkState.FAILED, f"no answer within {TIMEOUT:g} s")
    return Visit(LinkState.FAILED, str(error) or type(error).__name__)
