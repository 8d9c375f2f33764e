"""Pause: silence from the line. https://www.twilio.com/docs/voice/twiml/pause"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ivr.simulator.call import Call
from ivr.simulator.documents import Document
from ivr.simulator.passages import Passage, Piece
from ivr.simulator.verbs.schema import Schema, whole
from ivr.simulator.verbs.verb import Sound, given

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
