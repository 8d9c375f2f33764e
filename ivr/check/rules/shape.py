"""How the tree hangs together: what is reached, where a way ends, and which boxes it covers."""

from collections.abc import Iterable, Iterator

from ivr.check.code import may_ignore, must_fix
from ivr.check.subject import Draft, Subject
from ivr.engine.tree import Ask, Refer, Tree, referred
from ivr.files.problems import Problem, nearest

NO_END = must_fix("no-end", "a question whose keys never lead to an agency")
UNREACHABLE = may_ignore("unreachable", "a node that no key leads to")
QUESTION_LOOP = may_ignore("question-loop", "a key that leads back to a question before it")
BOX_UNCOVERED = may_ignore(
    "box-uncovered", "a box of the chart that no node a caller gets to covers"
)
UNKNOWN_BOX = may_ignore("unknown-box", "a node that covers a box which is not on the chart")
UNREFERRED = may_ignore("unreferred-agency", "an agency that no caller is told of")

CODES = (NO_END, UNREACHABLE, QUESTION_LOOP, BOX_UNCOVERED, UNKNOWN_BOX, UNREFERRED)


def check_ends(draft: Draft) -> Iterator[Problem]:
    """Every question has keys that lead to a referral, by however many further questions."""
    tree = draft.tree
    if tree is None:
        return
    ending = {name for name, node in tree.nodes.items() if isinstance(node, Refer)}
    ending |= draft.set_aside
    known = -1
    while known != len(ending):
        known = len(ending)
        ending |= {name for name in tree.nodes if ending & set(_by_key(tree, name))}
    for name in tree.nodes:
        # A target that does not exist is told as such, and may be the end that is missing here.
        if name not in ending and all(target in tree.nodes for target in _by_key(tree, name)):
            message = f"no key of `{name}` ever leads to an agency; let one go to a referral"
            yield NO_END.at(draft.tree_file, ("nodes", name), message)


def check(subject: Subject) -> Iterator[Problem]:
    """What is never reached, goes round, or is left out."""
    tree, file = subject.line.tree, subject.draft.tree_file
    reached = _reached(tree, (tree.start, tree.person, tree.fallback))
    written = _reached(tree, tree.danger.values())
    for name in tree.nodes:
        if name not in reached | written:
            message = f"no key leads to `{name}`; let a choice `go` there, or take it away"
            yield UNREACHABLE.at(file, ("nodes", name), message)
    yield from _loops(subject, tree.start, ())
    covered = {box for name in reached for box in tree.nodes[name].covers}
    for index, box in enumerate(tree.chart):
        if box not in covered:
            message = f"no node that a caller gets to covers `{box}`; name it in a node's `covers`"
            yield BOX_UNCOVERED.at(file, ("chart", index), message)
    for name, node in tree.nodes.items():
        for index, box in enumerate(node.covers):
            if box not in tree.chart:
                message = f"`{box}` is not on the chart (`chart`); {nearest(box, tree.chart)}"
                yield UNKNOWN_BOX.at(file, ("nodes", name, "covers", index), message)
    told = set(referred(tree))
    for name, agency in subject.line.directory.agencies.items():
        if name not in told and agency.status.value == "active":
            message = f"no referral names `{name}`; name it, or say why it is kept"
            yield UNREFERRED.at(subject.draft.directory_file, ("agencies", name), message)


def _reached(tree: Tree, begins: Iterable[str]) -> set[str]:
    reached, waiting = set[str](), list(begins)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            node = tree.nodes[name]
            silence = [node.silence] if isinstance(node, Ask) and node.silence else []
            waiting += [*_by_key(tree, name), *silence]
    return reached


def _loops(subject: Subject, name: str, before: tuple[str, ...]) -> Iterator[Problem]:
    node = subject.line.node(name)
    for key, choice in node.choices.items() if isinstance(node, Ask) else ():
        if choice.go in (*before, name):
            message = f"`{choice.go}` was asked on the way here; * leads back already"
            path = ("nodes", name, "choices", key, "go")
            yield QUESTION_LOOP.at(subject.draft.tree_file, path, message)
        else:
            yield from _loops(subject, choice.go, (*before, name))


def _by_key(tree: Tree, name: str) -> tuple[str, ...]:
    node = tree.nodes[name]
    return tuple(choice.go for choice in node.choices.values()) if isinstance(node, Ask) else ()
