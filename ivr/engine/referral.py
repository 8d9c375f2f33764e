"""A referral: which agencies are announced, how often, and what the keys do there."""

from dataclasses import replace

from ivr.engine import agency_order, number_entry, texting
from ivr.engine.announcing import Detail, announcing_turn
from ivr.engine.context import Context, Go
from ivr.engine.keys import (
    NEXT_KEY,
    SLOW_KEY,
    TEXT_KEY,
    can_be_texted,
    late_choices,
    offered_at,
)
from ivr.engine.pauses import FETCH_PEN, FIRST_SILENCE
from ivr.engine.position import MOST_MISTAKES, Position, TextOutcome
from ivr.engine.speech import Pause, Speech
from ivr.engine.tree import Refer
from ivr.engine.turn import Turn

MOST_READINGS = 3  # an agency is read three times before the next one (caller rule D7)


def on_arrival(context: Context, node: Refer) -> Turn:
    """The best agency now, or the one the caller was at."""
    order = agency_order.order(context, node)
    here = context.position.agency
    agency = here if here in order else order[0]
    say = context.script.node(context.position.node).say
    return _read(context, node, agency, context.sentence(say))


def on_keys(context: Context, node: Refer, key: str) -> Turn | Go:
    """1 texts the agency, 2 is the next one, 7 reads slowly; other keys lead nowhere."""
    entered = number_entry.on_keys(context, node, key)
    if entered is not None:
        return entered
    context = context.at(context.position.idle())
    position = context.position
    late = late_choices(context.line, node)
    if key in late:
        return Go(late[key].go)
    if key == TEXT_KEY and can_be_texted(context, node, position.agency):
        return _text(context.at(_fresh(position)))
    following = agency_order.following(context, node, position.agency)
    if key == NEXT_KEY and following:
        return _read(context.at(_fresh(position)), node, following)
    if key == SLOW_KEY and agency_order.has_number(context, node, position.agency):
        return _read_again(context.at(_fresh(position)), node, Detail.SLOW)
    mistakes = position.mistakes + 1
    if mistakes > MOST_MISTAKES:
        return Go(context.line.tree.fallback)
    context = context.at(replace(position, mistakes=mistakes, number=False))
    said = (*context.sentence(context.prompts.menu.no_match), *offered_at(context, node))
    return Turn(context.position, said, wait=FIRST_SILENCE)


def on_silence(context: Context, node: Refer) -> Turn | Go:
    """Silence means: heard all, so far. Read again, then the next agency, then the end.

    Nobody's call ends before a number was heard: where this referral had none to say, the way
    without keys does (caller rules D5, L1).
    """
    pending = number_entry.on_silence(context, node) or texting.on_silence(context)
    return pending or _heard_out(context, node)


def on_texted(context: Context, node: Refer, outcome: TextOutcome) -> Turn | Go:
    """What became of a text, where that is news; else the silence in which it was looked for."""
    if texting.is_news(context, outcome):
        return texting.on_texted(context, node, outcome)
    return _heard_out(context, node)


def _text(context: Context) -> Turn:
    """A text to the caller's own mobile; any other line may name a mobile."""
    if context.caller.takes_texts:
        return texting.request(context)
    return number_entry.start(context)


def _heard_out(context: Context, node: Refer) -> Turn | Go:
    position = context.position
    heard = position.heard or position.number
    position = replace(position, heard=heard, silences=position.silences + 1)
    context = context.at(position)
    if position.silences < MOST_READINGS:
        return _read_again(context, node)
    last = node.together > 1 or agency_order.is_last(context, node, position.agency)
    if not last:
        following = agency_order.following(context, node, position.agency)
        # A text that is still being sent is the last one's; its outcome is said all the same.
        onward = replace(_fresh(position).idle(), follow_up=position.follow_up)
        return _read(context.at(onward), node, following)
    if not heard:
        return Go(context.line.tree.fallback)
    return _close(context)


def _close(context: Context) -> Turn:
    phrases = context.prompts.referral
    said = context.sentence(phrases.closing) + context.sentence(phrases.goodbye)
    return Turn(context.position.idle(), said)


def _read(context: Context, node: Refer, agency: str, before: Speech = ()) -> Turn:
    """An agency, whole; where several are read together, all of them."""
    context = context.at(replace(context.position, agency=agency))
    after: Speech = ()
    if agency == agency_order.order(context, node)[0]:
        after = context.sentence(context.script.node(context.position.node).after)
    names = agency_order.read_together(context, node, agency)
    said = after + offered_at(context, node)
    return announcing_turn(context, names, Detail.FULL, before, said)


def _read_again(context: Context, node: Refer, detail: Detail = Detail.NAME) -> Turn:
    """The number again, after time to fetch a pen (caller rule E5)."""
    agency = context.position.agency
    names = agency_order.read_together(context, node, agency)
    number = agency_order.has_number(context, node, agency)
    pen = context.sentence(context.prompts.referral.pen)
    before = (*pen[:-1], Pause(FETCH_PEN)) if number else ()
    # Said once: to those who stayed silent after the first reading (caller rule C4).
    slowly = number and context.position.silences == 1
    after = offered_at(context, node, slowly=slowly)
    return announcing_turn(context, names, detail, before, after)


def _fresh(position: Position) -> Position:
    return replace(position, silences=0, mistakes=0)
