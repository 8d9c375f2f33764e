"""A referral as a text message: who it is from, the agency, its number, link and hours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ivr.engine import CallerKind, Line
from ivr.sms.schedule_words import schedule_words
from ivr.sms.segments import Size, text_size

REFERRAL_SEGMENTS = 2


@dataclass(frozen=True)
class ComposedText:
    """A text that is ready to be sent."""

    body: str
    size: Size


def referral_text(line: Line, agency: str, language: str) -> ComposedText:
    """The text for an agency. Only facts that may be spoken stand in it, the link on its own line.

    Where it would take more than two segments the least needed line goes first: the ending, then
    the hours, then the greeting. Number and link always stay.
    """
    script = line.scripts[language]
    phrases = script.prompts.text
    lines = {
        "greeting": phrases.greeting.format(name=script.tree.name),
        **details(line, agency, language),
        "ending": phrases.ending,
    }
    return fitted(lines, ("ending", "hours", "greeting"), REFERRAL_SEGMENTS)


def details(line: Line, agency: str, language: str) -> dict[str, str | None]:
    """An agency in lines: what it is called, its number, its hours, its link."""
    script, known = line.scripts[language], line.agency(agency)
    phone = known.phone_for(CallerKind.MOBILE)  # texts go to mobiles, so it is dialled from one
    hours = known.hours if known.hours and known.hours.speakable and phone else None
    return {
        "agency": script.agencies[agency].name,
        "number": phone.number if phone else None,
        "hours": schedule_words(hours, script.prompts) if hours else None,
        "link": known.link.url if known.link else None,
    }


def fitted(lines: Mapping[str, str | None], dispensable: Sequence[str], most: int) -> ComposedText:
    """The lines as one message of at most `most` segments, as long as leaving out what is
    `dispensable` (the least needed first) can do it."""
    kept = dict(lines)
    for name in dispensable:
        if text_size(_body(kept)).segments <= most:
            break
        kept[name] = None
    body = _body(kept)
    return ComposedText(body, text_size(body))


def _body(lines: Mapping[str, str | None]) -> str:
    return "\n".join(text for text in lines.values() if text)
