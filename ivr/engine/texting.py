"""Getting an agency as a text, and hearing what became of it.

The outbox takes a text at once and sends it later. So the caller hears first that it is being sent,
and a moment later what became of it.
"""

from dataclasses import replace

from ivr.engine.announcing import Detail, announcing_turn
from ivr.engine.context import Context
from ivr.engine.keys import REFUSE_KEY, offered_at
from ivr.engine.pauses import FIRST_SILENCE, TEXT_UNDER_WAY
from ivr.engine.position import TextFollowUp, TextOutcome
from ivr.engine.speech import Speech
from ivr.engine.tree import Refer
from ivr.engine.turn import LookAfterText, SendText, Turn

_BEING_SENT = (TextOutcome.QUEUED, TextOutcome.SENDING)


def request(context: Context) -> Turn:
    """A text of the present agency to the caller's own mobile."""
    position = context.position
    return Turn(position, effect=SendText(position.agency, position.language))


def on_silence(context: Context) -> Turn | None:
    """Asks what became of the text; None where none is being sent."""
    position, follow_up = context.position, context.position.follow_up
    if follow_up is None:
        return None
    position = replace(position, heard=position.heard or position.number, number=False)
    # A call that began before an update may not say whose text it is: then the present agency's.
    return Turn(position, effect=LookAfterText(follow_up.agency or position.agency))


def on_texted(context: Context, node: Refer, outcome: TextOutcome) -> Turn:
    """What became of the text; where it may not arrive, the agency's number once more."""
    words = context.sentence(getattr(context.prompts.texted, outcome.value))
    position = replace(context.position.idle(), number=False)
    follow_up = context.position.follow_up or TextFollowUp(position.agency)
    if outcome is TextOutcome.QUEUED and context.position.follow_up is None:
        return Turn(replace(position, follow_up=follow_up), words, wait=TEXT_UNDER_WAY)
    if outcome in _BEING_SENT:
        position = replace(position, follow_up=replace(follow_up, known=True))
    context = context.at(position)
    if outcome in (TextOutcome.SENT, TextOutcome.DELIVERED):
        said = words + offered_at(context, node, text=False)
        if context.caller.takes_texts:  # else the text went elsewhere, and is not theirs to refuse
            said += context.option(context.prompts.refusal.offer, REFUSE_KEY, first=False)
        return Turn(position, said, wait=FIRST_SILENCE)
    again = Detail.CONTACT if follow_up.agency == position.agency else Detail.NAME
    return contact_again(context, node, words, outcome is TextOutcome.REFUSED, again)


def is_news(context: Context, outcome: TextOutcome) -> bool:
    """Whether the caller does not know this yet: that a text is being sent is said once."""
    follow_up = context.position.follow_up
    return outcome not in _BEING_SENT or follow_up is None or not follow_up.known


def contact_again(
    context: Context,
    node: Refer,
    before: Speech,
    refused: bool = False,
    detail: Detail = Detail.CONTACT,
) -> Turn:
    """The number again, or how else the agency is found; `refused`: texts can be allowed again."""
    undo: Speech = ()
    if refused and context.caller.takes_texts:
        context = context.at(replace(context.position.idle(), refused=True))
        undo = context.option(context.prompts.refusal.undo, REFUSE_KEY)
    after = undo + offered_at(context, node, text=False)
    return announcing_turn(context, [context.position.agency], detail, before, after)
