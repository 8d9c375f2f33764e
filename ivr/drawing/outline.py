"""The flow as text: an outline that can be read aloud, pasted into a mail, or compared."""

from collections.abc import Iterator

from ivr.drawing.chart import Chart, Contact
from ivr.drawing.growing import Twig, grow, titles

_STEP = "    "


def outline(chart: Chart) -> str:
    """The chart as indented lines, the emergency words first; it ends with a line end."""
    root = grow(chart)
    lines = [chart.name, "", f"! {chart.emergency}", chart.greeting]
    lines += [f"[{key}] {words}" for key, words in chart.languages]
    lines += ["", *_twig(root, titles(root)), ""]
    lines += [f"[{key}] {words}" for key, words in chart.keys]
    return "\n".join(lines) + "\n"


def _twig(twig: Twig, called: dict[str, str]) -> Iterator[str]:
    here, inside = _STEP * max(0, twig.depth - 1), _STEP * twig.depth
    card = twig.card
    if twig.branch is not None:
        yield f"{here}[{twig.branch.key}] {_heading(twig, called)}".rstrip()
    if twig.is_pointer:
        return
    if card.said:
        yield inside + card.said
    for place, contact in enumerate(card.contacts, 1):
        yield f"{inside}{place}. {_contact(contact)}"
    if card.after:
        yield inside + card.after
    for below in twig.twigs:
        yield from _twig(below, called)


def _heading(twig: Twig, called: dict[str, str]) -> str:
    words = twig.branch.words if twig.branch else ""
    if twig.is_pointer:
        return f"{words} → {called[twig.card.node]}".strip()
    covers = f"  ({', '.join(twig.card.covers)})" if twig.card.covers else ""
    return words + covers


def _contact(contact: Contact) -> str:
    reached = contact.number or contact.link or contact.instead or ""
    tags = f"  ({', '.join(contact.tags)})" if contact.tags else ""
    return f"{contact.name}  {reached}{tags}"
