"""A position in a URL, whoever wrote it, and any event there: always a turn, and a URL again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from fuzz.parts import Parts, joined
from ivr.check.loading import open_line
from ivr.engine import (
    Caller,
    CallerKind,
    Event,
    Held,
    Keys,
    Position,
    Silence,
    Start,
    Texted,
    TextOutcome,
    TextsRefused,
    numbering,
    step,
)
from ivr.settings import Folders
from ivr.voice import Voice, nothing_to_play
from ivr.voice.twiml import to_twiml
from ivr.voice.urls import position_from, position_url

_BASE = "https://line.example.jp"
_LINE = open_line(Folders().data, Folders().prompts)
_VOICES = {
    language: Voice(script.prompts.voice, script.prompts.locale)
    for language, script in _LINE.scripts.items()
}
_NUMBERING = numbering(_LINE.tree.country)
_KINDS = tuple(CallerKind)
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
_LARGEST = 64 * 1024


def seeds() -> Iterator[bytes]:
    """Every node in every language and stage, with a key, and with what is no key."""
    for place, node in enumerate(_LINE.tree.nodes):
        for language in _LINE.scripts:
            position = Position(language, node, visits=place)
            target = position_url("", position)
            yield joined(target, "0", "1", "0", str(place))
            yield joined(target + "&stage=texting&tries=1", "2", str(place), "0", "9")
            yield joined(target + "&stage=keying&number=1", "0", "09012345678", "1", "8")


def attempt(data: bytes) -> None:
    """One step from the URL; its turn as TwiML; the turn's own URL leads back to its place."""
    parts = Parts(data)
    target = parts.raw().decode("latin-1")  # as WSGI hands it on
    try:
        urlsplit(target)
    except ValueError:
        return  # no server hands that on; the signature path refuses it before
    position = position_from(target)
    event = _event(parts)
    caller = Caller(parts.one_of(_KINDS))
    hours = int.from_bytes(parts.raw()[:2], "big")
    turn = step(_LINE, position, event, _LINE.timetable.at(_FIRST + timedelta(hours=hours)), caller)
    assert bool(turn.speech) != bool(turn.effect)
    assert turn.position.node in _LINE.tree.nodes
    assert turn.position.language in _LINE.scripts
    if turn.speech:
        assert len(to_twiml(turn, _BASE, _VOICES, nothing_to_play)) <= _LARGEST
    url = position_url(_BASE, turn.position)
    assert url.isascii()
    assert position_from(url.removeprefix(_BASE)) == turn.position


def _event(parts: Parts) -> Event:
    kind = parts.one_of("ksthrb")
    what = parts.text()
    match kind:
        case "k":
            return Keys(what) if what else Silence()
        case "t":
            return Texted(tuple(TextOutcome)[len(what) % len(TextOutcome)])
        case "h":
            # The desk gives back what the line itself took for a mobile, or nothing.
            is_mobile = _NUMBERING.kind(what) is CallerKind.MOBILE
            return Held(what if is_mobile else None)
        case "r":
            return TextsRefused((None, True, False)[len(what) % 3])
        case "b":
            return Start()
    return Silence()
