"""What a verb is to the carrier: its schema, and what it does."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ringback.calls.call import Call
from ringback.media.prompt_segment import PromptSegment
from ringback.twiml.schema import Schema
from ringback.webhooks.document import Document
from ringback.webhooks.request import Request, join

_MOST_LOOPS = 1_000
_SHOWN = 60  # of a value in a warning


@dataclass(frozen=True, kw_only=True)
class Verb:
    """A verb that acts: it returns the next request, or None to go on with the next verb.

    `answers` says whether a call that still rings is answered before the verb is executed.
    """

    schema: Schema
    execute: Callable[[Call, Element, Document], Request | None]
    answers: Callable[[Element], bool] = lambda _: True

    @property
    def name(self) -> str:
        """Its tag."""
        return self.schema.tag


@dataclass(frozen=True, kw_only=True)
class SoundVerb:
    """A verb that only sounds, alone or inside a Gather (`nested`): Say, Play, Pause."""

    schema: Schema
    segments: Callable[[Call, Element, Document, bool], Iterator[PromptSegment]]

    @property
    def name(self) -> str:
        """Its tag."""
        return self.schema.tag


def attribute_values(
    call: Call,
    element: Element,
    document: Document,
    schema: Schema,
    codes: Mapping[int, int] | None = None,
) -> dict[str, str]:
    """Every attribute's value, its default where it is absent or (with a warning) not allowed.

    What an announced attribute would have done is reported. `codes` replaces codes of warnings,
    where the same element has others inside another one.
    """
    values: dict[str, str] = {}
    for attribute in schema.attributes:
        written = element.get(attribute.name)
        value = None if written is None else attribute.parse(written)
        if written is not None and value is None:
            shown = written if len(written) <= _SHOWN else written[:_SHOWN] + "…"
            call.warn(
                (codes or {}).get(attribute.code, attribute.code),
                f'{element.tag}: {attribute.name}="{shown}" is not allowed,'
                f" expected {attribute.allowed}",
                document,
            )
        values[attribute.name] = attribute.default if value is None else value
        if value is not None and attribute.support == "announced" and value != attribute.default:
            what = f'{element.tag}: {attribute.name}="{value[:_SHOWN]}"'
            call.emit_unsimulated(element.tag, "it was left out", document.url, what)
    return values


def loop_count(loop: str) -> int:
    """How often a Say or Play sounds: 0 means 1,000 times.

    https://www.twilio.com/docs/voice/twiml/say#loop
    """
    return min(int(loop), _MOST_LOOPS) or _MOST_LOOPS


def resolve(document: Document, url: str | None) -> str:
    """A URL in the document, against the document's own; without one, the document's own."""
    return join(document.url, url.strip()) if url and url.strip() else document.url
