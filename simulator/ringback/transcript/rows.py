"""A call in words: who did what at which second, as people and failed tests show it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ringback.transcript.event import Event

_SENTENCE_ENDS = re.compile(r"(?<=[。！？])(?=.)|(?<=[.?!]) ")
_LOST = " (nothing was listening)"


@dataclass(frozen=True)
class Row:
    """One thing that happened: seconds since the answer (of speech, when it began), who, what."""

    t: float
    who: str
    what: str


def row(event: Event) -> Row | None:
    """The event as a row; None for what only a developer wants to see (requests)."""
    match event.event:
        case "heard":
            return Row(event.t - (event.seconds or 0), "line", spoken(event))
        case "pressed":
            return Row(event.t, "caller", pressing(event.keys or "", lost=event.lost))
        case "spoke":
            return Row(event.t, "caller", f"says: {event.text}{_LOST if event.lost else ''}")
        case "silence":
            return Row(event.t, "caller", "is silent")
        case "recorded":
            return Row(event.t, "line", f"has recorded {event.seconds or 0:.0f} s")
        case "texted":
            return Row(event.t, "text", f"to {event.to}: {plain(event.body or '')}")
        case "dialed":
            return Row(event.t, "line", f"rings {event.to}: {event.status}")
        case "unsimulated":
            return Row(event.t, "carrier", event.text or "")
        case "error":
            return Row(event.t, "carrier", _problem(event))
        case "hangup":
            return Row(event.t, event.by or "carrier", f"ends the call: {event.text}")
    return None


def whole_call(events: Iterable[Event]) -> str:
    """A row an event, a line a sentence."""
    lines = []
    for entry in filter(None, map(row, events)):
        first, *others = sentence_per_line(plain(entry.what)).splitlines() or [""]
        lines.append(f"{entry.t:6.1f} s  {entry.who:<8}{first}")
        lines += [f"{'':18}{other}" for other in others]
    return "\n".join(lines)


def sentence_per_line(text: str) -> str:
    """The text with a line for every sentence, so that differences show by line."""
    return _SENTENCE_ENDS.sub("\n", text).replace("\n ", "\n")


def pressing(keys: str, *, lost: bool) -> str:
    """Keys, and whether nothing was listening for them."""
    return f"presses {' '.join(keys)}{_LOST if lost else ''}"


def spoken(event: Event) -> str:
    """What a heard event sounded like, written as in the document; … where it was cut."""
    words = event.written or event.text or ""
    if event.verb == "Play":
        words = f"♪ {words or file_name(event.url)}"
    return f"{words} …" if event.cut else words


def file_name(url: str | None) -> str:
    """The last part of a sound's URL, which is all there is to see of it."""
    return (url or "").rpartition("/")[2]


def plain(text: str) -> str:
    """The text without control characters: an app must not steer the reader's terminal."""
    return "".join(
        char for char in text if char == "\n" or not unicodedata.category(char).startswith("C")
    )


def _problem(event: Event) -> str:
    code = f" {event.code}" if event.code else ""
    where = f" ({event.url})" if event.url else ""
    return f"{event.level or 'error'}{code}: {event.text}{where}"
