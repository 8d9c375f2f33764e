"""How long the worker waits for what, in seconds."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Self

_LEASE, _UNHEARD = 2.0, 6.0  # at least so many REST time-outs, however small the factor


@dataclass(frozen=True)
class Waits:
    """Seconds; SMS_PATIENCE is a factor on all of them.

    `unheard`: a request without an answer that the carrier's list does not show after so long was
    never taken. It must exceed by far what a request can take at the carrier (calls to webhooks are
    cut at 15 s; for the REST API no bound is documented).
    """

    unheard: float = 60.0
    lease: float = 20.0  # a worker that holds a text for longer has died; over the REST time-out
    first_look: float = 2.0  # after no answer: in the carrier's list
    first_retry: float = 1.0  # doubled each time
    longest_retry: float = 30.0
    recipient_busy: float = 2.0  # one message at a time to one telephone
    first_check: float = 900.0  # without a status callback the carrier is asked, then twice as late
    last_check: float = 12 * 3600.0  # after this it is not asked again
    give_up: float = 24 * 3600.0  # a text of which nothing can be learnt is forgotten

    @classmethod
    def of(cls, factor: float, time_out: float) -> Self:
        """All waits times `factor`; those that keep a text from being sent twice stay well over the
        `time_out` of a REST request (seconds)."""
        waits = {field.name: getattr(cls, field.name) * factor for field in fields(cls)}
        waits["lease"] = max(waits["lease"], _LEASE * time_out)
        waits["unheard"] = max(waits["unheard"], _UNHEARD * time_out)
        return cls(**waits)

    def retry(self, attempts: int, jitter: Callable[[], float]) -> timedelta:
        """The wait after so many attempts: doubled, bounded, and never the same for all.

        `jitter` gives a number from 0 to 1.
        """
        longest = min(self.longest_retry, self.first_retry * 2 ** min(attempts, 10))
        return timedelta(seconds=longest * (0.5 + jitter() / 2))
