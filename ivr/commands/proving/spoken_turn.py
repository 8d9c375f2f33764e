"""What a caller hears of a turn: as the engine means it, and as a carrier reads it from TwiML."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from ivr.engine import Digits, Position, Turn, Words
from ivr.voice.urls import position_from


@dataclass(frozen=True)
class Heard:
    """One answer of the line: its words in order, what is then listened for, and where."""

    words: str
    wait: int | None
    digits: int
    position: Position | None
    position_of_silence: Position | None
    target: str = ""  # the path and query at which the line listens

    @property
    def bare(self) -> "Heard":
        """The same, wherever the line listens."""
        return replace(self, target="")


def meant(turn: Turn) -> Heard:
    """The turn as it was meant. Spaces are left out of all words: only voices need them."""
    said = []
    for part in turn.speech:
        if isinstance(part, Words):
            said.append(part.text)
        elif isinstance(part, Digits):
            said += ["".join(group) for group in part.groups]
    words = _together("".join(said))
    if turn.wait is None:
        return Heard(words, None, 1, None, None)
    return Heard(words, turn.wait, turn.digits, turn.position, turn.position)


def heard(body: bytes) -> Heard:
    """The answer as a carrier reads it. Raises ValueError where it is not what one understands."""
    root = fromstring(body)
    verbs = [verb.tag for verb in root]
    if verbs[-1:] == ["Hangup"] and set(verbs[:-1]) <= {"Say"}:
        return Heard(_words(root), None, 1, None, None)
    if verbs != ["Gather", "Redirect"]:
        raise ValueError(f"the answer has {', '.join(verbs) or 'nothing'}")
    gather, redirect = root
    if gather.get("input") != "dtmf" or gather.get("finishOnKey") != "":
        raise ValueError("Gather takes something else than keys, or # ends it")
    return Heard(
        _words(gather),
        int(gather.get("timeout", "")),
        int(gather.get("numDigits", "")),
        position_from(_target(gather.get("action", ""))),
        position_from(_target(redirect.text or "")),
        _target(gather.get("action", "")),
    )


def _target(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _words(parent: Element) -> str:
    """As written: what a voice says instead is up to the lexicon."""
    return _together("".join("".join(say.itertext()) for say in parent.iter("Say")))


def _together(text: str) -> str:
    return "".join(text.split())
