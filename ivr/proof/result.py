"""What a proof finds: that a property holds, or the shortest call that shows that it does not."""

from dataclasses import dataclass
from datetime import datetime

from ivr.engine.caller import Caller
from ivr.engine.position import Event, Keys, Silence, Start


@dataclass(frozen=True)
class Counterexample:
    """One call in which a property fails.

    `steps` is what happens in it, in order; `at` the time it is made; `moved` whether
    agencies must open or close while it lasts, so that no single `at` shows it.
    """

    problem: str
    language: str
    caller: Caller
    at: datetime
    steps: tuple[Event, ...]
    moved: bool = False

    @property
    def keys(self) -> str:
        """The call as `ivr call --keys` takes it; what comes of texts is no key."""
        return " ".join(
            "-" if isinstance(step, Silence) else step.digits
            for step in self.steps
            if isinstance(step, Keys | Silence)
        )

    @property
    def news(self) -> tuple[str, ...]:
        """What must come of the texts and numbers in it for this to happen."""
        return tuple(str(s) for s in self.steps if not isinstance(s, Start | Keys | Silence))


@dataclass(frozen=True)
class Finding:
    """What became of one property: what it says, and where it fails."""

    name: str
    says: str
    failures: tuple[Counterexample, ...] = ()
    figure: str = ""  # what was measured on the way, for people

    @property
    def holds(self) -> bool:
        """Whether there is no counterexample."""
        return not self.failures
