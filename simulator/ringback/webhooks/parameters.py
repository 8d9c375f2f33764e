"""The parameters Twilio sends with every request for a call.

https://www.twilio.com/docs/voice/twiml#twilios-request-to-your-application
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

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
            fields |= place_parameters(name, number)
    return fields


def place_parameters(name: str, number: str) -> dict[str, str]:
    """Where a number is: the Country of `name` (From, To …); its City, State and Zip are empty."""
    return {
        f"{name}City": "",
        f"{name}State": "",
        f"{name}Zip": "",
        f"{name}Country": _country(number),
    }


def end_of_call(seconds: float, moment: datetime, *, answered: bool) -> dict[str, str]:
    """What a number's status callback receives beside the standard fields: one request, at the end.

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
