"""What a turn says of agencies: which of them, in which order, and how much of each."""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from babel import Locale

from ivr.engine.context import Context
from ivr.engine.directory import Cost, Phone
from ivr.engine.hours import Availability
from ivr.engine.number_speech import read_twice
from ivr.engine.pauses import AFTER_SENTENCE, FIRST_SILENCE
from ivr.engine.speech import Digits, Pause, Speech
from ivr.engine.time_speech import hours_sentence
from ivr.engine.turn import Turn


class Detail(Enum):
    """How much is said of an agency."""

    FULL = "full"  # what to do, name, language, contact, cost and hours: the first time
    NAME = "name"  # name and contact
    SLOW = "slow"  # name and contact, the number digit by digit
    CONTACT = "contact"  # contact alone, where the agency was named just before


class _Means(Enum):
    """How an agency is reached now, as far as the next sentence is concerned."""

    NUMBER = "number"
    CLOSED = "closed"  # its number is not said at once: others who answer follow
    PAGE = "page"  # a form, a page, or a place to go to


def announcing_turn(
    context: Context, agencies: Sequence[str], detail: Detail, before: Speech, after: Speech
) -> Turn:
    """A turn that says `before`, announces the agencies in order, says `after`, awaits a key."""
    said = announce(context, agencies, detail)
    position = replace(context.position, number=speaks_number(said))
    return Turn(position, before + said + after, wait=FIRST_SILENCE)


def announce(context: Context, agencies: Sequence[str], detail: Detail) -> Speech:
    """What is said of the agencies, in order."""
    said: Speech = ()
    before: _Means | None = None
    for name in agencies:
        means = _means(context, name, alone=len(agencies) == 1)
        if detail is Detail.CONTACT:
            said += _contact(context, name)
        elif detail is Detail.FULL:
            said += _whole(context, name, means, before)
        else:
            said += _again(context, name, slow=detail is Detail.SLOW)
        before = means
    return said


def speaks_number(speech: Speech) -> bool:
    """Whether a number is read out."""
    return any(isinstance(part, Digits) for part in speech)


def _means(context: Context, agency: str, alone: bool) -> _Means:
    if _phone(context, agency) is None:
        return _Means.PAGE
    return _Means.CLOSED if _is_closed(context, agency) and not alone else _Means.NUMBER


def _whole(context: Context, agency: str, means: _Means, before: _Means | None) -> Speech:
    """All that is said of an agency the first time.

    That it is closed is said before its number, that it is open after it: nobody is sent to a
    closed agency first (caller rule F2), and the first digit is what a caller rings for (F1).
    """
    phone = _phone(context, agency)
    if phone is None:
        return _name_and_page(context, agency)
    hours = context.sentence(hours_sentence(context.states.of(agency), context.prompts))
    if _is_closed(context, agency):
        name = _named(context, context.prompts.referral.agency, agency)
        return name + hours + (() if means is _Means.CLOSED else _number(context, phone))
    name = _named(context, _introduction(context, before), agency)
    return name + _number(context, phone) + _cost(context, phone) + hours


def _introduction(context: Context, before: _Means | None) -> str:
    """What to do, by what was said just before."""
    phrases = context.prompts.referral
    if before is None:
        return phrases.call
    return {
        _Means.NUMBER: phrases.otherwise,
        _Means.CLOSED: phrases.meanwhile,
        _Means.PAGE: phrases.by_phone,
    }[before]


def _again(context: Context, agency: str, slow: bool) -> Speech:
    """Name and contact; of a closed agency also when it opens."""
    phone = _phone(context, agency)
    if phone is None:
        return _name_and_page(context, agency)
    name = _named(context, context.prompts.referral.agency, agency)
    if _is_closed(context, agency):
        name += context.sentence(hours_sentence(context.states.of(agency), context.prompts))
    return name + _number(context, phone, slow)


def _named(context: Context, phrase: str, agency: str) -> Speech:
    """The agency's name in a phrase, and its language where it is not the caller's."""
    heard = context.script.agencies[agency].heard
    said = context.sentence(phrase.format(agency=heard))
    line = context.line
    if line.speaks(agency, context.position.language):
        return said
    theirs = Locale.parse(line.tree.language, sep="-").get_display_name(context.prompts.babel)
    return said + context.sentence(context.prompts.referral.language.format(language=theirs))


def _name_and_page(context: Context, agency: str) -> Speech:
    """An agency without a number: its name and the words that find it; without a page, what to do.

    A form is said to be one, and that a text brings the link, where one can be had.
    """
    known, phrases = context.line.agency(agency), context.prompts.referral
    words = context.script.agencies[agency]
    if known.link is not None and known.is_form_only:
        phrase = phrases.form_by_text if context.caller.line_texts else phrases.form
        return context.sentence(phrase.format(agency=words.heard, search=words.searched))
    return _named(context, phrases.agency, agency) + _contact(context, agency)


def _contact(context: Context, agency: str) -> Speech:
    """The number; without one, the words that find its page; without that, what to do."""
    phone, phrases = _phone(context, agency), context.prompts.referral
    if phone is not None:
        return _number(context, phone)
    if context.line.agency(agency).link is None:
        return context.sentence(phrases.desk)
    searched = context.script.agencies[agency].searched
    return context.sentence(phrases.page.format(search=searched))


def _number(context: Context, phone: Phone, slow: bool = False) -> Speech:
    """The number, twice; and that this kind of line may not reach it."""
    said = (*read_twice(phone.number, context.prompts, slow), Pause(AFTER_SENTENCE))
    may_fail = context.caller.kind in phone.not_from
    return said + (context.sentence(context.prompts.referral.may_fail) if may_fail else ())


def _cost(context: Context, phone: Phone) -> Speech:
    """What the call costs, in a word; nothing where that is not known."""
    if phone.cost is Cost.UNKNOWN:
        return ()
    phrases = context.prompts.cost
    return context.sentence(phrases.free if phone.cost is Cost.FREE else phrases.charged)


def _phone(context: Context, agency: str) -> Phone | None:
    return context.line.agency(agency).phone_for(context.caller.kind)


def _is_closed(context: Context, agency: str) -> bool:
    return context.states.of(agency).availability is Availability.CLOSED
