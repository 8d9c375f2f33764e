"""What goes wrong at random: the carrier's REST side, its callbacks, killed processes."""

import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from ringback import Delivery, DeliveryStep, Fault, Message, RestRequest

T = TypeVar("T")

SLOWEST = 4.0  # seconds until a request is taken after all
# Kind, weight and fault of a request that sends; the rest (of 100) is served well.
SENDING: list[tuple[str, int, Fault]] = [
    ("slow", 8, Fault(latency=1.0)),  # over the time-out; it is taken all the same
    ("very slow", 8, Fault(latency=SLOWEST)),
    ("429", 10, Fault(status=429)),
    ("500 (not taken)", 8, Fault(status=500)),
    ("500 (taken)", 8, Fault(status=500, accepted=True)),
    ("cut (not taken)", 8, Fault(cut=True)),
    ("cut (taken)", 8, Fault(cut=True, accepted=True)),
    ("refused", 2, Fault(status=400)),
]
# The same of a request that asks for the list or a message.
ASKING: list[tuple[str, int, Fault]] = [
    ("list: slow", 8, Fault(latency=1.0)),
    ("list: 500", 8, Fault(status=500)),
    ("list: cut", 8, Fault(cut=True)),
]
_QUICK = Delivery(steps=(DeliveryStep("sent", 0.3), DeliveryStep("delivered", 0.9)))
# The same of what becomes of a message; the rest goes the usual way.
BECOMES: list[tuple[str, int, Delivery]] = [
    ("callbacks before the answer", 15, _QUICK.at_once()),
    ("callbacks twice", 15, _QUICK.with_callbacks_repeated()),
    ("callbacks reordered", 15, _QUICK.with_callbacks_reversed()),
    ("callbacks lost", 15, _QUICK.without_callbacks()),
    ("undelivered", 3, replace(Delivery.undelivered(), steps=(DeliveryStep("undelivered", 0.5),))),
    ("failed", 3, Delivery(steps=(DeliveryStep("failed", 0.3),), error_code=30008)),
]


class Mishaps:
    """Faults and deliveries for the carrier, counted by kind; any thread may ask."""

    def __init__(self, seed: int) -> None:
        self.seen: Counter[str] = Counter()
        self._random, self._lock = random.Random(seed), threading.Lock()

    def fault(self, request: RestRequest) -> Fault | None:
        """What happens to a REST request."""
        kinds = SENDING if request.method == "POST" else ASKING
        return self._drawn(kinds, None)

    def delivery(self, _message: Message) -> Delivery:
        """What becomes of a message."""
        return self._drawn(BECOMES, _QUICK)

    def _drawn(self, kinds: Sequence[tuple[str, int, T]], usual_delivery: T) -> T:
        with self._lock:
            drawn = self._random.uniform(0, 100)
            for kind, weight, what in kinds:
                drawn -= weight
                if drawn < 0:
                    self.seen[kind] += 1
                    return what
        return usual_delivery


class Killer:
    """Kills a process with SIGKILL every few seconds, in a thread of its own."""

    def __init__(
        self, victims: Callable[[], list[int]], seed: int, every: tuple[float, float]
    ) -> None:
        """`victims` gives the ids of those that may be killed; `every`: seconds, from and to."""
        self.kills = 0
        self._victims, self._random, self._every = victims, random.Random(seed), every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, name="killer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """No more of it."""
        self._over.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._over.wait(self._random.uniform(*self._every)):
            if victims := self._victims():
                with suppress(ProcessLookupError):
                    os.kill(self._random.choice(victims), signal.SIGKILL)
                    self.kills += 1


def children(process: int) -> list[int]:
    """The processes that a process has started and that still live (Linux)."""
    try:
        known = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in known.split()]
