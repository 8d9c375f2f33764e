"""Whether tree and directory agree with each other: targets, agencies, sources, closures."""

from collections.abc import Iterator

from ivr.check.code import must_fix
from ivr.check.subject import Draft, agency_facts
from ivr.engine.caller import CallerKind
from ivr.engine.directory import Directory, Status
from ivr.engine.hours import known_closures
from ivr.engine.keys import REFERRAL_KEYS
from ivr.engine.public_holidays import public_holidays
from ivr.engine.tree import Ask, Refer, Tree
from ivr.files.problems import Problem, nearest
from ivr.files.yaml_source import Document, Path

MISSING_TARGET = must_fix("missing-target", "a key that leads to no node")
NO_NUMBER = must_fix("no-number", "a path that must give a number and may end without one")
KEY_TAKEN = must_fix("key-taken", "a key that means something else already")
UNKNOWN_LANGUAGE = must_fix("unknown-language", "a language without a file of prompts")
UNKNOWN_AGENCY = must_fix("unknown-agency", "an agency that is not in the directory")
DUPLICATE_AGENCY = must_fix("duplicate-agency", "an agency that occurs twice in a referral")
INACTIVE_AGENCY = must_fix("inactive-agency", "a referral to an agency that is closed for good")
NOT_UNDERSTOOD = must_fix("not-understood", "a referral where nobody speaks the line's language")
UNKNOWN_SOURCE = must_fix("unknown-source", "a fact whose source is not in the list")
UNKNOWN_CLOSURE = must_fix("unknown-closure", "a closing day that the calendar does not have")
UNKNOWN_COUNTRY = must_fix("unknown-country", "a country whose public holidays are not known")

CODES = (
    *(MISSING_TARGET, NO_NUMBER, KEY_TAKEN, UNKNOWN_LANGUAGE, UNKNOWN_AGENCY, DUPLICATE_AGENCY),
    *(INACTIVE_AGENCY, NOT_UNDERSTOOD, UNKNOWN_SOURCE, UNKNOWN_CLOSURE, UNKNOWN_COUNTRY),
)


def check(draft: Draft) -> Iterator[Problem]:
    """All of them, in whatever could be read."""
    if draft.directory is not None:
        yield from _check_directory(draft.directory, draft.directory_file)
    if draft.tree is not None:
        yield from _check_tree(draft.tree, draft.directory, draft)


def _check_directory(directory: Directory, file: Document) -> Iterator[Problem]:
    """Sources that exist, closures that exist, holidays that are known."""
    try:
        public_holidays(directory.calendar.holidays)
    except ValueError as error:
        yield UNKNOWN_COUNTRY.at(file, ("calendar", "holidays"), str(error))
    closures = known_closures(directory.calendar)
    for name, agency in directory.agencies.items():
        here: Path = ("agencies", name)
        for path, fact in agency_facts(agency):
            for source in fact.source:
                if source not in directory.sources:
                    message = f"no source `{source}`; {nearest(source, directory.sources)}"
                    yield UNKNOWN_SOURCE.at(file, (*here, *path), message)
        for closure in agency.hours.closed_on if agency.hours else ():
            if closure not in closures:
                message = f"no closure `{closure}`; {nearest(closure, closures)}"
                yield UNKNOWN_CLOSURE.at(file, (*here, "hours", "closed_on"), message)
    for name, source_page in directory.sources.items():
        for agency_name in source_page.numbers:
            if agency_name not in directory.agencies and agency_name not in file.set_aside:
                message = f"no agency `{agency_name}`; {nearest(agency_name, directory.agencies)}"
                yield UNKNOWN_AGENCY.at(file, ("sources", name, "numbers", agency_name), message)


def _check_tree(tree: Tree, directory: Directory | None, draft: Draft) -> Iterator[Problem]:
    """Targets and agencies that exist, keys that do not clash, ends that have a number."""
    file, languages = draft.tree_file, set(draft.prompt_files)
    for field in ("start", "person", "fallback"):
        yield from _check_target(tree, file, (field,), getattr(tree, field))
    for kind, target in tree.danger.items():
        yield from _check_target(tree, file, ("danger", kind), target)
        if isinstance(tree.nodes.get(target), Ask):
            message = f"`{target}` asks again; those who are in danger need a referral"
            yield NO_NUMBER.at(file, ("danger", kind), message)
    for name, node in tree.nodes.items():
        here: Path = ("nodes", name)
        if isinstance(node, Ask):
            yield from _check_question(tree, file, here, node)
        elif directory is not None:
            yield from _check_referral(tree, directory, draft, here, node)
    for key, language in tree.languages.items():
        if key in REFERRAL_KEYS:
            message = f"key {key} has its own meaning at every referral; choose another key"
            yield KEY_TAKEN.at(file, ("languages", key), message)
        if language not in languages:
            message = f"no prompts in `{language}`; {nearest(language, languages)}"
            yield UNKNOWN_LANGUAGE.at(file, ("languages", key), message)
    if directory is not None:
        for field in ("person", "fallback"):
            yield from _check_has_number(tree, directory, file, field)


def _check_target(tree: Tree, file: Document, path: Path, target: str) -> Iterator[Problem]:
    if target not in tree.nodes and target not in file.set_aside:
        yield MISSING_TARGET.at(file, path, f"no node `{target}`; {nearest(target, tree.nodes)}")


def _check_question(tree: Tree, file: Document, here: Path, node: Ask) -> Iterator[Problem]:
    for key, choice in node.choices.items():
        yield from _check_target(tree, file, (*here, "choices", key, "go"), choice.go)
        if key in tree.languages:
            message = f"key {key} changes the language everywhere; choose another key"
            yield KEY_TAKEN.at(file, (*here, "choices", key), message)
    if node.silence is not None:
        yield from _check_target(tree, file, (*here, "silence"), node.silence)
        if isinstance(tree.nodes.get(node.silence), Ask):
            message = f"`{node.silence}` asks again; those who press nothing need a referral"
            yield NO_NUMBER.at(file, (*here, "silence"), message)


def _check_referral(
    tree: Tree, directory: Directory, draft: Draft, here: Path, node: Refer
) -> Iterator[Problem]:
    file, set_aside = draft.tree_file, draft.directory_file.set_aside
    understood = False
    places = [("refer", index, name) for index, name in enumerate(node.refer)]
    places += [("also", index, name) for index, name in enumerate(node.also)]
    for place, (row, index, name) in enumerate(places):
        path = (*here, row, index)
        agency = directory.agencies.get(name)
        if agency is None and name not in set_aside:
            message = f"no agency `{name}`; {nearest(name, directory.agencies)}"
            yield UNKNOWN_AGENCY.at(file, path, message)
        elif name in [before for _, _, before in places[:place]]:
            yield DUPLICATE_AGENCY.at(file, path, f"`{name}` is here again; keep one")
        elif agency is not None and agency.status is not Status.ACTIVE:
            message = f"`{name}` is inactive; refer to an active one"
            yield INACTIVE_AGENCY.at(file, path, message)
        elif row == "also" and agency is not None and not agency.phone_for(CallerKind.MOBILE):
            message = f"`{name}` has no number that may be spoken; `also` is for those who answer"
            yield NO_NUMBER.at(file, path, message)
        spoken = agency.languages if agency else None
        if row == "refer" and (
            spoken is None or not spoken.speakable or tree.language in spoken.codes
        ):
            understood = True
    if not understood:
        message = f"no agency here answers in `{tree.language}`; add one that does"
        yield NOT_UNDERSTOOD.at(file, (*here, "refer"), message)


def _check_has_number(
    tree: Tree, directory: Directory, file: Document, field: str
) -> Iterator[Problem]:
    """Key 0 and the way without keys are promises of a spoken number, whoever is calling."""
    node = tree.nodes.get(getattr(tree, field))
    if isinstance(node, Refer):
        agencies = [directory.agencies[name] for name in node.named if name in directory.agencies]
        if all(a.phone_for(kind) for a in agencies for kind in CallerKind) and agencies:
            return
        why = "each of its agencies needs a number that may be spoken (trust V, V-old or L)"
    elif node is not None:
        why = "it must be a referral (`refer`)"
    else:
        return
    message = f"`{getattr(tree, field)}` may be all a caller hears; {why}"
    yield NO_NUMBER.at(file, (field,), message)
