"""What happened in a call, step by step: the part of a golden call that is compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from ringback.transcript.event import Event
from ringback.transcript.rows import sentence_per_line

# What may stand beside each kind of step. `t` may stand beside any; it is never compared.
KINDS: Mapping[str, frozenset[str]] = {
    "heard": frozenset(),
    "pressed": frozenset({"lost"}),
    "spoke": frozenset({"lost"}),
    "silence": frozenset(),
    "recorded": frozenset(),
    "texted": frozenset({"to", "segments"}),
    "dialed": frozenset({"status"}),
    "error": frozenset({"text"}),
    "hangup": frozenset(),
}


@dataclass(frozen=True)
class Step:
    """One step: its `kind`, what is said of it, and `more`; `t` is the second at which it began."""

    kind: str
    value: str | float | None
    more: Mapping[str, Any] = field(default_factory=dict)
    t: float | None = field(default=None, compare=False)

    def as_mapping(self) -> dict[str, Any]:
        """The step as it stands in YAML."""
        seconds = {} if self.t is None else {"t": self.t}
        return {self.kind: self.value, **self.more, **seconds}

    def lines(self) -> list[str]:
        """The step as it is compared, by line."""
        first, *others = str(self.value).splitlines() or [""]
        more = [f"  {name}: {value}" for name, value in self.more.items()]
        return [f"{self.kind}: {first}", *(f"  {other}" for other in others), *more]


def steps_of(events: Iterable[Event]) -> tuple[Step, ...]:
    """The steps of a call, each with its second; requests, and what the simulator leaves out, are
    no part of it."""
    return tuple(filter(None, map(_step, events)))


def _step(event: Event) -> Step | None:
    t = round(event.t - (event.seconds or 0.0 if event.event == "heard" else 0.0), 1)
    match event.event:
        case "heard":
            return Step(
                "heard", sentence_per_line(event.text or urlsplit(event.url or "").path), t=t
            )
        case "pressed":
            return Step("pressed", event.keys, {"lost": True} if event.lost else {}, t)
        case "spoke":
            return Step("spoke", event.text, {"lost": True} if event.lost else {}, t)
        case "silence" | "recorded":
            return Step(event.event, event.seconds, t=t)
        case "texted":
            return Step("texted", event.body, {"to": event.to, "segments": event.segments}, t)
        case "dialed":
            return Step("dialed", event.to, {"status": event.status}, t)
        case "error":
            return Step("error", str(event.code or "none"), {"text": event.text}, t)
        case "hangup":
            return Step("hangup", event.by, t=t)
    return None
