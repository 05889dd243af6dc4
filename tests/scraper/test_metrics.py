"""Prometheus reads what `scrape status --format prometheus` writes."""

from __future__ import annotations

from datetime import UTC, datetime

from prometheus_client.parser import text_string_to_metric_families

from scraper.fetch.host import BreakerState
from scraper.metrics import NUMBERS, write_metrics
from scraper.store.protocol import SourceStatus


def test_every_number_of_every_source_is_read_back() -> None:
    odd = 'har"bour\\\n\x1b[2J'
    sources = [
        SourceStatus("valley", "ok", last_run=datetime(2025, 1, 31, tzinfo=UTC), articles=20_000, waiting=7),
        SourceStatus(odd, "failing", failing=4),
    ]
    hosts = [BreakerState("example.org", 7, 2, 1738317600.0, "timeout")]
    text = write_metrics(sources, {"valley": {"silent": "…"}}, hosts)
    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert {name for name, _, _ in NUMBERS} <= set(families)
    assert all(family.type == "gauge" for family in families.values())
    articles = {
        sample.labels["source"]: sample.value for sample in families["scrape_source_articles"].samples
    }
    assert articles == {"valley": 20_000, 'har"bour\\\n[2J': 0}
    [last_run] = families["scrape_source_last_run_seconds"].samples
    assert last_run.value == 1738281600
    [change] = families["scrape_source_changed_ways"].samples
    assert change.labels == {"source": "valley", "kind": "silent"}
    [host] = families["scrape_host_left_alone_until_seconds"].samples
    assert host.value == 1738317600


def test_a_store_without_sources_has_metrics_without_values() -> None:
    assert all(not family.samples for family in text_string_to_metric_families(write_metrics([], {}, [])))
