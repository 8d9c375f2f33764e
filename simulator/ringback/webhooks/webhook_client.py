"""How the carrier reaches the app: one signed fetcher for each call, text and callback."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from ringback.identifiers import Identifiers
from ringback.limits import Limits
from ringback.webhooks.fetcher import Fetcher

OnAnswer = Callable[[str, str, int], None]
# What stands between a fetcher and the network: given the carrier's own transport.
Through = Callable[[httpx.BaseTransport], httpx.BaseTransport]


def nobody(method: str, url: str, status: int) -> None:
    """Whom answers need not be told to."""
    del method, url, status


def direct(transport: httpx.BaseTransport) -> httpx.BaseTransport:
    """Nothing stands between."""
    return transport


@dataclass(frozen=True, kw_only=True)
class Webhooks:
    """Opens fetchers; `stopwatch` counts real seconds."""

    transport: httpx.BaseTransport
    auth_token: str = field(repr=False)
    identifiers: Identifiers
    limits: Limits
    stopwatch: Callable[[], float] = time.monotonic

    def for_voice(
        self,
        on_answer: OnAnswer = nobody,
        *,
        whole_sounds: bool = False,
        through: Through = direct,
    ) -> Fetcher:
        """A fetcher for a call or its callbacks."""
        return self._fetcher(on_answer, whole_sounds, through, keeps_port=False)

    def for_messaging(self, on_answer: OnAnswer = nobody, through: Through = direct) -> Fetcher:
        """A fetcher for a text or a message's callbacks: messaging signs the port."""
        return self._fetcher(on_answer, False, through, keeps_port=True)

    def _fetcher(
        self, on_answer: OnAnswer, whole_sounds: bool, through: Through, *, keeps_port: bool
    ) -> Fetcher:
        return Fetcher(
            through(self.transport),
            self.auth_token,
            self.identifiers,
            self.limits,
            on_answer,
            self.stopwatch,
            whole_sounds,
            keeps_port,
        )
