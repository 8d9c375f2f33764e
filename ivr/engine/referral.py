"""A referral: which agencies come first, what is said of each, and the keys at its end."""

from dataclasses import replace

from ivr.engine import agency_order, agency_speech, text_offer
from ivr.engine.pace import FETCH_PEN, FIRST_SILENCE
from ivr.engine.position import Position, Stage, TextOutcome
from ivr.engine.scene import Go, Scene
from ivr.engine.speech import Pause, Speech
from ivr.engine.tree import NEXT_KEY, REFUSE_KEY, SLOW_KEY, TEXT_KEY, Refer
from ivr.engine.turn import Turn

MOST_READINGS = 3  # an agency is read three times before the next one (caller rule D7)
MOST_MISTAKES = 2


def arrive(scene: Scene, node: Refer) -> Turn:
    """The best agency now, or the one the caller was at."""
    order = agency_order.order(scene, node)
    here = scene.position.agency
    agency = here if here in order else order[0]
    say = scene.script.node(scene.position.node).say
    return _read(scene, node, agency, scene.sentence(say))


def pressed(scene: Scene, node: Refer, key: str) -> Turn | Go:
    """1 texts the agency, 2 is the next one, 7 reads slowly; other keys are told so.

    Where agencies are read together the caller came without a key, and may have found one since:
    there the keys are those of the first question.
    """
    entered = text_offer.pressed(scene, node, key)
    if entered is not None:
        return entered
    scene = scene.at(replace(scene.position, stage=Stage.LISTENING))
    position = scene.position
    start = scene.line.node(scene.line.tree.start)
    if node.together > 1 and not isinstance(start, Refer) and key in start.choices:
        return Go(start.choices[key].go)
    if key == TEXT_KEY and agency_order.can_be_texted(scene, node, position.agency):
        return text_offer.asked(scene.at(_fresh(position)))
    following = agency_order.following(scene, node, position.agency)
    if key == NEXT_KEY and following:
        return _read(scene.at(_fresh(position)), node, following)
    if key == SLOW_KEY and agency_order.has_number(scene, node, position.agency):
        return _read_again(scene.at(_fresh(position)), node, slow=True)
    mistakes = position.mistakes + 1
    if mistakes > MOST_MISTAKES:
        return Go(scene.line.tree.fallback)
    scene = scene.at(replace(position, mistakes=mistakes, number=False))
    said = (*scene.sentence(scene.prompts.menu.no_match), *agency_order.keys(scene, node))
    return Turn(scene.position, said, wait=FIRST_SILENCE)


def silent(scene: Scene, node: Refer) -> Turn | Go:
    """Silence means: heard all, so far. Read again, then the next agency, then a calm end.

    Nobody's call ends before a number was heard: where this referral had none to say, the way
    without keys does (caller rules D5, L1).
    """
    entered = text_offer.silent(scene, node)
    return _heard_out(scene, node) if entered is None else entered


def texted(scene: Scene, node: Refer, outcome: TextOutcome) -> Turn | Go:
    """What became of a text, where that is news; else the silence in which it was looked for."""
    if text_offer.is_news(scene, outcome):
        return text_offer.texted(scene, node, outcome)
    return _heard_out(scene, node)


def _heard_out(scene: Scene, node: Refer) -> Turn | Go:
    if scene.position.stage is Stage.CLOSING:
        return _close(scene)
    position = scene.position
    heard = position.heard or position.number
    position = replace(position, heard=heard, silences=position.silences + 1)
    scene = scene.at(position)
    if position.silences < MOST_READINGS:
        return _read_again(scene, node)
    last = node.together > 1 or agency_order.is_last(scene, node, position.agency)
    if not last:
        following = agency_order.following(scene, node, position.agency)
        # A text that is still under way was the last one's: nobody asked for one of the next.
        position = replace(_fresh(position), stage=Stage.LISTENING, tries=0)
        return _read(scene.at(position), node, following)
    if not heard:
        return Go(scene.line.tree.fallback)
    return _close(scene)


def _close(scene: Scene) -> Turn:
    """The end; for those who can be texted a last key, which stops that."""
    phrases = scene.prompts.referral
    goodbye = scene.sentence(phrases.goodbye)
    if scene.position.stage is Stage.CLOSING:
        return Turn(scene.position, goodbye)
    said = scene.sentence(phrases.closing)
    if not scene.caller.takes_texts:
        return Turn(scene.position, said + goodbye)
    said += scene.option(scene.prompts.refusal.offer, REFUSE_KEY)
    return Turn(replace(scene.position, stage=Stage.CLOSING), said, wait=FIRST_SILENCE)


def _read(scene: Scene, node: Refer, agency: str, first: Speech = ()) -> Turn:
    """An agency, whole: what it is, its door, its number twice, and the keys."""
    number = agency_order.has_number(scene, node, agency)
    scene = scene.at(replace(scene.position, agency=agency, number=number))
    names = agency_order.read_together(scene, node, agency)
    said = first
    for name in names:
        said += agency_speech.introduction(scene, name) + agency_speech.contact(scene, name)
        said += agency_speech.afterwards(scene, name)
    if agency == agency_order.order(scene, node)[0]:
        said += scene.sentence(scene.script.node(scene.position.node).after)
    return Turn(scene.position, said + agency_order.keys(scene, node), wait=FIRST_SILENCE)


def _read_again(scene: Scene, node: Refer, slow: bool = False) -> Turn:
    """The number again, after time to fetch a pen (caller rule E5)."""
    said: Speech = ()
    number = agency_order.has_number(scene, node, scene.position.agency)
    scene = scene.at(replace(scene.position, number=number))
    if number:
        pen = scene.sentence(scene.prompts.referral.pen)
        said = (*pen[:-1], Pause(FETCH_PEN))
    for name in agency_order.read_together(scene, node, scene.position.agency):
        said += agency_speech.name(scene, name) + agency_speech.contact(scene, name, slow)
    # Said once: to those who stayed silent after the first reading (caller rule C4).
    slowly = number and scene.position.silences == 1
    return Turn(scene.position, said + agency_order.keys(scene, node, slowly=slowly), FIRST_SILENCE)


def _fresh(position: Position) -> Position:
    return replace(position, silences=0, mistakes=0)
