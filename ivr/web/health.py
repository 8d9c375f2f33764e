"""`/healthz` and `/metrics`: whether the line is well, how its texts fare, what it has counted."""

from collections.abc import Iterator

from flask import Blueprint, Response, jsonify
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from ivr.sms.channel import TextChannel
from ivr.web.counters import Counts


def health_blueprint(texts: TextChannel, counts: Counts) -> Blueprint:
    """Open to all: nothing in it is of any caller."""
    blueprint = Blueprint("health", __name__)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_TextsCollector(texts))
    registry.register(counts.collector())

    @blueprint.get("/healthz")
    def health() -> Response:
        """Whether calls are answered (they are, or this would not be), and what is degraded."""
        degraded = texts.complaints()
        return jsonify(status="degraded" if degraded else "ok", degraded=degraded)

    @blueprint.get("/metrics")
    def metrics() -> Response:
        """For Prometheus. Figures of texts come from the database, and counters from a folder that
        the worker processes share, so every worker says the same."""
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    return blueprint


class _TextsCollector(Collector):
    """The outbox as it stands when it is looked at."""

    def __init__(self, texts: TextChannel) -> None:
        self._texts = texts

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("madoguchi_database_up", "Whether texts can be remembered and sent")
        by_state = GaugeMetricFamily(
            "madoguchi_texts", "TextChannel in the outbox, by state", labels=["state"]
        )
        waiting = GaugeMetricFamily(
            "madoguchi_oldest_waiting_text_seconds", "How long the oldest text has not been taken"
        )
        try:
            for state, count in self._texts.outbox.counts().items():
                by_state.add_metric([state.value], count)
            waiting.add_metric([], self._texts.oldest_waiting())
            up.add_metric([], 0 if self._texts.store.complaint() else 1)
        except SQLAlchemyError:
            up.add_metric([], 0)
        yield from (up, by_state, waiting)
