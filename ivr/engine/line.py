"""A line, whole and checked: tree, directory, and the words of each language."""

from collections.abc import Mapping
from dataclasses import dataclass

from ivr.engine.caller import CallerKind
from ivr.engine.directory import Agency, Directory
from ivr.engine.hours import AgencyStates, Timetable
from ivr.engine.prompts import Prompts
from ivr.engine.ranking import Ranking, ReferralRow, ranking
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

    def ranking(
        self, row: ReferralRow, language: str, kind: CallerKind, states: AgencyStates
    ) -> Ranking:
        """A referral's agencies for one caller now."""
        return ranking(self, row, language, kind, states)
