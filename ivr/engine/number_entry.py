"""Keying in a mobile number for a text: it is asked for, read back, and confirmed."""

from dataclasses import replace

from ivr.engine import texting
from ivr.engine.caller import CallerKind, numbering
from ivr.engine.context import Context
from ivr.engine.keys import AGAIN_KEY, NO_KEY, YES_KEY
from ivr.engine.number_speech import read_back
from ivr.engine.pauses import BETWEEN_DIGITS, FIRST_SILENCE
from ivr.engine.position import NumberEntry, TextOutcome
from ivr.engine.tree import Refer
from ivr.engine.turn import HoldNumber, RecallNumber, SendText, Turn

MOST_CORRECTIONS = 1  # caller rule C6: no long number is asked for again and again


def start(context: Context) -> Turn:
    """First looks whether this call has a number already, from a text of another agency."""
    position = replace(context.position.idle(), entry=NumberEntry(recalling=True), number=False)
    return Turn(position, effect=RecallNumber())


def on_keys(context: Context, node: Refer, keys: str) -> Turn | None:
    """The digits, or the answer to the reading back; None where no number is being keyed in."""
    entry = context.position.entry
    if entry is None:
        return None
    if not entry.confirming:
        keys = keys.removesuffix(AGAIN_KEY)
        number = numbering(context.line.tree.country).mobile(keys)
        if number is None:
            return _correct(context, node, entry, context.prompts.entry.no_match)
        return Turn(context.position, effect=HoldNumber(number))
    if keys == YES_KEY:
        position = replace(context.position.idle(), silences=0)
        wanted = SendText(position.agency, position.language, to_held=True)
        return Turn(position, effect=wanted)
    if keys == NO_KEY:
        return _correct(context, node, entry, context.prompts.entry.correct)
    return on_again(context)


def on_again_key(context: Context, node: Refer) -> Turn | None:
    """Reads the number back once more; while it is keyed in, the way back to the agency."""
    entry = context.position.entry
    if entry is not None and not entry.confirming:
        return _give_up(context, node)
    return on_again(context)


def on_again(context: Context) -> Turn | None:
    """Asks or reads back once more; None where no number is being keyed in."""
    entry = context.position.entry
    if entry is None:
        return None
    if entry.confirming:
        return Turn(context.position, effect=RecallNumber())
    return _ask(context, entry, _first_words(context))


def on_silence(context: Context, node: Refer) -> Turn | None:
    """Once more, then back to the agency; None where no number is being keyed in."""
    position = context.position
    if position.entry is not None and position.silences:
        return _give_up(context, node)
    return on_again(context.at(replace(position, silences=1)))


def on_held(context: Context, node: Refer, number: str | None) -> Turn:
    """The number (E.164), read back: is it right? Without one no text can be sent."""
    entry = context.position.entry or NumberEntry()
    if number is None and entry.recalling:
        return _ask(context, NumberEntry(), _first_words(context))
    if number is None:
        return texting.on_texted(context, node, TextOutcome.UNAVAILABLE)
    phrases = context.prompts.entry
    said = (
        *context.sentence(phrases.read_back),
        *read_back(numbering(context.line.tree.country).groups(number), context.prompts),
        *context.options([(phrases.right, YES_KEY), (phrases.wrong, NO_KEY)]),
    )
    entry = replace(entry, confirming=True, recalling=False)
    position = replace(context.position.idle(), entry=entry)
    return Turn(position, said, wait=FIRST_SILENCE)


def _first_words(context: Context) -> str:
    """Why a number is asked for: whose number is withheld may well have a mobile in hand."""
    phrases = context.prompts.entry
    return phrases.withheld if context.caller.kind is CallerKind.WITHHELD else phrases.ask


def _ask(context: Context, entry: NumberEntry, words: str) -> Turn:
    digits = numbering(context.line.tree.country).mobile_digits
    position = replace(context.position.idle(), entry=entry, number=False)
    said = context.sentence(words.format(digits=digits))
    return Turn(position, said, wait=BETWEEN_DIGITS, digits=digits)


def _correct(context: Context, node: Refer, entry: NumberEntry, words: str) -> Turn:
    if entry.corrections >= MOST_CORRECTIONS:
        return _give_up(context, node)
    corrected = NumberEntry(entry.corrections + 1)
    return _ask(context.at(replace(context.position, silences=0)), corrected, words)


def _give_up(context: Context, node: Refer) -> Turn:
    context = context.at(replace(context.position.idle(), silences=0))
    said = context.sentence(context.prompts.entry.given_up)
    return texting.contact_again(context, node, said)
