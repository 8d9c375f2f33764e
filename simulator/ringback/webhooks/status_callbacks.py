"""Status callbacks: the carrier tells an app what became of its message.

https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from ringback.messages.message import Message
from ringback.webhooks.fetcher import Fetcher
from ringback.webhooks.parameters import API_VERSION
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


def callback_parameters(message: Message, account_sid: str, now: datetime) -> dict[str, str]:
    """The form of a callback for the message as it stands.

    ErrorCode comes with failed and undelivered only; RawDlrDoneDate (YYMMDDhhmm) with a receipt
    from the recipient's carrier:
    https://www.twilio.com/en-us/changelog/addition-of-rawdlrdonedate-to-delivered-and-undelivered-status-webhooks
    """
    fields = {
        "AccountSid": account_sid,
        "ApiVersion": API_VERSION,
        "From": message.from_,
        "MessageSid": message.sid,
        "MessageStatus": message.status,
        "SmsSid": message.sid,
        "SmsStatus": message.status,
        "To": message.to,
    }
    if message.service_sid:
        fields["MessagingServiceSid"] = message.service_sid
    if message.error_code is not None:
        fields["ErrorCode"] = str(message.error_code)
    if message.status in ("delivered", "undelivered"):
        fields["RawDlrDoneDate"] = now.astimezone(UTC).strftime("%y%m%d%H%M")
    return fields


class StatusCallbacks:
    """Makes status callbacks and keeps the last 10,000 that were made, in order; any thread may."""

    def __init__(
        self, account_sid: str, now: Callable[[], datetime], webhooks: WebhookClient
    ) -> None:
        self._account_sid, self._now, self._webhooks = account_sid, now, webhooks
        self._made: deque[StatusCallback] = deque(maxlen=_MOST)

    @property
    def made(self) -> tuple[StatusCallback, ...]:
        """The callbacks so far."""
        return tuple(self._made)

    def of_message(self, message: Message, changed: datetime) -> None:
        """Posts the message as it stood when it `changed`, to its own callback URL."""
        if message.status_callback is not None:
            fields = callback_parameters(message, self._account_sid, changed)
            request = Request(url=message.status_callback, method=message.callback_method)
            self._make(request, fields, self._webhooks.for_messaging())

    def of_call(self, url: str, method: str, fields: Mapping[str, str]) -> None:
        """Posts what is to be said of a call."""
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
