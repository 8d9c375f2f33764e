"""A caller's position as a URL, and back: the one place that knows how they look.

No telephone number ever stands in a URL. What a stranger could have written into one is brought
into bounds; a node or language that the tree does not know is dealt with by the engine.
"""

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from ivr.engine import NumberEntry, Position, TextFollowUp
from ivr.engine.keys import KEYPAD

if TYPE_CHECKING:
    from flask import Request

_MOST = 99
_MOST_KEYS = 12  # of a number that is dialled into the call


def position_url(base: str, position: Position) -> str:
    """The absolute URL at which the line hears what the caller does at `position`."""
    stage, tries = _stage(position)
    query = {
        "agency": position.agency,
        "silences": position.silences,
        "mistakes": position.mistakes,
        "number": int(position.number),
        "heard": int(position.heard),
        "visits": position.visits,
        "dialled": position.dialled,
        "stage": stage,
        "tries": tries,
        "texting": position.follow_up.agency if position.follow_up else "",
    }
    shown = urlencode({name: value for name, value in query.items() if value})
    place = f"{quote(position.language, safe='')}/{quote(position.node, safe='')}"
    return f"{base}/voice/{place}" + (f"?{shown}" if shown else "")


def position_from(target: str) -> Position:
    """The position that a request's path and query stand for."""
    parts = urlsplit(target)
    _, _, language, node = (*parts.path.split("/"), "", "", "", "")[:4]
    query = dict(parse_qsl(parts.query))
    stage, tries = query.get("stage"), _count(query.get("tries"))
    return Position(
        language=unquote(language),
        node=unquote(node),
        agency=query.get("agency", ""),
        silences=_count(query.get("silences")),
        mistakes=_count(query.get("mistakes")),
        number=query.get("number") == "1",
        heard=query.get("heard") == "1",
        visits=_count(query.get("visits")),
        dialled=_keys(query.get("dialled")),
        entry=_entry(stage, tries),
        follow_up=TextFollowUp(query.get("texting", ""), tries > 0) if stage == "texting" else None,
        refused=stage == "refused",
    )


def _entry(stage: str | None, corrections: int) -> NumberEntry | None:
    if stage not in ("keying", "confirming", "recalling"):
        return None
    return NumberEntry(corrections, stage == "confirming", stage == "recalling")


def _stage(position: Position) -> tuple[str, int]:
    """What is under way at a referral, and how far it has come, as two parameters."""
    if position.entry is not None:
        entry = position.entry
        stage = "confirming" if entry.confirming else "recalling" if entry.recalling else "keying"
        return stage, entry.corrections
    if position.follow_up is not None:
        return "texting", int(position.follow_up.known)
    return ("refused" if position.refused else ""), 0


def _keys(text: str | None) -> str:
    """Pressed keys; empty where it is anything else, or longer than any number."""
    known = text is not None and len(text) <= _MOST_KEYS and set(text) <= set(KEYPAD)
    return text if text and known else ""


def _count(text: str | None) -> int:
    if not text or not text.isascii() or not text.isdigit():
        return 0
    return min(int(text[:3]), _MOST)


def raw_target(asked: "Request") -> str:
    """Path and query as they came over the wire, percent-encoding untouched.

    gunicorn and werkzeug keep them (RAW_URI, REQUEST_URI); a server that does not gets the path
    encoded again.
    """
    raw: str = asked.environ.get("RAW_URI") or asked.environ.get("REQUEST_URI") or ""
    if raw.startswith("/"):
        return raw
    if raw:  # a proxy may pass on an absolute address
        parts = urlsplit(raw)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    query = asked.environ.get("QUERY_STRING", "")
    return quote(asked.path) + (f"?{query}" if query else "")
