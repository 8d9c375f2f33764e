"""The dialogue as one pure function: where a caller is, what happened, what the line answers.

Keys that mean the same everywhere (0, #, *, and the languages') are dealt with here; what a
question or a referral does with the rest stands in `asking` and `referring`.
"""

from dataclasses import replace

from ivr.engine import agency_order, agency_speech, question, referral, text_offer, text_refusal
from ivr.engine.caller import Caller, CallerKind
from ivr.engine.hours import AgencyStates, Availability
from ivr.engine.line import Line
from ivr.engine.pace import FETCH_PEN
from ivr.engine.position import (
    Event,
    Held,
    Keys,
    Position,
    Silence,
    Stage,
    Start,
    Texted,
    TextsRefused,
)
from ivr.engine.scene import Go, Scene
from ivr.engine.speech import Pause, Speech
from ivr.engine.tree import Ask, Refer
from ivr.engine.turn import Turn

PERSON_KEY, AGAIN_KEY, TOP_KEY = RESERVED_KEYS = ("0", "#", "*")
MOST_TURNS = 60  # a caller who needs more than this hears two numbers, and the call ends


def beginning(line: Line, language: str | None = None) -> Position:
    """Where a call begins."""
    known = language if language in line.scripts else None
    return Position(known or line.tree.language, line.tree.start)


def step(
    line: Line, position: Position, event: Event, opening: AgencyStates, caller: Caller
) -> Turn:
    """The line's answer to `event` at `position`. Pure: the same arguments, the same turn.

    A position that this tree does not know (a call that outlived a change of the tree) begins
    anew in its language. The turn's position is one visit on; past the bound the call ends.
    """
    if position.language not in line.scripts or position.node not in line.tree.nodes:
        position = replace(beginning(line, position.language), visits=position.visits)
    if isinstance(line.node(position.node), Ask):
        position = replace(position, stage=Stage.LISTENING)  # texts are a matter of referrals
    scene = Scene(line, opening, caller, position)
    if position.visits >= MOST_TURNS:
        return last_words(line, position.language)
    turn = _happened(scene, event)
    return replace(turn, position=replace(turn.position, visits=position.visits + 1))


def last_words(line: Line, language: str) -> Turn:
    """Numbers that are staffed day and night, twice each, and the end.

    It needs no key, no clock and nothing of the call: it is said when a call goes round in
    circles, and when all else fails.
    """
    scene = _last_scene(line, language)
    return Turn(scene.position, _staffed(scene) + _farewell(scene))


def last_resort(line: Line, language: str) -> Speech:
    """What is said where nothing of the line answers any more: the emergency and the last words'
    numbers, time to fetch a pen, the numbers once more, and the end."""
    scene = _last_scene(line, language)
    emergency = scene.sentence(scene.script.tree.opening.emergency)
    pen = (*scene.sentence(scene.prompts.referral.pen)[:-1], Pause(FETCH_PEN))
    numbers = _staffed(scene)
    return emergency + numbers + pen + numbers + _farewell(scene)


def _last_scene(line: Line, language: str) -> Scene:
    position = Position(language, line.tree.fallback)
    return Scene(line, line.timetable.worst(), Caller(CallerKind.WITHHELD), position)


def _staffed(scene: Scene) -> Speech:
    """Two numbers that are staffed day and night, by name; or as many as the tree reads at once."""
    node = scene.line.node(scene.line.tree.fallback)
    said: Speech = ()
    if isinstance(node, Refer):
        # Those that never close first, then those of which that is not known.
        order = sorted(
            agency_order.order(scene, node),
            key=lambda name: _STAFFED.index(scene.opening.of(name).availability),
        )
        for agency in order[: max(2, node.together)]:
            said += agency_speech.name(scene, agency) + agency_speech.contact(scene, agency)
    return said


_STAFFED = (Availability.ALWAYS, Availability.OPEN, Availability.UNKNOWN, Availability.CLOSED)


def _farewell(scene: Scene) -> Speech:
    phrases = scene.prompts.referral
    return scene.sentence(phrases.closing) + scene.sentence(phrases.goodbye)


def _happened(scene: Scene, event: Event) -> Turn:
    match event:
        case Start():
            return _open(scene)
        case Keys(digits):
            return _pressed(scene, digits)
        case Silence():
            return _silent(scene)
        case TextsRefused(refused):
            return text_refusal.done(scene, refused)
        case Texted() | Held():
            return _news(scene, event)


def _news(scene: Scene, event: Texted | Held) -> Turn:
    """What came of an effect at a referral; at a question nothing of the kind is ever due."""
    node = scene.line.node(scene.position.node)
    if isinstance(node, Ask):
        return _arrive(scene)
    scene = _settled(scene, node)
    if isinstance(event, Held):
        return text_offer.held(scene, node, event.number)
    return _resolve(scene, referral.texted(scene, node, event.outcome))


def _open(scene: Scene) -> Turn:
    """The emergency first, before any greeting (caller rule A2)."""
    here = scene.position
    scene = scene.at(replace(beginning(scene.line, here.language), heard=here.heard))
    words = scene.script.tree.opening
    said = (*scene.sentence(words.emergency), *scene.sentence(words.greeting))
    turn = _arrive(scene)
    return replace(turn, speech=said + turn.speech)


def _pressed(scene: Scene, digits: str) -> Turn:
    position, tree = scene.position, scene.line.tree
    if digits == TOP_KEY:
        return _go(scene, tree.start)
    if digits == PERSON_KEY:
        return _go(scene, tree.person)
    node = scene.line.node(position.node)
    if digits == AGAIN_KEY:
        return _again(scene)
    languages = question.offered_languages(scene)
    if digits in languages and not position.is_keying:
        return _switch(scene, languages[digits])
    if text_refusal.means(scene, node, digits):
        return text_refusal.asked(scene)
    if isinstance(node, Ask):
        return _resolve(scene, question.pressed(scene, node, digits))
    return _resolve(scene, referral.pressed(_settled(scene, node), node, digits))


def _again(scene: Scene) -> Turn:
    entry = text_offer.again(scene)
    if entry is not None:
        return entry
    fresh = replace(scene.position, silences=0, mistakes=0, stage=Stage.LISTENING)
    return _arrive(scene.at(fresh))


def _silent(scene: Scene) -> Turn:
    node = scene.line.node(scene.position.node)
    if isinstance(node, Ask):
        return _resolve(scene, question.silent(scene, node))
    return _resolve(scene, referral.silent(_settled(scene, node), node))


def _settled(scene: Scene, node: Refer) -> Scene:
    """At a referral the agency is always one of it, whatever the URL said."""
    if scene.position.agency in agency_order.order(scene, node):
        return scene
    return scene.at(replace(scene.position, agency=agency_order.order(scene, node)[0]))


def _switch(scene: Scene, language: str) -> Turn:
    """The same place in another language; at the first question, from the emergency on (H2)."""
    here = replace(scene.position, silences=0, mistakes=0, stage=Stage.LISTENING)
    position = replace(here, language=language)
    scene = scene.at(position)
    return _open(scene) if position.node == scene.line.tree.start else _arrive(scene)


def _go(scene: Scene, node: str) -> Turn:
    here = scene.position
    return _arrive(scene.at(Position(here.language, node, heard=here.heard)))


def _resolve(scene: Scene, what: Turn | Go) -> Turn:
    return _go(scene, what.node) if isinstance(what, Go) else what


def _arrive(scene: Scene) -> Turn:
    node = scene.line.node(scene.position.node)
    if isinstance(node, Ask):
        return question.arrive(scene, node)
    return referral.arrive(scene, node)
