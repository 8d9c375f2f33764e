"""Which telephone numbers can send and receive a message, as far as a carrier can know."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberType

_E164 = re.compile(r"\+[1-9]\d{6,14}")
# https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id
_ALPHANUMERIC = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}")


# The numbers that stand for an outcome: https://www.twilio.com/docs/iam/test-credentials
_MAGIC_TO = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}
_MAGIC_FROM = {"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}


_JAPAN = 81
# Every other kind of Japanese number has 21614: 050 (IP telephony), 0120 and 0800 (free-phone) ...
_JAPANESE_ERRORS = {
    PhoneNumberType.MOBILE: None,
    PhoneNumberType.FIXED_LINE: 21635,
    PhoneNumberType.UNKNOWN: 21211,  # no number of Japan's numbering plan
}


@dataclass(frozen=True)
class Number:
    """A number of the account: E.164, or an alphanumeric sender; `sms` when it can send texts.

    The rest is what a number is set up with; the REST API changes it.
    https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
    """

    number: str
    sms: bool = True
    friendly_name: str = ""
    voice_url: str = ""
    voice_method: str = "POST"
    voice_fallback_url: str = ""
    voice_fallback_method: str = "POST"
    sms_url: str = ""
    sms_method: str = "POST"
    sms_fallback_url: str = ""
    sms_fallback_method: str = "POST"
    status_callback: str = ""
    status_callback_method: str = "POST"


def is_e164(number: str) -> bool:
    """Whether it is a + and 7 to 15 digits."""
    return _E164.fullmatch(number) is not None


def is_sender(name: str) -> bool:
    """Whether it has the form of a sender: E.164 or alphanumeric."""
    return is_e164(name) or _ALPHANUMERIC.fullmatch(name) is not None


def recipient_error(to: str) -> int | None:
    """Twilio's error code for texting `to`, or None when it can be texted.

    21211 not a number; 21635 a Japanese landline (https://www.twilio.com/docs/api/errors/21635);
    21614 another Japanese number that is no mobile [INF]; the magic numbers have their own.
    """
    if to in _MAGIC_TO:
        return _MAGIC_TO[to]
    if not is_e164(to):
        return 21211
    number = phonenumbers.parse(to)
    if number.country_code != _JAPAN:
        return None
    kind = phonenumbers.number_type(number)
    return _JAPANESE_ERRORS.get(kind, 21614)


def sender_error(from_: str, numbers: Iterable[Number]) -> int | None:
    """Twilio's error code for sending from `from_`, or None when it can send.

    21212 not a sender at all; 21606 not the account's, or not able to text; the magic numbers have
    their own, unless the account has the number.
    """
    if any(own.number == from_ and own.sms for own in numbers):
        return None
    if from_ in _MAGIC_FROM:
        return _MAGIC_FROM[from_]
    return 21606 if is_sender(from_) else 21212
