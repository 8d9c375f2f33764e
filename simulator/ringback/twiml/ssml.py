"""The inside of a Say: the SSML it may hold, and its words and rests with their seconds.

https://www.twilio.com/docs/voice/twiml/say/text-speech#ssml
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from ringback.media.audio_length import seconds_of_audio
from ringback.media.listener import Estimate, Voice, no_estimate
from ringback.media.prompt_segment import SegmentPart
from ringback.media.speaking_time import seconds_to_say
from ringback.twiml.schema import Schema, free_text

_PAGE = "https://www.twilio.com/docs/voice/twiml/say/text-speech#ssml"

SSML = (
    Schema(
        tag="break", page=_PAGE, attributes=(free_text("strength", "medium"), free_text("time"))
    ),
    Schema(tag="emphasis", page=_PAGE, attributes=(free_text("level", support="checked"),)),
    Schema(tag="lang", page=_PAGE, attributes=(free_text("xml:lang"),)),
    Schema(tag="p", page=_PAGE),
    Schema(
        tag="phoneme",
        page=_PAGE,
        attributes=(free_text("alphabet", support="checked"), free_text("ph", support="checked")),
    ),
    Schema(
        tag="prosody",
        page=_PAGE,
        attributes=(
            free_text("volume", support="checked"),
            free_text("rate", "medium"),
            free_text("pitch", support="checked"),
        ),
    ),
    Schema(tag="s", page=_PAGE),
    Schema(
        tag="say-as",
        page=_PAGE,
        attributes=(
            free_text("interpret-as", support="checked"),
            free_text("format", support="checked"),
        ),
    ),
    Schema(tag="sub", page=_PAGE, attributes=(free_text("alias"),)),
    Schema(tag="w", page=_PAGE, attributes=(free_text("role", support="checked"),)),
)

# The named strengths of a break and the pauses of s and p: Amazon Polly's table,
# https://docs.aws.amazon.com/polly/latest/dg/supportedtags.html
_STRENGTHS = {
    "none": 0.0,
    "x-weak": 0.0,
    "weak": 0.35,
    "medium": 0.35,
    "strong": 0.6,
    "x-strong": 1.0,
}
_AFTER = {"s": 0.6, "p": 1.0}
_RATES = {"x-slow": 0.5, "slow": 0.75, "medium": 1.0, "default": 1.0, "fast": 1.25, "x-fast": 1.5}
_LONGEST_BREAK = 10.0
WRONG_RATE = 13_513  # https://www.twilio.com/docs/api/errors/13513
_PERCENT = re.compile(r"(\d{2,3})%")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s)")


def spoken_parts(
    say: Element, language: str, voice: Voice | None = None, estimate: Estimate = no_estimate
) -> tuple[SegmentPart, ...]:
    """The pieces of one Say in order: words with their seconds, breaks as a space with theirs.

    Words take an estimated time, or where there is a voice the time of its sound; the voice sets
    its own pace, so `prosody` changes estimates only.
    """
    return tuple(_parts(say, _Manner(language, 1.0, voice, estimate)))


def wrong_rates(say: Element) -> Iterator[str]:
    """The rates of prosody elements that are none; there the normal rate holds."""
    for prosody in say.iter("prosody"):
        rate = prosody.get("rate", "medium")
        if rate not in _RATES and not _PERCENT.fullmatch(rate.strip()):
            yield rate


@dataclass(frozen=True)
class _Manner:
    """How words are spoken here: language, rate and whose voice."""

    language: str
    rate: float
    voice: Voice | None
    estimate: Estimate

    def part(self, spoken: str, written: str) -> SegmentPart:
        """The words as they are said in this manner."""
        file = self.voice(spoken, self.language) if self.voice and spoken.strip() else None
        if file is not None:
            return SegmentPart(spoken, written, seconds_of_audio(file, len(file)), file)
        seconds = self.estimate(spoken, self.language)
        if seconds is None:
            seconds = seconds_to_say(spoken, self.language)
        return SegmentPart(spoken, written, seconds / self.rate)


def _parts(element: Element, manner: _Manner) -> Iterator[SegmentPart]:
    yield from _spoken(element.text, manner)
    for child in element:
        yield from _child(child, manner)
        yield from _spoken(child.tail, manner)


def _child(child: Element, manner: _Manner) -> Iterator[SegmentPart]:
    if child.tag == "break":
        yield SegmentPart(" ", " ", _rest(child))
    elif child.tag == "sub" and child.get("alias"):
        yield manner.part(child.get("alias", ""), "".join(child.itertext()))
    elif child.tag == "prosody":
        rate = manner.rate * _rate(child.get("rate", "medium"))
        yield from _parts(child, replace(manner, rate=rate))
    elif child.tag == "lang":
        # ElementTree writes xml:lang with its namespace.
        spoken_in = child.get("{http://www.w3.org/XML/1998/namespace}lang", manner.language)
        yield from _parts(child, replace(manner, language=spoken_in))
    else:
        yield from _parts(child, manner)
        if child.tag in _AFTER:
            yield SegmentPart(" ", " ", _AFTER[child.tag])


def _spoken(text: str | None, manner: _Manner) -> Iterator[SegmentPart]:
    if text:
        yield manner.part(text, text)


def _rest(element: Element) -> float:
    written = _DURATION.fullmatch(element.get("time", "").strip())
    if written is None:
        return _STRENGTHS.get(element.get("strength", "medium"), _STRENGTHS["medium"])
    seconds = float(written[1]) / (1000 if written[2] == "ms" else 1)
    return min(seconds, _LONGEST_BREAK)


def _rate(value: str) -> float:
    if value in _RATES:
        return _RATES[value]
    percent = _PERCENT.fullmatch(value.strip())
    # 20 to 200 percent is what Polly takes; anything else is spoken at the normal rate.
    return min(2.0, max(0.2, int(percent[1]) / 100)) if percent else 1.0
