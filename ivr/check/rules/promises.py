"""What the line promises: danger first, somebody day and night, a number without a key."""

from collections.abc import Iterator

from ivr.check.code import may_ignore
from ivr.check.subject import Subject
from ivr.engine.caller import Caller, CallerKind
from ivr.engine.dialogue import beginning, step
from ivr.engine.hours import is_always_open
from ivr.engine.line import Line
from ivr.engine.position import Start
from ivr.engine.prompts import Prompts
from ivr.engine.speech import Words
from ivr.engine.tree import Ask, Refer
from ivr.files.problems import Problem
from ivr.files.yaml_source import Path

NO_EMERGENCY = may_ignore("no-emergency", "first words that name no emergency number")
NOT_STAFFED = may_ignore(
    "not-staffed", "a path that must reach a person and where nobody answers at night"
)
SILENCE_WITHOUT_NUMBER = may_ignore(
    "silence-without-number", "callers who press nothing, sent where no number is spoken"
)

CODES = (NO_EMERGENCY, NOT_STAFFED, SILENCE_WITHOUT_NUMBER)


def check(subject: Subject) -> Iterator[Problem]:
    """In every language, and at every question."""
    line = subject.line
    for language, script in line.scripts.items():
        yield from _check_emergency(subject, language, script.prompts)
    for field in ("person", "fallback"):
        node = line.node(getattr(line.tree, field))
        if isinstance(node, Refer) and not any(_is_staffed(line, name) for name in node.named):
            message = (
                f"nobody at `{getattr(line.tree, field)}` is known to answer day and night; "
                "name an agency with such hours"
            )
            yield NOT_STAFFED.at(subject.draft.tree_file, (field,), message)
    for name, node in line.tree.nodes.items():
        if isinstance(node, Ask):
            yield from _check_silence(subject, name, node)


def _check_emergency(subject: Subject, language: str, prompts: Prompts) -> Iterator[Problem]:
    line = subject.line
    first = step(
        line, beginning(line, language), Start(), line.timetable.worst(), Caller(CallerKind.MOBILE)
    ).speech[0]
    said = first.text if isinstance(first, Words) else ""
    known = subject.country.emergency
    spelt = [" ".join(prompts.key(digit) for digit in number) for number in known]
    if known and not any(number in said.casefold() for number in (*known, *spelt)):
        message = f"the first words 「{said}」 name no emergency number ({', '.join(known)})"
        own = language == line.tree.language and prompts.tree is None
        file = subject.draft.tree_file if own else subject.draft.prompt_files[language]
        path: Path = ("opening", "emergency")
        yield NO_EMERGENCY.at(file, path if own else ("tree", *path), message)


def _is_staffed(line: Line, name: str) -> bool:
    hours = line.agency(name).hours
    always = hours is not None and hours.speakable and is_always_open(hours)
    return always and line.agency(name).phone_for(CallerKind.MOBILE) is not None


def _check_silence(subject: Subject, name: str, node: Ask) -> Iterator[Problem]:
    """Who can press no key can't look at a page either: a number comes first.

    That even they hear one in the end is the engine's doing: from any referral without a number
    silence goes on to the tree's `fallback`, which always has one (`no-number`).
    """
    line = subject.line
    ends = line.node(node.silence) if node.silence else None
    referred_to = ends.named[: ends.together] if isinstance(ends, Refer) else ()
    if referred_to and not any(
        line.agency(one).phone_for(CallerKind.WITHHELD) for one in referred_to
    ):
        message = f"`{node.silence}` begins without a number; let `silence` lead to a staffed line"
        yield SILENCE_WITHOUT_NUMBER.at(
            subject.draft.tree_file, ("nodes", name, "silence"), message
        )
