"""Asks an app for a document or a sound over HTTP, signed, bounded in bytes, time and redirects."""

import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from urllib.parse import urldefrag, urlencode

import httpx

from ringback.identifiers import Identifiers
from ringback.limits import Limits
from ringback.media.audio_length import HEAD_BYTES
from ringback.webhooks.connection_policy import ConnectionPolicy, policy_of
from ringback.webhooks.errors import final_failure, location_of, transport_failure
from ringback.webhooks.request import Answer, Failure, Request, SoundCache, join, not_a_url
from ringback.webhooks.signing import sign
from ringback.webhooks.transport import time_limit

_FORM = "application/x-www-form-urlencoded; charset=UTF-8"


class Fetcher:
    """One call's requests; cookies live as long as the call, as in a browser.

    https://www.twilio.com/docs/voice/twiml#cookies. `on_answer(method, url, status)` is called with
    every answer, redirects too. `whole_sounds` keeps sound files whole instead of only their heads.
    `stopwatch` counts real seconds. `keeps_port` signs as messaging does. A transport that is a
    SoundCache is not asked for a sound that it has.
    """

    def __init__(
        self,
        transport: httpx.BaseTransport,
        auth_token: str,
        identifiers: Identifiers,
        limits: Limits,
        on_answer: Callable[[str, str, int], None],
        stopwatch: Callable[[], float] = time.monotonic,
        whole_sounds: bool = False,
        keeps_port: bool = False,
    ) -> None:
        # A client of its own has cookies of its own; it is never closed, for that would close the
        # transport, which other calls share. Proxies from the environment stay out of it.
        self._client = httpx.Client(
            transport=transport,
            trust_env=False,
            headers={
                "User-Agent": "TwilioProxy/1.1",
                "Accept": "*/*",
                "Accept-Encoding": "identity",
            },
        )
        self._auth_token = auth_token
        self._identifiers = identifiers
        self._limits = limits
        self._on_answer = on_answer
        self._stopwatch = stopwatch
        self._keeps_port = keeps_port
        self._sound_cache = transport if isinstance(transport, SoundCache) else None
        self._kept_sound = limits.audio_bytes if whole_sounds else HEAD_BYTES

    def document(self, request: Request, standard: Mapping[str, str]) -> Answer:
        """The document at `request`, asked with the `standard` parameters and its own extra ones.

        It is tried as often as the URL's fragment says (connection_policy.py), each time with one
        idempotency token [INF]. A redirect drops the extra parameters: Twilio does not send Digits
        again (https://www.twilio.com/docs/voice/twiml/gather#action). Raises Failure.
        """
        url, method, waited = request.url, request.method, 0.0
        parameters = {**standard, **request.extra}
        for _ in range(self._limits.redirects + 1):
            answer, location = self._ask(url, method, parameters, self._limits.document_bytes)
            waited += answer.seconds
            if location is None:
                return replace(answer, seconds=waited)
            url = join(url, location)
            method = method if answer.status == 307 else "GET"
            parameters = dict(standard)
        raise Failure(
            11215, f"more than {self._limits.redirects} HTTP redirects, one after another", url
        )

    def sound(self, url: str) -> Answer:
        """The beginning (or the whole) and the size of a sound file; Twilio sends it no parameters.

        https://www.twilio.com/docs/voice/twiml/play. Raises Failure.
        """
        if self._sound_cache and (cached := self._sound_cache.cached(url)):
            return cached
        for _ in range(self._limits.redirects + 1):
            answer, location = self._ask(url, "GET", {}, self._limits.audio_bytes)
            if location is None:
                return answer
            url = join(url, location)
        raise Failure(11215, f"more than {self._limits.redirects} HTTP redirects to a sound", url)

    def _ask(
        self, url: str, method: str, parameters: Mapping[str, str], most: int
    ) -> tuple[Answer, str | None]:
        """The answer and where it redirects to, after as many attempts as the URL allows."""
        policy = policy_of(url, self._limits)
        request = self._signed(url, method, parameters, policy)
        started, lost = self._stopwatch(), 0.0
        for attempt in range(policy.retries + 1):
            try:
                answer, location = self._attempt(request, url, most, started, policy)
            except Failure as failure:
                lost += failure.seconds
                gives_up = attempt == policy.retries or lost >= policy.total
                if gives_up or not policy.retries_after(failure.kind):
                    raise final_failure(failure, attempt + 1, lost, policy) from failure
            else:
                return replace(answer, seconds=lost), location
        raise AssertionError("the last attempt returns or raises")

    def _attempt(
        self,
        request: httpx.Request,
        url: str,
        most: int,
        started: float,
        policy: ConnectionPolicy,
    ) -> tuple[Answer, str | None]:
        try:
            with time_limit(policy.total):
                response = self._client.send(request, stream=True, follow_redirects=False)
                with closing(response):
                    self._on_answer(request.method, url, response.status_code)
                    location = location_of(response, url)
                    body, size = self._read(response, url, most, started, policy)
        except httpx.TransportError as error:
            raise transport_failure(error, url, policy) from error
        answer = Answer(
            url=url,
            status=response.status_code,
            content_type=response.headers.get("content-type", ""),
            body=body,
            size=size,
        )
        return answer, location

    def _signed(
        self, url: str, method: str, parameters: Mapping[str, str], policy: ConnectionPolicy
    ) -> httpx.Request:
        """The request as it travels: parameters in the query or the body, and the signature."""
        query = urlencode(parameters) if method == "GET" else ""
        posted = parameters if method == "POST" else {}
        try:
            target = urldefrag(url)[0]
            if httpx.URL(target).scheme not in ("http", "https") or not httpx.URL(target).host:
                raise ValueError("expected http:// or https:// and a host")
            target += (("&" if "?" in target else "?") + query) if query else ""
            signature = sign(
                self._auth_token, str(httpx.URL(target)), posted, keeps_port=self._keeps_port
            )
        except (httpx.InvalidURL, ValueError) as error:
            raise not_a_url(url, error) from error
        headers = {
            "X-Twilio-Signature": signature,
            "I-Twilio-Idempotency-Token": self._identifiers.uuid(),
        }
        content = None
        if method == "POST":
            headers["Content-Type"], content = _FORM, urlencode(posted)
        timeout = httpx.Timeout(min(policy.read, policy.total), connect=policy.connect)
        return self._client.build_request(
            method, target, headers=headers, content=content, timeout=timeout
        )

    def _read(
        self,
        response: httpx.Response,
        url: str,
        most: int,
        started: float,
        policy: ConnectionPolicy,
    ) -> tuple[bytes, int]:
        """The body, or of a sound what is kept; never more than `most` bytes are read."""
        is_sound = response.headers.get("content-type", "").startswith("audio/")
        encoding = response.headers.get("content-encoding", "identity")
        if encoding != "identity" and not is_sound:
            # Nothing is ever inflated here, so nothing can be blown up. That Twilio could not read
            # it either is inferred [INF].
            text = f"the document is compressed ({encoding[:20]}) though it was asked for as it is"
            raise Failure(12100, text, url)
        most = self._limits.audio_bytes if is_sound else most
        kept, size = bytearray(), 0
        announced = response.headers.get("content-length", "")
        # A transport may return an answer that it has read already.
        read = response.is_stream_consumed
        for chunk in (response.content,) if read else response.iter_raw():
            size += len(chunk)
            kept += chunk[: (self._kept_sound if is_sound else most + 1) - len(kept)]
            self._check_time(started, url, policy)
            if is_sound and announced.isdigit() and len(kept) >= self._kept_sound:
                return bytes(kept), min(int(announced), most)
            if size > most:
                break
        self._check_time(started, url, policy)
        if size > most and not is_sound:
            raise Failure(11750, f"the document is larger than {most // 1024} kB", url)
        return bytes(kept), min(size, most)

    def _check_time(self, started: float, url: str, policy: ConnectionPolicy) -> None:
        if self._stopwatch() - started > policy.total:
            # Partial responses are never tried again, so this is no kind for a retry policy.
            text = f"no complete answer within {policy.total:g} s"
            raise Failure(11205, text, url, seconds=policy.total)
