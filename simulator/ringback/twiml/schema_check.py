"""Twilio's schema check: names that TwiML does not have, and elements where they cannot stand.

https://www.twilio.com/docs/api/errors/12200 names misspelled verbs, wrong case, unknown attributes
and unexpected nested elements. That what is unknown is left out, and the rest goes on, is
inferred [INF]: the page calls it a warning.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import islice
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ringback.twiml.schema import SCHEMA_WARNING, Schema, elements

_MOST = 20  # of one document; an app that gets everything wrong needs no more
_SHOWN = 40  # characters of a name
_XML = "{http://www.w3.org/XML/1998/namespace}"


class SchemaWarning(NamedTuple):
    """What a warning says, and its code."""

    code: int
    text: str


def schema_warnings(
    verbs: tuple[Element, ...], known: Mapping[str, Schema]
) -> Iterator[SchemaWarning]:
    """The first twenty schema_warnings about a document, in its order."""
    yield from islice(_unknown(verbs, known), _MOST)


def _unknown(verbs: tuple[Element, ...], known: Mapping[str, Schema]) -> Iterator[SchemaWarning]:
    for element in verbs:
        schema = known.get(element.tag)
        if schema is None:
            yield SchemaWarning(
                SCHEMA_WARNING, f"<{_short(element.tag)}> is not a verb{_hint(element.tag, known)}"
            )
        else:
            yield from _inside(element, schema)


def _inside(
    element: Element, schema: Schema, deeper: Mapping[str, Schema] | None = None
) -> Iterator[SchemaWarning]:
    """`deeper` is what may stand inside any of a deep element's descendants."""
    may_nest = elements(schema.nested) if deeper is None else deeper
    names = [attribute.name for attribute in schema.attributes]
    for written in element.attrib:
        name = written.replace(_XML, "xml:")
        if name not in names:
            yield SchemaWarning(
                SCHEMA_WARNING,
                f"{element.tag}: there is no attribute {_short(name)}{_hint(name, names)}",
            )
    for nested in element:
        inner = may_nest.get(nested.tag)
        if inner is None:
            yield SchemaWarning(
                schema.nested_code,
                f"{element.tag}: <{_short(nested.tag)}> cannot stand inside"
                f"{_hint(nested.tag, may_nest)}",
            )
        else:
            yield from _inside(nested, inner, may_nest if schema.deep or deeper else None)


def _hint(name: str, known: Mapping[str, Schema] | list[str]) -> str:
    """What was probably meant, where something is near."""
    by_case = {candidate.lower(): candidate for candidate in known}
    if len(name) > _SHOWN:
        return ""
    near = get_close_matches(name.lower(), by_case, n=1)
    return f"; did you mean {by_case[near[0]]}?" if near else ""


def _short(name: str) -> str:
    return name if len(name) <= _SHOWN else name[:_SHOWN] + "…"
