"""Whether every word of a tree is there in every language, and none that the tree does not have."""

from collections.abc import Iterable, Iterator

from ivr.check.code import must_fix
from ivr.check.rules.agreement import UNKNOWN_AGENCY, UNKNOWN_LANGUAGE
from ivr.check.subject import Draft
from ivr.engine.hours import known_closures
from ivr.engine.prompts import Prompts
from ivr.engine.tree import Tree, referred
from ivr.engine.words import NodeWords, TreeWords
from ivr.files.problems import Problem, nearest
from ivr.files.yaml_source import Document, Path

WRONG_LANGUAGE = must_fix("wrong-language", "a file of prompts in another language than its name")
UNTRANSLATED = must_fix("untranslated", "words of the line that a language does not have")
LEFT_OVER = must_fix("left-over", "translated words that the tree no longer says")

CODES = (WRONG_LANGUAGE, UNTRANSLATED, LEFT_OVER)


def check(draft: Draft) -> Iterator[Problem]:
    """A file for the tree's language, each in the language of its name, and its words complete."""
    tree, files = draft.tree, draft.prompt_files
    if tree is None:
        return
    if tree.language not in files:
        message = f"no prompts in `{tree.language}`; write prompts/{tree.language}.yaml"
        yield UNKNOWN_LANGUAGE.at(draft.tree_file, ("language",), message)
    for language, spoken in draft.prompts.items():
        if spoken.language != language:
            message = f"the file is named `{language}`; name and language must agree"
            yield WRONG_LANGUAGE.at(files[language], ("language",), message)
        yield from _check_words(tree, draft, spoken, files[language])


def _check_words(tree: Tree, draft: Draft, spoken: Prompts, file: Document) -> Iterator[Problem]:
    """Every word of the tree in this language, and none left over."""
    if spoken.tree is None:
        if spoken.language != tree.language:
            message = f"the tree's words in `{spoken.language}` are missing; expected `tree:`"
            yield UNTRANSLATED.at(file, (), message)
    else:
        yield from _compare(TreeWords.of(tree), spoken.tree, file, draft.set_aside)
    directory = draft.directory
    if directory is None:
        return
    if spoken.language != tree.language:
        wanted = set(referred(tree)) & set(directory.agencies)
        for name in sorted(wanted - set(spoken.agencies)):
            message = f"agency `{name}` has no words in `{spoken.language}`; it needs a `name`"
            yield UNTRANSLATED.at(file, ("agencies",), message)
    for name in spoken.agencies:
        if name not in directory.agencies and name not in draft.set_aside:
            message = f"no agency `{name}`; {nearest(name, directory.agencies)}"
            yield UNKNOWN_AGENCY.at(file, ("agencies", name), message)
    for closure in sorted(known_closures(directory.calendar) - set(spoken.text.closures)):
        message = f"no word for the closure `{closure}`"
        yield UNTRANSLATED.at(file, ("text", "closures"), message)


def _compare(
    original: TreeWords, translated: TreeWords, file: Document, set_aside: set[str]
) -> Iterator[Problem]:
    nodes: Path = ("tree", "nodes")
    for name, words in original.nodes.items():
        theirs = translated.nodes.get(name, NodeWords())
        for path, text in node_texts(words):
            if text and not _at(theirs, path):
                where = ".".join((name, *path))
                message = f"`{where}` has no words here; in the tree it says 「{text}」"
                yield UNTRANSLATED.at(file, (*nodes, name, *path), message)
    for name, theirs in translated.nodes.items():
        if name in set_aside:
            continue
        words = original.nodes.get(name, NodeWords())
        for path, text in node_texts(theirs):
            if text and not _at(words, path):
                where = ".".join((name, *path))
                message = f"`{where}` says something that the tree does not; remove it"
                yield LEFT_OVER.at(file, (*nodes, name, *path), message)


def node_texts(words: NodeWords) -> Iterable[tuple[tuple[str, ...], str | None]]:
    """The words of a node, each with its path in it."""
    for field in ("ask", "stay", "say", "after", "write"):
        yield (field,), getattr(words, field)
    for key, text in words.choices.items():
        yield ("choices", key), text


def _at(words: NodeWords, path: tuple[str, ...]) -> str | None:
    return words.choices.get(path[1]) if len(path) == 2 else getattr(words, path[0])
