"""The whole dialogue as a graph: every state a call can come to, and every transition between them.

A state is a position (without its count of turns) and what happens there: keys are awaited, an
effect is carried out, or the call is over. What can follow depends on nothing else.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ivr.engine.caller import Caller
from ivr.engine.dialogue import beginning
from ivr.engine.line import Line
from ivr.engine.position import Event, Position, Start
from ivr.engine.reach import keys_apart, what_may_happen
from ivr.engine.turn import Effect, Turn
from ivr.proof.circumstances import Circumstances
from ivr.proof.opening_states import OpeningStates
from ivr.proof.position_codes import Codes, PositionCodes
from ivr.proof.shared_steps import Awaited, Outcome, SharedSteps


@dataclass(frozen=True)
class CallState:
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


class Transition(NamedTuple):
    """What happened, in which circumstances (bits), and what came of it."""

    event: Event
    where: int
    outcome: Outcome


class StateGraph:
    """The states of a line (`states`), and the `transitions` from each, by its number.

    `reached` holds for each state the circumstances in which a call can come to it; the transitions
    from it cover these, each event once. `languages` holds the call to some languages: transitions
    into others are there, and end there.
    """

    def __init__(
        self,
        line: Line,
        opening_states: OpeningStates,
        callers: Iterable[Caller],
        languages: Iterable[str] | None = None,
    ) -> None:
        """Explores everything; that is the work of it all."""
        self.line, self.opening_states = line, opening_states
        self.circumstances = Circumstances(line, opening_states, callers)
        self.languages = tuple(line.scripts if languages is None else languages)
        self.states: list[CallState] = []
        self.reached: list[int] = []
        self.transitions: list[list[Transition]] = []
        self._numbers: dict[tuple[Codes, Awaited], int] = {}
        self._codes, self._coded = PositionCodes(), list[Codes]()
        self._steps = SharedSteps(line, self.circumstances, self._codes, self._arrive)
        self.starts = {
            language: self._add(CallState(beginning(line, language), None, None, 1, is_first=True))
            for language in self.languages
        }
        self._explore()

    @property
    def steps(self) -> int:
        """How many steps of the dialogue were made."""
        return self._steps.made

    def count_transitions(self) -> int:
        """How many transitions there are, counted for each kind of caller by itself."""
        callers_in = self.circumstances.count_callers
        return sum(callers_in(one.where) for found in self.transitions for one in found)

    def _explore(self) -> None:
        """From state to state; again from a state to which further kinds of caller can come."""
        new = dict.fromkeys(self.starts.values(), self.circumstances.all)
        ahead = deque(new)
        events: dict[int, tuple[Event, ...]] = {}
        while ahead:
            here = ahead.popleft()
            where = new.pop(here)
            self.reached[here] |= where
            if here not in events:
                events[here] = self._events(self.states[here])
            for event in events[here]:
                for one in self._following(here, event, where):
                    self.transitions[here].append(one)
                    to = one.outcome.state
                    arriving = self.circumstances.any_hour(one.where) & ~self.reached[to]
                    if arriving:
                        if to not in new:
                            ahead.append(to)
                        new[to] = new.get(to, 0) | arriving

    def _following(self, here: int, event: Event, where: int) -> list[Transition]:
        """The event's transitions; those that come to the same are one."""
        position, codes = self.states[here].position, self._coded[here]
        found = self._steps.outcomes(event, position, codes, where)
        if len(found) == 1:
            return [Transition(event, *found[0])]
        together: dict[Outcome, int] = {}
        for bits, outcome in found:
            together[outcome] = together.get(outcome, 0) | bits
        return [Transition(event, bits, outcome) for outcome, bits in together.items()]

    def _events(self, state: CallState) -> tuple[Event, ...]:
        if state.position.language not in self.languages:
            return ()
        if state.is_first:
            return (Start(),)
        turn = Turn(state.position, wait=state.wait, effect=state.effect)
        return what_may_happen(self.line, turn, keys_apart(self.line, turn))

    def _arrive(self, codes: Codes, awaited: Awaited) -> int:
        key = codes, awaited
        if key not in self._numbers:
            self._numbers[key] = self._add(CallState(self._codes.decoded(codes), *awaited))
        return self._numbers[key]

    def _add(self, state: CallState) -> int:
        self.states.append(state)
        self.reached.append(0)
        self.transitions.append([])
        self._coded.append(self._codes.encoded(state.position))
        return len(self.states) - 1
