"""Whether tree and directory agree with each other: targets, agencies, sources, closures."""

from collections.abc import Iterable

from ivr.engine.caller import CallerKind
from ivr.engine.directory import Agency, Directory, Status
from ivr.engine.hours import known_closures, public_holidays
from ivr.engine.problems import nearest
from ivr.engine.tree import REFERRAL_KEYS, Ask, Refer, Tree
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
    tree: Tree,
    directory: Directory | None,
    file: Document,
    directory_file: Document,
    languages: set[str],
) -> None:
    """Targets and agencies that exist, keys that do not clash, ends that have a number."""
    for field in ("start", "person", "fallback"):
        _check_target(tree, file, (field,), getattr(tree, field))
    for name, node in tree.nodes.items():
        here: Path = ("nodes", name)
        if isinstance(node, Ask):
            _check_question(tree, file, here, node)
        elif directory is not None:
            _check_referral(tree, directory, file, here, node, directory_file.set_aside)
    for key, language in tree.languages.items():
        if key in REFERRAL_KEYS:
            message = f"key {key} has its own meaning at every referral; choose another key"
            file.problem(("languages", key), "key-taken", message)
        if language not in languages:
            message = f"no prompts in `{language}`; {nearest(language, languages)}"
            file.problem(("languages", key), "unknown-language", message)
    if directory is not None:
        for field in ("person", "fallback"):
            _check_has_number(tree, directory, file, field)


def _check_target(tree: Tree, file: Document, path: Path, target: str) -> None:
    if target not in tree.nodes and target not in file.set_aside:
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
        if isinstance(tree.nodes.get(node.silence), Ask):
            message = f"`{node.silence}` asks again; those who press nothing need a referral"
            file.problem((*here, "silence"), "no-number", message)


def _check_referral(
    tree: Tree,
    directory: Directory,
    file: Document,
    here: Path,
    node: Refer,
    set_aside: set[str],
) -> None:
    understood = False
    for index, name in enumerate(node.refer):
        path = (*here, "refer", index)
        agency = directory.agencies.get(name)
        if agency is None and name not in set_aside:
            message = f"no agency `{name}`; {nearest(name, directory.agencies)}"
            file.problem(path, "unknown-agency", message)
        elif name in node.refer[:index]:
            file.problem(path, "duplicate-agency", f"`{name}` stands here again; keep one")
        elif agency is not None and agency.status is not Status.ACTIVE:
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
