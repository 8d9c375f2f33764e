"""Whether the directory's links and its sources' pages are still there: `ivr check --live`."""

from collections.abc import Callable, Iterator

from ivr.check.code import Code, may_ignore
from ivr.check.live.visitor import State, Visit
from ivr.check.rules.links import host_of
from ivr.check.subject import Subject
from ivr.files.problems import Problem
from ivr.files.yaml_source import Path

LINK_MOVED = may_ignore("link-moved", "a link that leads to another place now (with --live)")
LINK_GONE = may_ignore("link-gone", "a link whose page is not there any more (with --live)")
LINK_NOT_SECURE = may_ignore("link-not-secure", "a link whose encryption fails (with --live)")
LINK_FAILED = may_ignore("link-failed", "a link that could not be opened (with --live)")
LINK_NOT_ASKED = may_ignore("link-not-asked", "a link that robots may not open (with --live)")

CODES = (LINK_MOVED, LINK_GONE, LINK_NOT_SECURE, LINK_FAILED, LINK_NOT_ASKED)

_TOLD: dict[State, tuple[Code, str]] = {
    State.MOVED: (LINK_MOVED, "`{url}` has moved to {told}; look at it, and write that"),
    State.GONE: (LINK_GONE, "`{url}` is gone ({told}); find where its page went"),
    State.NOT_SECURE: (LINK_NOT_SECURE, "`{url}` can't be opened safely ({told})"),
    State.FAILED: (LINK_FAILED, "`{url}` could not be opened ({told}); try again, or by hand"),
    State.NOT_ASKED: (LINK_NOT_ASKED, "`{url}` was not opened: {told}; open it by hand"),
}


def check(subject: Subject, visit: Callable[[str], Visit]) -> Iterator[Problem]:
    """Visits every address that a browser could open, each once, in the order of the file."""
    for path, url in addresses(subject):
        seen = visit(url)
        if seen.state in _TOLD:
            code, message = _TOLD[seen.state]
            file = subject.draft.directory_file
            yield code.at(file, path, message.format(url=url, told=seen.told))


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
