"""A caller's position as a URL, and back: the one place that knows how they look.

No telephone number ever stands in a URL. What a stranger could have written into one is brought
into bounds; a node or language that the tree does not know is dealt with by the engine.
"""

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from ivr.engine import NumberEntry, Position, TextFollowUp

if TYPE_CHECKING:
    from flask import Request

_MOST = 99


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
        "stage": stage,
        "tries": tries,
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
    keying, confirming = stage == "keying", stage == "confirming"
    return Position(
        language=unquote(language),
        node=unquote(node),
        agency=query.get("agency", ""),
        silences=_count(query.get("silences")),
        mistakes=_count(query.get("mistakes")),
        number=query.get("number") == "1",
        heard=query.get("heard") == "1",
        visits=_count(query.get("visits")),
        entry=NumberEntry(tries, confirming) if keying or confirming else None,
        follow_up=TextFollowUp(tries > 0) if stage == "texting" else None,
        refused=stage == "refused",
        closing=stage == "closing",
    )


def _stage(position: Position) -> tuple[str, int]:
    """What is under way at a referral, and how far it has come, as two parameters."""
    if position.entry is not None:
        return ("confirming" if position.entry.confirming else "keying"), position.entry.corrections
    if position.follow_up is not None:
        return "texting", int(position.follow_up.known)
    if position.refused:
        return "refused", 0
    return ("closing" if position.closing else ""), 0


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
