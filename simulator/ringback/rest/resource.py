"""What the API's resources share: the account they belong to, the 404, and common JSON fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TypeVar

from flask import request

from ringback.calls.switchboard import Switchboard
from ringback.identifiers import Identifiers
from ringback.messages.message_centre import MessageCentre
from ringback.numbers.account_numbers import AccountNumbers
from ringback.rest.errors import not_found
from ringback.webhooks.parameters import API_VERSION

_Thing = TypeVar("_Thing")


@dataclass(frozen=True, kw_only=True)
class Account:
    """The account that the API serves, and what its resources read and change.

    `secrets` are the passwords by user name (account sid, API key sids); `services` are the
    Messaging Services.
    """

    sid: str
    secrets: Mapping[str, str] = field(repr=False)
    services: tuple[str, ...]
    numbers: AccountNumbers
    message_centre: MessageCentre
    switchboard: Switchboard
    identifiers: Identifiers
    now: Callable[[], datetime]


def found(thing: _Thing | None) -> _Thing:
    """The thing that a request names. Raises Refusal 404 where there is none."""
    if thing is None:
        raise not_found(request.path)
    return thing


def common_fields(
    account: Account, resource: str, sid: str, created: datetime, updated: datetime
) -> dict[str, object]:
    """The JSON fields that every resource has; `resource` is its name in the path (Calls …)."""
    return {
        "account_sid": account.sid,
        "api_version": API_VERSION,
        "date_created": rfc2822(created),
        "date_updated": rfc2822(updated),
        "sid": sid,
        "uri": uri(account, resource, sid),
    }


def uri(account: Account, *names: str) -> str:
    """The path of a resource of the account: its names in the path, such as Calls and a sid."""
    return "/".join(["", API_VERSION, "Accounts", account.sid, *names]) + ".json"


def rfc2822(moment: datetime | None) -> str | None:
    """A date as this API writes it; https://www.twilio.com/docs/usage/twilios-response"""
    return format_datetime(moment.astimezone(UTC)) if moment else None
