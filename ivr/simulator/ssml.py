"""The inside of a Say: its words and rests, with SSML as far as it changes time or words.

https://www.twilio.com/docs/voice/twiml/say/text-speech#ssml
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ivr.simulator.passages import Piece
from ivr.simulator.speaking import seconds_to_say

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
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s)")


def pieces(say: Element, language: str) -> tuple[Piece, ...]:
    """The pieces of one Say in order: words with their seconds, breaks as a space with theirs."""
    return tuple(_pieces(say, language, 1.0))


def _pieces(element: Element, language: str, rate: float) -> Iterator[Piece]:
    yield from _spoken(element.text, language, rate)
    for child in element:
        yield from _child(child, language, rate)
        yield from _spoken(child.tail, language, rate)


def _child(child: Element, language: str, rate: float) -> Iterator[Piece]:
    if child.tag == "break":
        yield Piece(" ", " ", _rest(child))
    elif child.tag == "sub" and child.get("alias"):
        alias = child.get("alias", "")
        written = "".join(child.itertext())
        yield Piece(alias, written, seconds_to_say(alias, language) / rate)
    elif child.tag == "prosody":
        yield from _pieces(child, language, rate * _rate(child.get("rate", "medium")))
    elif child.tag == "lang":
        # ElementTree writes xml:lang with its namespace.
        spoken_in = child.get("{http://www.w3.org/XML/1998/namespace}lang", language)
        yield from _pieces(child, spoken_in, rate)
    else:
        yield from _pieces(child, language, rate)
        if child.tag in _AFTER:
            yield Piece(" ", " ", _AFTER[child.tag])


def _spoken(text: str | None, language: str, rate: float) -> Iterator[Piece]:
    if text:
        yield Piece(text, text, seconds_to_say(text, language) / rate)


def _rest(element: Element) -> float:
    written = _DURATION.fullmatch(element.get("time", "").strip())
    if written is None:
        return _STRENGTHS.get(element.get("strength", "medium"), _STRENGTHS["medium"])
    seconds = float(written[1]) / (1000 if written[2] == "ms" else 1)
    return min(seconds, _LONGEST_BREAK)


def _rate(value: str) -> float:
    if value in _RATES:
        return _RATES[value]
    percent = re.fullmatch(r"(\d{2,3})%", value.strip())
    # 20 to 200 percent is what Polly takes; anything else is spoken at the normal rate.
    return min(2.0, max(0.2, int(percent[1]) / 100)) if percent else 1.0
