"""What is counted of the outside world: service and outcome, never who asked or what."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REGISTRY = CollectorRegistry()
CALLS = Counter("kosme_provider_calls", "Visits to an outside service", ["provider", "outcome"], registry=REGISTRY)
SECONDS = Histogram(
    "kosme_provider_seconds",
    "How long a visit took",
    ["provider"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 3, 4, 5, 6),
    registry=REGISTRY,
)
RESTING = Gauge("kosme_provider_resting", "1 while the breaker keeps calls away", ["provider"], registry=REGISTRY)


def exposition() -> bytes:
    """Give the figures in the text format of Prometheus."""
    return generate_latest(REGISTRY)
