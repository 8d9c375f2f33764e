"""What the line answers at each step of a call, remembered as long as it stays true."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from ivr.engine import (
    Caller,
    Effect,
    Event,
    Keys,
    Line,
    Opening,
    Position,
    Silence,
    Start,
    Turn,
    beginning,
    last_words,
    step,
)
from ivr.voice.saying import Voice
from ivr.voice.twiml import Playlist, nothing_to_play, render
from ivr.voice.urls import position_from

REMEMBERED = 2048  # answers of 2 to 4 KB; doors change a handful of times a day


class EffectHandler(Protocol):
    """Whoever carries out what a turn wants to be done first."""

    def __call__(self, call: str, number: str, effect: Effect) -> Event:
        """What came of it, in a call (its sid) from `number` (E.164, or any word); never raises."""


@dataclass(frozen=True)
class _Answer:
    body: bytes
    position: Position
    effect: Effect | None


class Answers:
    """Answers every event of a call with TwiML, and has the effects carried out.

    The engine is pure, so a warm answer is one look-up: the same request, caller kind and doors
    give the same bytes.
    """

    def __init__(
        self,
        line: Line,
        base: str,
        voices: Mapping[str, Voice],
        effects: EffectHandler,
        clock: Callable[[], datetime],
        playlist: Playlist = nothing_to_play,
        number_read: Callable[[str], None] = lambda _node: None,
    ) -> None:
        """`number_read` is told the node of each turn that reads a number out."""
        self._line, self._base, self._voices = line, base, voices
        self._number_read = number_read
        self._playlist = playlist
        self._effects, self._clock = effects, clock
        self._greeting = lru_cache(REMEMBERED)(self._greet)
        self._remembered = lru_cache(REMEMBERED)(self._hear)
        self._last_words = {
            language: self._rendered(last_words(line, language)) for language in line.scripts
        }

    def start(self, language: str | None, caller: Caller) -> bytes:
        """TwiML for a call that comes in; in the tree's language unless another is asked for."""
        known = language if language in self._line.scripts else None
        return self._greeting(known, caller, self._opening())

    def heard(
        self, target: str, digits: str, caller: Caller, call: Callable[[], tuple[str, str]]
    ) -> bytes:
        """TwiML for what happened at `target` (path and query): keys, or silence without any.

        `call` gives the call's sid and the caller's number; it is asked only where a text is due.
        """
        opening = self._opening()
        # A number that is keyed in is nothing to remember: neither to save work nor to keep.
        hear = self._remembered if len(digits) < 2 else self._hear
        answer = hear(target, digits, caller, opening)
        if answer.effect is not None:
            event = self._effects(*call(), answer.effect)
            answer = self._work_out(answer.position, event, caller, opening)
        if answer.position.number:
            self._number_read(answer.position.node)
        return answer.body

    def last_words(self, language: str) -> bytes:
        """Numbers that are staffed day and night, for when all else fails."""
        return self._last_words.get(language, self._last_words[self._line.tree.language])

    def _opening(self) -> Opening:
        return self._line.timetable.at(self._clock())

    def _greet(self, language: str | None, caller: Caller, opening: Opening) -> bytes:
        position = beginning(self._line, language)
        return self._work_out(position, Start(), caller, opening).body

    def _hear(self, target: str, digits: str, caller: Caller, opening: Opening) -> _Answer:
        event: Event = Keys(digits) if digits else Silence()
        return self._work_out(position_from(target), event, caller, opening)

    def _work_out(
        self, position: Position, event: Event, caller: Caller, opening: Opening
    ) -> _Answer:
        turn = step(self._line, position, event, opening, caller)
        body = b"" if turn.effect else self._rendered(turn)
        return _Answer(body, turn.position, turn.effect)

    def _rendered(self, turn: Turn) -> bytes:
        return render(turn, self._base, self._voices, self._playlist)
