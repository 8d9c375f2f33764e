"""Listens in on webhooks: each request and its answer, and the URL at which the call goes on."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl
from xml.etree.ElementTree import Element, ParseError

import httpx
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ringback.webhooks.request import Failure, join

_MOST = 64 * 1024  # bytes of an answer that are shown


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A request and its answer; of a sound only its type. `milliseconds` are real ones."""

    method: str
    url: str
    parameters: tuple[tuple[str, str], ...]
    signature: str
    status: int
    content_type: str
    body: str
    milliseconds: float


def goes_on_at(exchange: Exchange) -> str | None:
    """The action of the first Gather, else the target of a Redirect; None where the call ends."""
    try:
        root: Element = fromstring(exchange.body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    gather, redirect = root.find("Gather"), root.find("Redirect")
    target = None
    if gather is not None:
        target = gather.get("action", exchange.url)
    elif redirect is not None:
        target = (redirect.text or "").strip()
    try:
        return join(exchange.url, target) if target else None
    except Failure:
        return None


class Tap(httpx.BaseTransport):
    """Passes requests on to `inner` and gives `listener` each answer once it has been read."""

    def __init__(
        self,
        inner: httpx.BaseTransport,
        listener: Callable[[Exchange], None],
        stopwatch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._inner, self._listener, self._stopwatch = inner, listener, stopwatch

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx.BaseTransport."""
        began = self._stopwatch()
        response = self._inner.handle_request(request)
        sent = request.content.decode("utf-8", "replace") or request.url.query.decode()

        def report(body: bytes) -> None:
            self._listener(
                Exchange(
                    method=request.method,
                    url=str(request.url),
                    parameters=tuple(parse_qsl(sent, keep_blank_values=True)),
                    signature=request.headers.get("x-twilio-signature", ""),
                    status=response.status_code,
                    content_type=response.headers.get("content-type", ""),
                    body=body.decode("utf-8", "replace"),
                    milliseconds=(self._stopwatch() - began) * 1000,
                )
            )

        is_sound = response.headers.get("content-type", "").startswith("audio/")
        stream = _Tapped(response.stream, 0 if is_sound else _MOST, report)
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=stream,
            extensions=response.extensions,
        )

    def close(self) -> None:
        """See httpx.BaseTransport."""
        self._inner.close()


class _Tapped(httpx.SyncByteStream):
    """The answer as it comes in; its first `most` bytes are reported when it is over."""

    def __init__(
        self,
        stream: httpx.SyncByteStream | httpx.AsyncByteStream,
        most: int,
        report: Callable[[bytes], None],
    ) -> None:
        if not isinstance(stream, httpx.SyncByteStream):
            raise TypeError("the inner transport is not a synchronous one")
        self._stream, self._most, self._report = stream, most, report
        self._kept = bytearray()
        self._over = False

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            self._kept += chunk[: max(0, self._most - len(self._kept))]
            yield chunk
        self._end()

    def close(self) -> None:
        self._end()
        self._stream.close()

    def _end(self) -> None:
        if not self._over:
            self._over = True
            self._report(bytes(self._kept))
