"""The crontab line and the systemd timer, for paths of all kinds."""

from __future__ import annotations

import configparser
import shlex
from pathlib import Path

import pytest

from scraper.cron import crontab_line, run_command, scrape_command, systemd_units


@pytest.mark.parametrize(
    ("minutes", "when"),
    [
        (1, "* * * * *"),
        (15, "*/15 * * * *"),
        (60, "0 * * * *"),
        (180, "0 */3 * * *"),
        (1440, "0 5 * * *"),
    ],
)
def test_the_line_says_when(minutes: int, when: str) -> None:
    assert crontab_line(["scrape", "run"], minutes) == f"{when} scrape run"


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (7, "cron cannot say every 7m; it can say 6m or 10m"),
        (45, "cron cannot say every 45m; it can say 30m or 1h"),
        (90, "cron cannot say every 90m; it can say 1h or 2h"),
        (36500 * 1440, "cron cannot say every 36500d; it can say 1d"),
    ],
)
def test_what_cron_cannot_say_is_not_said_otherwise(minutes: int, told: str) -> None:
    with pytest.raises(ValueError, match=f"^{told}$"):
        crontab_line(["scrape", "run"], minutes)


def test_a_percent_sign_does_not_end_the_line() -> None:
    line = crontab_line(["scrape", "run", "/srv/100%/my sources.toml"], 15)
    assert line.endswith(r"'/srv/100\%/my sources.toml'")
    assert shlex.split(line.replace(r"\%", "%"))[-1] == "/srv/100%/my sources.toml"


def test_the_command_has_whole_paths_that_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    command = run_command(Path("sources.toml"), Path("wire.db"), 15)
    assert Path(command[0]).is_absolute()
    assert Path(command[0]).exists()
    paths = ["run", str(tmp_path / "sources.toml"), "--db", str(tmp_path / "wire.db")]
    assert command[-6:] == [*paths, "--for", "14m"]
    assert run_command(Path("sources.toml"), Path("wire.db"), 1)[-1] == "30s"
    assert scrape_command() == command[:-6]


def test_the_units_can_be_read_and_quote_what_systemd_would_expand(tmp_path: Path) -> None:
    units = systemd_units(["/usr/bin/scrape", "run", "/srv/100%/my $sources.toml"], 15, tmp_path)
    service = configparser.ConfigParser(interpolation=None, strict=True)
    service.optionxform = str  # type: ignore[assignment,method-assign]
    service.read_string(units["wireclean.service"])
    assert service["Service"]["ExecStart"] == '/usr/bin/scrape run "/srv/100%%/my $$sources.toml"'
    assert service["Service"]["SuccessExitStatus"] == "3"
    assert "OnUnitActiveSec=15min" in units["wireclean.timer"]
