"""Key 8: no more texts to the caller's own number, and the same key once more to undo it.

For those whom texts from here pester, and whose messages in reply the sender can't receive.
"""

from dataclasses import replace

from ivr.engine.context import Context
from ivr.engine.keys import PERSON_KEY, REFUSE_KEY, TOP_KEY, late_choices
from ivr.engine.pauses import FIRST_SILENCE
from ivr.engine.tree import Node, Refer
from ivr.engine.turn import RefuseTexts, Turn


def on_key(context: Context, node: Node, key: str) -> Turn | None:
    """Refuses texts, or undoes that; None where the key does not mean it.

    It does at a referral, unless the first question's keys hold there. At a question it is a wrong
    key like others: nobody in distress shall lose texts by a slip. What it does was said before it,
    so that a repeated request does the same again.
    """
    if key != REFUSE_KEY or not isinstance(node, Refer) or context.position.entry is not None:
        return None
    if not context.caller.takes_texts or key in late_choices(context.line, node):
        return None
    position = context.position.anew()
    return Turn(position, effect=RefuseTexts(not context.position.refused))


def on_refused(context: Context, refused: bool | None) -> Turn:
    """What holds from now on (None: nothing changed), and how to undo it."""
    phrases = context.prompts.refusal
    words = {True: phrases.refused, False: phrases.allowed, None: phrases.failed}[refused]
    offered = [(phrases.undo, REFUSE_KEY)] if refused else []
    offered += [
        (context.prompts.menu.person, PERSON_KEY),
        (context.prompts.referral.top, TOP_KEY),
    ]
    said = context.sentence(words) + context.options(offered)
    position = replace(context.position.idle(), refused=bool(refused), number=False)
    return Turn(position, said, wait=FIRST_SILENCE)
