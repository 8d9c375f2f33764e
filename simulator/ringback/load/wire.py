"""The wire of a load: requests of many calls over asyncio, each timed."""

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Self

import aiohttp
import httpx
from yarl import URL

from ringback.limits import Limits
from ringback.load.bridge import wait_for
from ringback.media.audio_length import HEAD_BYTES
from ringback.webhooks.request import Answer, SoundCache

# Twilio documents neither that it keeps connections nor that it does not. A proxy in front of the
# app keeps them; an idle one is closed after a second, sooner than any usual server would close it
# itself, so that no request is lost in a race that a carrier's retry would win.
_IDLE_SECONDS = 1.0
_MOST_SOUNDS = 512

_Reply = tuple[int, list[tuple[bytes, bytes]], bytes]


class Wire(httpx.BaseTransport, SoundCache):
    """A transport for calls that run in `stepping_out`; use it as an async context.

    `allows` says to which hosts requests may go; `on_latency` is given the seconds from a webhook
    request to the end of its answer. A sound is fetched once and remembered where its answer lets
    itself be cached, as Twilio's proxies do (https://www.twilio.com/docs/voice/twiml/play#caching).
    """

    def __init__(
        self,
        *,
        allows: Callable[[str], bool],
        on_latency: Callable[[float], None],
        stopwatch: Callable[[], float],
        keep_alive: bool = True,
        limits: Limits | None = None,
    ) -> None:
        self._allows, self._on_latency, self._stopwatch = allows, on_latency, stopwatch
        self._keep_alive, self._limits = keep_alive, limits or Limits()
        self._kept: dict[str, Answer] = {}
        self._asking: dict[str, asyncio.Task[_Reply]] = {}
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = (
            aiohttp.TCPConnector(limit=0, keepalive_timeout=_IDLE_SECONDS)
            if self._keep_alive
            else aiohttp.TCPConnector(limit=0, force_close=True)
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),  # each call keeps its own
            auto_decompress=False,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for asking in self._asking.values():
            asking.cancel()
        await asyncio.gather(*self._asking.values(), return_exceptions=True)
        if self._session:
            await self._session.close()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Sends a call's request and waits for the answer. Raises httpx's errors of transport."""
        if not self._allows(request.url.host):
            raise httpx.ConnectError(
                f"{request.url.host} is not the server under load, so it is left alone"
            )
        asked = self._clip(request) if _is_for_a_clip(request) else self._timed(request)
        status, headers, body = wait_for(asked)
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))

    async def _timed(self, request: httpx.Request) -> _Reply:
        began = self._stopwatch()
        try:
            return await self._ask(request)
        finally:
            self._on_latency(self._stopwatch() - began)

    def cached(self, url: str) -> Answer | None:
        """A sound that was fetched before and may be played again."""
        return self._kept.get(url)

    async def _clip(self, request: httpx.Request) -> _Reply:
        """A sound's reply; who asks for it meanwhile waits for the same one."""
        url = str(request.url)
        if url not in self._asking:
            self._asking[url] = asyncio.create_task(self._ask(request))
        asking = self._asking[url]
        try:
            # One caller who hangs up does not take the sound away from the others.
            reply = await asyncio.shield(asking)
        finally:
            if asking.done():
                self._asking.pop(url, None)
        if len(self._kept) < _MOST_SOUNDS and _may_be_kept(reply):
            self._kept[url] = _sound(url, reply)
        return reply

    async def _ask(self, request: httpx.Request) -> _Reply:
        if self._session is None:
            raise RuntimeError("the wire is an async context: async with Wire(...) as wire")
        seconds = request.extensions["timeout"]
        headers = [
            (name.decode("ascii"), value.decode("latin-1"))
            for name, value in request.headers.raw
            if name.lower() not in (b"connection", b"content-length")
        ]
        try:
            async with self._session.request(
                request.method,
                URL(str(request.url), encoded=True),
                data=request.content or None,
                headers=headers,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=seconds["read"], connect=seconds["connect"]),
            ) as response:
                return response.status, list(response.raw_headers), await self._body(response)
        except aiohttp.ConnectionTimeoutError as error:
            raise httpx.ConnectTimeout(str(error)) from error
        except TimeoutError as error:
            raise httpx.ReadTimeout(str(error)) from error
        except aiohttp.ClientConnectorError as error:
            raise httpx.ConnectError(str(error)) from error
        except aiohttp.ClientError as error:
            raise httpx.RemoteProtocolError(str(error) or type(error).__name__) from error

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        """The body as far as the call reads it: of a sound with a known length only the head."""
        most = self._limits.audio_bytes + 1
        if response.content_type.startswith("audio/") and response.content_length is not None:
            most = HEAD_BYTES
        body = bytearray()
        async for chunk in response.content.iter_any():
            body += chunk
            if len(body) >= most:
                response.close()
                break
        return bytes(body)


def _is_for_a_clip(request: httpx.Request) -> bool:
    """Twilio sends its parameters to webhooks, and none to what is only played."""
    return request.method == "GET" and b"CallSid=" not in request.url.query


def _may_be_kept(reply: _Reply) -> bool:
    status, headers, _ = reply
    said = _by_name(headers)
    control = said.get(b"cache-control", b"").lower()
    return (
        status == 200
        and said.get(b"content-type", b"").startswith(b"audio/")
        and b"no-store" not in control
        and b"no-cache" not in control
    )


def _sound(url: str, reply: _Reply) -> Answer:
    status, headers, body = reply
    said = _by_name(headers)
    length = said.get(b"content-length", b"")
    return Answer(
        url=url,
        status=status,
        content_type=said[b"content-type"].decode("latin-1"),
        body=body[:HEAD_BYTES],
        size=int(length) if length.isdigit() else len(body),
    )


def _by_name(headers: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    return {name.lower(): value for name, value in headers}
