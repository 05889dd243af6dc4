"""What a run says: nothing to cron when all is well, one moving line on a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaners.errors import WrongUsage
from scraper.commands import report
from scraper.commands.report import Both, JsonLines, Live, LogFile, Quiet, Verbose, reporter_for
from scraper.run import Event
from scraper.store.protocol import Change, Tally

Output = pytest.CaptureFixture[str]
KEPT = Event("kept", "harbour", "https://example.org/a", change=Change.NEW, article=7, title="Rain")
FAILED = Event("failed", "harbour", "https://example.org/b", cause="timeout", detail="first byte")
WELL = Event("ended", "harbour", tally=Tally(new=1, failed=1))
BADLY = Event("ended", "harbour", tally=Tally(failed=3))


def test_cron_hears_nothing_while_a_run_goes_on(capsys: Output) -> None:
    reporter = Quiet()
    for event in (KEPT, FAILED, WELL, BADLY):
        reporter.tell(event)
    reporter.end()
    assert capsys.readouterr() == ("", "")


def test_verbose_says_everything(capsys: Output) -> None:
    for event in (KEPT, FAILED, WELL, BADLY):
        Verbose().tell(event)
    assert [line.split()[0] for line in capsys.readouterr().err.splitlines()] == [
        "new",
        "failed",
        "done",
        "FAILING",
    ]


def test_json_lines_leave_out_what_is_not_said(capsys: Output) -> None:
    JsonLines().tell(KEPT)
    said = json.loads(capsys.readouterr().err)
    assert said.pop("at").endswith("Z")
    assert said == {
        "event": "kept",
        "source": "harbour",
        "url": "https://example.org/a",
        "change": "new",
        "article": 7,
        "title": "Rain",
    }


def test_the_moving_line_counts_and_failures_stay_above_it(capsys: Output) -> None:
    live = Live(sources=2)
    for event in (KEPT, FAILED, BADLY):
        live.tell(event)
    live.end()
    drawn = capsys.readouterr().err
    assert "scrape: harbour: timeout: https://example.org/b (first byte)\n" in drawn
    last = drawn.rstrip("\n").rpartition("\x1b[K")[2]
    assert last.startswith("1/2 sources · 1 articles · ")
    assert last.endswith(" · 1 failed")


@pytest.mark.parametrize(
    ("log", "verbose", "terminal", "kind"),
    [
        ("text", False, False, Quiet),
        ("text", False, True, Live),
        ("text", True, True, Verbose),
        ("json", False, True, JsonLines),
    ],
)
def test_who_reports(
    log: str, verbose: bool, terminal: bool, kind: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal, raising=False)
    assert type(reporter_for(log, verbose=verbose, sources=1)) is kind


def test_a_log_is_written_beside_what_is_said_and_rotates(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "LOG_BYTES", 400)
    both = Both(Verbose(), LogFile(tmp_path / "wire.log"))
    for _ in range(10):
        both.tell(KEPT)
    both.end()
    assert len(capsys.readouterr().err.splitlines()) == 10
    logs = sorted(path.name for path in tmp_path.iterdir())
    assert logs == ["wire.log", *(f"wire.log.{number}" for number in range(1, report.OLD_LOGS))]
    assert all(json.loads(line)["title"] == "Rain" for line in (tmp_path / "wire.log.1").open())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_disk_under_a_log_stops_nothing() -> None:
    log = LogFile(Path("/dev/full"))
    log.tell(KEPT)
    log.end()


def test_a_log_that_cannot_be_written_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="no such file or directory"):
        LogFile(tmp_path / "nowhere" / "wire.log")


def test_a_source_that_is_not_due_is_said_to_be_skipped(capsys: Output) -> None:
    for reporter in (Verbose(), Live(sources=1)):
        reporter.tell(Event("skipped", "harbour"))
    heard = capsys.readouterr().err
    assert "skipped   harbour" in heard
    assert "1/1 sources" in heard
