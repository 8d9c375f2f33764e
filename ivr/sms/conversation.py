"""The tree by text: where a texter is, what they wrote, and the one message that answers it. Pure.

Numbers lead through the same tree as a call's keys, and a referral names the same agencies in the
same order; only what is for the ear is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ivr.engine import AgencyStates, Caller, CallerKind, Line, Position
from ivr.engine.agency_order import following, order, read_together
from ivr.engine.context import Context
from ivr.engine.keys import NEXT_KEY
from ivr.engine.prompts import Prompts
from ivr.engine.time_speech import hours_sentence
from ivr.engine.tree import Ask, Danger, Refer
from ivr.engine.understanding import Meaning, Offer, Word, without_ending
from ivr.sms.referral_text import ComposedText, details, fitted

MOST_SEGMENTS = 3
_TEXTER = Caller(CallerKind.MOBILE)
_NOTHING = Meaning()


@dataclass(frozen=True)
class Place:
    """Where a texter is: the language, the nodes from the first on, the agency named last."""

    language: str
    trail: tuple[str, ...]
    agency: str = ""


@dataclass(frozen=True)
class Reply:
    """The answer, and where it leaves the texter."""

    message: ComposedText
    place: Place


class Conversation:
    """Answers one message after the other; all it remembers is the place."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def offers(self, place: Place | None) -> Iterator[Offer]:
        """What somebody at `place` may answer in words, in every language of the line."""
        tree = self._line.tree
        here = self._known(place) or Place(tree.language, (tree.start,))
        node = self._line.node(here.trail[-1])
        for language, script in self._line.scripts.items():
            options = script.node(here.trail[-1]).choices
            if isinstance(node, Refer):
                options = {NEXT_KEY: script.prompts.referral.next}
            for key, option in options.items():
                for words in without_ending(script.prompts, option):
                    yield Offer(key, words, language)

    def answer(self, place: Place | None, meaning: Meaning, opening: AgencyStates) -> Reply:
        """The answer to a message sent at `place`; None is somebody who has not texted lately.

        A first message is an answer as any other, and what it does not say is asked.
        """
        tree = self._line.tree
        known = self._known(place)
        here = replace(known or Place("", (tree.start,)), language=self._language(known, meaning))
        if meaning.danger:
            there = self._to(here, tree.helps(meaning.danger))
            return self._write(there, opening, emergency=True)
        if meaning.word is Word.START:
            return self._write(Place(here.language, (tree.start,)), opening, emergency=True)
        if known is None:
            return self._write(self._first(here, meaning, opening), opening, emergency=True)
        if meaning.word is Word.HELP:
            return self._said(here, "emergency", "help")  # "HELP!" may be a cry
        onward = here if meaning.language else self._onward(here, meaning, opening)
        return self._write(onward or here, opening, lost=onward is None)

    def _first(self, here: Place, meaning: Meaning, opening: AgencyStates) -> Place:
        """Where a first message leads: on by an answer, else the question with all its answers."""
        if meaning.language:
            return here
        return self._onward(here, meaning, opening) or here

    def _language(self, known: Place | None, meaning: Meaning) -> str:
        """The answer's language: of the message itself for a first one and for danger.

        The key of the language one is in leads back, as in a call.
        """
        tree = self._line.tree
        if known is None:
            return meaning.language or meaning.spoken or tree.language
        if meaning.danger:
            return meaning.spoken or known.language
        back = bool(meaning.key) and meaning.language == known.language
        return tree.language if back else meaning.language or known.language

    def said(self, place: Place | None, which: str, meaning: Meaning = _NOTHING) -> Reply:
        """One of the chat's own sentences (`stopped`, `resumed`, `failed`) after a message."""
        known = self._known(place)
        here = known or Place(self._language(None, meaning), (self._line.tree.start,))
        return self._said(here, which)

    def _known(self, place: Place | None) -> Place | None:
        """The place, unless the tree has changed since."""
        if place is None or not place.trail or place.language not in self._line.scripts:
            return None
        return place if all(node in self._line.tree.nodes for node in place.trail) else None

    def _onward(self, here: Place, meaning: Meaning, opening: AgencyStates) -> Place | None:
        """Where a message leads; None where it means nothing here."""
        node = self._line.node(here.trail[-1])
        if meaning.word is Word.AGAIN:
            return here
        if meaning.word is Word.BACK:
            return replace(here, trail=here.trail[:-1] or here.trail, agency="")
        if meaning.word is Word.PERSON:
            return self._to(here, self._line.tree.person)
        if isinstance(node, Ask):
            choice = node.choices.get(meaning.key)
            return self._to(here, choice.go) if choice else None
        next_one = following(self._scene(here, opening), node, here.agency)
        return replace(here, agency=next_one) if next_one and meaning.key == NEXT_KEY else None

    @staticmethod
    def _to(here: Place, node: str) -> Place:
        """On to a node, or back to it where the way came through it: no way grows without end."""
        before = here.trail[: here.trail.index(node)] if node in here.trail else here.trail
        return Place(here.language, (*before, node))

    def _scene(self, here: Place, opening: AgencyStates) -> Context:
        position = Position(here.language, here.trail[-1], agency=here.agency)
        return Context(self._line, opening, _TEXTER, position)

    def _said(self, here: Place, *which: str) -> Reply:
        chat = self._line.scripts[here.language].prompts.chat
        lines = {name: getattr(chat, name) for name in which}
        return Reply(fitted(lines, (), MOST_SEGMENTS), here)

    def _write(
        self, here: Place, opening: AgencyStates, *, emergency: bool = False, lost: bool = False
    ) -> Reply:
        chat = self._line.scripts[here.language].prompts.chat
        node = self._line.node(here.trail[-1])
        lines: dict[str, str | None] = {
            "emergency": chat.emergency if emergency else None,
            "lost": chat.not_understood if lost else None,
        }
        if isinstance(node, Ask):
            lines |= self._question(here, node, lost)
        else:
            here = replace(here, agency=self._agency(here, node, opening))
            lines |= self._referral(here, node, opening)
        return Reply(
            fitted(lines, ("navigation", "write", "opening", "hours"), MOST_SEGMENTS), here
        )

    def _question(self, here: Place, node: Ask, lost: bool) -> dict[str, str | None]:
        script, tree = self._line.scripts[here.language], self._line.tree
        words = script.node(here.trail[-1])
        chat, at_start = script.prompts.chat, here.trail[-1] == tree.start
        lines: dict[str, str | None] = {"ask": words.ask}
        if not lost:
            lines["choose"] = chat.choose
        for key in sorted(node.choices):
            lines[key] = _option(key, words.choices[key], script.prompts)
        if at_start:
            for key, language in tree.languages.items():
                other = tree.language if language == here.language else language
                lines[key] = f"{key} {self._line.scripts[other].prompts.chat.offer}"
        lines["0"] = _option("0", script.prompts.menu.person, script.prompts)
        lines["navigation"] = None if at_start else chat.navigation
        return lines

    def _agency(self, here: Place, node: Refer, opening: AgencyStates) -> str:
        names = order(self._scene(here, opening), node)
        return here.agency if here.agency in names else names[0]

    def _referral(self, here: Place, node: Refer, opening: AgencyStates) -> dict[str, str | None]:
        script = self._line.scripts[here.language]
        prompts, words = script.prompts, script.node(here.trail[-1])
        lines = details(self._line, here.agency, here.language)
        if lines["number"] is None and lines["link"] is None:
            lines["desk"] = prompts.referral.desk
        if lines["number"] is not None:
            lines["opening"] = hours_sentence(opening.of(here.agency), prompts)
        scene = self._scene(here, opening)
        for name in read_together(scene, node, here.agency)[1:]:
            lines[name] = self._name_and_number(name, here.language)
        if here.agency == order(scene, node)[0]:
            lines["write"] = words.write
        if following(scene, node, here.agency):
            lines["next"] = _option(NEXT_KEY, prompts.referral.next, prompts)
        if here.trail[-1] != self._line.tree.person:
            lines["0"] = _option("0", prompts.menu.person, prompts)
        lines["navigation"] = prompts.chat.navigation
        return lines

    def _name_and_number(self, agency: str, language: str) -> str:
        """Another agency that answers now, on one line."""
        lines = details(self._line, agency, language)
        return f"{lines['agency']} {lines['number']}"


def _option(key: str, words: str, prompts: Prompts) -> str:
    """An option as a line: first its key, and no ending that leads over to the key in speech."""
    return f"{key} {without_ending(prompts, words)[-1]}"


def every_answer(line: Line, language: str) -> Iterator[tuple[str, ComposedText]]:
    """Every answer a texter can get, each with the name of its place; all agencies closed, which is
    what takes the most words."""
    conversation, opening = Conversation(line), line.timetable.worst()
    for name, node in line.tree.nodes.items():
        for agency in node.named if isinstance(node, Refer) else ("",):
            place = Place(language, (line.tree.start, name), agency)
            for word, shown in ((Word.AGAIN, ""), (None, " (not understood)")):
                reply = conversation.answer(place, Meaning(word=word), opening)
                yield f"{name} {agency}{shown}".rstrip(), reply.message
    first = Place(language, (line.tree.start,))
    for word in (Word.START, Word.HELP):
        yield word.value, conversation.answer(first, Meaning(word=word), opening).message
    for danger in Danger:
        meaning = Meaning(danger=danger, spoken=language)
        yield danger.value, conversation.answer(None, meaning, opening).message
    start = line.node(line.tree.start)
    for key in start.choices if isinstance(start, Ask) else ():
        meaning = Meaning(key=key, spoken=language)
        yield f"first message {key}", conversation.answer(None, meaning, opening).message
    for said in ("stopped", "resumed", "failed"):
        yield said, conversation.said(first, said).message
