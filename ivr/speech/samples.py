"""Sound as a row of numbers: mono samples, and how many of them make a second."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

TELEPHONE = 8000  # hertz: what G.711 carries

Floats: TypeAlias = "array[float]"


@dataclass(frozen=True)
class Samples:
    """Mono sound. `values` is an `array("f")` from -1 to 1, never changed once it stands here."""

    values: Floats
    hertz: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.values) / self.hertz


def silence(seconds: float, hertz: int = TELEPHONE) -> Samples:
    """Nothing, for a number of seconds, to the nearest sample."""
    return Samples(array("f", bytes(4 * round(seconds * hertz))), hertz)


def joined(parts: Iterable[Samples]) -> Samples:
    """One after the other, without a gap. Raises ValueError where their rates differ."""
    parts = list(parts)
    rates = {part.hertz for part in parts} or {TELEPHONE}
    if len(rates) > 1:
        raise ValueError(
            f"samples of {sorted(rates)} hertz can't be joined; bring them to one rate"
        )
    values = array("f")
    for part in parts:
        values.extend(part.values)
    return Samples(values, rates.pop())
