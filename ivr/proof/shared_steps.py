"""Steps made once, and shared by all positions and circumstances that they cannot tell apart.

What a step asks next depends only on what was answered before. So for each event the questions form
a tree: each branch is a question, each way on an answer, each leaf a step that was made. A position
and its circumstances are led through it by their own answers. Where they come to an answer that was
not met before, a step is made, and its questions become a new way through the tree.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, cast

from ivr.engine.line import Line
from ivr.engine.position import Event, Position
from ivr.engine.speech import Digits
from ivr.engine.turn import Effect, Turn
from ivr.proof.noted_position import PARTS, changed_parts
from ivr.proof.noted_step import POSITION, Circumstances, Facts, NotedSteps, Question
from ivr.proof.opening_states import Doors


@dataclass(slots=True)
class SharedStep:
    """A step that was made, for every position and circumstance that answers as `facts` say.

    `facts` are the answers of the circumstances, as a number; `kept` takes from a position what the
    next one has from it; `places` is for the user, by that.
    """

    facts: int
    changed: dict[str, Any]
    kept: Callable[[Position], Hashable]
    wait: int | None
    effect: Effect | None
    digits: int
    speaks: bool
    number: bool
    places: dict[Hashable, int] = field(default_factory=dict)

    def next_from(self, position: Position) -> Position:
        """Where the step leads from a position; every turn counts as the first of its call."""
        return replace(position, **self.changed)


@dataclass(slots=True)
class _Branch:
    """A question, and what follows each answer."""

    question: Question
    ways: "dict[Hashable, _Branch | SharedStep]" = field(default_factory=dict)


class SharedSteps:
    """The steps of a line; `all_facts` are the answers that steps were given, by their number."""

    def __init__(self, line: Line, doors: Doors) -> None:
        self._steps = NotedSteps(line, doors)
        self._trees: dict[Hashable, _Branch | SharedStep] = {}
        self._facts: dict[Facts, int] = {}
        self.all_facts: list[Facts] = []

    @property
    def made(self) -> int:
        """How many steps were made."""
        return self._steps.made

    def step(
        self, position: Position, event: Event, circumstances: Circumstances, moment: int
    ) -> SharedStep:
        """The step at a moment (its bit) of these circumstances."""
        ways: dict[Hashable, _Branch | SharedStep] = self._trees
        answer: Hashable = event
        while True:
            node = ways.get(answer)
            if node is None:
                self._make(position, event, circumstances, moment)
                node = ways[answer]
            if isinstance(node, SharedStep):
                return node
            question = node.question
            what, of = question
            if what == POSITION:
                answer = getattr(position, of)
            else:
                answer = circumstances.answer(question, moment)
            ways = node.ways

    def _make(
        self, position: Position, event: Event, circumstances: Circumstances, moment: int
    ) -> None:
        number = moment.bit_length() - 1
        turn, asked = self._steps.step(position, event, circumstances.caller, number)
        ways: dict[Hashable, _Branch | SharedStep] = self._trees
        answer: Hashable = event
        facts = []
        for question in asked:
            # The same answers always lead to the same question, never to a step.
            ways = cast(_Branch, ways.setdefault(answer, _Branch(question))).ways
            what, of = question
            if what == POSITION:
                answer = getattr(position, of)
            else:
                answer = circumstances.answer(question, moment)
                facts.append((question, answer))
        ways[answer] = self._shared(turn, tuple(facts))

    def _shared(self, turn: Turn, facts: Facts) -> SharedStep:
        if facts not in self._facts:
            self._facts[facts] = len(self.all_facts)
            self.all_facts.append(facts)
        changed = {**changed_parts(turn.position), "visits": 0}
        kept = [part for part in PARTS if part not in changed] or ["visits"]
        return SharedStep(
            self._facts[facts],
            changed,
            attrgetter(*kept),
            turn.wait,
            turn.effect,
            turn.digits,
            bool(turn.speech),
            any(isinstance(part, Digits) for part in turn.speech),
        )
