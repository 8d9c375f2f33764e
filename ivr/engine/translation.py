"""Whether every word of a tree is there in every language, and none that the tree does not have."""

from collections.abc import Iterable, Mapping, Set

from ivr.engine.directory import Directory
from ivr.engine.hours import known_closures
from ivr.engine.problems import nearest
from ivr.engine.prompts import Prompts
from ivr.engine.tree import Refer, Tree
from ivr.engine.words import NodeWords, TreeWords
from ivr.engine.yaml_source import Document, Path


def check_languages(
    tree: Tree, known: Mapping[str, Prompts], file: Document, prompts: Mapping[str, Document]
) -> None:
    """A file for the tree's language, and every file in the language of its name."""
    if tree.language not in prompts:
        message = f"no prompts in `{tree.language}`; write prompts/{tree.language}.yaml"
        file.problem(("language",), "unknown-language", message)
    for language, spoken in known.items():
        if spoken.language != language:
            message = f"the file is named `{language}`; name and language must agree"
            prompts[language].problem(("language",), "wrong-language", message)


def check_words(
    tree: Tree,
    directory: Directory | None,
    spoken: Prompts,
    file: Document,
    set_aside: Set[str],
) -> None:
    """Every word of the tree in this language, and none left over.

    `set_aside` names nodes and agencies that are too wrong to be compared.
    """
    if spoken.tree is None:
        if spoken.language != tree.language:
            message = f"the tree's words in `{spoken.language}` are missing; expected `tree:`"
            file.problem((), "untranslated", message)
    else:
        _compare(TreeWords.of(tree), spoken.tree, file, set_aside)
    if directory is None:
        return
    if spoken.language != tree.language:
        referred = {
            n for node in tree.nodes.values() if isinstance(node, Refer) for n in node.refer
        }
        for name in sorted(referred & set(directory.agencies) - set(spoken.agencies)):
            message = f"agency `{name}` has no words in `{spoken.language}`; it needs a `name`"
            file.problem(("agencies",), "untranslated", message)
    for name in spoken.agencies:
        if name not in directory.agencies and name not in set_aside:
            message = f"no agency `{name}`; {nearest(name, directory.agencies)}"
            file.problem(("agencies", name), "unknown-agency", message)
    for closure in sorted(known_closures(directory.calendar) - set(spoken.text.closures)):
        message = f"no word for the closure `{closure}`"
        file.problem(("text", "closures"), "untranslated", message)


def _compare(
    original: TreeWords, translated: TreeWords, file: Document, set_aside: Set[str]
) -> None:
    nodes: Path = ("tree", "nodes")
    for name, words in original.nodes.items():
        theirs = translated.nodes.get(name, NodeWords())
        for path, text in _texts(words):
            if text and not _at(theirs, path):
                where = ".".join((name, *path))
                message = f"`{where}` has no words here; in the tree it says 「{text}」"
                file.problem((*nodes, name, *path), "untranslated", message)
    for name, theirs in translated.nodes.items():
        if name in set_aside:
            continue
        words = original.nodes.get(name, NodeWords())
        for path, text in _texts(theirs):
            if text and not _at(words, path):
                where = ".".join((name, *path))
                message = f"`{where}` says something that the tree does not; take it away"
                file.problem((*nodes, name, *path), "left-over", message)


def _texts(words: NodeWords) -> Iterable[tuple[tuple[str, ...], str | None]]:
    for field in ("ask", "stay", "say", "after", "write"):
        yield (field,), getattr(words, field)
    for key, text in words.choices.items():
        yield ("choices", key), text


def _at(words: NodeWords, path: tuple[str, ...]) -> str | None:
    return words.choices.get(path[1]) if len(path) == 2 else getattr(words, path[0])
