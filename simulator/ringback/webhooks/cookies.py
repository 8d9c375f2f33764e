"""The cookies of text conversations: kept for each pair of numbers, for four hours.

https://support.twilio.com/hc/en-us/articles/223136287-How-do-Twilio-cookies-work-
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookies import CookieError, Morsel, SimpleCookie
from threading import Lock

import httpx

_LONGEST = timedelta(hours=4)


@dataclass(frozen=True)
class _Cookie:
    """One cookie as a server set it; `path` and `secure` limit where it is sent back to."""

    value: str
    path: str
    secure: bool
    expires: datetime


class CookieJar:
    """The cookies of one pair of numbers, by host and name. `now` is the carrier's time.

    A cookie lives four hours from when it was set, or as long as it says if that is less.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._cookies: dict[tuple[str, str], _Cookie] = {}
        self._lock = Lock()

    def header(self, url: httpx.URL) -> str:
        """The Cookie header for a request; empty when there is none to send."""
        now = self._now()
        with self._lock:
            kept = dict(self._cookies)
        return "; ".join(
            f"{name}={cookie.value}"
            for (host, name), cookie in kept.items()
            if host == url.host and cookie.expires > now and _reaches(cookie, url)
        )

    def store(self, url: httpx.URL, header: str) -> None:
        """Takes one Set-Cookie header; one that cannot be read is ignored, as browsers do."""
        parsed: SimpleCookie = SimpleCookie()
        try:
            parsed.load(header)
        except CookieError:
            return
        for name, morsel in parsed.items():
            expires = self._expiry(morsel)
            cookie = _Cookie(
                morsel.coded_value, morsel["path"] or "/", bool(morsel["secure"]), expires
            )
            with self._lock:
                self._cookies.pop((url.host, name), None)
                if expires > self._now():
                    self._cookies[url.host, name] = cookie

    def _expiry(self, morsel: Morsel[str]) -> datetime:
        now = self._now()
        asked = now + _LONGEST
        age, date = morsel["max-age"], morsel["expires"]
        try:
            if age:
                asked = now + timedelta(seconds=int(age))
            elif date:
                asked = parsedate_to_datetime(date).astimezone(UTC)
        except (ValueError, OverflowError):
            pass  # nonsense counts as nothing said
        return min(asked, now + _LONGEST)


class CookieTransport(httpx.BaseTransport):
    """A transport that sends and keeps one jar's cookies, so that they follow virtual time."""

    def __init__(self, transport: httpx.BaseTransport, jar: CookieJar) -> None:
        self._transport, self._jar = transport, jar

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The request with the jar's cookies; the answer without those it set."""
        cookies = self._jar.header(request.url)
        if cookies:
            request.headers["Cookie"] = cookies
        response = self._transport.handle_request(request)
        for header in response.headers.get_list("set-cookie"):
            self._jar.store(request.url, header)
        response.headers.pop("set-cookie", None)
        return response


def _reaches(cookie: _Cookie, url: httpx.URL) -> bool:
    """Whether the cookie is meant for this URL: https://www.rfc-editor.org/rfc/rfc6265#section-5.4

    Browsers take 127.0.0.1 and localhost for safe places, and so does this.
    """
    if cookie.secure and url.scheme != "https" and url.host not in ("127.0.0.1", "localhost"):
        return False
    path = cookie.path.rstrip("/")
    return url.path == path or url.path.startswith(path + "/")
