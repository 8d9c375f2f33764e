"""Steps made once, and shared by all positions and circumstances that they cannot tell apart.

What a step asks next depends only on what was answered before. So for each event the questions form
a tree: each branch is a question, each way on an answer, each leaf a step that was made. A position
and its circumstances are led through it by their own answers. Where they come to an answer that was
not met before, a step is made, and its questions and answers become a new way through the tree.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from ivr.engine.keys import KEYPAD
from ivr.engine.line import Line
from ivr.engine.position import Event, Position
from ivr.engine.speech import Digits, Speech
from ivr.engine.turn import Effect
from ivr.proof.circumstances import Circumstances, Question, Splits
from ivr.proof.noted_position import PARTS
from ivr.proof.noted_step import POSITION, NotedStep, StepMaker
from ivr.proof.position_codes import PLACES, Codes, PositionCodes

Awaited = tuple[int | None, Effect | None, int]  # a turn's wait, effect, and number of digits
Arrive = Callable[[Codes, Awaited], int]  # the number of the state where a turn leads


class Outcome(NamedTuple):
    """What one step comes to: the next state, whether it says anything, and the numbers it reads.

    A number is its keys in a row, as a caller would dial it.
    """

    state: int
    speaks: bool
    numbers: tuple[str, ...]


@dataclass(slots=True)
class _Leaf:
    """A step that was made; `copied` takes from a position what the next one has from it."""

    copied: Callable[[Codes], Hashable]
    template: tuple[int | None, ...]  # the next position's parts; None where one is copied
    awaited: Awaited
    speaks: bool
    numbers: tuple[str, ...]
    outcomes: dict[Hashable, Outcome] = field(default_factory=dict)


@dataclass(slots=True)
class _Branch:
    """A question: of a part of the position, by its place, or (-1) of the circumstances."""

    question: Question
    part: int
    splits: Splits
    ways: "_Ways" = field(default_factory=dict)


_Ways = dict[Hashable, _Branch | _Leaf]


class SharedSteps:
    """The steps of a line; `arrive` numbers the states that they lead to."""

    def __init__(
        self, line: Line, circumstances: Circumstances, codes: PositionCodes, arrive: Arrive
    ) -> None:
        self._circumstances, self._codes, self._arrive = circumstances, codes, arrive
        self._maker = StepMaker(line, circumstances)
        self._trees: _Ways = {}
        self._keys = {
            language: {script.prompts.key(key): key for key in KEYPAD}
            for language, script in line.scripts.items()
        }

    @property
    def made(self) -> int:
        """How many steps were made."""
        return self._maker.made

    def outcomes(
        self, event: Event, position: Position, codes: Codes, where: int
    ) -> list[tuple[int, Outcome]]:
        """What the event comes to at a position, and in which of the circumstances `where`."""
        found: list[tuple[int, Outcome]] = []
        ahead: list[tuple[_Ways, Hashable, int]] = [(self._trees, event, where)]
        while ahead:
            ways, answer, bits = ahead.pop()
            node = ways.get(answer)
            while type(node) is _Branch and node.part >= 0:
                ways, answer = node.ways, codes[node.part]
                node = ways.get(answer)
            if type(node) is _Leaf:
                found.append((bits, self._outcome(node, codes)))
            elif type(node) is _Branch:
                for answer, given in node.splits:
                    if bits & given:
                        ahead.append((node.ways, answer, bits & given))
            else:
                self._make(event, position, codes, bits & -bits)
                ahead.append((ways, answer, bits))
        return found

    def _outcome(self, leaf: _Leaf, codes: Codes) -> Outcome:
        copied = leaf.copied(codes)
        outcome = leaf.outcomes.get(copied)
        if outcome is None:
            pairs = zip(leaf.template, codes, strict=True)
            arrived = tuple(old if new is None else new for new, old in pairs)
            state = self._arrive(arrived, leaf.awaited)
            outcome = leaf.outcomes[copied] = Outcome(state, leaf.speaks, leaf.numbers)
        return outcome

    def _make(self, event: Event, position: Position, codes: Codes, circumstance: int) -> None:
        """Makes a step, and puts the way to it into the event's tree."""
        made = self._maker.step(position, event, circumstance)
        ways = self._trees
        answer: Hashable = event
        for question in made.asked:
            branch = ways.get(answer)
            if branch is None:
                branch = ways[answer] = self._branch(question)
            if type(branch) is not _Branch or branch.question != question:
                raise RuntimeError(f"{event} at {position}: asks {question}{_IMPURE}")
            ways = branch.ways
            if branch.part >= 0:
                answer = codes[branch.part]
            else:
                answer = next(a for a, given in branch.splits if given & circumstance)
        if answer in ways:
            raise RuntimeError(f"{event} at {position}: asks no more{_IMPURE}")
        ways[answer] = self._leaf(made)

    def _numbers(self, speech: Speech) -> tuple[str, ...]:
        """The numbers that are read out, each once; keys are looked up by how they are named."""
        found: dict[str, None] = {}
        for part in speech:
            if isinstance(part, Digits):
                keys = self._keys[part.language]
                found["".join(keys[sign] for group in part.groups for sign in group)] = None
        return tuple(found)

    def _branch(self, question: Question) -> _Branch:
        what, of = question
        if what == POSITION:
            return _Branch(question, PLACES[of], ())
        return _Branch(question, -1, self._circumstances.splits(question))

    def _leaf(self, made: NotedStep) -> _Leaf:
        turn = made.turn
        # The count of turns is no part of a state: every turn counts as the first of its call.
        changed = {**made.changed, "visits": 0}
        template = tuple(
            self._codes.of(place, changed[part]) if part in changed else None
            for place, part in enumerate(PARTS)
        )
        kept = [place for place, new in enumerate(template) if new is None]
        return _Leaf(
            itemgetter(*kept) if kept else _nothing,
            template,
            (turn.wait, turn.effect, turn.digits),
            bool(turn.speech),
            self._numbers(turn.speech),
        )


_IMPURE = ", where a step with the same answers went on otherwise: a step must be a pure function"


def _nothing(_codes: Codes) -> Hashable:
    return None
