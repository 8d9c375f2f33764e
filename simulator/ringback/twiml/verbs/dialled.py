"""Whom a Dial rings: its nouns, or the number that stands in it alone."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ringback.calls.call import Call
from ringback.media.prompt_segment import words
from ringback.twiml.verb import attribute_values
from ringback.twiml.verbs.dial_schema import NOUNS, is_number
from ringback.webhooks.document import Document

_MOST_NUMBERS = 10  # https://www.twilio.com/docs/voice/twiml/number: "up to ten Number nouns"


@dataclass(frozen=True)
class DialTarget:
    """One telephone to ring: its noun, its number or name, and whether it can be called at all."""

    noun: str
    to: str
    can_be_called: bool = True


def dial_targets(call: Call, dial: Element, document: Document) -> tuple[DialTarget, ...]:
    """Those rung, in order; what cannot be called is warned of with 13223.

    https://www.twilio.com/docs/api/errors/13223. Ten of one kind is the most; that the others are
    left out is inferred [INF].
    """
    nouns = [noun for noun in dial if noun.tag in NOUNS]
    for noun in nouns:
        schema = NOUNS[noun.tag]
        attribute_values(call, noun, document, schema)
        if schema.instead:
            call.emit_unsimulated(noun.tag, schema.instead, document.url)
    if len(nouns) > _MOST_NUMBERS:
        call.warn(13215, f"Dial: more than {_MOST_NUMBERS} at once; the rest is left out", document)
    if nouns:
        return tuple(_one(call, noun, noun.tag, document) for noun in nouns[:_MOST_NUMBERS])
    # A lone number may stand in the Dial itself.
    return (_one(call, dial, "Number", document),)


def _one(call: Call, element: Element, noun: str, document: Document) -> DialTarget:
    to = _name(element)
    if noun != "Number" or is_number(to):
        return DialTarget(noun, to)
    call.warn(13223, f'Dial: "{to[:60]}" is not a telephone number', document)
    return DialTarget(noun, to, can_be_called=False)


def _name(element: Element) -> str:
    """Its text, or for a Client, Application or Sip the one of the element that names it."""
    for tag in ("Identity", "ApplicationSid", "Uri"):
        if (inner := element.find(tag)) is not None:
            return words(inner.itertext())
    return words([element.text or ""])
