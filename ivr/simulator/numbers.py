"""Which telephone numbers can send and receive a message, as far as a carrier can tell."""

import re
from dataclasses import dataclass

_E164 = re.compile(r"\+[1-9]\d{6,14}")
_JAPANESE_MOBILE = re.compile(r"\+81(60|70|80|90)\d{8}")
# 050 (IP telephony) has the length of a mobile number; 0120 and 0800 are free-phone numbers.
_JAPANESE_OTHER = re.compile(r"\+81(50\d{8}|120\d{6}|800\d{7})")
_JAPANESE_LANDLINE = re.compile(r"\+81[1-9]\d{8}")
# https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id
_ALPHANUMERIC = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}")


@dataclass(frozen=True)
class Number:
    """A number of the account: E.164, or an alphanumeric sender; `sms` when it can send texts."""

    number: str
    sms: bool = True


def is_e164(number: str) -> bool:
    """Whether it is a + and 7 to 15 digits."""
    return _E164.fullmatch(number) is not None


def is_sender(name: str) -> bool:
    """Whether it has the form of a sender: E.164 or alphanumeric."""
    return is_e164(name) or _ALPHANUMERIC.fullmatch(name) is not None


def refusal(to: str) -> int | None:
    """Twilio's error code for texting `to`, or None when it can be texted.

    21211 not a number; 21635 a Japanese landline (https://www.twilio.com/docs/api/errors/21635);
    21614 another Japanese number that is no mobile [INF].
    """
    if not is_e164(to):
        return 21211
    if not to.startswith("+81") or _JAPANESE_MOBILE.fullmatch(to):
        return None
    if _JAPANESE_OTHER.fullmatch(to):
        return 21614
    return 21635 if _JAPANESE_LANDLINE.fullmatch(to) else 21211
