"""The pytest plugin: `twilio_carrier` and `twilio_phone` for the tests of any TwiML app.

A project gives `twilio_app` in its conftest.py; settings are ini options, and each is a fixture
too, for a project that works it out. See simulator/docs/testing-your-own-app.md.

pytest loads this file at every start, so what calls need is imported where a call begins. No
fixture here asks for `carrier` or `phone`: a project may have fixtures of its own by these names.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

import pytest

if TYPE_CHECKING:
    from ringback.carrier import Carrier
    from ringback.testing.app_transport import AppTransport
    from ringback.testing.handset import Handset

_OPENS = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)  # a Monday, 10:00 in Tokyo
_Kind = Literal["string", "args", "bool"]
_INI: tuple[tuple[str, _Kind, object, str], ...] = (
    ("twilio_url", "string", "http://app.test/voice", "the voice webhook of a WSGI app"),
    ("twilio_sms_url", "string", "", "the messaging webhook (else /sms beside the other)"),
    ("twilio_method", "string", "POST", "how webhooks are asked, POST or GET"),
    ("twilio_numbers", "args", ["+15005550006"], "the account's numbers; the first is dialled"),
    ("twilio_caller", "string", "+819012345678", "the number of the phone, or anonymous"),
    ("twilio_account_sid", "string", "", "the app's account (else TWILIO_ACCOUNT_SID)"),
    ("twilio_auth_token", "string", "", "what signs requests (else TWILIO_AUTH_TOKEN)"),
    ("twilio_network", "bool", False, "whether sounds on other hosts are fetched"),
)
SETTINGS = tuple(name for name, *_ in _INI)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The ini options."""
    for name, kind, default, what in _INI:
        parser.addini(name, f"telephone: {what}", type=kind, default=default)


@pytest.fixture
def twilio_app() -> Any:
    """The app to call: a WSGI application, or the URL it is served at. Give your own."""
    raise pytest.UsageError(
        "twilio_phone needs an app to call. In conftest.py write a fixture twilio_app that returns"
        " your WSGI application (a Flask or Django app), or the URL of its voice webhook, such as"
        ' "http://127.0.0.1:5000/voice".'
    )


@pytest.fixture
def twilio_url(pytestconfig: pytest.Config) -> str:
    """The address at which a WSGI app takes calls, as Twilio would have it, host included."""
    return str(pytestconfig.getini("twilio_url"))


@pytest.fixture
def twilio_sms_url(pytestconfig: pytest.Config) -> str:
    """The address at which the app takes texts; empty for /sms at the host that takes calls."""
    return str(pytestconfig.getini("twilio_sms_url"))


@pytest.fixture
def twilio_method(pytestconfig: pytest.Config) -> str:
    """How the webhooks are asked: POST or GET."""
    return str(pytestconfig.getini("twilio_method")).upper()


@pytest.fixture
def twilio_numbers(pytestconfig: pytest.Config) -> list[str]:
    """The numbers of the account: what is dialled (the first, unless a test says), and texts."""
    numbers = list(pytestconfig.getini("twilio_numbers"))
    if not numbers:
        raise pytest.UsageError("twilio_numbers is empty: give the app's number, as +15005550006")
    return numbers


@pytest.fixture
def twilio_caller(pytestconfig: pytest.Config) -> str:
    """The number of the phone."""
    return str(pytestconfig.getini("twilio_caller"))


@pytest.fixture
def twilio_account_sid(pytestconfig: pytest.Config) -> str | None:
    """The account's sid, the same as the app has; None makes one up."""
    return _setting(pytestconfig, "twilio_account_sid")


@pytest.fixture
def twilio_auth_token(pytestconfig: pytest.Config) -> str | None:
    """The account's auth token, the same as the app has; None makes one up."""
    return _setting(pytestconfig, "twilio_auth_token")


@pytest.fixture
def twilio_network(pytestconfig: pytest.Config) -> bool:
    """Whether sounds on hosts that are not the app's are fetched."""
    return bool(pytestconfig.getini("twilio_network"))


@pytest.fixture
def twilio_now() -> datetime:
    """The time at which the carrier's clock begins, aware; it moves with the calls."""
    return _OPENS


@pytest.fixture
def _twilio_transport(
    request: pytest.FixtureRequest, twilio_url: str, twilio_network: bool
) -> Iterator[AppTransport]:
    """Asks for the app at the first call only, so that the app may be built with the carrier."""
    from ringback.testing.app_transport import AppTransport

    transport = AppTransport(
        lambda: request.getfixturevalue("twilio_app"), twilio_url, network=twilio_network
    )
    yield transport
    transport.close()


@pytest.fixture
def twilio_carrier(
    _twilio_transport: AppTransport,
    twilio_now: datetime,
    twilio_numbers: list[str],
    twilio_account_sid: str | None,
    twilio_auth_token: str | None,
) -> Iterator[Carrier]:
    """A telephone company of this test's own.

    Its account stands in the environment, and the twilio library talks to it in place of Twilio,
    for as long as the test runs: nothing in this process sends a real text.
    """
    from ringback.carrier import Carrier
    from ringback.testing.redirecting import instead_of_twilio

    company = Carrier(
        start=twilio_now,
        numbers=twilio_numbers,
        transport=_twilio_transport,
        account_sid=twilio_account_sid,
        auth_token=twilio_auth_token,
    )
    with company.rest_api() as api, instead_of_twilio(company, api.url):
        yield company


@pytest.fixture
def twilio_phone(
    twilio_carrier: Carrier,
    twilio_app: Any,
    _twilio_transport: AppTransport,
    twilio_sms_url: str,
    twilio_method: str,
    twilio_numbers: list[str],
    twilio_caller: str,
) -> Iterator[Handset]:
    """A telephone; a call that a test leaves open is hung up when the test is over."""
    from ringback.testing.handset import Handset

    del twilio_app  # built here rather than in the middle of a call
    handset = Handset(
        twilio_carrier,
        number=twilio_caller,
        url=_twilio_transport.url,
        sms_url=twilio_sms_url,
        method=twilio_method,
        line=twilio_numbers[0],
    )
    yield handset
    handset.close()


@pytest.fixture
def carrier(twilio_carrier: Carrier) -> Carrier:
    """`twilio_carrier` by a short name, where the project has no fixture of this name."""
    return twilio_carrier


@pytest.fixture
def phone(twilio_phone: Handset) -> Handset:
    """`twilio_phone` by a short name, where the project has no fixture of this name."""
    return twilio_phone


def _setting(config: pytest.Config, name: str) -> str | None:
    """The ini option, else the environment variable that apps read themselves."""
    return config.getini(name) or os.environ.get(name.upper()) or None
