"""Asks the carrier's REST API, once and with a time-out, and says what is known after it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from ivr.settings import Settings
from ivr.sms.states import TextState, from_twilio

if TYPE_CHECKING:  # it is imported at the first text
    from ivr.sms.rest import CarrierMessage, CarrierMessages

log = logging.getLogger(__name__)

T = TypeVar("T")
_CLOCKS_DIFFER = timedelta(minutes=2)  # between the carrier's clock and ours, at most
_ASKED_FOR = "outbound-api"  # the direction of a message that was asked for by REST
_NEWEST = 50  # of the carrier's list; to one number there are a few


@dataclass(frozen=True)
class Taken:
    """The carrier has the message."""

    message_sid: str
    state: TextState = TextState.ACCEPTED
    error_code: int | None = None


@dataclass(frozen=True)
class Rejected:
    """It has not, and says why (Twilio's code)."""

    code: int | None


@dataclass(frozen=True)
class NotAsked:
    """It has not: too many requests at once (429), or no connection came about. Later it may."""


@dataclass(frozen=True)
class NoAnswer:
    """It may have it or not: a time-out, a cut connection, a 5xx, an answer that is none.

    https://www.twilio.com/docs/api/errors/20500: POST /Messages is not idempotent.
    """


RestAnswer = Taken | Rejected | NotAsked | NoAnswer


class Sender:
    """Sends, and looks for what was sent, through the `twilio` library. It retries nothing."""

    def __init__(self, settings: Settings, status_url: Callable[[str], str]) -> None:
        """`status_url` gives the address for the status callbacks of a text, by its id."""
        self._settings, self._status_url = settings, status_url
        self._messages: CarrierMessages | None = None

    @property
    def has_origin(self) -> bool:
        """Whether there is a number or service to send from."""
        return self._settings.can_text

    def prepare(self) -> None:
        """Makes the client, which takes a second the first time, before anything is claimed."""
        self._connected()

    def send(self, text: str, recipient: str, body: str) -> RestAnswer:
        """Sends `body` to `recipient` (E.164); `text` is the outbox's id of it.

        Waits at most the settings' time-out. A message that is not sent within its validity is not
        sent at all: an old number helps nobody.
        """
        wanted = {
            "To": recipient,
            "Body": body,
            "StatusCallback": self._status_url(text),
            "ValidityPeriod": self._settings.sms_validity,
            **self._origin(),
        }
        asked = self._ask(lambda messages: messages.create(wanted))
        return asked if isinstance(asked, _REFUSALS) else _taken(asked)

    def look_for(
        self, recipient: str, since: datetime, is_known: Callable[[str], bool]
    ) -> RestAnswer | None:
        """The message to this number, made since then, whose sid `is_known` does not know; None
        where the carrier's list has none.

        Its words are not compared, for the carrier may redact them or put some before them; nor its
        sender, which a Messaging Service chooses later and an operator may have changed. They need
        not be: only one text to a number is under way at a time (the index one_under_way). A
        message of another program of the account to the same telephone in the same minute would be
        taken for it: better a text too few than the same one twice. Replies to texts are left out,
        and the date of sending is not looked at: a message that is still queued has none.
        """
        asked = self._ask(lambda messages: messages.newest(recipient, _NEWEST))
        if isinstance(asked, _REFUSALS):
            return asked
        for message in asked:
            young = message.made is None or message.made >= since - _CLOCKS_DIFFER
            if young and message.direction == _ASKED_FOR and not is_known(message.sid):
                return _taken(message)
        return None

    def look_up(self, message_sid: str) -> RestAnswer:
        """What has become of a message that the carrier took."""
        asked = self._ask(lambda messages: messages.fetch(message_sid))
        return asked if isinstance(asked, _REFUSALS) else _taken(asked)

    def _ask(self, ask: Callable[["CarrierMessages"], T]) -> T | Rejected | NotAsked | NoAnswer:
        from requests.exceptions import RequestException
        from twilio.base.exceptions import TwilioException, TwilioRestException

        try:
            return ask(self._connected())
        except TwilioRestException as error:
            log.warning("the carrier said no: status %s, code %s", error.status, error.code)
            if error.status == 429:
                return NotAsked()
            return Rejected(error.code) if 400 <= error.status < 500 else NoAnswer()
        except (RequestException, TwilioException, ValueError, TypeError, LookupError) as error:
            # The last three are an answer that is no JSON, or not of the kind that was asked for.
            log.warning("the carrier gave no answer: %s", type(error).__name__)
            return NotAsked() if _never_connected(error) else NoAnswer()

    def _origin(self) -> dict[str, str]:
        service = self._settings.sms_service_sid
        if service:
            return {"MessagingServiceSid": service}
        return {"From": self._settings.sms_from or ""}

    def _connected(self) -> "CarrierMessages":
        if self._messages is None:
            from ivr.sms.rest import connect

            self._messages = connect(self._settings)
        return self._messages


_REFUSALS = (Rejected, NotAsked, NoAnswer)


def _taken(message: "CarrierMessage") -> Taken:
    state = from_twilio(message.status) or TextState.ACCEPTED
    return Taken(message.sid, state, message.error_code)


def _never_connected(error: Exception) -> bool:
    """Whether no connection came about, so that the carrier can't have taken the message."""
    from requests.exceptions import ConnectTimeout
    from urllib3.exceptions import MaxRetryError, NewConnectionError

    cause = error.args[0] if error.args else None
    refused = isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)
    return refused or isinstance(error, ConnectTimeout)
