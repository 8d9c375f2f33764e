"""Whether a translation still says what its source says: the source as it was is kept beside it.

`prompts/translated/<language>.yaml` holds, for each text, the source's words of the day on which a
person looked at the translation; `ivr check --translated <language>` writes it.
"""

from collections.abc import Iterator, Mapping

import yaml

from ivr.check.author_texts import phrases
from ivr.check.code import may_ignore
from ivr.check.rules.translation import node_texts
from ivr.check.subject import Subject
from ivr.engine.line import Line
from ivr.engine.words import AgencyWords, TreeWords
from ivr.files.problems import Problem
from ivr.files.yaml_source import Path

STALE = may_ignore("stale-translation", "a translation whose source has changed since")
UNRECORDED = may_ignore("unrecorded-translation", "a translation that nobody has looked at since")

CODES = (STALE, UNRECORDED)

_HEAD = """\
# What each text's source said when a person last looked at its translation into `{language}`.
# Written by `ivr check --translated {language}`; `ivr check` compares it with the source of today.

"""


def check(subject: Subject) -> Iterator[Problem]:
    """Every text that both languages have, against what its source said when it was recorded."""
    for language, file in subject.draft.prompt_files.items():
        if language == subject.line.tree.language:
            continue
        record = subject.translated.get(language)
        look = f"look at the translation, then run `ivr check --translated {language}`"
        if record is None:
            message = f"no record of what `{language}` was translated from; {look}"
            yield UNRECORDED.at(file, (), message)
            continue
        known = record.data if isinstance(record.data, dict) else {}
        for path, source in _sources(subject.line, language):
            was = known.get(_name_of(path))
            if was is None:
                message = f"it is not recorded what this was translated from: 「{source}」; {look}"
                yield UNRECORDED.at(file, path, message)
            elif was != source:
                message = f"the source was 「{was}」 and is 「{source}」; {look}"
                yield STALE.at(file, path, message)


def translation_record(line: Line, language: str, known: Mapping[str, str] | None = None) -> str:
    """The record as a file's text: each source as it is today, or as `known` has it already."""
    known = known or {}
    today = {_name_of(path): text for path, text in _sources(line, language)}
    held = {name: known.get(name, text) for name, text in today.items()}
    dumped = yaml.safe_dump(held, allow_unicode=True, sort_keys=False, width=10_000)
    return _HEAD.format(language=language) + dumped


def _sources(line: Line, language: str) -> list[tuple[Path, str]]:
    """The source's words of each text of a translation, by the text's path in its file."""
    own, theirs = line.scripts[line.tree.language], line.scripts[language]
    if own is theirs:
        return []
    there = dict(_texts(theirs.prompts.tree, theirs.prompts.agencies))
    there |= dict(phrases(theirs.prompts))
    words = {name: own.agencies[name] for name in theirs.prompts.agencies if name in own.agencies}
    here = dict(phrases(own.prompts)) | dict(_texts(own.tree, words))
    return [(path, text) for path, text in here.items() if path in there]


def _name_of(path: Path) -> str:
    """A path as the record names it."""
    return ".".join(map(str, path))


def _texts(tree: TreeWords | None, agencies: dict[str, AgencyWords]) -> Iterator[tuple[Path, str]]:
    if tree is not None:
        yield ("tree", "name"), tree.name
        yield ("tree", "opening", "emergency"), tree.opening.emergency
        yield ("tree", "opening", "greeting"), tree.opening.greeting
        for name, node in tree.nodes.items():
            for path, text in node_texts(node):
                if text:
                    yield ("tree", "nodes", name, *path), text
    for name, words in agencies.items():
        for field in ("name", "spoken", "search"):
            text = getattr(words, field)
            if text:
                yield ("agencies", name, field), text
