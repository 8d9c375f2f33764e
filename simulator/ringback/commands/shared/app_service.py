"""What the web phone calls: any Twilio app that runs already, from numbers of every kind."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

import httpx
import phonenumbers
from phonenumbers import PhoneNumberType

from ringback.clock.real import RealClock
from ringback.commands.shared.account import LINE, SMS_SENDER, carrier_of_account, numbers_with
from ringback.webphone import CallingNumber, Connection, DialledNumber, Service

_KINDS = {
    "mobile": PhoneNumberType.MOBILE,
    "landline": PhoneNumberType.FIXED_LINE,
    "ip_phone": PhoneNumberType.VOIP,
}


def app_service(url: str, sms_url: str | None, environ: Mapping[str, str]) -> Service:
    """An app by its webhooks, `sms_url` None where it takes no texts.

    Connecting raises click.UsageError without an account in `environ`.
    """

    @contextmanager
    def connect(at: datetime | None, transport: httpx.BaseTransport) -> Iterator[Connection]:
        del at  # its clock is its own
        with carrier_of_account(numbers_with(LINE), environ, transport, RealClock()) as carrier:
            yield Connection(carrier, lambda _to: url, sms_url, SMS_SENDER)

    return Service(
        connect=connect,
        dialled=(DialledNumber(LINE, "und"),),
        callers=tuple(callers_in("JP")),
    )


def callers_in(country: str) -> Iterator[CallingNumber]:
    """A number of each kind in a country, as libphonenumber gives examples of them."""
    for kind, form in _KINDS.items():
        example = phonenumbers.example_number_for_type(country, form)
        if example is not None:
            yield CallingNumber(kind, _e164(example))
    yield CallingNumber("foreign", "+442079460958" if country == "US" else "+12015550123")
    yield CallingNumber("withheld", "anonymous")


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
