"""What supports the facts that callers hear: pages, how far to trust them, and how old they are."""

from collections.abc import Iterator

from ivr.check.code import may_ignore
from ivr.check.subject import Subject, agency_facts
from ivr.engine.directory import Link, Phone
from ivr.engine.fact import Fact, Trust
from ivr.engine.tree import referred
from ivr.files.problems import Problem
from ivr.files.yaml_source import Path

UNUSED_SOURCE = may_ignore("unused-source", "a source that no fact names")
OLD_SOURCE = may_ignore("old-source", "a spoken fact whose page is old or undated (trust V-old)")
OTHER_BODY = may_ignore(
    "other-body", "a spoken fact taken from another organization's page (trust L)"
)
UNOFFICIAL = may_ignore("unofficial-source", "a spoken fact that no official page supports")
UNASSURED = may_ignore("unassured", "a spoken fact that nobody has checked within the wanted days")
FUTURE_DATE = may_ignore("future-date", "a fact with a check date in the future")

CODES = (UNUSED_SOURCE, OLD_SOURCE, OTHER_BODY, UNOFFICIAL, UNASSURED, FUTURE_DATE)

_CHECK = "check it and add `assured_date`"
_SPOKEN = frozenset({"phones", "links", "hours", "languages"})


def check(subject: Subject) -> Iterator[Problem]:
    """Every source, and every fact that a caller may hear."""
    directory, file = subject.line.directory, subject.draft.directory_file
    used = {
        source
        for agency in directory.agencies.values()
        for _, fact in agency_facts(agency)
        for source in fact.source
    }
    for source in directory.sources:
        if source not in used:
            message = (
                f"no fact names `{source}`; name it in the fact that it supports, or remove it"
            )
            yield UNUSED_SOURCE.at(file, ("sources", source), message)
    referred_to = set(referred(subject.line.tree))
    for name, agency in directory.agencies.items():
        for path, fact in agency_facts(agency):
            here: Path = ("agencies", name, *path)
            if fact.assured_date is not None and fact.assured_date > subject.today:
                message = f"{fact.assured_date} is in the future; expected the day of the call"
                yield FUTURE_DATE.at(file, here, message)
            if name in referred_to and path[0] in _SPOKEN and fact.speakable:
                yield from _check_fact(subject, here, fact)


def _check_fact(subject: Subject, here: Path, fact: Fact) -> Iterator[Problem]:
    file, sources = subject.draft.directory_file, subject.line.directory.sources
    what = _shown(fact, str(here[2]))
    if fact.assured_date is None:
        if not any(sources[source].official for source in fact.source):
            message = f"`{what}` is spoken, but no official page supports it; find one, or {_CHECK}"
            yield UNOFFICIAL.at(file, here, message)
        if fact.trust is Trust.VERIFIED_OLD:
            message = f"`{what}` comes from a page that is old or undated; {_CHECK}"
            yield OLD_SOURCE.at(file, here, message)
        if fact.trust is Trust.LOCAL:
            message = f"`{what}` comes from the page of another organization; {_CHECK}"
            yield OTHER_BODY.at(file, here, message)
    if subject.assured_within is None:
        return
    if fact.assured_date is None:
        message = f"nobody has checked `{what}`; call or open it, and add `assured_date`"
        yield UNASSURED.at(file, here, message)
    elif (subject.today - fact.assured_date).days > subject.assured_within:
        days = (subject.today - fact.assured_date).days
        message = f"`{what}` was assured {days} days ago; ring or open it again"
        yield UNASSURED.at(file, here, message)


def _shown(fact: Fact, field: str) -> str:
    """The fact in a few words: the number or the address itself, else what it is of."""
    match fact:
        case Phone(number=number):
            return number
        case Link(url=url):
            return url
        case _:
            return field
