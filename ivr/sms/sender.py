"""Hands one message to the carrier's REST API, with a time-out, and says what is known of it."""

import logging
from dataclasses import dataclass
from typing import Any

from ivr.engine import TextOutcome
from ivr.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sent:
    """What is known after trying to send."""

    outcome: TextOutcome
    message_sid: str | None = None


class Sender:
    """Sends through the `twilio` library. POST /Messages is not idempotent, so nothing is retried
    here: after a time-out or a 5xx the message may be on its way
    (https://www.twilio.com/docs/api/errors/20500).
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client: Any = None

    def send(self, recipient: str, body: str) -> Sent:
        """Sends `body` to `recipient` (E.164), once; waits at most the settings' time-out."""
        if not self._settings.can_text:
            return Sent(TextOutcome.FAILED)
        from requests.exceptions import RequestException
        from twilio.base.exceptions import TwilioException, TwilioRestException

        try:
            message = self._connected().messages.create(to=recipient, body=body, **self._origin())
        except TwilioRestException as error:
            log.warning("a text was refused: status %s, code %s", error.status, error.code)
            definite = 400 <= error.status < 500
            return Sent(TextOutcome.FAILED if definite else TextOutcome.UNKNOWN)
        except (RequestException, TwilioException, ValueError) as error:
            # A ValueError is an answer that is no JSON: it was asked, and nobody knows the rest.
            log.warning("no answer to a text: %s", type(error).__name__)
            return Sent(TextOutcome.FAILED if _never_asked(error) else TextOutcome.UNKNOWN)
        return Sent(TextOutcome.SENT, message.sid)

    def _origin(self) -> dict[str, str]:
        service = self._settings.sms_service_sid
        if service:
            return {"messaging_service_sid": service}
        return {"from_": self._settings.sms_from or ""}

    def _connected(self) -> Any:
        if self._client is None:
            from ivr.sms.rest import connect

            self._client = connect(self._settings)
        return self._client


def _never_asked(error: Exception) -> bool:
    """Whether no connection came about, so that the carrier can't have taken the message."""
    from requests.exceptions import ConnectTimeout
    from urllib3.exceptions import MaxRetryError, NewConnectionError

    cause = error.args[0] if error.args else None
    refused = isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)
    return refused or isinstance(error, ConnectTimeout)
