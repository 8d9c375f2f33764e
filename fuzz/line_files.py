"""A line's YAML files: a Line that can be called and texted, or LineRefused; nothing else."""

import functools
import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random

import yaml

from fuzz.parts import Parts, joined
from ivr.check.loading import load_line
from ivr.engine import (
    Caller,
    CallerKind,
    Held,
    Keys,
    Line,
    Silence,
    Start,
    Texted,
    TextOutcome,
    TextsRefused,
    beginning,
    last_words,
    step,
)
from ivr.engine.understanding import Understanding
from ivr.files.folders import LineTexts
from ivr.files.problems import LineRefused
from ivr.files.yaml_source import SourceText
from ivr.sms.conversation import Conversation

_TOWN = Path(__file__).resolve().parent.parent / "tests" / "lines" / "town"
_FILES = ("data/tree.yaml", "data/agencies.yaml", "prompts/ja.yaml", "prompts/en.yaml")
_SHIPPED = Path(__file__).resolve().parent.parent
_TEXTS = {name: (_TOWN / name).read_text(encoding="utf-8") for name in _FILES}
_EVENTS = (
    *(Keys(key) for key in "1234567890*#"),
    *(Silence(), Silence(), Keys("09012345678"), Keys("99")),
    *(Texted(outcome) for outcome in TextOutcome),
    *(Held(None), Held("+819012345678"), TextsRefused(True), TextsRefused(None)),
)
_EVERY = 5  # lines of a file between two seeds
_NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)
_STEPS, _SAID = 12, ("1", "2", "8", "9", "0", "もどる", "help", "?")

# Three of four files stay as they are; to compose them anew each time would be most of the work.
yaml.compose = functools.lru_cache(16)(yaml.compose)


def seeds() -> Iterator[bytes]:
    """Each file as an edit of one of its lines, and the town's and the shipped files as a whole."""
    for place, name in enumerate(_FILES):
        for number, line in list(enumerate(_TEXTS[name].splitlines()))[::_EVERY]:
            yield joined(str(place), "", str(number), line)
        yield joined(str(place), _TEXTS[name])
        yield joined(str(place), (_SHIPPED / name).read_text(encoding="utf-8"))


def attempt(data: bytes) -> None:
    """Loads the town's line with one of its files edited or replaced; what loads is called."""
    parts = Parts(data)
    varied = parts.one_of(_FILES)
    texts = {**_TEXTS, varied: parts.text() or _edited(_TEXTS[varied], parts)}
    tree, agencies, ja, en = (SourceText(name, texts[name]) for name in _FILES)
    try:
        line = load_line(LineTexts(tree, agencies, {"ja": ja, "en": en}))
    except LineRefused as refused:
        _explains(refused)
        return
    _call(line, Random(len(data)))
    _text(line)


def _explains(refused: LineRefused) -> None:
    assert refused.problems, "refused, and no reason is given"
    assert all(str(problem) and problem.line >= 1 for problem in refused.problems)


def _edited(text: str, edits: Parts) -> str:
    """The text with lines replaced: the input's parts are a line's number and what stands there."""
    lines = text.splitlines()
    for number, line in itertools.pairwise(edits.rest()):
        if number.isdigit():
            lines[int(number[:4]) % len(lines)] = line.decode("utf-8", "replace")
    return "\n".join(lines)


def _call(line: Line, chance: Random) -> None:
    for language, kind in product(line.scripts, CallerKind):
        opening = line.timetable.at(_NOON + timedelta(hours=chance.randrange(24 * 400)))
        turn = step(line, beginning(line, language), Start(), opening, Caller(kind))
        for _ in range(_STEPS):
            assert turn.speech or turn.effect, "a turn in which nothing happens"
            event = chance.choice(_EVENTS)
            turn = step(line, turn.position, event, opening, Caller(kind))
        assert last_words(line, language).speech


def _text(line: Line) -> None:
    conversation, understanding = Conversation(line), Understanding(line)
    opening, place = line.timetable.at(_NOON), None
    for body in _SAID:
        meaning = understanding.of(body, conversation.offers(place))
        reply = conversation.answer(place, meaning, opening)
        assert reply.message.body
        place = reply.place
