"""What a verb is to the carrier: its name, the attributes Twilio documents, and what it does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ivr.simulator.call import Call
from ivr.simulator.documents import Document
from ivr.simulator.fetching import Request, join
from ivr.simulator.passages import Passage


@dataclass(frozen=True, kw_only=True)
class Verb:
    """A verb that acts: it returns the next request, or None to go on with the next verb."""

    name: str
    attributes: frozenset[str]
    execute: Callable[[Call, Element, Document], Request | None]


@dataclass(frozen=True, kw_only=True)
class Sound:
    """A verb that only sounds, alone or inside a Gather (`nested`): Say, Play, Pause."""

    name: str
    attributes: frozenset[str]
    passages: Callable[[Call, Element, Document, bool], Iterator[Passage]]


def positive(call: Call, element: Element, document: Document, name: str, code: int) -> int | None:
    """The attribute as a positive number; None when it is absent or (with a warning) is not one."""
    value = element.get(name)
    if value is None:
        return None
    if value.isascii() and value.isdigit() and int(value[:9]) > 0:
        return int(value[:9])
    call.warn(code, f'{element.tag}: {name}="{value}" is not a positive whole number', document)
    return None


def method_of(call: Call, element: Element, document: Document, code: int) -> str:
    """The method attribute, POST unless it says GET; a warning for anything else."""
    value = element.get("method", "POST")
    if value.upper() in ("GET", "POST"):
        return value.upper()
    call.warn(code, f'{element.tag}: method="{value}" is neither GET nor POST', document)
    return "POST"


def times(call: Call, element: Element, document: Document, code: int) -> int:
    """The loop attribute of Say and Play: 1 unless given, and 0 means 1,000 times.

    https://www.twilio.com/docs/voice/twiml/say#loop
    """
    value = element.get("loop", "1")
    if value.isascii() and value.isdigit():
        return min(int(value[:9]), _MOST_LOOPS) or _MOST_LOOPS
    call.warn(code, f'{element.tag}: loop="{value}" is not a whole number', document)
    return 1


def resolve(document: Document, url: str | None) -> str:
    """A URL in the document, against the document's own; without one, the document's own."""
    return join(document.url, url.strip()) if url and url.strip() else document.url


_MOST_LOOPS = 1_000
