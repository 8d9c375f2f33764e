"""The flow as Mermaid, for wikis and READMEs that draw it: https://mermaid.js.org/syntax/flowchart.html"""

from collections.abc import Iterator

from ivr.drawing.chart import Card, Chart, Contact
from ivr.drawing.chart_tree import chart_tree

# Entities by which a label keeps signs that Mermaid or Markdown would take for their own.
# https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
_ENTITIES = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;", "*": "#42;"}


def mermaid(chart: Chart) -> str:
    """The chart as a flowchart from left to right; it ends with a line end.

    Each node is `n_<name>`, since a bare name may be one of Mermaid's own words (`end`).
    """
    lines = ["flowchart LR", f"  emergency[[{_label(chart.emergency)}]]:::emergency"]
    lines.append(f"  emergency --> n_{chart.start}")
    entries = [entry for entry in chart_tree(chart).all() if not entry.is_pointer]
    for entry in entries:
        lines.append("  " + _node(chart, entry.card))
    for entry in entries:
        lines += [
            f"  {_id(entry.card)} -->|{_label(*_way(branch.key, branch.words))}| n_{branch.to}"
            for branch in entry.card.branches
        ]
    lines += [
        f"  n_{chart.start} -.->|{_label(*_way(branch.key, branch.words))}| n_{branch.to}"
        for branch in chart.anywhere
    ]
    lines.append("  classDef emergency fill:#fdecea,stroke:#b42318,color:#7a1610")
    lines.append("  classDef question fill:#e6f3f2,stroke:#0f6b66,color:#12302e")
    return "\n".join(lines) + "\n"


def _node(chart: Chart, card: Card) -> str:
    if card.asks:
        first = [chart.greeting] if card.node == chart.start else []
        languages = [f"{key} {words}" for key, words in chart.languages] if first else []
        said = [*first, *filter(None, [card.said]), *languages] or [card.node]
        return f"{_id(card)}({_label(*said)}):::question"
    return f"{_id(card)}[{_label(*_lines(card))}]"


def _lines(card: Card) -> Iterator[str]:
    if card.covers:
        yield " ".join(card.covers)
    if card.said:
        yield card.said
    for place, contact in enumerate(card.contacts, 1):
        yield f"({place}) {contact.name}"  # "1." would be read as a Markdown list
        yield _reached(contact)
    if card.after:
        yield card.after


def _reached(contact: Contact) -> str:
    return " ".join([contact.number or contact.link or contact.instead or "", *contact.tags])


def _way(key: str, words: str) -> tuple[str, ...]:
    return (f"{key} {words}".strip(),)


def _id(card: Card) -> str:
    return f"n_{card.node}"


def _label(*lines: str) -> str:
    """Lines of text as one quoted label."""
    escaped = ("".join(_ENTITIES.get(sign, sign) for sign in line) for line in lines)
    return '"' + "<br/>".join(escaped) + '"'
