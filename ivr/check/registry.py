"""Every check of the engine and every code, by name: what is listed here is run and documented."""

from collections.abc import Callable, Iterator

from ivr.check import allowances
from ivr.check.code import FILE_CODES, Code
from ivr.check.rules import (
    agreement,
    characters,
    evidence,
    forbidden,
    links,
    menus,
    phones,
    promises,
    records,
    schedules,
    shape,
    translation,
    understanding,
)
from ivr.check.subject import Draft, Subject
from ivr.files.problems import Problem

# Looked for whenever a line is loaded, in whatever of it can be read.
MUST_FIX: tuple[Callable[[Draft], Iterator[Problem]], ...] = (
    agreement.check,
    translation.check,
    shape.check_ends,
    phones.check_must_fix,
    links.check_hosts,
    understanding.check,
)

# Looked for by `ivr check` alone, in a line that may serve.
MAY_IGNORE: tuple[Callable[[Subject], Iterator[Problem]], ...] = (
    shape.check,
    menus.check,
    promises.check,
    records.check,
    forbidden.check,
    characters.check,
    phones.check,
    phones.check_sources,
    schedules.check,
    evidence.check,
    links.check,
)

_FAMILIES: tuple[tuple[Code, ...], ...] = (
    *(FILE_CODES, agreement.CODES, translation.CODES, shape.CODES, menus.CODES),
    *(promises.CODES, records.CODES, forbidden.CODES, characters.CODES, phones.CODES),
    *(schedules.CODES, evidence.CODES, links.CODES, allowances.CODES, understanding.CODES),
)
CODES: dict[str, Code] = {code.name: code for family in _FAMILIES for code in family}
