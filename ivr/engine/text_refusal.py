"""Key 8: no more texts to the caller's own number, and the same key once more to undo it.

For those whom texts from here pester, and whose messages in reply the sender can't receive.
"""

from dataclasses import replace

from ivr.engine.pace import FIRST_SILENCE
from ivr.engine.position import Stage
from ivr.engine.scene import Scene
from ivr.engine.tree import REFUSE_KEY, Ask, Node, Refer
from ivr.engine.turn import RefuseTexts, Turn


def means(scene: Scene, node: Node, key: str) -> bool:
    """Whether `key` refuses texts: at a referral, unless the first question's keys hold there.

    At a question it is a wrong key like others: nobody in distress shall lose texts by a slip.
    """
    if key != REFUSE_KEY or not isinstance(node, Refer) or scene.position.is_keying:
        return False
    start = scene.line.node(scene.line.tree.start)
    taken = node.together > 1 and isinstance(start, Ask) and key in start.choices
    return scene.caller.takes_texts and not taken


def asked(scene: Scene) -> Turn:
    """Key 8: what it does was said before it, so that a repeated request does the same again."""
    refuse = scene.position.stage is not Stage.REFUSED
    position = replace(scene.position, stage=Stage.LISTENING, silences=0, tries=0)
    return Turn(position, effect=RefuseTexts(refuse))


def done(scene: Scene, refused: bool | None) -> Turn:
    """What holds from now on, and how to undo it; all other keys mean what they meant."""
    phrases = scene.prompts.refusal
    words = {True: phrases.refused, False: phrases.allowed, None: phrases.failed}[refused]
    offered = [(phrases.undo, REFUSE_KEY)] if refused else []
    offered += [(scene.prompts.menu.person, "0"), (scene.prompts.referral.top, "*")]
    said = scene.sentence(words) + scene.options(offered)
    stage = Stage.REFUSED if refused else Stage.LISTENING
    return Turn(replace(scene.position, stage=stage, number=False), said, wait=FIRST_SILENCE)
