"""The dialogue as one pure function: where a caller is, what happened, what the line answers.

Keys that mean the same everywhere (0, #, *, and the languages') are dealt with here; what a
question or a referral does with the rest stands in `question` and `referral`.
"""

from dataclasses import replace

from ivr.engine import agency_order, dialling, number_entry, question, referral, text_refusal
from ivr.engine.announcing import Detail, announce
from ivr.engine.caller import Caller, CallerKind
from ivr.engine.context import Context, Go
from ivr.engine.hours import AgencyStates, Availability
from ivr.engine.keys import AGAIN_KEY, PERSON_KEY, TOP_KEY, language_keys
from ivr.engine.line import Line
from ivr.engine.pauses import FETCH_PEN
from ivr.engine.position import (
    Event,
    Held,
    Keys,
    Position,
    Silence,
    Start,
    Texted,
    TextsRefused,
)
from ivr.engine.speech import Pause, Speech
from ivr.engine.tree import Ask, Refer
from ivr.engine.turn import Turn

MOST_TURNS = 60  # a caller who needs more than this hears two numbers, and the call ends


def beginning(line: Line, language: str | None = None) -> Position:
    """Where a call begins."""
    known = language if language in line.scripts else None
    return Position(known or line.tree.language, line.tree.start)


def step(
    line: Line, position: Position, event: Event, states: AgencyStates, caller: Caller
) -> Turn:
    """The line's answer to `event` at `position`. Pure: the same arguments, the same turn.

    A position that this tree does not know (a call that outlived a change of the tree) begins
    anew in its language, whatever was pressed: a key must not become another choice. The turn's
    position is one visit on; past the bound the call ends.
    """
    if position.language not in line.scripts or position.node not in line.tree.nodes:
        position = replace(beginning(line, position.language), visits=position.visits)
        event = Start()
    if isinstance(line.node(position.node), Ask):
        position = position.idle()  # texts are a matter of referrals
    context = Context(line, states, caller, position)
    if position.visits >= MOST_TURNS:
        return last_words(line, position.language)
    turn = _happened(context, event)
    return replace(turn, position=replace(turn.position, visits=position.visits + 1))


def last_words(line: Line, language: str) -> Turn:
    """Numbers that are staffed day and night, twice each, and the end.

    It needs no key, no clock and nothing of the call: it is said when a call goes round in
    circles, and when all else fails.
    """
    context = _last_context(line, language)
    return Turn(context.position, _staffed(context) + _farewell(context))


def last_resort(line: Line, language: str) -> Speech:
    """What is said where nothing of the line answers any more: the emergency and the last words'
    numbers, time to fetch a pen, the numbers once more, and the end."""
    context = _last_context(line, language)
    emergency = context.sentence(context.script.tree.opening.emergency)
    pen = (*context.sentence(context.prompts.referral.pen)[:-1], Pause(FETCH_PEN))
    numbers = _staffed(context)
    return emergency + numbers + pen + numbers + _farewell(context)


def _last_context(line: Line, language: str) -> Context:
    position = Position(language, line.tree.fallback)
    return Context(line, line.timetable.worst(), Caller(CallerKind.WITHHELD), position)


def _staffed(context: Context) -> Speech:
    """Two numbers that are staffed day and night, by name; or as many as the tree reads at once."""
    node = context.line.node(context.line.tree.fallback)
    if not isinstance(node, Refer):
        return ()
    # Those that never close first, then those of which that is not known.
    order = sorted(
        agency_order.read_together(context, node, agency_order.order(context, node)[0]),
        key=lambda name: _STAFFED.index(context.states.of(name).availability),
    )
    names = order[: max(2, node.together)]
    return announce(context, names, Detail.NAME)


_STAFFED = (Availability.ALWAYS, Availability.OPEN, Availability.UNKNOWN, Availability.CLOSED)


def _farewell(context: Context) -> Speech:
    phrases = context.prompts.referral
    return context.sentence(phrases.closing) + context.sentence(phrases.goodbye)


def _happened(context: Context, event: Event) -> Turn:
    match event:
        case Start():
            return _open(context)
        case Keys(digits):
            return dialling.remembered(context, _pressed(context, digits), digits)
        case Silence():
            return _silent(context)
        case TextsRefused(refused):
            return text_refusal.on_refused(context, refused)
        case Texted() | Held():
            return _news(context, event)


def _news(context: Context, event: Texted | Held) -> Turn:
    """What came of an effect at a referral; at a question nothing of the kind is ever due."""
    node = context.line.node(context.position.node)
    if isinstance(node, Ask):
        return _arrive(context)
    context = _settled(context, node)
    if isinstance(event, Held):
        return number_entry.on_held(context, node, event.number)
    return _resolve(context, referral.on_texted(context, node, event.outcome))


def _open(context: Context) -> Turn:
    """The emergency first, before any greeting (caller rule A2)."""
    here = context.position
    context = context.at(replace(beginning(context.line, here.language), heard=here.heard))
    words = context.script.tree.opening
    said = (*context.sentence(words.emergency), *context.sentence(words.greeting))
    turn = _arrive(context)
    return replace(turn, speech=said + turn.speech)


def _pressed(context: Context, digits: str) -> Turn:
    before, context = context, context.at(replace(context.position, dialled=""))
    position, tree = context.position, context.line.tree
    if digits == TOP_KEY:
        return _go(context, tree.start)
    if digits == PERSON_KEY:
        return _go(context, tree.person)
    node = context.line.node(position.node)
    if digits == AGAIN_KEY:
        return _again(context)
    if isinstance(node, Refer):
        if position.agency not in ("", *node.refer):
            # The tree has changed during the call: the key would mean another agency.
            return _arrive(context.at(position.anew()))
        dialled = dialling.on_key(_settled(before, node), node, digits)
        if dialled is not None:
            return dialled
    languages = language_keys(context)
    if digits in languages and position.entry is None:
        return _switch(context, languages[digits])
    refusal = text_refusal.on_key(context, node, digits)
    if refusal is not None:
        return refusal
    if isinstance(node, Ask):
        return _resolve(context, question.on_keys(context, node, digits))
    return _resolve(context, referral.on_keys(_settled(context, node), node, digits))


def _again(context: Context) -> Turn:
    node = context.line.node(context.position.node)
    if isinstance(node, Refer):
        entry = number_entry.on_again_key(context, node)
        if entry is not None:
            return entry
    return _arrive(context.at(context.position.anew()))


def _silent(context: Context) -> Turn:
    context = context.at(replace(context.position, dialled=""))
    node = context.line.node(context.position.node)
    if isinstance(node, Ask):
        here = context.position
        context = context.at(replace(here, heard=here.heard or here.number, number=False))
        return _resolve(context, question.on_silence(context, node))
    return _resolve(context, referral.on_silence(_settled(context, node), node))


def _settled(context: Context, node: Refer) -> Context:
    """At a referral the agency is always one of it, whatever the URL said."""
    if context.position.agency in agency_order.order(context, node):
        return context
    return context.at(replace(context.position, agency=agency_order.order(context, node)[0]))


def _switch(context: Context, language: str) -> Turn:
    """The same place in another language; at the first question, from the emergency on (H2)."""
    position = replace(context.position.anew(), language=language)
    context = context.at(position)
    return _open(context) if position.node == context.line.tree.start else _arrive(context)


def _go(context: Context, node: str) -> Turn:
    here = context.position
    return _arrive(context.at(Position(here.language, node, heard=here.heard)))


def _resolve(context: Context, what: Turn | Go) -> Turn:
    return _go(context, what.node) if isinstance(what, Go) else what


def _arrive(context: Context) -> Turn:
    node = context.line.node(context.position.node)
    if isinstance(node, Ask):
        return question.on_arrival(context, node)
    return referral.on_arrival(context, node)
