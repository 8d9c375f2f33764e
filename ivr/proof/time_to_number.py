"""How long callers wait for the first digit of a number, at worst, against the design's figures."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ivr.engine.caller import Caller
from ivr.engine.dialogue import MOST_TURNS, beginning, step
from ivr.engine.hours import AgencyStates
from ivr.engine.keys import PERSON_KEY
from ivr.engine.position import Event, Keys, Silence, Start
from ivr.engine.speech import Digits, Speech
from ivr.engine.tree import Ask, Refer
from ivr.engine.turn import Turn
from ivr.proof.graph import StateGraph
from ivr.proof.result import Counterexample, Finding

Seconds = Callable[[Speech], float]  # how long a speech takes, without a pause at its very end


@dataclass(frozen=True)
class Figures:
    """The design's figures, in seconds: none may take longer."""

    no_key: float = 40.0
    eager: float = 15.0
    patient: float = 35.0  # after the key, on the branches of the first question


FIGURES = Figures()

# An estimate misses a figure when it does so by more than it may be wrong: it lies 0.5 to 1.5 %
# above what `ivr timing` reads off rendered speech, which decides.
ROUNDING = 0.03


@dataclass(frozen=True)
class Wait:
    """The worst wait for a first digit on one way, over all callers and all hours of the year.

    `eager`: each key pressed at once; `patient`: each prompt heard to its end. None where no number
    is spoken. Of a call without a key `node` is empty, and only `patient` counts.
    """

    language: str
    node: str
    keys: str
    eager: float | None
    patient: float | None
    caller: Caller
    at: datetime


def waits(graph: StateGraph, seconds: Seconds) -> Iterator[Wait]:
    """The worst waits of every branch, by its fewest keys, and of a call without a key."""
    stopwatch = _Stopwatch(graph, seconds)
    for language in graph.languages:
        yield stopwatch.worst(language, "", (Silence(),) * MOST_TURNS, graph.line.tree.fallback)
        for node, keys in branches(graph):
            yield stopwatch.worst(language, node, tuple(Keys(key) for key in keys), node)
        for node, key in _questions(graph):
            silent: tuple[Event, ...] = (Keys(key), *(Silence(),) * MOST_TURNS)
            yield stopwatch.worst(language, node, silent, graph.line.tree.fallback)


def branches(graph: StateGraph) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every referral that keys lead to, by the fewest keys, and the person behind 0."""
    tree = graph.line.tree
    ahead: deque[tuple[str, tuple[str, ...]]] = deque([(tree.start, ())])
    known = {tree.start}
    while ahead:
        name, keys = ahead.popleft()
        node = graph.line.node(name)
        if isinstance(node, Refer):
            yield name, keys
            continue
        for key, choice in sorted(node.choices.items()):
            if choice.go not in known:
                known.add(choice.go)
                ahead.append((choice.go, (*keys, key)))
    yield tree.person, (PERSON_KEY,)


def _questions(graph: StateGraph) -> Iterator[tuple[str, str]]:
    """The questions behind the first one's keys: a caller may press once and then stay silent."""
    first = graph.line.node(graph.line.tree.start)
    for key, choice in sorted(first.choices.items()) if isinstance(first, Ask) else ():
        if isinstance(graph.line.node(choice.go), Ask):
            yield choice.go, key


def judged(measured: tuple[Wait, ...], figures: Figures) -> Iterator[Finding]:
    """The measured waits against the figures."""
    wanted = (
        ("no-key", "a number without any key", figures.no_key, _no_key),
        ("eager", "a number on every branch, keys pressed at once", figures.eager, _eager),
        (
            "patient",
            "a number after the first question's key, prompts heard out",
            figures.patient,
            _patient,
        ),
    )
    for name, what, most, measure in wanted:
        found = [(took, one) for one in measured if (took := measure(one)) is not None]
        if not found:
            continue
        took, one = max(found, key=lambda pair: pair[0])
        where = one.node or "nothing pressed"
        figure = f"at worst about {took:.1f} s: {one.language}, {where}"
        failures = [
            _late(late, seconds, most) for seconds, late in found if seconds > most * (1 + ROUNDING)
        ]
        yield Finding(f"seconds-{name}", f"{what}: {most:g} s at most", tuple(failures), figure)


def _or_never(seconds: float | None) -> float:
    """Who hears no number at all waits for ever: that is the worst case, not the best."""
    return float("inf") if seconds is None else seconds


def _no_key(one: Wait) -> float | None:
    return None if one.node else _or_never(one.patient)


def _eager(one: Wait) -> float | None:
    return _or_never(one.eager) if one.node else None


def _patient(one: Wait) -> float | None:
    return _or_never(one.patient) if one.node and len(one.keys.split()) == 1 else None


def _late(one: Wait, seconds: float, most: float) -> Counterexample:
    problem = (
        f"{one.node or 'nothing pressed'}: the first digit after {seconds:.1f} s, not {most:g}"
    )
    keys = tuple(Keys(key) for key in one.keys.split()) or (Silence(), Silence())
    return Counterexample(problem, one.language, one.caller, one.at, keys)


class _Stopwatch:
    """Takes the time of turns; speech that was timed before is not timed again."""

    def __init__(self, graph: StateGraph, seconds: Seconds) -> None:
        self._graph, self._seconds = graph, seconds
        self._known: dict[Speech, float] = {}

    def worst(self, language: str, node: str, events: tuple[Event, ...], end: str) -> Wait:
        """The longest wait of a call in which these things happen one after the other."""
        referral = self._graph.line.node(end)
        named = referral.named if isinstance(referral, Refer) else ()
        found = [
            self._call(language, node, events, caller, states, at)
            for caller in self._graph.circumstances.callers
            for at, states in self._graph.opening_states.spoken(named)
        ]
        return max(found, key=lambda one: _or_never(one.patient))

    def _call(
        self,
        language: str,
        node: str,
        events: tuple[Event, ...],
        caller: Caller,
        states: AgencyStates,
        at: datetime,
    ) -> Wait:
        line, eager, patient = self._graph.line, 0.0, 0.0
        turn = step(line, beginning(line, language), Start(), states, caller)
        for event in events:
            if self._speaks(turn) or turn.wait is None:
                break
            patient += self._time(turn.speech)
            patient += turn.wait if isinstance(event, Silence) else _BEFORE_KEY
            if isinstance(event, Keys) and event is events[0]:
                patient = 0.0  # counted from the key on
            turn = step(line, turn.position, event, states, caller)
        keys = " ".join(event.digits for event in events if isinstance(event, Keys))
        if not self._speaks(turn):
            return Wait(language, node, keys, None, None, caller, at)
        first = self._to_first_digit(turn.speech)
        return Wait(language, node, keys, eager + first, patient + first, caller, at)

    @staticmethod
    def _speaks(turn: Turn) -> bool:
        return any(isinstance(part, Digits) for part in turn.speech)

    def _to_first_digit(self, speech: Speech) -> float:
        place, number = next((n, p) for n, p in enumerate(speech) if isinstance(p, Digits))
        return self._time((*speech[:place], number)) - self._time((number,))

    def _time(self, speech: Speech) -> float:
        if speech not in self._known:
            self._known[speech] = self._seconds(speech)
        return self._known[speech]


_BEFORE_KEY = 0.5  # seconds in which a caller who has heard it all finds the key
