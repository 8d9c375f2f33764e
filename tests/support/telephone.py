"""The shipped line and a carrier, wired together: a call is one line of a test."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx

from ivr.settings import Settings
from ivr.sms.attendant import Attendant
from ivr.web import TEXTS, create_app
from ringback import CallRecord, Carrier, ScriptedPhone
from tests.support.signed import ENVIRON, MOBILE, PUBLIC

LINE_NUMBER, SENDER = "+815031234567", "+15005550006"


@dataclass(frozen=True)
class Telephone:
    """Rings the line in process; its texts go to a real REST server on this machine."""

    carrier: Carrier
    url: str = f"{PUBLIC}/voice"

    def call(self, keys: str, from_: str = MOBILE, barge_in: bool = False) -> CallRecord:
        """A call in which the caller presses `keys`, as `ivr call --keys` writes them."""
        phone = ScriptedPhone(keys, barge_in=barge_in)
        return self.carrier.call(url=self.url, from_=from_, to=LINE_NUMBER, phone=phone)


@contextmanager
def telephone(
    at: datetime, folder: Path, environ: Mapping[str, str] | None = None
) -> Iterator[Telephone]:
    """A line whose time is `at` when the first call is answered; `folder` is for its database."""
    mounted = Mounted()
    carrier = Carrier(
        start=at,
        numbers=[LINE_NUMBER, SENDER],
        account_sid=ENVIRON["TWILIO_ACCOUNT_SID"],
        auth_token=ENVIRON["TWILIO_AUTH_TOKEN"],
        transport=mounted,
    )
    with carrier.rest_api() as rest:
        settings = Settings.from_environ(
            {
                **ENVIRON,
                "TWILIO_API_URL": rest.url,
                "DATABASE_URL": f"sqlite:///{folder}/texts.sqlite3",
                **(environ or {}),
            }
        )
        attendant = Attendant()
        app = create_app(settings, clock=carrier.now, wake=attendant.wake)
        attendant.serve(app.extensions[TEXTS].delivery)
        carrier.while_time_passes = attendant.pass_time
        mounted.serve(httpx.WSGITransport(app=app))
        yield Telephone(carrier)


class Mounted(httpx.BaseTransport):
    """Serves the public address's prefix as a proxy would: the app sees the path below it."""

    def __init__(self) -> None:
        self._app: httpx.BaseTransport | None = None

    def serve(self, app: httpx.BaseTransport) -> None:
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert self._app is not None
        raw = request.url.raw_path.decode().removeprefix("/phone")
        request.url = request.url.copy_with(raw_path=raw.encode())
        return self._app.handle_request(request)
