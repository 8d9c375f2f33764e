"""Who is named at the end of a few keys: the agencies in the order they are heard."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from pydantic import Field

from ivr.engine import Caller, CallerKind, Event, Keys, Line, Silence, Start, Turn, beginning, step
from ivr.engine.model import Model, Name, Text
from ivr.engine.number_speech import read_number
from ivr.engine.speech import Words

# By day, at night, and at New Year, when most offices are closed for days.
MOMENTS = {
    "by day": (2026, 11, 24, 13),
    "at night": (2026, 11, 24, 23),
    "New Year": (2027, 1, 1, 13),
}
KINDS = (CallerKind.MOBILE, CallerKind.LANDLINE, CallerKind.IP_PHONE, CallerKind.WITHHELD)


class Trouble(Model):
    """One trouble, the keys from the first question on, and who may be named first."""

    trouble: Text
    english: Text
    keys: str
    first: tuple[Name, ...]


class Troubles(Model):
    """`troubles.yaml`, whole."""

    troubles: tuple[Trouble, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Named:
    """An agency that is named, and its number if that is read out."""

    agency: str
    number: str | None


def moment(name: str, zone: tzinfo) -> datetime:
    """One of the MOMENTS as an aware time."""
    return datetime(*MOMENTS[name], tzinfo=zone)


def referred(
    line: Line, keys: str, language: str, kind: CallerKind, at: datetime
) -> tuple[Named, ...]:
    """Who is named in the turn after these keys; without any, after the first silence."""
    states, caller = line.timetable.at(at), Caller(kind)
    turn = step(line, beginning(line, language), Start(), states, caller)
    pressed: list[Event] = [Keys(key) for key in keys.split()]
    for event in pressed or [Silence()]:
        turn = step(line, turn.position, event, states, caller)
    return tuple(_named(line, turn, language, kind))


def _named(line: Line, turn: Turn, language: str, kind: CallerKind) -> Iterator[Named]:
    said = [part.text if isinstance(part, Words) else "" for part in turn.speech]
    places: dict[int, Named] = {}
    for agency, words in line.scripts[language].agencies.items():
        phone = line.agency(agency).phone_for(kind)
        digits = read_number(phone.number, line.scripts[language].prompts)[-1] if phone else None
        number = phone.number if phone is not None and digits in turn.speech else None
        for place, text in enumerate(said):
            if words.heard in text:
                places.setdefault(place, Named(agency, number))
    yield from (places[place] for place in sorted(places))


def wrong(line: Line, trouble: Trouble, zone: tzinfo) -> Iterator[str]:
    """Where somebody else is named first, or no number is read."""
    for language in line.scripts:
        for name in MOMENTS:
            for kind in KINDS:
                found = referred(line, trouble.keys, language, kind, moment(name, zone))
                who = f"{trouble.trouble} ({language}, {name}, {kind.value})"
                if not found or found[0].agency not in trouble.first:
                    first = found[0].agency if found else "nobody"
                    yield f"{who}: {first} is named first, not {' or '.join(trouble.first)}"
                if not any(one.number for one in found):
                    yield f"{who}: no number is read"
