"""What a caller is told of one agency: its name, whether it is open, and how to reach it."""

from babel import Locale

from ivr.engine import time_speech
from ivr.engine.hours import AgencyState, Availability
from ivr.engine.number_speech import read_twice
from ivr.engine.pace import AFTER_SENTENCE
from ivr.engine.prompts import Prompts
from ivr.engine.scene import Scene
from ivr.engine.speech import Pause, Speech


def introduction(scene: Scene, agency: str) -> Speech:
    """The agency in plain words, its language where it is another, and that it is closed.

    That it is open can wait until the number was read: nobody is led to a closed door first
    (caller rule F2), and the first digit is what a caller rings for (F1).
    """
    line, language = scene.line, scene.position.language
    said = name(scene, agency)
    if not line.speaks(agency, language):
        theirs = Locale.parse(line.tree.language, sep="-").get_display_name(scene.prompts.babel)
        said += scene.sentence(scene.prompts.referral.language.format(language=theirs))
    return said + (scene.sentence(_door(scene, agency)) if _is_closed(scene, agency) else ())


def afterwards(scene: Scene, agency: str) -> Speech:
    """What is said once the number is known: that it is open, where it is."""
    return () if _is_closed(scene, agency) else scene.sentence(_door(scene, agency))


def _is_closed(scene: Scene, agency: str) -> bool:
    return scene.opening.of(agency).availability is Availability.CLOSED


def name(scene: Scene, agency: str) -> Speech:
    """The agency in plain words."""
    heard = scene.script.agencies[agency].heard
    return scene.sentence(scene.prompts.referral.agency.format(agency=heard))


def contact(scene: Scene, agency: str, slow: bool = False) -> Speech:
    """The number, twice; without one, the words that find its page; without that, what to do."""
    known, phrases = scene.line.agency(agency), scene.prompts.referral
    phone = known.phone_for(scene.caller.kind)
    if phone is not None:
        said = (*read_twice(phone.number, scene.prompts, slow), Pause(AFTER_SENTENCE))
        may_fail = scene.caller.kind in phone.not_from
        return said + (scene.sentence(phrases.may_fail) if may_fail else ())
    if known.link is not None:
        searched = scene.script.agencies[agency].searched
        phrase = phrases.form if known.is_form_only else phrases.page
        return scene.sentence(phrase.format(search=searched))
    return scene.sentence(phrases.desk)


def _door(scene: Scene, agency: str) -> str | None:
    """Whether it is open; of an agency without a number nothing is said: its page has no door."""
    if scene.line.agency(agency).phone_for(scene.caller.kind) is None:
        return None
    return door(scene.opening.of(agency), scene.prompts)


def door(status: AgencyState, prompts: Prompts) -> str | None:
    """What is said of a door; nothing where its hours are not known."""
    phrases = prompts.hours
    if status.availability is Availability.CLOSED and status.opens is not None:
        when = time_speech.when(status.opens, status.days_ahead, prompts)
        return phrases.opens.format(when=when)
    said = {
        Availability.OPEN: phrases.open,
        Availability.ALWAYS: phrases.always,
        Availability.CLOSED: phrases.closed,
    }
    return said.get(status.availability)
