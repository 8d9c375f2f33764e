"""What a load saw: calls, errors, and latencies, in memory that does not grow with the load."""

from collections import Counter
from dataclasses import dataclass, field
from math import exp, log
from typing import Any, Literal

_STEP = log(1.01)  # a percentile is off by at most one per cent
_SHORTEST = 1e-5  # seconds; anything faster counts as this
_MOST_KINDS = 50
PERCENTILES = (50, 90, 95, 99)

Ending = Literal["reached", "failed", "gave_up", "unfinished"]


class Latencies:
    """Seconds, counted in buckets that are one per cent wide; the longest is kept exactly."""

    def __init__(self) -> None:
        self._buckets: Counter[int] = Counter()
        self.count = 0
        self.longest = 0.0

    def note(self, seconds: float) -> None:
        """One request took so long."""
        self._buckets[int(log(max(seconds, _SHORTEST) / _SHORTEST) / _STEP)] += 1
        self.count += 1
        self.longest = max(self.longest, seconds)

    def percentile(self, percent: float) -> float:
        """The seconds within which so many per cent were answered; 0 without any."""
        wanted, seen = percent / 100 * self.count, 0
        for bucket in sorted(self._buckets):
            seen += self._buckets[bucket]
            if seen >= wanted:
                return min(self.longest, _SHORTEST * exp((bucket + 1) * _STEP))
        return self.longest


@dataclass
class Trouble:
    """An error, as often as it was seen; `text` and `keys` are those of the first time.

    `code` is Twilio's (https://www.twilio.com/docs/api/errors), or None where it has none.
    """

    code: int | None
    level: Literal["error", "warning"]
    text: str
    keys: str
    count: int = 0


@dataclass
class Tally:
    """The load so far.

    `lateness` is how much later than they wanted the callers came to act, because their own machine
    was busy; whatever is measured includes it.
    """

    placed: int = 0
    at_once: int = 0
    most_at_once: int = 0
    endings: Counter[Ending] = field(default_factory=Counter)
    latencies: Latencies = field(default_factory=Latencies)
    lateness: Latencies = field(default_factory=Latencies)
    satisfied: set[int] = field(default_factory=set)  # the callers who reached a number
    troubles: dict[tuple[int | None, str], Trouble] = field(default_factory=dict)

    def begins(self) -> None:
        """A call is placed."""
        self.placed += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)

    def ends(self, caller: int, ending: Ending) -> None:
        """A call of the caller's is over."""
        self.at_once -= 1
        self.endings[ending] += 1
        if ending == "reached":
            self.satisfied.add(caller)

    def trouble(
        self, code: int | None, level: Literal["error", "warning"], text: str, keys: str
    ) -> None:
        """Something went wrong in a call with these keys; one text is kept for each kind."""
        # A kind without a code is its text; an app can't make the list grow without end.
        kind = (code, level if code is not None else text)
        if kind not in self.troubles and len(self.troubles) >= _MOST_KINDS:
            kind = (None, "others")
        self.troubles.setdefault(kind, Trouble(code, level, text, keys)).count += 1


@dataclass(frozen=True, kw_only=True)
class Report:
    """A load that is over; seconds and milliseconds are real ones."""

    url: str
    callers: int
    human: bool
    seconds: float
    interrupted: bool
    tally: Tally

    @property
    def went_well(self) -> bool:
        """Nobody was failed, and somebody reached a number."""
        return not self.tally.endings["failed"] and bool(self.tally.endings["reached"])

    def as_json(self) -> dict[str, Any]:
        """The report as `ivr load --json` prints it."""
        tally, latencies = self.tally, self.tally.latencies
        return {
            "url": self.url,
            "human": self.human,
            "seconds": round(self.seconds, 3),
            "interrupted": self.interrupted,
            "went_well": self.went_well,
            "callers": {
                "asked_for": self.callers,
                "most_at_once": tally.most_at_once,
                "reached_a_number": len(tally.satisfied),
            },
            "calls": {
                "placed": tally.placed,
                "reached_a_number": tally.endings["reached"],
                "failed": tally.endings["failed"],
                "gave_up": tally.endings["gave_up"],
                "unfinished": tally.endings["unfinished"],
                "a_second": _rate(tally.placed - tally.endings["unfinished"], self.seconds),
            },
            "requests": {
                "answered": latencies.count,
                "a_second": _rate(latencies.count, self.seconds),
                "milliseconds": _spread(latencies),
            },
            "lateness_milliseconds": _spread(tally.lateness),
            "errors": [
                {
                    "code": trouble.code,
                    "level": trouble.level,
                    "count": trouble.count,
                    "text": trouble.text,
                    "keys": trouble.keys,
                }
                for trouble in sorted(tally.troubles.values(), key=lambda one: -one.count)
            ],
        }


def _spread(latencies: Latencies) -> dict[str, float]:
    percentiles = {
        f"p{percent}": _milliseconds(latencies.percentile(percent)) for percent in PERCENTILES
    }
    return {**percentiles, "max": _milliseconds(latencies.longest)}


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _rate(count: int, seconds: float) -> float:
    return round(count / seconds, 1) if seconds else 0.0
