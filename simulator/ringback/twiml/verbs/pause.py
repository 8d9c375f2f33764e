"""Pause: silence from the line. https://www.twilio.com/docs/voice/twiml/pause"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ringback.calls.call import Call
from ringback.media.prompt_segment import Passage, Piece
from ringback.twiml.schema import Schema, whole
from ringback.twiml.verb import Sound, given
from ringback.webhooks.document import Document

_SCHEMA = Schema(
    tag="Pause",
    page="https://www.twilio.com/docs/voice/twiml/pause",
    attributes=(whole("length", "1", 13910),),
)


def _passages(call: Call, pause: Element, document: Document, nested: bool) -> Iterator[Passage]:
    del nested
    length = given(call, pause, document, _SCHEMA)["length"]
    yield Passage(verb="Pause", pieces=(Piece("", "", float(length)),))


PAUSE = Sound(schema=_SCHEMA, passages=_passages)
