"""What TwiML may contain, as data: it reads values, gives warnings and is checked against
docs/twiml.md."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from ringback.callers.phone import KEYS

# simulated: it does what Twilio does. announced: an `unsimulated` event says what was done instead.
# checked: a wrong value is warned of, a right one changes nothing that can be heard here.
Support = Literal["simulated", "announced", "checked"]

SCHEMA_WARNING = 12_200  # https://www.twilio.com/docs/api/errors/12200


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """One attribute: its allowed values and default as Twilio's page has them.

    `parse` gives the value as it is used, or None where it is not allowed; then Twilio warns with
    `code` (https://www.twilio.com/docs/api/errors) and the default holds. `otherwise` says in words
    what holds where there is no value to name.
    """

    name: str
    allowed: str
    parse: Callable[[str], str | None]
    default: str = ""
    otherwise: str = ""
    code: int = SCHEMA_WARNING
    support: Support = "simulated"


@dataclass(frozen=True, kw_only=True)
class Schema:
    """One element: its attributes, what may stand inside, and the page it is documented on.

    With `deep` the nested elements may stand inside one another. An element that cannot stand here
    is warned of with `nested_code`. `instead` says what an announced one does here.
    """

    tag: str
    page: str
    attributes: tuple[Attribute, ...] = ()
    nested: tuple["Schema", ...] = ()
    deep: bool = False
    nested_code: int = SCHEMA_WARNING
    support: Support = "simulated"
    instead: str = ""

    def attribute(self, name: str) -> Attribute:
        """The attribute of that name. Raises KeyError."""
        for attribute in self.attributes:
            if attribute.name == name:
                return attribute
        raise KeyError(f"<{self.tag}> has no attribute {name}")


def url(name: str, otherwise: str = "", *, support: Support = "simulated") -> Attribute:
    """A URL, relative or absolute; whether it can be asked turns out when it is."""
    return free_text(name, otherwise, "URL", support=support)


def method(
    name: str = "method", code: int = SCHEMA_WARNING, *, support: Support = "simulated"
) -> Attribute:
    """GET or POST, in any case."""
    return choice(name, ("GET", "POST"), "POST", code, support=support)


def whole(
    name: str,
    default: str = "",
    code: int = SCHEMA_WARNING,
    *,
    least: int = 1,
    support: Support = "simulated",
) -> Attribute:
    """A whole number, written in digits."""

    def parse(value: str) -> str | None:
        if value.isascii() and value.isdigit() and int(value[:9]) >= least:
            return str(int(value[:9]))
        return None

    allowed = "positive whole number" if least == 1 else f"whole number from {least}"
    return Attribute(
        name=name, allowed=allowed, parse=parse, default=default, code=code, support=support
    )


def flag(
    name: str, default: str, code: int = SCHEMA_WARNING, *, support: Support = "simulated"
) -> Attribute:
    """true or false."""
    return choice(name, ("true", "false"), default, code, support=support)


def choice(
    name: str,
    values: tuple[str, ...],
    default: str = "",
    code: int = SCHEMA_WARNING,
    *,
    support: Support = "simulated",
) -> Attribute:
    """One of a few words; their case does not matter [INF]."""
    words = {value.lower(): value for value in values}
    return Attribute(
        name=name,
        allowed=", ".join(values),
        parse=lambda value: words.get(value.strip().lower()),
        default=default,
        code=code,
        support=support,
    )


def several(
    name: str,
    values: tuple[str, ...],
    default: str = "",
    code: int = SCHEMA_WARNING,
    *,
    support: Support = "simulated",
) -> Attribute:
    """Some of a few words, with spaces between."""

    def parse(value: str) -> str | None:
        words = value.split()
        return " ".join(words) if words and set(words) <= set(values) else None

    return Attribute(
        name=name,
        allowed=f"some of {', '.join(values)}",
        parse=parse,
        default=default,
        code=code,
        support=support,
    )


def keys(name: str, default: str, code: int, *, most: int) -> Attribute:
    """Keys of the telephone, at most so many, or none at all."""

    def parse(value: str) -> str | None:
        return value if len(value) <= most and set(value) <= set(KEYS) else None

    allowed = "one of 0-9 * #, or empty" if most == 1 else "0-9 * #"
    return Attribute(name=name, allowed=allowed, parse=parse, default=default, code=code)


def free_text(
    name: str, otherwise: str = "", allowed: str = "text", *, support: Support = "simulated"
) -> Attribute:
    """Anything."""
    return Attribute(
        name=name, allowed=allowed, parse=lambda value: value, otherwise=otherwise, support=support
    )


def only_known(names: str) -> tuple[Attribute, ...]:
    """Attributes whose names are known, and nothing else of them matters here."""
    return tuple(free_text(name, support="checked") for name in names.split())


def elements(schemas: Iterable[Schema]) -> dict[str, Schema]:
    """The schemas by their tags."""
    return {schema.tag: schema for schema in schemas}
