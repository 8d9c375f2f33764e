"""Whether a line's files agree with each other: targets, agencies, sources, languages, words."""

from collections.abc import Iterable, Mapping

from ivr.engine.caller import CallerKind
from ivr.engine.directory import Agency, Directory, Status
from ivr.engine.hours import known_closures, public_holidays
from ivr.engine.problems import nearest
from ivr.engine.prompts import Prompts
from ivr.engine.tree import REFERRAL_KEYS, Ask, Refer, Tree
from ivr.engine.words import NodeWords, TreeWords
from ivr.engine.yaml_source import Document, Path


def check_directory(directory: Directory, file: Document) -> None:
    """Sources that exist, closures that exist, holidays that are known."""
    try:
        public_holidays(directory.calendar.holidays)
    except ValueError as error:
        file.problem(("calendar", "holidays"), "unknown-country", str(error))
    closures = known_closures(directory.calendar)
    for name, agency in directory.agencies.items():
        here: Path = ("agencies", name)
        for path, sources in _sources(agency):
            for source in sources:
                if source not in directory.sources:
                    message = f"no source `{source}`; {nearest(source, directory.sources)}"
                    file.problem((*here, *path), "unknown-source", message)
        for closure in agency.hours.closed_on if agency.hours else ():
            if closure not in closures:
                message = f"no closure `{closure}`; {nearest(closure, closures)}"
                file.problem((*here, "hours", "closed_on"), "unknown-closure", message)


def _sources(agency: Agency) -> Iterable[tuple[Path, tuple[str, ...]]]:
    for field in ("phones", "links", "notes"):
        for index, fact in enumerate(getattr(agency, field)):
            yield (field, index), fact.source
    for field in ("organization", "hours", "languages"):
        fact = getattr(agency, field)
        if fact is not None:
            yield (field,), fact.source


def check_tree(
    tree: Tree, directory: Directory | None, file: Document, languages: set[str]
) -> None:
    """Targets and agencies that exist, keys that do not clash, ends that have a number."""
    for field in ("start", "person", "fallback"):
        _check_target(tree, file, (field,), getattr(tree, field))
    for name, node in tree.nodes.items():
        here: Path = ("nodes", name)
        if isinstance(node, Ask):
            _check_question(tree, file, here, node)
        elif directory is not None:
            _check_referral(tree, directory, file, here, node)
    for key, language in tree.languages.items():
        if key in REFERRAL_KEYS:
            message = f"key {key} texts or leads on at every referral; choose another key"
            file.problem(("languages", key), "key-taken", message)
        if language not in languages:
            message = f"no prompts in `{language}`; {nearest(language, languages)}"
            file.problem(("languages", key), "unknown-language", message)
    if directory is not None:
        for field in ("person", "fallback"):
            _check_has_number(tree, directory, file, field)


def _check_target(tree: Tree, file: Document, path: Path, target: str) -> None:
    if target not in tree.nodes:
        message = f"no node `{target}`; {nearest(target, tree.nodes)}"
        file.problem(path, "missing-target", message)


def _check_question(tree: Tree, file: Document, here: Path, node: Ask) -> None:
    for key, choice in node.choices.items():
        _check_target(tree, file, (*here, "choices", key, "go"), choice.go)
        if key in tree.languages:
            message = f"key {key} changes the language everywhere; choose another key"
            file.problem((*here, "choices", key), "key-taken", message)
    if node.silence is not None:
        _check_target(tree, file, (*here, "silence"), node.silence)


def _check_referral(
    tree: Tree, directory: Directory, file: Document, here: Path, node: Refer
) -> None:
    understood = False
    for index, name in enumerate(node.refer):
        path = (*here, "refer", index)
        agency = directory.agencies.get(name)
        if agency is None:
            message = f"no agency `{name}`; {nearest(name, directory.agencies)}"
            file.problem(path, "unknown-agency", message)
        elif agency.status is not Status.ACTIVE:
            file.problem(path, "inactive-agency", f"`{name}` is inactive; refer to an active one")
        spoken = agency.languages if agency else None
        if spoken is None or not spoken.speakable or tree.language in spoken.codes:
            understood = True
    if not understood:
        message = f"no agency here answers in `{tree.language}`; add one that does"
        file.problem((*here, "refer"), "not-understood", message)


def _check_has_number(tree: Tree, directory: Directory, file: Document, field: str) -> None:
    """Key 0 and the way without keys are promises of a spoken number, whoever is calling."""
    node = tree.nodes.get(getattr(tree, field))
    if isinstance(node, Refer):
        agencies = [directory.agencies[name] for name in node.refer if name in directory.agencies]
        if all(a.phone_for(kind) for a in agencies for kind in CallerKind) and agencies:
            return
        why = "each of its agencies needs a number that may be spoken (trust V, V-old or L)"
    elif node is not None:
        why = "it must be a referral (`refer`)"
    else:
        return
    file.problem(
        (field,), "no-number", f"`{getattr(tree, field)}` may be all a caller hears; {why}"
    )


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


def check_words(tree: Tree, directory: Directory | None, spoken: Prompts, file: Document) -> None:
    """Every word of the tree in this language, and none left over."""
    if spoken.tree is None:
        if spoken.language != tree.language:
            message = f"the tree's words in `{spoken.language}` are missing; expected `tree:`"
            file.problem((), "untranslated", message)
    else:
        _compare(TreeWords.of(tree), spoken.tree, file)
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
        if name not in directory.agencies:
            message = f"no agency `{name}`; {nearest(name, directory.agencies)}"
            file.problem(("agencies", name), "unknown-agency", message)
    for closure in sorted(known_closures(directory.calendar) - set(spoken.text.closures)):
        message = f"no word for the closure `{closure}`"
        file.problem(("text", "closures"), "untranslated", message)


def _compare(original: TreeWords, translated: TreeWords, file: Document) -> None:
    nodes: Path = ("tree", "nodes")
    for name, words in original.nodes.items():
        theirs = translated.nodes.get(name, NodeWords())
        for path, text in _texts(words):
            if text and not _at(theirs, path):
                where = ".".join((name, *path))
                message = f"`{where}` has no words here; in the tree it says 「{text}」"
                file.problem((*nodes, name, *path), "untranslated", message)
    for name, theirs in translated.nodes.items():
        words = original.nodes.get(name, NodeWords())
        for path, text in _texts(theirs):
            if text and not _at(words, path):
                where = ".".join((name, *path))
                message = f"`{where}` says something that the tree does not; take it away"
                file.problem((*nodes, name, *path), "left-over", message)


def _texts(words: NodeWords) -> Iterable[tuple[tuple[str, ...], str | None]]:
    for field in ("ask", "stay", "say", "after"):
        yield (field,), getattr(words, field)
    for key, text in words.choices.items():
        yield ("choices", key), text


def _at(words: NodeWords, path: tuple[str, ...]) -> str | None:
    return words.choices.get(path[1]) if len(path) == 2 else getattr(words, path[0])
