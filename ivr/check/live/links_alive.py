"""Whether the directory's links and its sources' pages are still there: `ivr check --live`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from ivr.check.code import Code, may_ignore
from ivr.check.rules.links import host_of
from ivr.check.subject import Subject
from ivr.files.problems import Problem
from ivr.files.yaml_source import Path

LINK_MOVED = may_ignore("link-moved", "a link that now leads to another address (with --live)")
LINK_GONE = may_ignore("link-gone", "a link whose page no longer exists (with --live)")
LINK_NOT_SECURE = may_ignore("link-not-secure", "a link whose encryption fails (with --live)")
LINK_FAILED = may_ignore("link-failed", "a link that could not be opened (with --live)")
LINK_NOT_ASKED = may_ignore("link-not-asked", "a link that robots may not open (with --live)")

CODES = (LINK_MOVED, LINK_GONE, LINK_NOT_SECURE, LINK_FAILED, LINK_NOT_ASKED)


class LinkState(Enum):
    """What became of a link."""

    FOUND = "found"
    MOVED = "moved"  # for good, and the new place is there
    GONE = "gone"  # 404, 410
    NOT_SECURE = "not secure"  # its certificate or its encryption is not in order
    FAILED = "failed"
    NOT_ASKED = "not asked"  # its robots.txt forbids it


@dataclass(frozen=True)
class Visit:
    """A link's state; `detail` says more: the new place, the status, or what went wrong."""

    state: LinkState
    detail: str = ""


_MESSAGES: dict[LinkState, tuple[Code, str]] = {
    LinkState.MOVED: (LINK_MOVED, "`{url}` has moved to {detail}; look at it, and write that"),
    LinkState.GONE: (LINK_GONE, "`{url}` is gone ({detail}); find where its page went"),
    LinkState.NOT_SECURE: (LINK_NOT_SECURE, "`{url}` can't be opened safely ({detail})"),
    LinkState.FAILED: (
        LINK_FAILED,
        "`{url}` could not be opened ({detail}); open it yourself",
    ),
    LinkState.NOT_ASKED: (LINK_NOT_ASKED, "`{url}` was not opened: {detail}; open it yourself"),
}


def check(subject: Subject, visit: Callable[[str], Visit]) -> Iterator[Problem]:
    """Visits every address that a browser could open, each once, in the order of the file."""
    for path, url in addresses(subject):
        seen = visit(url)
        if seen.state in _MESSAGES:
            code, message = _MESSAGES[seen.state]
            file = subject.draft.directory_file
            yield code.at(file, path, message.format(url=url, detail=seen.detail))


def addresses(subject: Subject) -> Iterator[tuple[Path, str]]:
    """Every agency's links, then every source's page."""
    directory = subject.line.directory
    for name, agency in directory.agencies.items():
        for index, link in enumerate(agency.links):
            if host_of(link.url):
                yield ("agencies", name, "links", index), link.url
    for name, source in directory.sources.items():
        if source.url and host_of(source.url):
            yield ("sources", name), source.url
