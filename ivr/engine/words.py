"""A tree's and a directory's words in one language, apart from how they hang together."""

from typing import Self

from pydantic import Field

from ivr.engine.directory import Agency
from ivr.engine.model import Key, Model, Name, Text
from ivr.engine.tree import Ask, Node, Opening, Tree


class NodeWords(Model):
    """What one node says; each key is absent where the node has no such words."""

    ask: Text | None = None
    choices: dict[Key, Text] = Field(default_factory=dict)
    stay: Text | None = None
    say: Text | None = None
    after: Text | None = None
    write: Text | None = None

    @classmethod
    def of(cls, node: Node) -> Self:
        """The words that stand inline in the tree."""
        if isinstance(node, Ask):
            choices = {key: choice.say for key, choice in node.choices.items()}
            return cls(ask=node.ask, choices=choices, stay=node.stay)
        return cls(say=node.say, after=node.after, write=node.write)


class TreeWords(Model):
    """What the tree says."""

    name: Text
    opening: Opening
    nodes: dict[Name, NodeWords]

    @classmethod
    def of(cls, tree: Tree) -> Self:
        """The words that stand inline in the tree."""
        nodes = {name: NodeWords.of(node) for name, node in tree.nodes.items()}
        return cls(name=tree.name, opening=tree.opening, nodes=nodes)


class AgencyWords(Model):
    """What an agency is called: in texts, in speech (`spoken`), and in a search engine."""

    name: Text
    spoken: Text | None = None
    search: Text | None = None

    @classmethod
    def of(cls, agency: Agency) -> Self:
        """The words that stand inline in the directory."""
        return cls(name=agency.name, spoken=agency.spoken, search=agency.search)

    @property
    def heard(self) -> str:
        """The name as a caller hears it."""
        return self.spoken or self.name

    @property
    def searched(self) -> str:
        """The words that find its page."""
        return self.search or self.name
