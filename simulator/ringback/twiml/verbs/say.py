"""Say: words, read aloud. https://www.twilio.com/docs/voice/twiml/say"""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote
from xml.etree.ElementTree import Element, tostring

from ringback.calls.call import Call
from ringback.media.prompt_segment import PromptSegment, SegmentPart, words
from ringback.twiml.schema import Attribute, Schema, whole
from ringback.twiml.ssml import SSML, WRONG_RATE, spoken_parts, wrong_rates
from ringback.twiml.verb import SoundVerb, attribute_values, loop_count
from ringback.webhooks.document import Document

_DEFAULT_LANGUAGE = "en-US"
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
# Which voices there are is known for Japanese alone; see simulator/docs/twiml.md.
_JAPANESE_VOICES = frozenset(
    {"Mizuki", "Takumi", "Takumi-Neural", "Kazuha-Neural", "Tomoko-Neural"}
)
_BASIC_VOICES = frozenset({"man", "woman", "alice"})
_VOICE = re.compile(r"(Polly|Google)\.([A-Za-z]\w*(-\w+)*)", re.ASCII)
# https://www.twilio.com/docs/api/errors/13521
_MOST_CHARACTERS = {"Polly": 3_000, "Google": 5_000}
_MOST_BASIC_CHARACTERS = 4_096
_MOST_ENCODED = 4_500
_SHORTEST = 0.1
# By whether it stands inside a Gather: https://www.twilio.com/docs/api/errors/13321
_WRONG_VOICE = {False: 13511, True: 13321}
_IN_GATHER = {13510: 13322}


def _language_tag(value: str) -> str | None:
    return value if _LANGUAGE.fullmatch(value) else None


_SCHEMA = Schema(
    tag="Say",
    page="https://www.twilio.com/docs/voice/twiml/say",
    attributes=(
        Attribute(
            name="voice",
            allowed="man, woman, alice, Polly.…, Google.…",
            parse=lambda value: value,  # it is looked at together with the language, below
            otherwise="the account's own",
            code=13511,
        ),
        Attribute(
            name="language",
            allowed="language tag",
            parse=_language_tag,
            otherwise="the voice's own, else en-US",
            code=13512,
        ),
        whole("loop", "1", 13510, least=0),
    ),
    nested=SSML,
    deep=True,
)


def _segments(
    call: Call, say: Element, document: Document, nested: bool
) -> Iterator[PromptSegment]:
    values = attribute_values(call, say, document, _SCHEMA, _IN_GATHER if nested else None)
    if wrong := _wrong_voice(say):
        # The Say's page has the pair of voice and language skipped, with an error; that a voice
        # that does not exist is treated alike is inferred [INF].
        call.warn(_WRONG_VOICE[nested], f"Say: {wrong}; it was skipped", document)
        return
    for rate in wrong_rates(say):
        call.warn(WRONG_RATE, f'Say: prosody rate="{rate[:20]}", the normal one holds', document)
    language = _language(say)
    segment = PromptSegment(
        verb="Say", parts=spoken_parts(say, language, call.voice, call.estimate), language=language
    )
    if not segment.text:
        call.warn(13520, "Say: there is nothing to say", document)
        return
    if length := _too_long(say, words(part.written for part in segment.parts)):
        # [INF] that only this Say is left out: the page does not say what becomes of the call.
        call.warn(13521, f"Say: {length}; split it", document)
        return
    for _ in range(loop_count(values["loop"])):
        yield _lasting(segment)


def _lasting(segment: PromptSegment) -> PromptSegment:
    """Signs that nobody reads aloud, said in an endless loop, must still take time."""
    missing = _SHORTEST - segment.seconds
    if missing <= 0:
        return segment
    return replace(segment, parts=(*segment.parts, SegmentPart(" ", " ", missing)))


def _language(say: Element) -> str:
    """The language attribute, else the voice's own, else Twilio's default."""
    written = say.get("language", "")
    return (_language_tag(written) and written) or _own(say) or _DEFAULT_LANGUAGE


def _own(say: Element) -> str | None:
    """The language that the voice speaks, where its name says it."""
    engine, _, name = say.get("voice", "").partition(".")
    if engine == "Polly" and name in _JAPANESE_VOICES:
        return "ja-JP"
    named = re.match(r"([a-z]{2,3}-[A-Z]{2})-", name) if engine == "Google" else None
    return named[1] if named else None


def _wrong_voice(say: Element) -> str | None:
    voice, language = say.get("voice"), say.get("language")
    if voice is None:
        return None
    own = _own(say)
    if voice not in _BASIC_VOICES and not _VOICE.fullmatch(voice):
        return f'there is no voice "{voice[:60]}"'
    base = voice.partition(".")[2].partition("-")[0]
    if own is None and base in {name.partition("-")[0] for name in _JAPANESE_VOICES}:
        return f'there is no voice "{voice[:60]}"'
    if own and language and _language_tag(language) and language.lower() != own.lower():
        return f"the voice {voice} does not speak {language}"
    return None


def _too_long(say: Element, said: str) -> str | None:
    """What is too long about it, by the stricter of the rules; each engine counts its own way."""
    engine = say.get("voice", "").partition(".")[0]
    most = _MOST_CHARACTERS.get(engine, _MOST_BASIC_CHARACTERS)
    length = len(_marked_up(say).encode()) if engine == "Google" else len(said)
    if length > most:
        return f"{length} characters are more than {most:,}"
    encoded = len(quote(said))
    if encoded > _MOST_ENCODED:
        return f"it is {encoded} characters long when URL-encoded, more than {_MOST_ENCODED:,}"
    return None


def _marked_up(say: Element) -> str:
    """The inside of the Say with its SSML, which Google's voices count."""
    inside = (tostring(child, encoding="unicode") for child in say)
    return (say.text or "") + "".join(inside)


SAY = SoundVerb(schema=_SCHEMA, segments=_segments)
