"""Status callbacks: the carrier tells an app what became of its message.

https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from ivr.simulator.failures import Failure
from ivr.simulator.fetching import Fetcher, Request
from ivr.simulator.messages import Message
from ivr.simulator.parameters import API_VERSION


@dataclass(frozen=True, kw_only=True)
class Callback:
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


class Callbacks:
    """Makes status callbacks and keeps what was made, in order."""

    def __init__(
        self, account_sid: str, now: Callable[[], datetime], fetcher: Callable[[], Fetcher]
    ) -> None:
        self._account_sid, self._now, self._fetcher = account_sid, now, fetcher
        self._made: list[Callback] = []

    @property
    def made(self) -> tuple[Callback, ...]:
        """Every callback so far."""
        return tuple(self._made)

    def tell(self, message: Message, changed: datetime) -> None:
        """Posts the message as it stood when it `changed`, to its own callback URL."""
        url = message.status_callback
        if url is None:
            return
        parameters = callback_parameters(message, self._account_sid, changed)
        status, error = None, None
        try:
            request = Request(url=url, method=message.callback_method)
            status = self._fetcher().document(request, parameters).status
        except Failure as failure:
            status, error = failure.status, f"{failure.code}: {failure.text}"
        self._made.append(
            Callback(at=self._now(), url=url, parameters=parameters, status=status, error=error)
        )
