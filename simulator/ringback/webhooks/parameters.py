"""The parameters Twilio sends with every request for a call, and for a text.

https://www.twilio.com/docs/voice/twiml#twilios-request-to-your-application
https://www.twilio.com/docs/messaging/guides/webhook-request
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from ringback.messages.message import Message

API_VERSION = "2010-04-01"
_COUNTRIES = {"+81": "JP", "+82": "KR", "+86": "CN", "+84": "VN", "+44": "GB", "+1": "US"}


@dataclass(frozen=True, kw_only=True)
class Parties:
    """Who calls whom, in which account."""

    account_sid: str
    call_sid: str
    from_: str
    to: str
    direction: str = "inbound"


def voice_parameters(parties: Parties, status: str) -> dict[str, str]:
    """The form of one request: the standard fields and the places, often empty.

    Twilio sends empty City, State and Zip where it knows none; an app that drops empty fields
    computes a wrong signature, so they are sent here as well.
    """
    from_, to = parties.from_, parties.to
    fields = {
        "AccountSid": parties.account_sid,
        "ApiVersion": API_VERSION,
        "CallSid": parties.call_sid,
        "CallStatus": status,
        "Direction": parties.direction,
        "From": from_,
        "To": to,
        "Caller": from_,
        "Called": to,
    }
    for names, number in ((("From", "Caller"), from_), (("To", "Called"), to)):
        for name in names:
            fields |= _place(name, number)
    return fields


def text_parameters(
    message: Message, account_sid: str, opt_out_type: str | None = None
) -> dict[str, str]:
    """The form of a request for an inbound text. `opt_out_type` is START, STOP or HELP where
    Advanced Opt-Out has dealt with a keyword:
    https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
    """
    fields = {
        "AccountSid": account_sid,
        "ApiVersion": API_VERSION,
        "Body": message.body,
        "From": message.from_,
        "MessageSid": message.sid,
        "NumMedia": "0",
        "NumSegments": str(message.segments),
        "SmsMessageSid": message.sid,
        "SmsSid": message.sid,
        "SmsStatus": "received",
        "To": message.to,
    }
    if message.service_sid:
        fields["MessagingServiceSid"] = message.service_sid
    if opt_out_type:
        fields["OptOutType"] = opt_out_type
    return fields | _place("From", message.from_) | _place("To", message.to)


def _place(name: str, number: str) -> dict[str, str]:
    return {
        f"{name}City": "",
        f"{name}State": "",
        f"{name}Zip": "",
        f"{name}Country": _country(number),
    }


def end_of_call(seconds: float, moment: datetime, *, answered: bool) -> dict[str, str]:
    """What a number's status callback is told beside the standard fields: one request, at the end.

    https://www.twilio.com/docs/voice/twiml#callstatus-values names CallDuration (seconds). The
    other three are documented for outbound calls, https://www.twilio.com/docs/voice/api/call-resource
    [INF].
    """
    return {
        "CallDuration": str(round(seconds)) if answered else "0",
        "Timestamp": format_datetime(moment.astimezone(UTC)),
        "CallbackSource": "call-progress-events",
        "SequenceNumber": "0",
    }


def _country(number: str) -> str:
    return next((name for code, name in _COUNTRIES.items() if number.startswith(code)), "")
