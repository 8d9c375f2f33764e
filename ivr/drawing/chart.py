"""What is drawn: a line's questions, ways and referrals in the words of one language.

The drawing has no words of its own, so it is right in any language of any line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from babel import Locale

from ivr.engine import AgencyState, AgencyStates, Availability, Caller, CallerKind, Line
from ivr.engine.agency_order import order
from ivr.engine.context import Context
from ivr.engine.dialogue import beginning
from ivr.engine.directory import Agency
from ivr.engine.hours import is_always_open
from ivr.engine.keys import (
    AGAIN_KEY,
    NEXT_KEY,
    PERSON_KEY,
    REFUSE_KEY,
    SLOW_KEY,
    TEXT_KEY,
    TOP_KEY,
    language_keys,
)
from ivr.engine.tree import Ask, Refer

NO_INPUT = "…"  # stands where a key would: the way of those who press nothing
_COMMAS = "、,，"


@dataclass(frozen=True)
class Branch:
    """A way from one card to another: the key (or NO_INPUT) and the caller's words for it."""

    key: str
    words: str
    to: str


@dataclass(frozen=True)
class Contact:
    """An agency as a card shows it: only facts that may be spoken.

    `number` is as printed, `link` its page; with neither, `instead` says what a caller hears.
    `tags` say so if it is always open, and its language where that is not the call's.
    """

    name: str
    number: str | None = None
    link: str | None = None
    instead: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """A node: what it says before and after its agencies, or asks, and where it leads."""

    node: str
    covers: tuple[str, ...]
    said: str | None = None
    after: str | None = None
    contacts: tuple[Contact, ...] = ()
    branches: tuple[Branch, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return not self.contacts


@dataclass(frozen=True)
class Chart:
    """A line in one language. `anywhere` are the ways that are open at every point (key 0, and no
    key at all); `keys` those that every referral offers; `languages` the other languages' keys."""

    name: str
    language: str
    emergency: str
    greeting: str
    start: str
    cards: Mapping[str, Card]
    anywhere: tuple[Branch, ...]
    languages: tuple[tuple[str, str], ...]
    keys: tuple[tuple[str, str], ...]


def chart_of(line: Line, language: str) -> Chart:
    """The chart of a line in one of its languages. Raises KeyError for any other."""
    script = line.scripts[language]
    # By day, from a mobile: the order that most callers hear.
    open_all_day = AgencyStates(
        dict.fromkeys(line.directory.agencies, AgencyState(Availability.OPEN)), datetime.max
    )
    scene = Context(line, open_all_day, Caller(CallerKind.MOBILE), beginning(line, language))
    phrases = script.prompts.referral
    keys = (
        (TEXT_KEY, phrases.text),
        (NEXT_KEY, phrases.next),
        (SLOW_KEY, phrases.slowly),
        (REFUSE_KEY, script.prompts.refusal.offer),
        (AGAIN_KEY, phrases.repeat),
        (TOP_KEY, phrases.top),
    )
    return Chart(
        name=script.tree.name,
        language=language,
        emergency=script.tree.opening.emergency,
        greeting=script.tree.opening.greeting,
        start=line.tree.start,
        cards={name: _card(scene, name) for name in line.tree.nodes},
        anywhere=_anywhere(scene),
        languages=tuple(
            (key, _option(line.scripts[other].prompts.offer))
            for key, other in language_keys(scene).items()
        ),
        keys=tuple((key, _option(words)) for key, words in keys),
    )


def _card(scene: Context, name: str) -> Card:
    node, words = scene.line.node(name), scene.script.node(name)
    if isinstance(node, Refer):
        contacts = tuple(_contact(scene, agency) for agency in order(scene, node))
        return Card(name, node.covers, words.say, words.after, contacts)
    branches = [
        Branch(key, _option(words.choices[key]), choice.go) for key, choice in node.choices.items()
    ]
    if node.silence is not None:
        branches.append(Branch(NO_INPUT, words.stay or "", node.silence))
    return Card(name, node.covers, words.ask, branches=tuple(branches))


def _anywhere(scene: Context) -> tuple[Branch, ...]:
    """Key 0, and the end of all silence; what the first question says of waiting is its words."""
    tree, start = scene.line.tree, scene.line.node(scene.line.tree.start)
    stay = scene.script.node(tree.start).stay or ""
    if isinstance(start, Ask) and start.silence is not None:
        stay = ""  # said already, on the first question's own way of silence
    return (
        Branch(PERSON_KEY, _option(scene.prompts.menu.person), tree.person),
        Branch(NO_INPUT, stay, tree.fallback),
    )


def _contact(scene: Context, name: str) -> Contact:
    agency, words = scene.line.agency(name), scene.script.agencies[name]
    phone, link = agency.phone_for(scene.caller.kind), agency.link
    return Contact(
        name=words.name,
        number=phone.number if phone else None,
        link=link.url if link and not phone else None,
        instead=None if phone or link else scene.prompts.referral.desk,
        tags=_tags(scene, name, agency),
    )


def _tags(scene: Context, name: str, agency: Agency) -> tuple[str, ...]:
    tags, known = [], agency.hours
    if known is not None and known.speakable and is_always_open(known):
        tags.append(scene.prompts.text.always)
    if not scene.line.speaks(name, scene.position.language):
        theirs = Locale.parse(scene.line.tree.language, sep="-")
        tags.append(theirs.get_display_name(scene.prompts.babel) or scene.line.tree.language)
    return tuple(tags)


def _option(words: str) -> str:
    """An option without the comma in which it is said."""
    return words.rstrip(_COMMAS)
