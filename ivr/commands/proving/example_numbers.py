"""A number of each kind that a caller may ring from."""

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from ivr.engine import CallerKind, Line, numbering

_TYPES = {
    CallerKind.LANDLINE: PhoneNumberType.FIXED_LINE,
    CallerKind.IP_PHONE: PhoneNumberType.VOIP,
}


def number_of(line: Line, kind: CallerKind) -> str:
    """A number, or a word, that a caller of this kind may ring from."""
    country = line.tree.country
    if kind is CallerKind.WITHHELD:
        return "anonymous"
    if kind is CallerKind.MOBILE:
        return numbering(country).mobile_example
    if kind is CallerKind.FOREIGN:
        country = "US" if country != "US" else "JP"
    wanted = _TYPES.get(kind, PhoneNumberType.FIXED_LINE)
    example = phonenumbers.example_number_for_type(country, wanted)
    if example is None:
        return "anonymous"
    return phonenumbers.format_number(example, PhoneNumberFormat.E164)
