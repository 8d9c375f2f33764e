"""Pause: silence from the line. https://www.twilio.com/docs/voice/twiml/pause"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ivr.simulator.call import Call
from ivr.simulator.documents import Document
from ivr.simulator.passages import Passage, Piece
from ivr.simulator.verbs.verb import Sound, positive

_DEFAULT_SECONDS = 1


def _passages(call: Call, pause: Element, document: Document, nested: bool) -> Iterator[Passage]:
    del nested
    length = positive(call, pause, document, "length", 13710) or _DEFAULT_SECONDS
    yield Passage(verb="Pause", pieces=(Piece("", "", float(length)),))


PAUSE = Sound(name="Pause", attributes=frozenset({"length"}), passages=_passages)
