"""The whole dialogue as a graph: every place a caller can come to, and every way on from it.

A place is a position (without its count of turns) and what happens there: keys are awaited, an
effect is carried out, or the call is over. What can follow depends on nothing else.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ivr.engine.caller import Caller
from ivr.engine.dialogue import beginning
from ivr.engine.line import Line
from ivr.engine.position import Event, Position, Start
from ivr.engine.reach import keys_apart, what_may_happen
from ivr.engine.turn import Effect, Turn
from ivr.proof.noted_step import Circumstances
from ivr.proof.opening_states import Doors
from ivr.proof.shared_steps import SharedStep, SharedSteps


@dataclass(frozen=True)
class Place:
    """Where a call stands after a turn; `wait` is None where the call is over or acts first."""

    position: Position
    wait: int | None
    effect: Effect | None
    digits: int
    is_first: bool = False  # the call is answered, and nothing has been said

    @property
    def is_over(self) -> bool:
        """Whether the call ended here."""
        return self.wait is None and self.effect is None and not self.is_first

    @property
    def awaits_keys(self) -> bool:
        """Whether a caller can press something here."""
        return self.wait is not None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one step comes to: the next place, and whether it says anything, and a number."""

    place: int
    speaks: bool
    number: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A way on: what happened, at which moments of the doors (bits), and what came of it."""

    event: Event
    moments: int
    outcome: Outcome


_Seen = tuple[Position, int | None, Effect | None, int]


@dataclass(slots=True)
class _Made:
    """A step that was made: what answers it was given (a number), and the way it showed."""

    facts: int
    edge: Edge

    def at(self, moments: int) -> Edge:
        """The way at these moments; kept, for most kinds of caller share it."""
        if self.edge.moments != moments:
            self.edge = Edge(self.edge.event, moments, self.edge.outcome)
        return self.edge


class Graph:
    """The places of a line and, for each kind of caller, the ways between them.

    `languages` holds the call to some languages: ways into others are there, and end there.
    """

    def __init__(
        self,
        line: Line,
        doors: Doors,
        callers: Iterable[Caller],
        languages: Iterable[str] | None = None,
    ) -> None:
        """Explores everything; that is the work of it all."""
        self.line, self.doors, self.callers = line, doors, tuple(callers)
        self.languages = tuple(line.scripts if languages is None else languages)
        self.places: list[Place] = []
        self._known: dict[_Seen, int] = {}
        self._events: list[tuple[Event, ...]] = []
        self._made: list[list[list[_Made]]] = []
        self._steps = SharedSteps(line, doors)
        self._outcomes: dict[tuple[int, bool, bool], Outcome] = {}
        self.starts = {
            language: self._add(Place(beginning(line, language), None, None, 1, is_first=True))
            for language in self.languages
        }
        self.edges = [self._explored(Circumstances(line, doors, caller)) for caller in self.callers]

    @property
    def steps(self) -> int:
        """How many steps of the dialogue were made."""
        return self._steps.made

    @property
    def transitions(self) -> int:
        """How many ways there are between places, for all kinds of caller together."""
        return sum(len(edges) for caller in self.edges for edges in caller.values())

    def _explored(self, circumstances: Circumstances) -> dict[int, tuple[Edge, ...]]:
        edges: dict[int, tuple[Edge, ...]] = {}
        agreeing: dict[int, int] = {}  # of each row of facts, the moments at which it holds
        ahead = deque(self.starts.values())
        while ahead:
            place = ahead.popleft()
            if place in edges:
                continue
            edges[place] = tuple(self._ways(place, circumstances, agreeing))
            ahead.extend(edge.outcome.place for edge in edges[place])
        return edges

    def _ways(
        self, place: int, circumstances: Circumstances, agreeing: dict[int, int]
    ) -> Iterator[Edge]:
        if self.places[place].position.language not in self.languages:
            return
        facts = self._steps.all_facts
        for event, made in zip(self._events[place], self._made[place], strict=True):
            left = self.doors.always
            for one in made:
                if one.facts not in agreeing:
                    agreeing[one.facts] = circumstances.agreeing(facts[one.facts])
                bits = agreeing[one.facts]
                if bits:
                    left &= ~bits
                    yield one.at(bits)
            while left:
                one = self._step(place, event, circumstances, left & -left)
                bits = agreeing[one.facts] = circumstances.agreeing(facts[one.facts])
                left &= ~bits
                made.append(one)
                yield one.at(bits)

    def _step(self, place: int, event: Event, circumstances: Circumstances, moment: int) -> _Made:
        position = self.places[place].position
        shared = self._steps.step(position, event, circumstances, moment)
        kept = shared.kept(position)
        to = shared.places.get(kept)
        if to is None:
            to = shared.places[kept] = self._place(shared, position)
        came_to = to, shared.speaks, shared.number
        outcome = self._outcomes.get(came_to)
        if outcome is None:
            outcome = self._outcomes[came_to] = Outcome(*came_to)
        return _Made(shared.facts, Edge(event, moment, outcome))

    def _place(self, shared: SharedStep, here: Position) -> int:
        """The number of the place that a step leads to from a position."""
        seen = shared.next_from(here), shared.wait, shared.effect, shared.digits
        number = self._known.get(seen)
        if number is None:
            number = self._known[seen] = self._add(Place(*seen))
        return number

    def _add(self, place: Place) -> int:
        events = _events(self.line, place)
        self.places.append(place)
        self._events.append(events)
        self._made.append([[] for _ in events])
        return len(self.places) - 1


def _events(line: Line, place: Place) -> tuple[Event, ...]:
    if place.is_first:
        return (Start(),)
    turn = Turn(place.position, wait=place.wait, effect=place.effect)
    return what_may_happen(line, turn, keys_apart(line, turn))
