"""How long sentences are when they are spoken, and whether a voice knows their words.

Counted in morae by Open JTalk's dictionary where a language's `wording` asks for it, in words
elsewhere.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from string import Formatter

from babel import Locale
from babel.dates import format_date

from ivr.check.author_texts import AuthorText, Purpose, every_text
from ivr.check.code import may_ignore
from ivr.check.subject import Subject
from ivr.check.wording import Unit, Wording
from ivr.engine import time_speech
from ivr.engine.prompts import Prompts
from ivr.files.problems import Problem
from ivr.speech import NO_LEXICON, Lexicon
from ivr.speech.readings import is_readable, kana, morae, seconds_to_say

READABLE_LANGUAGE = "ja"  # the language whose readings are known
EMERGENCY_SECONDS = 6.0  # rule A2: it ends 8 s after the answer, and begins within 2 s

LONG_SENTENCE = may_ignore("long-sentence", "a sentence that is longer than its language allows")
LONG_LABEL = may_ignore("long-label", "a key's words that are longer than its language allows")
UNREADABLE = may_ignore("unreadable", "a word that the voice's dictionary does not know")
SLOW_EMERGENCY = may_ignore("slow-emergency", "first words that take too long to say")

CODES = (LONG_SENTENCE, LONG_LABEL, UNREADABLE, SLOW_EMERGENCY)

_HEARD = {Purpose.SPOKEN, Purpose.LABEL, Purpose.NAME, Purpose.SEARCH, Purpose.KEY}
_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s")
_LONGEST_DAY = datetime(2026, 12, 29, 17, 45)  # long words in most languages


def check(subject: Subject, lexicons: Mapping[str, Lexicon]) -> Iterator[Problem]:
    """Every text that is heard, in the languages that say how long it may be.

    Raises MissingExtra where Japanese is to be read and its dictionary is not installed.
    """
    for written in every_text(subject.line, subject.draft):
        wording = subject.wording.get(written.language)
        if wording is not None and written.kind in _HEARD:
            prompts = subject.line.scripts[written.language].prompts
            lexicon = lexicons.get(written.language, NO_LEXICON)
            yield from _check(written, wording, prompts, lexicon)


def _check(
    written: AuthorText, wording: Wording, prompts: Prompts, lexicon: Lexicon
) -> Iterator[Problem]:
    said = _filled(written, prompts)
    if said is None:
        return
    is_label = written.kind is Purpose.LABEL
    most = wording.label if is_label else wording.sentence
    by_morae = wording.unit is Unit.MORAE
    if by_morae and written.language != READABLE_LANGUAGE:
        return
    whole = 0.0
    for sentence in filter(None, (piece.strip() for piece in _END.split(said))):
        read = kana(lexicon.spoken(sentence)) if by_morae else sentence
        if by_morae and not is_readable(read):
            message = f"「{sentence}」 is read 「{read}」; respell it in the language's lexicon"
            yield UNREADABLE.at(written.file, written.path, message)
        length = morae(read) if by_morae else len(sentence.split())
        whole += seconds_to_say(read) if by_morae else 0.0
        if most is not None and length > most:
            code = LONG_LABEL if is_label else LONG_SENTENCE
            message = f"「{sentence}」 has {length} {wording.unit.value}; {most} are the most"
            yield code.at(written.file, written.path, message)
    if written.path[-1] == "emergency" and whole > EMERGENCY_SECONDS:
        message = f"the first words take about {whole:.1f} s; {EMERGENCY_SECONDS:g} s are the most"
        yield SLOW_EMERGENCY.at(written.file, written.path, message)


def _filled(written: AuthorText, prompts: Prompts) -> str | None:
    """The text as it may be heard at its longest; None where each agency's own line is checked."""
    places = {place for _, place, _, _ in Formatter().parse(written.text) if place}
    if written.kind is Purpose.NAME:
        return _longest_introduction(prompts).format(agency=written.text)
    if written.kind is Purpose.SEARCH:
        return prompts.referral.form_by_text.format(agency="", search=written.text)
    if not places:
        return written.text
    if not places <= _samples(prompts).keys():
        return None
    return written.text.format_map(_samples(prompts))


def _longest_introduction(prompts: Prompts) -> str:
    phrases = prompts.referral
    return max(phrases.call, phrases.otherwise, phrases.by_phone, phrases.meanwhile, key=len)


def _samples(prompts: Prompts) -> dict[str, str]:
    """Long words for the places that a phrase may have."""
    keys = [*prompts.digits.values(), *prompts.signs.values()]
    day, babel = _LONGEST_DAY, prompts.babel
    return {
        "key": max(keys, key=len),
        "digits": "11",  # of a mobile number, the most in any plan that is usual
        "language": Locale.parse(READABLE_LANGUAGE).get_display_name(babel) or READABLE_LANGUAGE,
        "time": time_speech.clock(day.time(), prompts),
        "weekday": format_date(day, "EEEE", locale=babel),
        "date": format_date(day, prompts.hours.date, locale=babel),
        "when": time_speech.when(day, time_speech.WEEK, prompts),
    }
