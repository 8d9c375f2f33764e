"""The Message resource: how a request becomes a message, and a message an answer.

https://www.twilio.com/docs/messaging/api/message-resource
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from ivr.simulator.identifiers import Identifiers
from ivr.simulator.messages import Message
from ivr.simulator.numbers import Number, is_sender, refusal
from ivr.simulator.parameters import API_VERSION
from ivr.simulator.rest.errors import Refusal
from ivr.simulator.segments import count_segments

_LONGEST_BODY = 1_600
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
    if len(body) > _LONGEST_BODY:
        raise Refusal(400, 21617, "The concatenated message body exceeds the 1600 character limit")
    return Message(
        sid=identifiers.sid("SM"),
        to=to,
        from_=from_,
        body=body,
        segments=count_segments(body),
        created=now,
        service_sid=service,
    )


def as_json(
    message: Message, account_sid: str, now: datetime, *, created: bool
) -> dict[str, object]:
    """A message as the API shows it; in the answer that creates it nothing is sent yet.

    With a Messaging Service that first answer has no sender and num_segments "0".
    """
    status = message.status_at(message.created if created else now)
    waiting = status in ("queued", "accepted")
    unknown = waiting and message.service_sid is not None
    path = f"/{API_VERSION}/Accounts/{account_sid}/Messages/{message.sid}"
    date = format_datetime(message.created.astimezone(UTC))
    return {
        "account_sid": account_sid,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": date,
        "date_sent": None if waiting else date,
        "date_updated": date,
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": None if unknown else message.from_,
        "messaging_service_sid": message.service_sid,
        "num_media": "0",
        "num_segments": "0" if unknown else str(message.segments),
        "price": None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": status,
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
