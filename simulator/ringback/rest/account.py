"""The account that the API serves, and what its resources read and change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime

from ringback.calls.switchboard import Switchboard
from ringback.identifiers import Identifiers
from ringback.messages.message_centre import MessageCentre
from ringback.numbers.account_numbers import AccountNumbers
from ringback.webhooks.parameters import API_VERSION


@dataclass(frozen=True, kw_only=True)
class Account:
    """`secrets` are the passwords by user name (account sid, API key sids); `services` are the
    Messaging Services."""

    sid: str
    secrets: Mapping[str, str] = field(repr=False)
    services: tuple[str, ...]
    numbers: AccountNumbers
    message_centre: MessageCentre
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
