"""A golden call: who calls and when, what they do, and what happened when it was written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from ringback.callers.phone import Phone
from ringback.callers.scripted import ScriptedPhone
from ringback.callers.timed import TimedPhone, is_timed
from ringback.transcript.golden.steps import Step


@dataclass(frozen=True, kw_only=True)
class Story:
    """One call of a file.

    `title` says whom it is about; `keys` is a script (see ScriptedPhone, and TimedPhone for the
    acts of a person); `at` is the time it begins, `from_` and `to` its numbers, each None where it
    does not matter. `then` are the steps, None where nobody has seen them yet; `line` is where it
    stands in its file.
    """

    title: str
    keys: str
    at: datetime | None = None
    from_: str | None = None
    to: str | None = None
    barge_in: bool = False
    then: tuple[Step, ...] | None = None
    line: int = 1

    def phone(self) -> Phone:
        """The caller. Raises ScriptError."""
        if is_timed(self.keys):
            return TimedPhone(self.keys)
        return ScriptedPhone(self.keys, barge_in=self.barge_in)

    def seen(self, steps: Sequence[Step]) -> Self:
        """The same call with these steps, with seconds where it had them, or is new."""
        timed = self.then is None or any(step.t is not None for step in self.then)
        return replace(
            self, then=tuple(replace(step, t=step.t if timed else None) for step in steps)
        )

    def as_mapping(self) -> Mapping[str, Any]:
        """The call as it stands in YAML."""
        given: dict[str, Any] = {
            "story": self.title,
            "at": self.at.isoformat() if self.at else None,
            "from": self.from_,
            "to": self.to,
            "keys": self.keys,
            "barge_in": self.barge_in or None,
        }
        mapping = {name: value for name, value in given.items() if value is not None}
        if self.then is not None:
            mapping["then"] = [step.as_mapping() for step in self.then]
        return mapping
