"""The parameters Twilio sends with every voice request.

https://www.twilio.com/docs/voice/twiml#twilios-request-to-your-application
"""

from dataclasses import dataclass

API_VERSION = "2010-04-01"
_COUNTRIES = {"+81": "JP", "+82": "KR", "+86": "CN", "+84": "VN", "+44": "GB", "+1": "US"}


@dataclass(frozen=True, kw_only=True)
class Parties:
    """Who calls whom, in which account."""

    account_sid: str
    call_sid: str
    from_: str
    to: str


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
        "Direction": "inbound",
        "From": from_,
        "To": to,
        "Caller": from_,
        "Called": to,
    }
    for names, number in ((("From", "Caller"), from_), (("To", "Called"), to)):
        for name in names:
            fields |= {f"{name}City": "", f"{name}State": "", f"{name}Zip": ""}
            fields[f"{name}Country"] = _country(number)
    return fields


def _country(number: str) -> str:
    return next((name for code, name in _COUNTRIES.items() if number.startswith(code)), "")
