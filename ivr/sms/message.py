"""A referral as a text message: who it is from, the agency, its number, link and hours."""

from dataclasses import dataclass

from ivr.engine import CallerKind, Line
from ivr.sms.schedule_words import schedule_words
from ivr.sms.segments import Size, measure

MOST_SEGMENTS = 2


@dataclass(frozen=True)
class Message:
    """A text that is ready to be sent."""

    body: str
    size: Size


def compose(line: Line, agency: str, language: str) -> Message:
    """The text for an agency. Only facts that may be spoken stand in it, the link on its own line.

    Where it would take more than two segments the least needed line goes first: the ending, then
    the hours, then the greeting. Number and link always stay.
    """
    script = line.scripts[language]
    phrases, known = script.prompts.text, line.agency(agency)
    phone = known.phone_for(CallerKind.MOBILE)  # texts go to mobiles, so it is dialled from one
    hours = known.hours if known.hours and known.hours.speakable and phone else None
    lines = {
        "greeting": phrases.greeting.format(name=script.tree.name),
        "agency": script.agencies[agency].name,
        "number": phone.number if phone else None,
        "hours": schedule_words(hours, script.prompts) if hours else None,
        "link": known.link.url if known.link else None,
        "ending": phrases.ending,
    }
    for dispensable in ("ending", "hours", "greeting"):
        size = measure(_body(lines))
        if size.segments <= MOST_SEGMENTS:
            break
        lines[dispensable] = None
    body = _body(lines)
    return Message(body, measure(body))


def _body(lines: dict[str, str | None]) -> str:
    return "\n".join(text for text in lines.values() if text)
