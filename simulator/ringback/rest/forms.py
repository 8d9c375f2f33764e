"""Reads the fields of a request."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from ringback.rest.errors import bad_request, not_simulated

_LONGEST_URL = 4_000


def is_url(url: str) -> bool:
    """Whether it can be requested: http or https, a host name without underscores, not too long.

    https://www.twilio.com/docs/api/errors/21609
    """
    try:
        parts = urlsplit(url)
        return (
            len(url) <= _LONGEST_URL
            and parts.scheme in ("http", "https")
            and "_" not in (parts.hostname or "_")
        )
    except ValueError:
        return False


def url_in(form: Mapping[str, str], name: str, code: int) -> str | None:
    """The URL in a field, None when there is none. Raises Refusal with `code` for a bad one."""
    url = form.get(name, "").strip()
    if not url:
        return None
    if not is_url(url):
        raise bad_request(code, f"The {name} '{url}' is not a valid URL.")
    return url


def method_in(form: Mapping[str, str], name: str, code: int) -> str:
    """GET or POST (the default). Raises Refusal with `code` for another."""
    method = form.get(name, "").upper() or "POST"
    if method not in ("GET", "POST"):
        raise bad_request(code, f"{name} must be GET or POST, not {form[name]}.")
    return method


def number_in(form: Mapping[str, str], name: str, least: int, most: int, code: int) -> int | None:
    """The whole number in a field, None when there is none. Raises Refusal outside its bounds."""
    value = form.get(name, "")
    if not value:
        return None
    if value.isascii() and value.isdigit() and least <= int(value[:9]) <= most:
        return int(value[:9])
    raise bad_request(code, f"{name} must be a whole number from {least} to {most}, not {value}.")


def refuse_unsimulated(form: Mapping[str, str], names: Iterable[str]) -> None:
    """Raises Refusal when a field asks for what the simulator cannot do; "false" does not."""
    for name in names:
        if form.get(name, "").lower() not in ("", "false"):
            raise not_simulated(name)
