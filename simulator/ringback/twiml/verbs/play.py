"""Play: a sound file, or tones. https://www.twilio.com/docs/voice/twiml/play"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ringback.calls.call import Call
from ringback.media.prompt_segment import PromptSegment, SegmentPart
from ringback.twiml.schema import SCHEMA_WARNING, Attribute, Schema, whole
from ringback.twiml.verb import SoundVerb, attribute_values, loop_count, resolve
from ringback.webhooks.document import Document

_TONE_SECONDS = {"w": 0.5, "W": 1.0}
_DIGIT_SECONDS = 0.25
_TONES = frozenset("0123456789ABCD#*wW")
# By whether it stands inside a Gather: https://www.twilio.com/docs/api/errors/13325
_WRONG_TYPE = {False: 13420, True: 13325}


def _tones_only(value: str) -> str | None:
    return value if value and set(value) <= _TONES else None


_SCHEMA = Schema(
    tag="Play",
    page="https://www.twilio.com/docs/voice/twiml/play",
    attributes=(
        whole("loop", "1", 13410, least=0),
        Attribute(name="digits", allowed="0-9 A-D # * w W", parse=_tones_only, code=13430),
    ),
)


def _segments(
    call: Call, play: Element, document: Document, nested: bool
) -> Iterator[PromptSegment]:
    values = attribute_values(call, play, document, _SCHEMA)
    if "digits" in play.attrib:
        if nested:
            text = "Play: digits are not allowed inside Gather"
            call.warn(SCHEMA_WARNING, text, document)
        elif values["digits"]:
            yield _tones(values["digits"])
        return
    if not (play.text or "").strip():
        call.warn(SCHEMA_WARNING, "Play: there is no URL to play", document)
        return
    sound = call.fetch_sound(resolve(document, play.text), _WRONG_TYPE[nested])
    for _ in range(loop_count(values["loop"])):
        yield sound


def _tones(digits: str) -> PromptSegment:
    return PromptSegment(
        verb="Play",
        parts=tuple(
            SegmentPart(tone, tone, _TONE_SECONDS.get(tone, _DIGIT_SECONDS)) for tone in digits
        ),
    )


PLAY = SoundVerb(schema=_SCHEMA, segments=_segments)
