"""What kind of line a caller rings from: it decides who can be texted and which numbers work."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType


class CallerKind(Enum):
    """The kinds of caller that are answered differently."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    IP_PHONE = "ip_phone"
    FOREIGN = "foreign"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Caller:
    """What the dialogue knows of who is calling; never the number."""

    kind: CallerKind
    line_texts: bool = True  # whether this line has a sender to text from

    @property
    def takes_texts(self) -> bool:
        """Only a mobile of the line's own country is ever texted (caller rule K6)."""
        return self.line_texts and self.kind is CallerKind.MOBILE


# Keypad spellings of ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE, which arrive looking
# like numbers, and a bogus one seen in Japan (twilio-rules 2.2).
_WITHHELD = frozenset(
    {"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253", "+811045000"}
)

_TEXTABLE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def known_country(country: str) -> str:
    """The country as it came; raises ValueError for one that has no telephone numbers."""
    if country not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError("expected a country's two letters, such as JP")
    return country


class Numbering:
    """Tells the kinds of number apart, seen from one country."""

    def __init__(self, country: str) -> None:
        self._country = country
        self._code = phonenumbers.country_code_for_region(country)
        example = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
        if example is None:  # no known country lacks one
            raise ValueError(f"nothing is known of mobile numbers in {country}")
        self.mobile_example = phonenumbers.format_number(example, PhoneNumberFormat.E164)
        self.mobile_digits = len("".join(self.groups(self.mobile_example)))

    def mobile(self, keyed: str) -> str | None:
        """What a caller keyed in as E.164, where it is a mobile of the country that takes texts.

        None for all else: emergency and service numbers, premium, foreign and fixed ones, and
        whatever is too short.
        """
        try:
            parsed = phonenumbers.parse(keyed, self._country)
        except phonenumbers.NumberParseException:
            return None
        if len(keyed) != self.mobile_digits:
            return None
        number = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
        same = "".join(self.groups(number)) == keyed  # no other country's, no extension
        return number if same and self.kind(number) is CallerKind.MOBILE else None

    def groups(self, number: str) -> tuple[str, ...]:
        """A number of the country (E.164) as it is written there: 090, 1234, 5678."""
        parsed = phonenumbers.parse(number)
        written = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
        return tuple(re.findall(r"[0-9]+", written))

    def kind(self, number: str) -> CallerKind:
        """The kind of a `From`: E.164 where the carrier knows it, else any word or nothing."""
        if number in _WITHHELD or not re.fullmatch(r"\+[0-9]{5,15}", number):
            return CallerKind.WITHHELD
        try:
            parsed = phonenumbers.parse(number)
        except phonenumbers.NumberParseException:
            return CallerKind.WITHHELD
        if not phonenumbers.is_valid_number(parsed):
            return CallerKind.WITHHELD
        if parsed.country_code != self._code:
            return CallerKind.FOREIGN
        kind = phonenumbers.number_type(parsed)
        if kind == PhoneNumberType.VOIP:
            return CallerKind.IP_PHONE
        return CallerKind.MOBILE if kind in _TEXTABLE else CallerKind.LANDLINE


@cache
def numbering(country: str) -> Numbering:
    """The numbering of a country; there is one of each."""
    return Numbering(country)
