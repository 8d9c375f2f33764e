"""What a call is answered at each step, as TwiML, remembered as long as it stays true."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from ivr.engine import (
    AgencyStates,
    Caller,
    Effect,
    Event,
    Keys,
    Line,
    Position,
    Silence,
    Start,
    Turn,
    beginning,
    last_words,
    step,
)
from ivr.voice.saying import Voice
from ivr.voice.twiml import Playlist, nothing_to_play, to_twiml
from ivr.voice.urls import position_from

REMEMBERED = 2048  # answers of 2 to 4 KB; agencies open and close a handful of times a day


class EffectHandler(Protocol):
    """Whoever carries out what a turn wants to be done first."""

    def __call__(self, call: str, number: str, effect: Effect) -> Event:
        """What came of it, in a call (its sid) from `number` (E.164, or any word); never raises."""


@dataclass(frozen=True)
class _Response:
    body: bytes
    position: Position
    effect: Effect | None


class CallHandler:
    """Answers every event of a call with TwiML, and has the effects carried out.

    The engine is pure, so a warm answer is one look-up: the same request, kind of caller and
    opening hours give the same bytes.
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
        """`number_read` is called with the node of each turn that reads a number out."""
        self._line, self._base, self._voices = line, base, voices
        self._number_read = number_read
        self._playlist = playlist
        self._effects, self._clock = effects, clock
        self._greeting = lru_cache(REMEMBERED)(self._greet)
        self._remembered = lru_cache(REMEMBERED)(self._respond)
        self._last_words = {
            language: self._twiml(last_words(line, language)) for language in line.scripts
        }

    def on_start(self, language: str | None, caller: Caller) -> bytes:
        """TwiML for a call that comes in; in the tree's language unless another is asked for."""
        known = language if language in self._line.scripts else None
        return self._greeting(known, caller, self._now())

    def on_input(
        self, target: str, digits: str, caller: Caller, call: Callable[[], tuple[str, str]]
    ) -> bytes:
        """TwiML for what happened at `target` (path and query): keys, or silence without any.

        `call` gives the call's sid and the caller's number; it is asked only where a text is due.
        """
        states = self._now()
        # A number that is keyed in is nothing to remember: neither to save work nor to keep.
        respond = self._remembered if len(digits) < 2 else self._respond
        response = respond(target, digits, caller, states)
        if response.effect is not None:
            event = self._effects(*call(), response.effect)
            response = self._work_out(response.position, event, caller, states)
        if response.position.number:
            self._number_read(response.position.node)
        return response.body

    def last_words(self, language: str) -> bytes:
        """Numbers that are staffed day and night, for when all else fails."""
        return self._last_words.get(language, self._last_words[self._line.tree.language])

    def _now(self) -> AgencyStates:
        return self._line.timetable.at(self._clock())

    def _greet(self, language: str | None, caller: Caller, states: AgencyStates) -> bytes:
        position = beginning(self._line, language)
        return self._work_out(position, Start(), caller, states).body

    def _respond(self, target: str, digits: str, caller: Caller, states: AgencyStates) -> _Response:
        event: Event = Keys(digits) if digits else Silence()
        return self._work_out(position_from(target), event, caller, states)

    def _work_out(
        self, position: Position, event: Event, caller: Caller, states: AgencyStates
    ) -> _Response:
        turn = step(self._line, position, event, states, caller)
        body = b"" if turn.effect else self._twiml(turn)
        return _Response(body, turn.position, turn.effect)

    def _twiml(self, turn: Turn) -> bytes:
        return to_twiml(turn, self._base, self._voices, self._playlist)
