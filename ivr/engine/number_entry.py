"""Keying in a mobile number for a text: it is asked for, read back, and confirmed."""

from dataclasses import replace

from ivr.engine import texting
from ivr.engine.caller import numbering
from ivr.engine.context import Context
from ivr.engine.keys import NO_KEY, YES_KEY
from ivr.engine.number_speech import read_back
from ivr.engine.pauses import BETWEEN_DIGITS, FIRST_SILENCE
from ivr.engine.position import NumberEntry, TextOutcome
from ivr.engine.tree import Refer
from ivr.engine.turn import HoldNumber, RecallNumber, SendText, Turn

MOST_CORRECTIONS = 1  # caller rule C6: no long number is asked for again and again


def start(context: Context) -> Turn:
    """Says that this line takes no texts, and asks for a mobile number."""
    return _ask(context, NumberEntry(), context.prompts.entry.ask)


def on_keys(context: Context, node: Refer, keys: str) -> Turn | None:
    """The digits, or the answer to the reading back; None where no number is being keyed in."""
    entry = context.position.entry
    if entry is None:
        return None
    if not entry.confirming:
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


def on_again(context: Context) -> Turn | None:
    """Asks or reads back once more; None where no number is being keyed in."""
    entry = context.position.entry
    if entry is None:
        return None
    if entry.confirming:
        return Turn(context.position, effect=RecallNumber())
    return _ask(context, entry, context.prompts.entry.ask)


def on_silence(context: Context, node: Refer) -> Turn | None:
    """Once more, then back to the agency; None where no number is being keyed in."""
    position = context.position
    if position.entry is not None and position.silences:
        return _give_up(context, node)
    return on_again(context.at(replace(position, silences=1)))


def on_held(context: Context, node: Refer, number: str | None) -> Turn:
    """The number (E.164), read back: is it right? Without one no text can be sent."""
    if number is None:
        return texting.on_texted(context, node, TextOutcome.UNAVAILABLE)
    phrases = context.prompts.entry
    said = (
        *context.sentence(phrases.read_back),
        *read_back(numbering(context.line.tree.country).groups(number), context.prompts),
        *context.options([(phrases.right, YES_KEY), (phrases.wrong, NO_KEY)]),
    )
    entry = replace(context.position.entry or NumberEntry(), confirming=True)
    position = replace(context.position.idle(), entry=entry)
    return Turn(position, said, wait=FIRST_SILENCE)


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
