"""A number that is dialled into the call: this line can't place it, and says to hang up first.

Who hears "call #9110" may press #, 9, 1, 1, 0 at once. Each of these keys means something here:
without this, the call would go on in another language, or a text would be sent that nobody wants.
"""

from dataclasses import replace

from ivr.engine import agency_order
from ivr.engine.announcing import Detail, announcing_turn
from ivr.engine.context import Context
from ivr.engine.directory import PhoneType
from ivr.engine.keys import PERSON_KEY, offered_at
from ivr.engine.line import Line
from ivr.engine.tree import Refer, referred
from ivr.engine.turn import Turn


def on_key(context: Context, node: Refer, key: str) -> Turn | None:
    """Says to hang up first; None where the key does not go on with a number that was begun.

    0, # and * always keep their meaning, and lead nowhere new.
    """
    if not context.position.dialled or context.position.entry is not None:
        return None
    dialled = _begun(context, node, context.position.dialled + key)
    if len(dialled) < _ENOUGH:
        return None
    context = context.at(replace(context.position.anew(), dialled=dialled))
    names = agency_order.read_together(context, node, context.position.agency)
    before = context.sentence(context.prompts.referral.dialled)
    return announcing_turn(context, names, Detail.NAME, before, offered_at(context, node))


def remembered(before: Context, turn: Turn, key: str) -> Turn:
    """The turn that a key led to by its own meaning, which knows if the key may begin a number."""
    if len(key) != 1 or turn.wait is None:
        return turn
    node = before.line.node(turn.position.node)
    if turn.position.entry is not None or not isinstance(node, Refer):
        return turn
    keys = before.position.dialled + key if key == PERSON_KEY else key
    dialled = _begun(before.at(turn.position), node, keys)
    return replace(turn, position=replace(turn.position, dialled=dialled)) if dialled else turn


_ENOUGH = 2  # keys of a number from which on they are no keys of the menu


def _begun(context: Context, node: Refer, keys: str) -> str:
    """The most of the last keys with which a number begins: one that is read here.

    Behind 0 it may be any number of the line: the first digit led away from where it was read.
    """
    numbers = _wanted(context, node, keys)
    ends = (keys[start:] for start in range(len(keys)))
    return next((end for end in ends if any(n.startswith(end) for n in numbers)), "")


def _wanted(context: Context, node: Refer, keys: str) -> list[str]:
    if PERSON_KEY in keys and context.position.node == context.line.tree.person:
        numbers = _numbers_of(context.line)
    else:
        numbers = agency_order.numbers_read(context, node, context.position.agency)
    return [number.replace("-", "") for number in numbers]


def _numbers_of(line: Line) -> list[str]:
    return [
        phone.number
        for name in dict.fromkeys(referred(line.tree))
        for phone in line.directory.agencies[name].phones
        if phone.type is PhoneType.VOICE and phone.speakable
    ]
