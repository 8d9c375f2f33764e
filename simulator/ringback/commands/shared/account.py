"""The numbers and the account that commands call and text with."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

import click
import httpx

from ringback import Carrier, Number
from ringback.clock.virtual import Clock

CALLER = "+819012345678"
LINE = "+815031234567"
SMS_SENDER = "+15005550006"  # a 050 number cannot send texts

# A carrier that is up, and the webhook of the app that it calls or texts.
Connected = AbstractContextManager[tuple[Carrier, str]]


@contextmanager
def app_at(url: str, to: str, environ: Mapping[str, str]) -> Iterator[tuple[Carrier, str]]:
    """A carrier that has the number `to`, and the webhook `url` of an app that runs already.

    Raises click.UsageError where the account is missing from `environ`.
    """
    with carrier_of_account(numbers_with(to), environ) as carrier:
        yield carrier, url


def numbers_with(to: str) -> tuple[Number, ...]:
    """An account's numbers: the one that is called or texted, and one that can send texts."""
    return (Number(to, sms=False), Number(SMS_SENDER))


def account_of(environ: Mapping[str, str]) -> tuple[str, str]:
    """The sid and token to sign with. Raises click.UsageError where `environ` lacks one."""
    needed = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")
    missing = [name for name in needed if not environ.get(name)]
    if missing:
        raise click.UsageError(
            f"--url signs its requests as Twilio does and needs {' and '.join(missing)} in the"
            " environment, the same as the app has."
        )
    # While tokens rotate there are several; Twilio signs with the primary, which stands first.
    return environ["TWILIO_ACCOUNT_SID"], environ["TWILIO_AUTH_TOKEN"].split(",")[0].strip()


def carrier_of_account(
    numbers: tuple[Number, ...],
    environ: Mapping[str, str],
    transport: httpx.BaseTransport | None = None,
    clock: Clock | None = None,
) -> Carrier:
    """A carrier with the account of the environment, for an app that checks signatures.

    Its time is virtual, from now on, unless it has a `clock`. Raises click.UsageError where the
    account is missing.
    """
    sid, token = account_of(environ)
    return Carrier(
        start=datetime.now().astimezone(),
        clock=clock,
        numbers=numbers,
        transport=transport,
        auth_token=token,
        account_sid=sid,
    )
