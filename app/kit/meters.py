"""What is counted for monitors: requests by route and status, and how long they took.

Where several processes answer behind one address, each keeps its numbers in files of a folder that
all of them share, and any of them tells the sum. The library reads the folder's name from the
environment when it is first imported; ``clausewise serve`` sets it.
"""

import os
from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Meters:
    """The counters of one application."""

    def __init__(self) -> None:
        self._own = CollectorRegistry()
        self._requests = Counter(
            "clausewise_requests",
            "Requests that were answered.",
            ["method", "route", "status"],
            registry=self._own,
        )
        self._seconds = Histogram(
            "clausewise_request_seconds",
            "How long answers took.",
            ["method", "route"],
            buckets=BUCKETS,
            registry=self._own,
        )

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request. Method and route must come from a list that we know, or there is no end."""
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(method, route).observe(seconds)

    def page(self, gauges: Iterable[tuple[str, str, float]]) -> bytes:
        """All that every process counted, as Prometheus reads it.

        gauges: name, meaning and value of what is not counted but so.
        """
        counted = self._own
        if FOLDER in os.environ:
            counted = CollectorRegistry()
            MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
        now = CollectorRegistry()
        now.register(_Gauges([GaugeMetricFamily(*one) for one in gauges]))
        return generate_latest(counted) + generate_latest(now)


class _Gauges(Collector):
    def __init__(self, families: list[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        return self._families
