"""docs/help.md: each trouble, its keys, and who is named, by hour, line and language."""

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from ivr.commands.helping.referred import KINDS, MOMENTS, Named, Trouble, moment, referred
from ivr.engine import CallerKind, Line

_HEAD = """# Who helps whom?

Each trouble, the keys from the first question on, and who is named in the turn that follows, in
the order it is heard. A number that is read out stands with its agency; the others are named with
their page or with when they open. Made by `ivr troubles --write docs` from `data/troubles.yaml`,
and a test keeps it true.

A cell holds for mobiles, landlines, 050 lines and withheld numbers alike, unless it says otherwise.
"""


def help_page(line: Line, troubles: Iterable[Trouble], zone: tzinfo) -> str:
    """The page, for all languages of the line; hours are those of `zone`."""
    listed = tuple(troubles)
    parts = [_HEAD, *(_section(line, listed, language, zone) for language in line.scripts)]
    return "\n".join(parts)


def _section(line: Line, troubles: tuple[Trouble, ...], language: str, zone: tzinfo) -> str:
    own = language == line.tree.language
    rows = [
        f"## Calls in `{language}`\n",
        f"| trouble | keys | {' | '.join(MOMENTS)} |",
        f"|---|---|{'---|' * len(MOMENTS)}",
    ]
    for one in troubles:
        cells = ["<br>".join(_cell(line, one, language, moment(name, zone))) for name in MOMENTS]
        said = one.trouble if own else one.english
        rows.append(f"| {said} | {one.keys or 'none'} | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _cell(line: Line, one: Trouble, language: str, at: datetime) -> Iterator[str]:
    by_kind: dict[tuple[Named, ...], list[CallerKind]] = {}
    for kind in KINDS:
        found = referred(line, one.keys, language, kind, at)
        by_kind.setdefault(found, []).append(kind)
    for found, kinds in by_kind.items():
        names = ", ".join(_shown(line, language, named) for named in found)
        whose = "" if len(by_kind) == 1 else f" ({', '.join(_KINDS[kind] for kind in kinds)})"
        yield names + whose


_KINDS = {
    CallerKind.MOBILE: "mobile",
    CallerKind.LANDLINE: "landline",
    CallerKind.IP_PHONE: "050",
    CallerKind.WITHHELD: "withheld",
}


def _shown(line: Line, language: str, named: Named) -> str:
    name = line.scripts[language].agencies[named.agency].name
    return f"{name} **{named.number}**" if named.number else name
