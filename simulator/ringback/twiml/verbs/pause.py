"""Pause: silence from the line. https://www.twilio.com/docs/voice/twiml/pause"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ringback.calls.call import Call
from ringback.media.prompt_segment import PromptSegment, SegmentPart
from ringback.twiml.schema import Schema, whole
from ringback.twiml.verb import SoundVerb, attribute_values
from ringback.webhooks.document import Document

_SCHEMA = Schema(
    tag="Pause",
    page="https://www.twilio.com/docs/voice/twiml/pause",
    attributes=(whole("length", "1", 13910),),
)


def _segments(
    call: Call, pause: Element, document: Document, nested: bool
) -> Iterator[PromptSegment]:
    del nested
    length = attribute_values(call, pause, document, _SCHEMA)["length"]
    yield PromptSegment(verb="Pause", parts=(SegmentPart("", "", float(length)),))


PAUSE = SoundVerb(schema=_SCHEMA, segments=_segments)
