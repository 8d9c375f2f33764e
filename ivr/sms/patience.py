"""How long the worker waits for what, in seconds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Patience:
    """The worker's figures; the bench shortens them to see years of failures in a minute.

    `unheard`: a request without an answer that the carrier's list does not show after so long was
    never taken. It must exceed by far what a request can take at the carrier (calls to webhooks are
    cut at 15 s; for the REST API no bound is documented).
    """

    unheard: float = 60.0
    lease: float = 20.0  # a worker that holds a text for longer has died; over the REST time-out
    first_look: float = 2.0  # after no answer: in the carrier's list
    first_retry: float = 1.0  # doubled each time
    longest_retry: float = 30.0
    other_under_way: float = 2.0  # one message at a time to one telephone
    news: float = 900.0  # without a status callback the carrier is asked, then twice as late
    last_news: float = 12 * 3600.0  # after this it is not asked again
    give_up: float = 24 * 3600.0  # a text of which nothing can be learnt is forgotten

    def retry(self, attempts: int, jitter: Callable[[], float]) -> timedelta:
        """The wait after so many attempts: doubled, bounded, and never the same for all.

        `jitter` gives a number from 0 to 1.
        """
        longest = min(self.longest_retry, self.first_retry * 2 ** min(attempts, 10))
        return timedelta(seconds=longest * (0.5 + jitter() / 2))
