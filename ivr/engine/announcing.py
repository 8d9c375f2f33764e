"""What a turn tells of agencies: which of them it announces, and how much of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from babel import Locale

from ivr.engine.context import Context
from ivr.engine.hours import Availability
from ivr.engine.number_speech import read_twice
from ivr.engine.pauses import AFTER_SENTENCE, FIRST_SILENCE
from ivr.engine.speech import Pause, Speech
from ivr.engine.time_speech import hours_sentence
from ivr.engine.turn import Turn


class Detail(Enum):
    """How much is said of an agency."""

    FULL = "full"  # name, language, hours and contact: what is said of it the first time
    NAME = "name"  # name and contact
    SLOW = "slow"  # name and contact, the number digit by digit
    CONTACT = "contact"  # contact alone, where the agency was named just before


@dataclass(frozen=True)
class Announcement:
    """One agency in a turn, and how much of it is said there."""

    agency: str
    detail: Detail


def announcing_turn(
    context: Context, announcements: Sequence[Announcement], before: Speech, after: Speech
) -> Turn:
    """A turn that says `before`, announces the agencies in order, says `after`, awaits a key."""
    position = replace(context.position, number=speaks_number(context, announcements))
    return Turn(position, before + announce(context, announcements) + after, wait=FIRST_SILENCE)


def announce(context: Context, announcements: Sequence[Announcement]) -> Speech:
    """What is said of the agencies, in order."""
    return tuple(part for one in announcements for part in _announce(context, one))


def speaks_number(context: Context, announcements: Sequence[Announcement]) -> bool:
    """Whether any of the announcements reads a number out."""
    kind = context.caller.kind
    return any(context.line.agency(one.agency).phone_for(kind) for one in announcements)


def _announce(context: Context, one: Announcement) -> Speech:
    """That an agency is closed is said before its number, that it is open after it.

    Nobody is sent to a closed agency first (caller rule F2), and the first digit is what a caller
    rings for (F1).
    """
    contact = _contact(context, one.agency, slow=one.detail is Detail.SLOW)
    if one.detail is Detail.CONTACT:
        return contact
    name = _name(context, one.agency)
    if one.detail is not Detail.FULL:
        return name + contact
    name += _language(context, one.agency)
    hours = _hours(context, one.agency)
    closed = context.states.of(one.agency).availability is Availability.CLOSED
    return name + hours + contact if closed else name + contact + hours


def _name(context: Context, agency: str) -> Speech:
    heard = context.script.agencies[agency].heard
    return context.sentence(context.prompts.referral.agency.format(agency=heard))


def _language(context: Context, agency: str) -> Speech:
    """The agency's language, where it is not the caller's."""
    line = context.line
    if line.speaks(agency, context.position.language):
        return ()
    theirs = Locale.parse(line.tree.language, sep="-").get_display_name(context.prompts.babel)
    return context.sentence(context.prompts.referral.language.format(language=theirs))


def _hours(context: Context, agency: str) -> Speech:
    """Whether it is open; nothing of an agency without a number: a page is always there."""
    if context.line.agency(agency).phone_for(context.caller.kind) is None:
        return ()
    return context.sentence(hours_sentence(context.states.of(agency), context.prompts))


def _contact(context: Context, agency: str, slow: bool) -> Speech:
    """The number, twice; without one, the words that find its page; without that, what to do."""
    known, phrases = context.line.agency(agency), context.prompts.referral
    phone = known.phone_for(context.caller.kind)
    if phone is not None:
        said = (*read_twice(phone.number, context.prompts, slow), Pause(AFTER_SENTENCE))
        may_fail = context.caller.kind in phone.not_from
        return said + (context.sentence(phrases.may_fail) if may_fail else ())
    if known.link is not None:
        searched = context.script.agencies[agency].searched
        phrase = phrases.form if known.is_form_only else phrases.page
        return context.sentence(phrase.format(search=searched))
    return context.sentence(phrases.desk)
