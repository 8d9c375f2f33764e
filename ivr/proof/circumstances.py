"""The circumstances of a call: each kind of caller at each set of agencies that are closed.

A set of circumstances is a number with one bit for each, so that one operation looks at all.
"""

from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from ivr.engine.caller import Caller
from ivr.engine.hours import Availability
from ivr.engine.line import Line
from ivr.proof.opening_states import OpeningStates

# What a step can ask of its circumstances: the first two of an agency, the third of a referral in a
# language.
CLOSED, PHONE, ORDER, LINE_TEXTS, TAKES_TEXTS = (
    "closed",
    "phone",
    "order",
    "line texts",
    "takes texts",
)
Question = tuple[str, Any]  # what is asked, and of what
Splits = tuple[tuple[Hashable, int], ...]  # each answer, and the circumstances that give it


class Circumstances:
    """Every kind of caller (`callers`) at every moment that differs (`moments`, `at_moments`)."""

    def __init__(self, line: Line, states: OpeningStates, callers: Iterable[Caller]) -> None:
        self._line = line
        self.callers = tuple(callers)
        self.moments, self.at_moments = states.moments, states.at_moments
        self.all = (1 << len(self.callers) * len(self.moments)) - 1
        self._hours = (1 << len(self.moments)) - 1
        self._splits: dict[Question, Splits] = {}
        self._any_hour: dict[int, int] = {}

    def of(self, caller: int) -> int:
        """All circumstances of one kind of caller (its place among the `callers`)."""
        return self._hours << caller * len(self.moments)

    def place(self, circumstance: int) -> tuple[int, int]:
        """Which caller and which moment a single bit stands for, as places in their tuples."""
        return divmod(circumstance.bit_length() - 1, len(self.moments))

    def any_hour(self, circumstances: int) -> int:
        """The same callers at all moments: agencies may open and close during a call."""
        if circumstances not in self._any_hour:
            whose = (self.of(caller) for caller in range(len(self.callers)))
            self._any_hour[circumstances] = sum(one for one in whose if one & circumstances)
        return self._any_hour[circumstances]

    def count_callers(self, circumstances: int) -> int:
        """How many kinds of caller there are among them."""
        return self.any_hour(circumstances).bit_count() // len(self.moments)

    def closed(self, agency: str) -> int:
        """The circumstances in which an agency is closed."""
        return dict(self.splits((CLOSED, agency))).get(True, 0)

    def reached(self, agency: str) -> int:
        """The circumstances in which the caller's line reaches a number of an agency."""
        found = 0
        for answer, where in self.splits((PHONE, agency)):
            if isinstance(answer, tuple) and not answer[1]:
                found |= where
        return found

    def staffed(self, agency: str) -> int:
        """Those in which somebody answers there: a number is reached, and it is open."""
        open_now = sum(
            self.at(moment)
            for moment, states in enumerate(self.at_moments)
            if states.of(agency).availability in (Availability.OPEN, Availability.ALWAYS)
        )
        return self.reached(agency) & open_now

    def at(self, moment: int) -> int:
        """All callers at one moment (its place among the `moments`)."""
        return sum(1 << moment + c * len(self.moments) for c in range(len(self.callers)))

    def splits(self, question: Question) -> Splits:
        """Each answer to a question, and where it is given."""
        if question not in self._splits:
            found: dict[Hashable, int] = {}
            for bit in bits_of(self.all):
                answer = self._answer(question, bit)
                found[answer] = found.get(answer, 0) | bit
            self._splits[question] = tuple(found.items())
        return self._splits[question]

    def _answer(self, question: Question, circumstance: int) -> Hashable:
        (what, of), (place, moment) = question, self.place(circumstance)
        caller, states = self.callers[place], self.at_moments[moment]
        if what == CLOSED:
            return states.of(of).availability is Availability.CLOSED
        if what == ORDER:
            row, language = of
            return self._line.ranking(row, language, caller.kind, states)
        if what == TAKES_TEXTS:
            return caller.takes_texts
        if what == LINE_TEXTS:
            return caller.line_texts
        phone = self._line.agency(of).phone_for(caller.kind)
        return phone and (phone.number, caller.kind in phone.not_from)


def bits_of(circumstances: int) -> Iterator[int]:
    """The single bits, the lowest first."""
    while circumstances:
        yield circumstances & -circumstances
        circumstances &= circumstances - 1
