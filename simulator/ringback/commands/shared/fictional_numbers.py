"""The numbers that recorded calls may contain: fictional ones, so that no file exposes anyone."""

import re
from collections.abc import Iterable

import phonenumbers

from ringback import Event, is_e164
from ringback.commands.shared.account import CALLER

OWN = {
    CALLER: "a Japanese mobile",
    "+81312345678": "a landline",
    "+815098765432": "an IP telephone",
    "+447700900123": "a foreign mobile",
}
# Set aside for fiction: https://nationalnanpa.com/number_resource_info/555_numbers.html and
# https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
_FICTION = re.compile(r"\+1\d{3}55501\d\d|\+447700900\d{3}|\+442079460\d{3}")


def is_nobodys(number: str) -> bool:
    """Whether a call may be recorded from this number: ours, set aside for fiction, or withheld."""
    return number in OWN or not is_e164(number) or _FICTION.fullmatch(number) is not None


def somebodys(events: Iterable[Event], region: str = "JP") -> list[str]:
    """The numbers in a call that may be real people's: keyed in, or texted; each as it was used."""
    found = []
    for event in events:
        if event.event == "texted" and event.to and not is_nobodys(event.to):
            found.append(event.to)
        if event.event == "pressed" and _keyed(event.keys or "", region):
            found.append(event.keys or "")
    return found


def allowed_numbers() -> str:
    """The numbers that may be used, with what each is."""
    return ", ".join([*(f"{number} ({what})" for number, what in OWN.items()), "anonymous"])


def _keyed(keys: str, region: str) -> bool:
    try:
        number = phonenumbers.parse(keys.strip("#*"), region)
    except phonenumbers.NumberParseException:
        return False
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return phonenumbers.is_valid_number(number) and not is_nobodys(written)
