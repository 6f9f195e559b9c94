"""How the house stands and what this run has done, as Prometheus reads it. Nobody is named, nothing is looked up."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from bot.health import WRONG, Health
from scheduler.done import Done


def figures(health: Health, done: Done) -> bytes:
    """The page that Prometheus reads."""
    registry = CollectorRegistry()
    registry.register(_House(health, done))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


class _House:
    def __init__(self, health: Health, done: Done) -> None:
        self._health = health
        self._done = done

    def collect(self) -> Iterator[Metric]:
        """Every figure, with the words that Prometheus shows beside it."""
        yield from self._state()
        yield from self._waiting()
        yield from self._kept()
        yield from self._counted()

    def _state(self) -> Iterator[Metric]:
        health = self._health
        yield _gauge("well", "1 while nothing is wrong", float(health.well))
        yield _gauge(
            "wrong",
            "1 for each thing that somebody must look at",
            {name: float(name in health.wrong) for name in WRONG},
            "what",
        )
        if health.heard_at is not None:
            said = "When all updates were last known to be taken in"
            yield _gauge("heard_timestamp_seconds", said, health.heard_at.timestamp())
        yield _gauge("committees", "Committees", health.committees)
        yield _gauge("running_consultations", "Consultations that are open", health.running)

    def _waiting(self) -> Iterator[Metric]:
        health = self._health
        waiting = {"inbox": health.inbox.waiting, "outbox": health.outgoing}
        yield _gauge("waiting", "Updates to be handled, messages to be sent", waiting, "queue")
        said = "How long the oldest notice with legal effect has waited"
        yield _gauge("oldest_unsent_seconds", said, health.unsent_for.total_seconds())
        yield _gauge("due_late", "Due moments past and not acted on", health.late.count)
        since = health.late.since
        late = (health.now - since).total_seconds() if since else 0
        yield _gauge("due_late_seconds", "How late the earliest of them is", late)
        aside = {"updates": len(health.updates_set_aside), "dues": len(health.set_aside)}
        yield _gauge("set_aside", "What failed too often and waits for somebody", aside, "queue")

    def _kept(self) -> Iterator[Metric]:
        health = self._health
        lines = {str(committee): head.number for committee, head in health.heads}
        yield _gauge("register_line", "The last line of each register", lines, "committee")
        if health.backed_up_at is not None:
            said = "When a backup was made last"
            yield _gauge("backup_timestamp_seconds", said, health.backed_up_at.timestamp())
        if health.bytes is not None:
            yield _gauge("database_bytes", "Of the database on disk", health.bytes)

    def _counted(self) -> Iterator[Metric]:
        done = self._done
        yield _counter("updates_handled", "Updates handled", done.updates)
        sent = {"sent": done.sent, "undeliverable": done.undeliverable}
        yield _counter("messages", "Messages by what became of them", sent, "outcome")
        yield _counter("waits_asked", "How often Telegram has asked to wait (429)", done.waits)


_Value = float | dict[str, int] | dict[str, float]


def _gauge(name: str, said: str, value: _Value, by: str = "") -> Metric:
    labels = (by,) if by else ()
    return _filled(GaugeMetricFamily(f"dongthuan_{name}", said, labels=labels), value)


def _counter(name: str, said: str, value: _Value, by: str = "") -> Metric:
    labels = (by,) if by else ()
    return _filled(CounterMetricFamily(f"dongthuan_{name}", said, labels=labels), value)


def _filled(family: GaugeMetricFamily | CounterMetricFamily, value: _Value) -> Metric:
    for label, number in value.items() if isinstance(value, dict) else [(None, value)]:
        family.add_metric([] if label is None else [label], number)
    return family
