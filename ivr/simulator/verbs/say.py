"""Say: words, read aloud. https://www.twilio.com/docs/voice/twiml/say"""

import re
from collections.abc import Iterator
from urllib.parse import quote
from xml.etree.ElementTree import Element

from ivr.simulator.call import Call
from ivr.simulator.documents import Document
from ivr.simulator.passages import Passage, words
from ivr.simulator.ssml import pieces
from ivr.simulator.verbs.verb import Sound, times

_DEFAULT_LANGUAGE = "en-US"
_JAPANESE_VOICES = ("Mizuki", "Takumi", "Kazuha", "Tomoko")
# https://www.twilio.com/docs/api/errors/13521
_MOST_CHARACTERS = {"Polly": 3_000, "Google": 5_000}
_MOST_BASIC_CHARACTERS = 4_096
_MOST_ENCODED = 4_500


def _passages(call: Call, say: Element, document: Document, nested: bool) -> Iterator[Passage]:
    del nested  # a Say is the same inside a Gather
    language = _language(say)
    passage = Passage(
        verb="Say", pieces=pieces(say, language, call.voice, call.estimate), language=language
    )
    if not passage.text:
        call.warn(13520, "Say: there is nothing to say", document)
        return
    written = words(piece.written for piece in passage.pieces)
    if _is_too_long(say, written):
        # [INF] that only this Say is left out: the page does not say what becomes of the call.
        call.warn(13521, f"Say: {len(written)} characters are too many; split it", document)
        return
    for _ in range(times(call, say, document, 13510)):
        yield passage


def _language(say: Element) -> str:
    """The language attribute, else the voice's own, else Twilio's default."""
    voice = say.get("voice", "")
    own = re.search(r"\b([a-z]{2,3}-[A-Z]{2})\b", voice)
    if say.get("language"):
        return say.get("language", "")
    if any(name in voice for name in _JAPANESE_VOICES):
        return "ja-JP"
    return own[1] if own else _DEFAULT_LANGUAGE


def _is_too_long(say: Element, text: str) -> bool:
    engine = say.get("voice", "").partition(".")[0]
    most = _MOST_CHARACTERS.get(engine, _MOST_BASIC_CHARACTERS)
    return len(text) > most or len(quote(text)) > _MOST_ENCODED


SAY = Sound(
    name="Say",
    attributes=frozenset({"voice", "language", "loop"}),
    passages=_passages,
)
