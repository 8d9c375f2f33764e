"""Play: a sound file, or tones. https://www.twilio.com/docs/voice/twiml/play"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ivr.simulator.call import Call
from ivr.simulator.documents import Document
from ivr.simulator.passages import Passage, Piece
from ivr.simulator.verbs.verb import Sound, resolve, times

_TONE_SECONDS = {"w": 0.5, "W": 1.0}
_DIGIT_SECONDS = 0.25
_TONES = frozenset("0123456789ABCD#*wW")


def _passages(call: Call, play: Element, document: Document, nested: bool) -> Iterator[Passage]:
    if "digits" in play.attrib:
        yield from _tones(call, play, document, nested)
        return
    if not (play.text or "").strip():
        call.warn(13420, "Play: there is no URL to play", document)
        return
    sound = call.fetch_sound(resolve(document, play.text))
    for _ in range(times(call, play, document, 13410)):
        yield sound


def _tones(call: Call, play: Element, document: Document, nested: bool) -> Iterator[Passage]:
    digits = play.get("digits", "")
    if nested:
        call.warn(12200, "Play: digits are not allowed inside Gather", document)
    elif not digits or not set(digits) <= _TONES:
        call.warn(12200, f'Play: digits="{digits}" has more than 0-9 A-D # * w W', document)
    else:
        tones = ((tone, _TONE_SECONDS.get(tone, _DIGIT_SECONDS)) for tone in digits)
        yield Passage(
            verb="Play", pieces=tuple(Piece(tone, tone, length) for tone, length in tones)
        )


PLAY = Sound(
    name="Play",
    attributes=frozenset({"loop", "digits"}),
    passages=_passages,
)
