"""A golden call beside the same call as it goes now, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ringback.transcript.golden.steps import Step

_CONTEXT = 2  # unchanged lines shown around a change


@dataclass(frozen=True)
class _Line:
    """A line of a step, with the step's second and the keys pressed before it."""

    text: str
    t: float | None
    after: str


def differences(then: Sequence[Step], now: Sequence[Step]) -> str:
    """Where the call differs, as a unified diff; empty where it went as it did.

    Each part begins with the second at which it begins now, the key pressed before, and where the
    golden call has its seconds, also that one.
    """
    old, new = _lines(then), _lines(now)
    matcher = SequenceMatcher(
        None, [line.text for line in old], [line.text for line in new], autojunk=False
    )
    shown: list[str] = []
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        first = next(code for code in group if code[0] != "equal")
        shown.append(_heading(old, new, first[1], first[3]))
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                shown += [f"   {line.text}" for line in old[i1:i2]]
            else:
                shown += [f"  -{line.text}" for line in old[i1:i2]]
                shown += [f"  +{line.text}" for line in new[j1:j2]]
    return "\n".join(shown)


def _heading(old: Sequence[_Line], new: Sequence[_Line], i: int, j: int) -> str:
    here = new[min(j, len(new) - 1)] if new else _Line("", 0.0, "")
    golden = old[i].t if i < len(old) else None
    was = f" (was {golden:.1f} s)" if golden is not None and golden != here.t else ""
    after = f"after the keys {here.after}" if here.after else "before any key"
    return f"  @@ at {here.t or 0.0:.1f} s{was}, {after}"


def _lines(steps: Sequence[Step]) -> list[_Line]:
    return list(_each_line(steps))


def _each_line(steps: Sequence[Step]) -> Iterator[_Line]:
    keys: list[str] = []
    for step in steps:
        for text in step.lines():
            yield _Line(text, step.t, " ".join(keys))
        if step.kind == "pressed":
            keys.append(str(step.value))
        elif step.kind == "silence":
            keys.append("-")
