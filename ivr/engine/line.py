"""A line, whole and checked: tree, directory, and the words of each language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ivr.engine.caller import CallerKind
from ivr.engine.directory import Agency, Directory
from ivr.engine.hours import AgencyStates, Availability, Timetable
from ivr.engine.prompts import Prompts
from ivr.engine.tree import Node, Tree
from ivr.engine.words import AgencyWords, NodeWords, TreeWords


@dataclass(frozen=True)
class Script:
    """All the words of one language."""

    prompts: Prompts
    tree: TreeWords
    agencies: Mapping[str, AgencyWords]

    def node(self, name: str) -> NodeWords:
        """What a node says; a node without words of its own need not stand in a translation."""
        return self.tree.nodes.get(name) or NodeWords()


@dataclass(frozen=True, eq=False, repr=False)
class Line:
    """What a caller can reach. `loading.load_line` makes one, and only a sound one."""

    tree: Tree
    directory: Directory
    scripts: Mapping[str, Script]
    timetable: Timetable

    def node(self, name: str) -> Node:
        """A node of the tree."""
        return self.tree.nodes[name]

    def agency(self, name: str) -> Agency:
        """An agency of the directory."""
        return self.directory.agencies[name]

    def speaks(self, agency: str, language: str) -> bool:
        """Whether an agency answers in a language; where that is not known, in the tree's."""
        known = self.agency(agency).languages
        if known is None or not known.speakable:
            return language == self.tree.language
        return language in known.codes

    def understood(self, names: tuple[str, ...], language: str) -> tuple[str, ...]:
        """Those of the agencies that speak a caller's language, or the tree's: nobody could be
        understood at the others."""
        return tuple(
            name
            for name in names
            if self.speaks(name, language) or self.speaks(name, self.tree.language)
        )

    def in_order(
        self, names: tuple[str, ...], language: str, kind: CallerKind, states: AgencyStates
    ) -> tuple[str, ...]:
        """The agencies that are understood: open before closed, then those that this kind of line
        can reach, then those that speak the caller's language; otherwise in the author's order."""
        return _in_order(self, names, language, kind, states)


# Asked six times a turn. On the shipped line a step takes 60 µs with the memory and 80 without.
@lru_cache(maxsize=1024)
def _in_order(
    line: Line, names: tuple[str, ...], language: str, kind: CallerKind, states: AgencyStates
) -> tuple[str, ...]:
    def rank(name: str) -> tuple[bool, bool, bool]:
        closed = states.of(name).availability is Availability.CLOSED
        phone = line.agency(name).phone_for(kind)
        may_fail = phone is not None and kind in phone.not_from
        return closed, may_fail, not line.speaks(name, language)

    return tuple(sorted(line.understood(names, language), key=rank))
