"""What a load calls: the line itself, served as production serves it, or an account's own app."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

from ivr.check.loading import open_line
from ivr.commands.calling.web_process import served
from ivr.commands.timings.timed_calls import routes
from ivr.engine import Line
from ivr.settings import Folders
from ringback import Carrier
from ringback.commands.shared.account import LINE, SMS_SENDER, account_of, numbers_with
from ringback.commands.shared.load_order import LoadTarget


@contextmanager
def target(url: str | None, environ: Mapping[str, str]) -> Iterator[LoadTarget]:
    """The webhook that is rung: the URL's own, or the line's, served until the end of the load.

    Raises what `account_of`, `open_line` and `served` raise.
    """
    if url is not None:
        sid, token = account_of(environ)
        yield LoadTarget(url=url, account_sid=sid, auth_token=token)
        return
    folders = Folders.from_environ(environ)
    scripts = tuple(_every_way(open_line(folders.data, folders.prompts)))
    carrier = Carrier(
        start=datetime.now(UTC),
        numbers=numbers_with(LINE),
        auth_token=secrets.token_hex(16),  # the port is open to whoever is on this machine
    )
    with ExitStack() as stack:
        api = stack.enter_context(carrier.rest_api())
        settings = {
            "TWILIO_ACCOUNT_SID": carrier.account_sid,
            "TWILIO_AUTH_TOKEN": carrier.auth_token,
            "TWILIO_API_URL": api.url,
            "SMS_FROM": SMS_SENDER,
        }
        base = stack.enter_context(served(settings, environ))
        yield LoadTarget(
            url=f"{base}/voice",
            account_sid=carrier.account_sid,
            auth_token=carrier.auth_token,
            scripts=scripts,
        )


def _every_way(line: Line) -> Iterator[str]:
    """The keys to every referral in every language, and a caller who presses none."""
    for language in ("", *line.tree.languages):
        for way in routes(line):
            yield " ".join((language, *way.keys)).strip()
    yield "-"
