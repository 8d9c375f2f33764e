"""The list of messages: which match, and one page of them.

https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from ivr.simulator.messages import Message
from ivr.simulator.rest.errors import Refusal

_DEFAULT_PAGE, _LARGEST_PAGE = 50, 1_000


@dataclass(frozen=True)
class Page:
    """One page of messages, newest first; `more` when another follows."""

    messages: tuple[Message, ...]
    number: int
    size: int
    more: bool


def page_of(messages: tuple[Message, ...], query: Mapping[str, str]) -> Page:
    """The page that `query` (To, From, DateSent, DateSent<, DateSent>, PageSize, Page) asks for."""
    size = min(max(_whole(query, "PageSize", _DEFAULT_PAGE), 1), _LARGEST_PAGE)
    number = _whole(query, "Page", 0)
    found = [message for message in reversed(messages) if _matches(message, query)]
    begins = number * size
    return Page(tuple(found[begins : begins + size]), number, size, len(found) > begins + size)


def _matches(message: Message, query: Mapping[str, str]) -> bool:
    sent = (message.sent or message.created).astimezone(UTC)
    on, before, after = (query.get(f"DateSent{sign}") for sign in ("", "<", ">"))
    return (
        query.get("To") in (None, "", message.to)
        and query.get("From") in (None, "", message.from_)
        and (not on or sent.date() == _moment(on).date())
        and (not before or sent <= _moment(before))
        and (not after or sent >= _moment(after))
    )


def _moment(written: str) -> datetime:
    """A date (its midnight, UTC) or a time, as the twilio library writes them."""
    try:
        if len(written) == len("2026-07-01"):
            day = date.fromisoformat(written)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise Refusal(400, 20001, f"DateSent is not a date: {written}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _whole(query: Mapping[str, str], name: str, default: int) -> int:
    value = query.get(name, "")
    return int(value[:6]) if value.isascii() and value.isdigit() else default
