"""The agencies of a referral for one caller now: the most helpful first, and who is read with it.

The first turn of a referral never leaves a caller alone with a form, a closed agency or a number
that may fail: those who answer are read in the same breath, down to one that is staffed.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from ivr.engine.caller import CallerKind
from ivr.engine.hours import AgencyStates, Availability
from ivr.engine.tree import Refer

if TYPE_CHECKING:
    from ivr.engine.line import Line

_MOST_IN_ONE_TURN = 3
_STAFFED = (Availability.OPEN, Availability.ALWAYS)


@dataclass(frozen=True)
class ReferralRow:
    """What a tree says of a referral: its own agencies, those it also names, how many at once."""

    own: tuple[str, ...]
    also: tuple[str, ...]
    together: int

    @classmethod
    def of(cls, node: Refer) -> Self:
        """The row of one referral."""
        return cls(node.refer, node.named[len(node.refer) :], node.together)


@dataclass(frozen=True)
class Ranking:
    """The referral's own agencies in order; and those that its first turn reads, one of its own
    first."""

    names: tuple[str, ...]
    first_turn: tuple[str, ...]

    @property
    def one_by_one(self) -> tuple[str, ...]:
        """The agencies as key 2 leads through them: none that the first turn read on the way."""
        return tuple(name for name in self.names if name not in self.first_turn[1:])


@lru_cache(maxsize=1024)  # asked several times a turn, and few answers differ
def ranking(
    line: "Line", row: ReferralRow, language: str, kind: CallerKind, states: AgencyStates
) -> Ranking:
    """The referral's own agencies by how they help this caller now; the others by the same rule.

    A number that this kind of line reaches comes before one that it may not reach, and that before
    a form or a page; then open before closed; then those that speak the caller's language.
    Otherwise the author's order stands. Who speaks neither that nor the tree's language is left
    out: nobody there could be understood.
    """
    view = _View(line, language, kind, states)
    own = sorted(line.understood(row.own, language), key=view.rank)
    also = sorted(line.understood(row.also, language), key=view.rank)
    return Ranking(tuple(own), view.first_turn((*own, *also), row.together))


@dataclass(frozen=True)
class _View:
    """Agencies as one caller sees them now."""

    line: "Line"
    language: str
    kind: CallerKind
    states: AgencyStates

    def rank(self, name: str) -> tuple[int, bool, bool]:
        phone = self.line.agency(name).phone_for(self.kind)
        reach = 2 if phone is None else int(self.kind in phone.not_from)
        closed = phone is not None and self._availability(name) is Availability.CLOSED
        return reach, closed, not self.line.speaks(name, self.language)

    def first_turn(self, names: tuple[str, ...], together: int) -> tuple[str, ...]:
        """The first, and on down to one that is staffed; then one that is and speaks the caller's
        language, if there is any."""
        read = list(names[:1])
        for name in filter(self._answers, names[1:]):
            enough = len(read) >= together and any(map(self._is_staffed, read))
            if enough or len(read) == _MOST_IN_ONE_TURN:
                break
            read.append(name)
        ours = [n for n in names if self._is_staffed(n) and self.line.speaks(n, self.language)]
        if ours and not any(name in ours for name in read):
            read = [*read[: _MOST_IN_ONE_TURN - 1], ours[0]]
        return tuple(read)

    def _is_staffed(self, name: str) -> bool:
        return self._answers(name) and self._availability(name) in _STAFFED

    def _answers(self, name: str) -> bool:
        """Whether it has a number that this line reaches, and is not known to be closed."""
        phone = self.line.agency(name).phone_for(self.kind)
        reached = phone is not None and self.kind not in phone.not_from
        return reached and self._availability(name) is not Availability.CLOSED

    def _availability(self, name: str) -> Availability:
        return self.states.of(name).availability
