"""What a caller can keep in mind: few questions, few keys, in a row."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from ivr.check.code import may_ignore
from ivr.check.subject import Subject
from ivr.engine.tree import Ask
from ivr.files.problems import Problem
from ivr.files.yaml_source import Document, Path

MOST_OPTIONS = 6  # the design's menu; rule B2 wants four or five where they do
MOST_QUESTIONS = 2  # rule B1: depth is the hard limit

KEY_ORDER = may_ignore("key-order", "keys that are not in ascending order")
KEY_GAP = may_ignore("key-gap", "keys that leave one out")
MANY_OPTIONS = may_ignore("many-options", f"a question with more than {MOST_OPTIONS} keys")
DEEP_MENU = may_ignore("deep-menu", f"a path of more than {MOST_QUESTIONS} questions")

CODES = (KEY_ORDER, KEY_GAP, MANY_OPTIONS, DEEP_MENU)


def check(subject: Subject) -> Iterator[Problem]:
    """Every question's keys, here and in the translations, and how deep the questions go."""
    draft = subject.draft
    for name, node in subject.line.tree.nodes.items():
        if isinstance(node, Ask):
            here: Path = ("nodes", name, "choices")
            yield from _check_keys(draft.tree_file, here, node.choices)
    for language, prompts in draft.prompts.items():
        for name, words in prompts.tree.nodes.items() if prompts.tree else ():
            file, path = draft.prompt_files[language], ("tree", "nodes", name, "choices")
            yield from _check_order(file, path, list(words.choices))
    yield from _check_depth(subject, subject.line.tree.start, ())


def _check_keys(file: Document, here: Path, choices: Mapping[str, object]) -> Iterator[Problem]:
    keys = list(choices)
    yield from _check_order(file, here, keys)
    missing = sorted({str(n) for n in range(1, int(max(keys)))} - set(keys))
    if missing:
        message = f"key {', '.join(missing)} is left out; number the keys 1 to {len(keys)}"
        yield KEY_GAP.at(file, here, message)
    if len(keys) > MOST_OPTIONS:
        message = f"{len(keys)} keys; {MOST_OPTIONS} are the most that can be kept in mind"
        yield MANY_OPTIONS.at(file, here, message)


def _check_order(file: Document, here: Path, keys: list[str]) -> Iterator[Problem]:
    for before, key in pairwise(keys):
        if key < before:
            message = f"key {key} stands after {before}; callers hear the keys in ascending order"
            yield KEY_ORDER.at(file, (*here, key), message)
            return


def _check_depth(subject: Subject, name: str, before: tuple[str, ...]) -> Iterator[Problem]:
    node = subject.line.node(name)
    if not isinstance(node, Ask) or name in before:
        return
    way = (*before, name)
    if len(way) > MOST_QUESTIONS:
        message = f"question {len(way)} in a row ({' → '.join(way)}); ask {MOST_QUESTIONS} at most"
        yield DEEP_MENU.at(subject.draft.tree_file, ("nodes", name), message)
        return
    for choice in node.choices.values():
        yield from _check_depth(subject, choice.go, way)
