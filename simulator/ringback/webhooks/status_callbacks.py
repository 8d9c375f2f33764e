"""Status callbacks: the carrier reports the status of a message or call to the app."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ringback.webhooks.fetcher import Fetcher
from ringback.webhooks.request import Failure, Request
from ringback.webhooks.webhook_client import WebhookClient

_MOST = 10_000


@dataclass(frozen=True, kw_only=True)
class StatusCallback:
    """One status callback that was made: what it said, and how the app answered.

    `status` is HTTP's, None when there was no answer; `error` says what Twilio's debugger would.
    """

    at: datetime
    url: str
    parameters: Mapping[str, str]
    status: int | None = None
    error: str | None = None


class StatusCallbacks:
    """Makes status callbacks and keeps the last 10,000 that were made, in order; any thread may."""

    def __init__(self, now: Callable[[], datetime], webhooks: WebhookClient) -> None:
        self._now, self._webhooks = now, webhooks
        self._made: deque[StatusCallback] = deque(maxlen=_MOST)

    @property
    def made(self) -> tuple[StatusCallback, ...]:
        """The callbacks so far."""
        return tuple(self._made)

    def of_message(self, url: str, method: str, fields: Mapping[str, str]) -> None:
        """Posts a message's new status."""
        self._make(Request(url=url, method=method), fields, self._webhooks.for_messaging())

    def of_call(self, url: str, method: str, fields: Mapping[str, str]) -> None:
        """Posts a call's new status."""
        self._make(Request(url=url, method=method), fields, self._webhooks.for_voice())

    def _make(self, request: Request, fields: Mapping[str, str], fetcher: Fetcher) -> None:
        status, error = None, None
        try:
            status = fetcher.document(request, fields).status
        except Failure as failure:
            status, error = failure.status, f"{failure.code}: {failure.text}"
        self._made.append(
            StatusCallback(
                at=self._now(), url=request.url, parameters=fields, status=status, error=error
            )
        )
