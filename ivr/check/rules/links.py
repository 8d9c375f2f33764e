"""Addresses: well formed, encrypted, and the agency's own."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ivr.check.code import may_ignore, must_fix
from ivr.check.subject import Draft, Subject
from ivr.engine.tree import referred
from ivr.files.problems import Problem, nearest
from ivr.files.yaml_source import Path

UNOFFICIAL_HOST = must_fix("unofficial-host", "a link that leaves the agency's own hosts")
NO_HOSTS = may_ignore("no-hosts", "a texted link of an agency whose own hosts are not listed")
PLAIN_HTTP = may_ignore("plain-http", "a texted link whose page is not encrypted")
MALFORMED_URL = may_ignore("malformed-url", "an address that no browser can open")

CODES = (UNOFFICIAL_HOST, NO_HOSTS, PLAIN_HTTP, MALFORMED_URL)

_HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.?)+", re.IGNORECASE)


def check_hosts(draft: Draft) -> Iterator[Problem]:
    """A texted link is followed without a doubt: it never leads to a stranger."""
    agencies = draft.directory.agencies if draft.directory else {}
    for name, agency in agencies.items():
        for index, link in enumerate(agency.links):
            host = host_of(link.url)
            own = host is not None and _is_below(host, agency.hosts)
            if agency.hosts and link.speakable and not own:
                shown = host or link.url
                right = nearest(shown, agency.hosts)
                message = f"`{shown}` is not `{name}`'s own (`hosts`); {right}"
                path = ("agencies", name, "links", index)
                yield UNOFFICIAL_HOST.at(draft.directory_file, path, message)


def check(subject: Subject) -> Iterator[Problem]:
    """Links that a caller may be sent, and every address that a person may want to open."""
    directory, file = subject.line.directory, subject.draft.directory_file
    referred_to = set(referred(subject.line.tree))
    for name, agency in directory.agencies.items():
        for index, link in enumerate(agency.links):
            path: Path = ("agencies", name, "links", index)
            if host_of(link.url) is None:
                yield MALFORMED_URL.at(file, path, f"`{link.url}` can't be opened")
            elif name in referred_to and link.speakable:
                if not agency.hosts:
                    message = (
                        f"list the hosts that are `{name}`'s own: `hosts: [{host_of(link.url)}]`"
                    )
                    yield NO_HOSTS.at(file, path, message)
                if not link.url.startswith("https://"):
                    message = f"`{link.url}` is not encrypted; give the page's https address"
                    yield PLAIN_HTTP.at(file, path, message)
    for name, source in directory.sources.items():
        if source.url is not None and host_of(source.url) is None:
            message = f"`{source.url}` can't be opened; give the whole address, or none"
            yield MALFORMED_URL.at(file, ("sources", name), message)


def host_of(url: str) -> str | None:
    """The host of a web address; nothing where a browser could not open it, or might stray."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    # Browsers take a backslash for a slash, and so go to another host than is read here.
    if parts.scheme not in ("http", "https") or "\\" in url or "…" in url or port == 0:
        return None
    known = _HOST.fullmatch(host) is not None and "." in host.rstrip(".")
    return host.rstrip(".") if known else None


def _is_below(host: str, hosts: tuple[str, ...]) -> bool:
    return any(host == own or host.endswith(f".{own}") for own in hosts)
