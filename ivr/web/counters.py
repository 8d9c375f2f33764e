"""What the line counts of itself for Prometheus: calls, numbers read, failures. No number, ever.

Worker processes count into one folder (PROMETHEUS_MULTIPROC_DIR, which `serving` sets up), so that
every worker tells the sum; a process alone counts in its memory.
https://prometheus.github.io/client_python/multiprocess/
"""

import os
from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


class Counts:
    """The counters of one app. Counting takes a few microseconds and never fails a call."""

    def __init__(self, languages: Iterable[str], nodes: Iterable[str]) -> None:
        self._registry = CollectorRegistry()
        answered = self._counter("calls_answered", "Calls that were answered", "language")
        numbers = self._counter("numbers_read", "Turns that read a number out, by node", "node")
        failures = self._counter(
            "webhook_failures", "Requests that failed inside and got the last words", "channel"
        )
        # Each label's counter is looked up once: also, what never happened shows as 0.
        self._answered = {language: answered.labels(language) for language in languages}
        self._numbers = {node: numbers.labels(node) for node in nodes}
        self._failures = {channel: failures.labels(channel) for channel in ("voice", "sms")}

    def answered(self, language: str) -> None:
        """A call came in and was greeted in this language."""
        self._answered[language].inc()

    def number_read(self, node: str) -> None:
        """A turn at this node reads a number out."""
        self._numbers[node].inc()

    def failed(self, channel: str) -> None:
        """A request of a channel (voice, sms) failed, and the last words answered it."""
        self._failures[channel].inc()

    def collector(self) -> Collector:
        """What tells the counters: of all worker processes, where they count together."""
        folder = os.environ.get(FOLDER)
        if not folder:
            return self._registry
        together: Collector = MultiProcessCollector(None, folder)  # type: ignore[no-untyped-call]
        return together

    def _counter(self, name: str, what: str, label: str) -> Counter:
        return Counter(f"madoguchi_{name}", what, [label], registry=self._registry)
