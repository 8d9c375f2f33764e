"""How the carrier reaches the app: one signed fetcher for each call, text and callback."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from ringback.identifiers import Identifiers
from ringback.limits import Limits
from ringback.webhooks.fetcher import Fetcher

OnAnswer = Callable[[str, str, int], None]
# Puts another transport around the carrier's own, for one fetcher.
Wrap = Callable[[httpx.BaseTransport], httpx.BaseTransport]


def ignore_answer(method: str, url: str, status: int) -> None:
    """Does nothing with an answer."""
    del method, url, status


def unwrapped(transport: httpx.BaseTransport) -> httpx.BaseTransport:
    """The transport itself."""
    return transport


@dataclass(frozen=True, kw_only=True)
class WebhookClient:
    """Opens fetchers; `stopwatch` counts real seconds."""

    transport: httpx.BaseTransport
    auth_token: str = field(repr=False)
    identifiers: Identifiers
    limits: Limits
    stopwatch: Callable[[], float] = time.monotonic

    def for_voice(
        self,
        on_answer: OnAnswer = ignore_answer,
        *,
        whole_sounds: bool = False,
        wrap: Wrap = unwrapped,
    ) -> Fetcher:
        """A fetcher for a call or its callbacks."""
        return self._fetcher(on_answer, whole_sounds, wrap, keeps_port=False)

    def for_messaging(self, on_answer: OnAnswer = ignore_answer, wrap: Wrap = unwrapped) -> Fetcher:
        """A fetcher for a text or a message's callbacks: messaging signs the port."""
        return self._fetcher(on_answer, False, wrap, keeps_port=True)

    def _fetcher(
        self, on_answer: OnAnswer, whole_sounds: bool, wrap: Wrap, *, keeps_port: bool
    ) -> Fetcher:
        return Fetcher(
            wrap(self.transport),
            self.auth_token,
            self.identifiers,
            self.limits,
            on_answer,
            self.stopwatch,
            whole_sounds,
            keeps_port,
        )
