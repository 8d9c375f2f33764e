"""Whose API it is, and all that its resources stand on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime

from ivr.simulator.identifiers import Identifiers
from ivr.simulator.messaging.centre import MessageCentre
from ivr.simulator.number_book import NumberBook
from ivr.simulator.parameters import API_VERSION
from ivr.simulator.switchboard import Switchboard


@dataclass(frozen=True, kw_only=True)
class Account:
    """`secrets` are the passwords by user name (account sid, API key sids); `services` are the
    Messaging Services."""

    sid: str
    secrets: Mapping[str, str] = field(repr=False)
    services: tuple[str, ...]
    numbers: NumberBook
    centre: MessageCentre
    switchboard: Switchboard
    identifiers: Identifiers
    now: Callable[[], datetime]

    @property
    def path(self) -> str:
        """Where the account's resources are."""
        return f"/{API_VERSION}/Accounts/{self.sid}"


def rfc2822(moment: datetime | None) -> str | None:
    """A date as this API writes it; https://www.twilio.com/docs/usage/twilios-response"""
    return format_datetime(moment.astimezone(UTC)) if moment else None
