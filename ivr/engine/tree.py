"""The tree: what is asked, which key leads where, and which agencies stand at the end."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Discriminator, Field, StringConstraints, Tag

from ivr.engine.caller import known_country
from ivr.engine.model import Key, LanguageCode, Model, Name, Text


class Choice(Model):
    """One key of a question: the caller's own words for it, and where it leads."""

    say: Text
    go: Name


class Ask(Model):
    """A question with its keys.

    ```yaml
    top:
      ask: 番号を押してください。
      choices:
        1: {say: おどされているときは, go: danger}
      stay: 押せない方は、お待ちください。
    ```
    """

    tag: ClassVar[str] = "a question"  # no YAML key: it stands in the paths of errors

    covers: tuple[Text, ...] = ()
    ask: Text | None = None  # where the keys' own words are not enough
    choices: dict[Key, Choice] = Field(min_length=1)
    stay: Text | None = None  # said after the last key: what happens to those who press nothing
    silence: Name | None = None  # where they go; the tree's `fallback` where this is absent


class Refer(Model):
    """The end of a way: the agencies that help, the best first, and who answers if they do not.

    ```yaml
    danger:
      covers: [C8]
      say: 警察をご案内します。
      refer: [police_9110, npa_form]
      also: [yorisoi]
    ```
    """

    tag: ClassVar[str] = "a referral"

    covers: tuple[Text, ...] = ()
    say: Text | None = None  # said on arrival
    refer: tuple[Name, ...] = Field(min_length=1)
    also: tuple[Name, ...] = ()  # who answers by telephone, where the first of `refer` may not
    after: Text | None = None  # said after the first agency's number
    write: Text | None = None  # added for those who text the line; `after` is spoken
    together: Annotated[int, Field(ge=1, le=3)] = 1  # how many are read in one turn

    @property
    def named(self) -> tuple[Name, ...]:
        """Every agency of it, its own first."""
        return self.refer + tuple(name for name in self.also if name not in self.refer)


def _kind(value: object) -> str | None:
    if isinstance(value, dict):
        return Refer.tag if "refer" in value and "choices" not in value else Ask.tag
    return value.tag if isinstance(value, Ask | Refer) else None


Node = Annotated[
    Annotated[Ask, Tag(Ask.tag)] | Annotated[Refer, Tag(Refer.tag)],
    Discriminator(
        _kind,
        custom_error_type="node_kind",
        custom_error_message="expected a question (`choices`) or a referral (`refer`)",
    ),
]


class Danger(StrEnum):
    """The kinds of danger that somebody can write of, the most urgent first."""

    IN_DANGER_NOW = "in_danger_now"
    WANTS_TO_DIE = "wants_to_die"
    THREATENED = "threatened"


class Opening(Model):
    """The first words of a call."""

    emergency: Text  # before all else, greeting included (caller rule A2)
    greeting: Text


class Tree(Model):
    """`tree.yaml`, whole; its words are in `language`."""

    name: Text  # who texts are from; it says nothing of the caller's trouble (caller rule K5)
    language: LanguageCode
    languages: dict[Key, LanguageCode] = Field(default_factory=dict)
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$"), AfterValidator(known_country)]
    opening: Opening
    start: Name
    person: Name  # key 0
    fallback: Name  # silence and wrong keys end here
    danger: dict[Danger, Name] = Field(default_factory=dict)  # where it leads; else to `person`
    chart: tuple[Text, ...] = ()  # the boxes that the nodes' `covers` have to cover together
    nodes: dict[Name, Node] = Field(min_length=1)

    def helps(self, danger: Danger) -> Name:
        """The node that answers somebody who is in this kind of danger."""
        return self.danger.get(danger, self.person)


def referred(tree: Tree) -> Iterator[str]:
    """Every agency that a caller may hear of; some twice."""
    for node in tree.nodes.values():
        if isinstance(node, Refer):
            yield from node.named
