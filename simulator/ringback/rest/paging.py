"""Lists: which of the things match, and one page of them.

https://www.twilio.com/docs/usage/twilios-response#pagination
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import TypeVar
from urllib.parse import urlencode

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from ringback.rest.errors import bad_request

Thing = TypeVar("Thing")
_DEFAULT_PAGE, _LARGEST_PAGE = 50, 1_000


def page(
    name: str, things: Iterable[Thing], as_json: Callable[[Thing], dict[str, object]]
) -> ResponseReturnValue:
    """The page of `things` that the request asks for (Page, PageSize), under `name`."""
    found = list(things)
    size = min(max(_whole("PageSize", _DEFAULT_PAGE), 1), _LARGEST_PAGE)
    number = _whole("Page", 0)
    begins = number * size
    shown = [as_json(thing) for thing in found[begins : begins + size]]
    return jsonify(
        {
            name: shown,
            "page": number,
            "page_size": size,
            "start": begins,
            "end": begins + max(len(shown) - 1, 0),
            "first_page_uri": _uri(0, size),
            "next_page_uri": _uri(number + 1, size) if len(found) > begins + size else None,
            "previous_page_uri": _uri(number - 1, size) if number else None,
            "uri": request.full_path.rstrip("?"),
        }
    )


def query_matches(name: str, value: str) -> bool:
    """Whether the query leaves `name` open or asks for this value."""
    return request.args.get(name) in (None, "", value)


def in_date_range(name: str, moment: datetime) -> bool:
    """Whether a moment fits the query's `name`, `name<` and `name>`: a day, before, after.

    Raises Refusal 20001 for what is no date.
    """
    when = moment.astimezone(UTC)
    on, before, after = (request.args.get(f"{name}{sign}") for sign in ("", "<", ">"))
    return (
        (not on or when.date() == _moment(name, on).date())
        and (not before or when <= _moment(name, before))
        and (not after or when >= _moment(name, after))
    )


def _moment(name: str, written: str) -> datetime:
    """A date (its midnight, UTC) or a time, as the twilio library writes them."""
    try:
        if len(written) == len("2026-07-01"):
            day = date.fromisoformat(written)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise bad_request(20001, f"{name} is not a date: {written}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _uri(number: int, size: int) -> str:
    query: Mapping[str, str] = request.args.to_dict()
    return f"{request.path}?{urlencode({**query, 'Page': str(number), 'PageSize': str(size)})}"


def _whole(name: str, default: int) -> int:
    value = request.args.get(name, "")
    return int(value[:6]) if value.isascii() and value.isdigit() else default
