"""Somebody is told when a source begins to fail or to change, and nobody is told twice."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.alerts import NotTold, Told, news, notify, reason
from scraper.store.protocol import Failure, SourceStatus

NOW = datetime(2025, 1, 31, 12, tzinfo=UTC)
SILENT = {"harbour": {"silent": "no new article since 2025-01-20; before, 140 a week"}}


def failing(runs: int, *, worked: bool = True, detail: str = "first byte") -> SourceStatus:
    failure = Failure(7, "harbour", NOW, "timeout", "https://example.org/feed", detail)
    return SourceStatus(
        "harbour",
        "failing" if runs else "ok",
        last_run=NOW,
        last_success=NOW if worked else None,
        failing=runs,
        failures=(failure,) if runs else (),
    )


def test_a_source_that_worked_is_told_of_after_some_failures_in_a_row_and_when_it_is_back() -> None:
    told: Told = set()
    heard = []
    for runs in (0, 1, 2, 0, 1, 2, 3, 4, 5, 0, 0):
        lines, told = news([failing(runs)], {}, told, alert_after=3)
        heard.append(lines)
    assert heard == [
        [], [], [], [], [], [], ["harbour: timeout: https://example.org/feed (first byte)"], [], [],
        ["harbour: works again"], [],
    ]  # fmt: skip


@pytest.mark.parametrize("state", ["running", "unfinished", "died", "stopped", "waiting"])
def test_a_run_that_was_stopped_says_nothing_of_a_source_that_fails(state: str) -> None:
    told = {("harbour", "fails"), ("harbour", "silent")}
    assert news([SourceStatus("harbour", state)], {}, told, alert_after=3) == ([], told)


def test_a_source_that_never_worked_is_told_of_at_once() -> None:
    lines, _ = news([failing(1, worked=False)], {}, set(), alert_after=3)
    assert lines == ["harbour: timeout: https://example.org/feed (first byte)"]


def test_a_change_is_told_once_and_when_it_is_over() -> None:
    lines, told = news([failing(0)], SILENT, set(), alert_after=3)
    assert lines == ["harbour: no new article since 2025-01-20; before, 140 a week"]
    later = {"harbour": {"silent": "no new article since 2025-01-20; before, 120 a week"}}
    lines, told = news([failing(0)], later, told, alert_after=3)
    assert lines == []
    lines, told = news([failing(0)], {}, told, alert_after=3)
    assert (lines, told) == (["harbour: new articles again"], set())


def test_a_source_that_fails_is_not_told_of_as_silent_too() -> None:
    lines, told = news([failing(3)], SILENT, set(), alert_after=3)
    assert lines == ["harbour: timeout: https://example.org/feed (first byte)"]
    lines, told = news([failing(4)], SILENT, told, alert_after=3)
    assert (lines, told) == ([], {("harbour", "fails")})
    lines, told = news([failing(0)], SILENT, told, alert_after=3)
    assert lines == ["harbour: works again"]


def test_a_source_that_is_in_the_file_no_more_is_forgotten_without_a_word() -> None:
    assert news([], {}, {("gone", "fails")}, alert_after=3) == ([], set())


def test_a_reason_is_one_line_and_commands_no_terminal() -> None:
    assert (
        reason(failing(1, detail="bad\x1b[2J\nworse")) == "timeout: https://example.org/feed (bad[2J worse)"
    )
    assert reason(SourceStatus("harbour", failing=1)) == "fails"


def script(folder: Path, program: str) -> str:
    path = folder / "tell me.py"
    path.write_text(f"#!{sys.executable}\nimport sys, pathlib\n{program}\n")
    path.chmod(0o755)
    return f"'{path}' $(touch hacked) '; touch hacked'"


def test_a_command_reads_the_lines_and_no_shell_sees_them(tmp_path: Path) -> None:
    command = script(tmp_path, "pathlib.Path('heard').write_text(repr((sys.argv[1:], sys.stdin.read())))")
    notify(command, ["$(touch hacked)", "harbour: `touch hacked`"], tmp_path)
    assert (tmp_path / "heard").read_text() == repr(
        (["$(touch", "hacked)", "; touch hacked"], "$(touch hacked)\nharbour: `touch hacked`\n")
    )
    assert not (tmp_path / "hacked").exists()


def test_a_mail_goes_to_sendmail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sendmail = tmp_path / "sendmail"
    sendmail.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/how; cat > {tmp_path}/mail\n')
    sendmail.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    notify("mailto:desk@example.org", ["harbour: fällt aus", "valley: works again"], tmp_path)
    mail = (tmp_path / "mail").read_text()
    assert (tmp_path / "how").read_text() == "-t -i\n"
    assert "To: desk@example.org" in mail
    assert "Subject: scrape: harbour:" in mail
    assert "and 1 more" in mail


@pytest.mark.parametrize(
    ("program", "why"),
    [("sys.exit('no network')", "ended with 1: no network"), ("", "")],
)
def test_a_command_that_fails_is_named(program: str, why: str, tmp_path: Path) -> None:
    command = script(tmp_path, program)
    if why:
        with pytest.raises(NotTold, match=why):
            notify(command, ["harbour: fails"], tmp_path)
    else:
        notify(command, ["harbour: fails"], tmp_path)


def test_a_command_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotTold, match=r"no-such-command: No such file"):
        notify("no-such-command", ["harbour: fails"], tmp_path)


def test_a_machine_without_sendmail_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.alerts.SENDMAIL", ("no-such-sendmail",))
    with pytest.raises(NotTold, match="no sendmail"):
        notify("mailto:desk@example.org", ["harbour: fails"], tmp_path)
