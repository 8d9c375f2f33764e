"""Every text that an author wrote for callers, with its file, its place, and what it is for."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from ivr.check.rules.translation import node_texts
from ivr.check.subject import Draft
from ivr.engine.line import Line
from ivr.engine.model import Model
from ivr.engine.prompts import Prompts
from ivr.engine.tree import referred
from ivr.engine.words import AgencyWords, TreeWords
from ivr.files.yaml_source import Document, Path

PATTERNS = frozenset({"hour", "minute", "date", "time", "join"})  # of CLDR, no words
_NO_TRANSLATION = ("chat", "offer")  # a language's own name


class Purpose(Enum):
    """What a text is for."""

    SPOKEN = "spoken"
    LABEL = "label"  # of a question's key
    KEY = "key"  # a digit's or a sign's name
    NAME = "name"  # an agency as it is heard
    SEARCH = "search"  # what to look for on the web, heard too
    TEXTED = "texted"  # the line's own words in a message about an agency
    CHAT = "chat"  # the line's own words to those who text it
    TEXTED_NAME = "texted name"  # an agency as it is texted


_SECTIONS: dict[str | int, Purpose] = {
    "text": Purpose.TEXTED,
    "chat": Purpose.CHAT,
}  # all else is spoken
_FIELDS = {"choices": Purpose.LABEL, "write": Purpose.CHAT}


@dataclass(frozen=True)
class AuthorText:
    """One text."""

    file: Document
    path: Path
    language: str
    kind: Purpose
    text: str


def every_text(line: Line, draft: Draft) -> Iterator[AuthorText]:
    """All texts in all languages; of agencies only those that callers may be referred to."""
    own, referred_to = line.tree.language, set(referred(line.tree))
    yield from _tree(draft.tree_file, (), own, TreeWords.of(line.tree))
    for name, agency in line.directory.agencies.items():
        if name in referred_to:
            here: Path = ("agencies", name)
            yield from _agency(draft.directory_file, here, own, AgencyWords.of(agency))
    for language, prompts in draft.prompts.items():
        file = draft.prompt_files[language]
        yield from _phrases(file, language, prompts)
        if prompts.tree is not None:
            yield from _tree(file, ("tree",), language, prompts.tree)
        for name, words in prompts.agencies.items():
            if name in referred_to:
                yield from _agency(file, ("agencies", name), language, words)


def phrases(prompts: Prompts) -> Iterator[tuple[Path, str]]:
    """What the line itself says and texts, with its path; no patterns, nor what texters may say."""
    for section in type(prompts).model_fields:
        held = getattr(prompts, section)
        if isinstance(held, Model) and section != "tree":
            for path, text in _leaves(held.model_dump(), (section,)):
                if path[1] not in PATTERNS and path != _NO_TRANSLATION:
                    yield path, text


def _leaves(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))


def _phrases(file: Document, language: str, prompts: Prompts) -> Iterator[AuthorText]:
    for path, text in phrases(prompts):
        yield AuthorText(file, path, language, _SECTIONS.get(path[0], Purpose.SPOKEN), text)
    yield AuthorText(file, ("offer",), language, Purpose.SPOKEN, prompts.offer)
    for field in ("digits", "signs"):
        for key, text in getattr(prompts, field).items():
            yield AuthorText(file, (field, key), language, Purpose.KEY, text)
    for number, text in prompts.names.items():
        yield AuthorText(file, ("names", number), language, Purpose.SPOKEN, text)


def _tree(file: Document, here: Path, language: str, words: TreeWords) -> Iterator[AuthorText]:
    yield AuthorText(file, (*here, "name"), language, Purpose.TEXTED, words.name)
    for field in ("emergency", "greeting"):
        text = getattr(words.opening, field)
        yield AuthorText(file, (*here, "opening", field), language, Purpose.SPOKEN, text)
    for name, node in words.nodes.items():
        for path, said in node_texts(node):
            kind = _FIELDS.get(path[0], Purpose.SPOKEN)
            if said:
                yield AuthorText(file, (*here, "nodes", name, *path), language, kind, said)


def _agency(file: Document, here: Path, language: str, words: AgencyWords) -> Iterator[AuthorText]:
    heard = "spoken" if words.spoken else "name"
    yield AuthorText(file, (*here, "name"), language, Purpose.TEXTED_NAME, words.name)
    yield AuthorText(file, (*here, heard), language, Purpose.NAME, words.heard)
    if words.search:
        yield AuthorText(file, (*here, "search"), language, Purpose.SEARCH, words.search)
