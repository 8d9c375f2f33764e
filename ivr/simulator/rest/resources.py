"""The Message resource: how a request becomes a message, and a message an answer.

https://www.twilio.com/docs/messaging/api/message-resource
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from ivr.simulator.identifiers import Identifiers
from ivr.simulator.messages import Message
from ivr.simulator.numbers import Number, is_sender, refusal
from ivr.simulator.parameters import API_VERSION
from ivr.simulator.rest.errors import Refusal
from ivr.simulator.segments import LONGEST_BODY, count_segments

_REASONS = {
    21211: "Invalid 'To' Phone Number: {to}",
    21614: "'To' number is not a valid mobile number: {to}",
    21635: "'To' number cannot be a landline: {to}",
}


@dataclass(frozen=True, kw_only=True)
class Senders:
    """What an account may send from."""

    numbers: tuple[Number, ...]
    services: tuple[str, ...]


def new_message(
    form: Mapping[str, str], senders: Senders, identifiers: Identifiers, now: datetime
) -> Message:
    """The message a POST asks for. Raises Refusal with Twilio's code when it cannot be sent."""
    to, body = form.get("To", ""), form.get("Body", "")
    if not to:
        raise Refusal(400, 21604, "A 'To' phone number is required.")
    if not body:
        raise Refusal(400, 21602, "Message body is required.")
    service, from_ = form.get("MessagingServiceSid") or None, form.get("From", "")
    from_ = _service_sender(service, senders) if service else _own_sender(from_, senders)
    code = refusal(to)
    if code is not None:
        raise Refusal(400, code, _REASONS[code].format(to=to))
    if len(body) > LONGEST_BODY:
        raise Refusal(400, 21617, "The concatenated message body exceeds the 1600 character limit")
    return Message(
        sid=identifiers.sid("SM"),
        to=to,
        from_=from_,
        body=body,
        segments=count_segments(body),
        created=now,
        service_sid=service,
        status="accepted" if service else "queued",
        status_callback=_callback(form),
    )


def as_json(message: Message, account_sid: str) -> dict[str, object]:
    """A message as the API shows it.

    While a Messaging Service has only accepted it, it has no sender yet and num_segments "0".
    """
    unknown = message.status == "accepted"
    path = f"/{API_VERSION}/Accounts/{account_sid}/Messages/{message.sid}"
    return {
        "account_sid": account_sid,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": _date(message.created),
        "date_sent": _date(message.sent) if message.sent else None,
        "date_updated": _date(message.updated or message.created),
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": None,
        "from": None if unknown else message.from_,
        "messaging_service_sid": message.service_sid,
        "num_media": "0",
        "num_segments": "0" if unknown else str(message.segments),
        "price": None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{path}/Media.json"},
        "to": message.to,
        "uri": f"{path}.json",
    }


def _own_sender(from_: str, senders: Senders) -> str:
    if not from_:
        raise Refusal(400, 21603, "A 'From' phone number is required.")
    if not is_sender(from_):
        raise Refusal(400, 21212, f"Invalid From Number (caller ID): {from_}")
    if any(own.number == from_ and own.sms for own in senders.numbers):
        return from_
    raise Refusal(
        400,
        21606,
        f"The 'From' phone number provided ({from_}) is not a valid message-capable Twilio phone"
        " number for this destination/account",
    )


def _service_sender(service: str, senders: Senders) -> str:
    able = [own.number for own in senders.numbers if own.sms]
    if service not in senders.services:
        raise Refusal(404, 21701, f"The Messaging Service does not exist: {service}")
    if not able:
        raise Refusal(400, 21703, "The Messaging Service contains no phone numbers.")
    return able[0]


def _callback(form: Mapping[str, str]) -> str | None:
    """Where status callbacks go: a URL with a host name, in which Twilio allows no underscore.

    https://www.twilio.com/docs/api/errors/21609
    """
    url = form.get("StatusCallback", "").strip()
    if not url:
        return None
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and "_" not in (parts.hostname or "_")
    except ValueError:
        good = False
    if not good:
        raise Refusal(400, 21609, f"The 'StatusCallback' URL {url} is not a valid URL.")
    return url


def _date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC))
