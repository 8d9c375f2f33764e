"""All that a line can come to say: every turn a caller can reach, and every door's sentence."""

from collections import deque
from collections.abc import Callable, Hashable, Iterator, Set
from dataclasses import replace
from datetime import datetime

from ivr.engine.caller import Caller, CallerKind
from ivr.engine.dialogue import RESERVED_KEYS, beginning, last_words, step
from ivr.engine.hours import Opening
from ivr.engine.line import Line
from ivr.engine.pace import AFTER_SENTENCE
from ivr.engine.position import Event, Keys, Silence, Start, Texted, TextOutcome
from ivr.engine.speech import Pause, Speech, Words
from ivr.engine.telling import door
from ivr.engine.tree import Refer
from ivr.engine.turn import Turn

_KEYS = "0123456789*#"
_DAYS = 366


def every_turn(line: Line, language: str, opening: Opening, caller: Caller) -> Iterator[Turn]:
    """Every turn that a call can come to, each once: all keys, silence, all outcomes of a text.

    Turns that differ only in how many turns came before them count as one.
    """

    def place(turn: Turn) -> Hashable:
        return replace(turn.position, visits=0), turn.speech, turn.effect

    return _explore(line, language, opening, caller, place)


def _explore(
    line: Line,
    language: str,
    opening: Opening,
    caller: Caller,
    place: Callable[[Turn], Hashable],
    once: Set[str] = frozenset(),
    never: Set[str] = frozenset(),
) -> Iterator[Turn]:
    """Breadth first; turns at one `place` count as one. Keys `once` are tried at the first turn."""
    first = step(line, beginning(line, language), Start(), opening, caller)
    known, skipped = {place(first)}, never
    ahead = deque([first])
    while ahead:
        turn = ahead.popleft()
        yield turn
        position = replace(turn.position, visits=0)
        for event in _what_may_happen(turn, skipped):
            following = step(line, position, event, opening, caller)
            if place(following) not in known:
                known.add(place(following))
                ahead.append(following)
        skipped = once | never


def every_speech(line: Line, since: datetime) -> Iterator[Speech]:
    """Every speech that any call can hear in the year after `since`, an aware time.

    Doors change what is said in two ways: which agencies come first, which changes no phrase, and
    the sentence on each door, which is listed for all states of the year.
    """
    opening = line.timetable.worst()
    once = set(RESERVED_KEYS)  # they lead to the same words from anywhere
    for language in line.scripts:  # each by itself, so that no key need change it
        for kind in _kinds(line):
            turns = _explore(
                line, language, opening, Caller(kind), _speech, once, set(line.tree.languages)
            )
            yield from (turn.speech for turn in turns)
        yield last_words(line, language).speech
    yield from _doors(line, since)


def _kinds(line: Line) -> set[CallerKind]:
    """The kinds of caller that this line answers differently."""
    numbers = [phone for agency in line.directory.agencies.values() for phone in agency.phones]
    named = {kind for phone in numbers for kind in phone.not_from}
    return {CallerKind.MOBILE, CallerKind.WITHHELD} | named


def _doors(line: Line, since: datetime) -> Iterator[Speech]:
    referred = {
        n for node in line.tree.nodes.values() if isinstance(node, Refer) for n in node.refer
    }
    statuses = {
        status
        for name in referred
        for status in line.timetable.statuses(line.agency(name), since, _DAYS)
    }
    for language, script in line.scripts.items():
        said = {door(status, script.prompts) for status in statuses}
        for sentence in sorted(words for words in said if words is not None):
            # Followed by something, as in a call: the pause belongs to what is played.
            yield Words(sentence, language), Pause(AFTER_SENTENCE), Words(sentence, language)


def _speech(turn: Turn) -> Hashable:
    """One of all turns that say the same at one node: what can follow it, is said there too."""
    return turn.position.language, turn.position.node, turn.speech, turn.effect


def _what_may_happen(turn: Turn, skipped: Set[str]) -> tuple[Event, ...]:
    if turn.effect is not None:
        return tuple(Texted(outcome) for outcome in TextOutcome)
    if turn.wait is None:
        return ()
    return (*(Keys(key) for key in _KEYS if key not in skipped), Silence())
