"""What a command calls or texts: the line, started for this, or any app at a URL."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from ivr.commands.calling.hosted_line import captions, hosted
from ivr.commands.calling.kana_estimate import by_kana
from ringback import Carrier
from ringback.commands.shared.account import SMS_SENDER, Connected, app_at, numbers_with
from ringback.media.listener import Estimate


def connected(
    to: str,
    at: datetime | None,
    url: str | None,
    path: str,
    environ: Mapping[str, str],
    estimate: Estimate = by_kana,
) -> Connected:
    """A carrier that has the number `to`, and the webhook: `url`, or the line's own `path`.

    `at` is the time of the line that is started; an app at a URL has a clock of its own. `estimate`
    times what no voice speaks. Entering it raises LineRefused or SettingsRefused where the line
    cannot start, click.UsageError where the account of a URL is missing from `environ`.
    """
    if url is not None:
        return app_at(url, to, environ)
    return _line(to, at, path, environ, estimate)


@contextmanager
def _line(
    to: str, at: datetime | None, path: str, environ: Mapping[str, str], estimate: Estimate
) -> Iterator[tuple[Carrier, str]]:
    carrier = Carrier(
        start=at or datetime.now().astimezone(),
        numbers=numbers_with(to),
        estimate=estimate,
        captions=captions(environ),
    )
    with carrier.rest_api() as api, hosted(carrier, api.url, SMS_SENDER, environ) as base:
        yield carrier, base + path
