"""A carrier and the app it rings or texts: the line, started for this, or any app at a URL."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

import click
import httpx

from ivr.commands.calling.hosted_line import by_kana, captions, hosted
from ringback import Carrier, Number
from ringback.clock.virtual import Clock
from ringback.media.listener import Estimate

CALLER = "+819012345678"
LINE = "+815031234567"
SMS_SENDER = "+15005550006"  # a 050 number cannot send texts


@contextmanager
def connected(
    to: str,
    at: datetime | None,
    url: str | None,
    path: str,
    environ: Mapping[str, str],
    estimate: Estimate = by_kana,
) -> Iterator[tuple[Carrier, str]]:
    """A carrier that has the number `to`, and the webhook: `url`, or the line's own `path`.

    `at` is the time of the line that is started; an app at a URL has a clock of its own. `estimate`
    times what no voice speaks. Raises LineRefused or SettingsRefused where the line cannot start,
    click.UsageError where the account of a URL is missing from `environ`.
    """
    numbers = (Number(to, sms=False), Number(SMS_SENDER))
    if url is not None:
        yield carrier_of_account(numbers, environ), url
        return
    carrier = Carrier(
        start=at or datetime.now().astimezone(),
        numbers=numbers,
        estimate=estimate,
        captions=captions(environ),
    )
    with carrier.rest_api() as api, hosted(carrier, api.url, SMS_SENDER, environ) as base:
        yield carrier, base + path


def refuse_time_of_url(at: datetime | None, url: str | None) -> None:
    """Raises click.UsageError for a time that nothing would read."""
    if at is not None and url is not None:
        raise click.UsageError(
            "--at sets the clock of the line that is started here; the app behind --url has a clock"
            " of its own, so leave one of the two out."
        )


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
