"""The flow as text: an outline that can be read aloud, pasted into a mail, or compared."""

from collections.abc import Iterator

from ivr.drawing.chart import Chart, Contact
from ivr.drawing.chart_tree import Entry, chart_tree, titles

_STEP = "    "


def outline(chart: Chart) -> str:
    """The chart as indented lines, the emergency words first; it ends with a line end."""
    root = chart_tree(chart)
    lines = [chart.name, "", f"! {chart.emergency}", chart.greeting]
    lines += [f"[{key}] {words}" for key, words in chart.languages]
    lines += ["", *_entry(root, titles(root)), ""]
    lines += [f"[{key}] {words}" for key, words in chart.keys]
    return "\n".join(lines) + "\n"


def _entry(entry: Entry, called: dict[str, str]) -> Iterator[str]:
    here, inside = _STEP * max(0, entry.depth - 1), _STEP * entry.depth
    card = entry.card
    if entry.branch is not None:
        yield f"{here}[{entry.branch.key}] {_heading(entry, called)}".rstrip()
    if entry.is_pointer:
        return
    if card.said:
        yield inside + card.said
    for place, contact in enumerate(card.contacts, 1):
        yield f"{inside}{place}. {_contact(contact)}"
    if card.after:
        yield inside + card.after
    for below in entry.entries:
        yield from _entry(below, called)


def _heading(entry: Entry, called: dict[str, str]) -> str:
    words = entry.branch.words if entry.branch else ""
    if entry.is_pointer:
        return f"{words} → {called[entry.card.node]}".strip()
    covers = f"  ({', '.join(entry.card.covers)})" if entry.card.covers else ""
    return words + covers


def _contact(contact: Contact) -> str:
    reached = contact.number or contact.link or contact.instead or ""
    tags = f"  ({', '.join(contact.tags)})" if contact.tags else ""
    return f"{contact.name}  {reached}{tags}"
