"""What `make audit` says: holes, and what was not looked at, which is no pass."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

AUDIT = Path(__file__).parents[1] / ".ci" / "audit.py"
SOUND = {"name": "rain", "version": "1.0", "vulns": []}
HOLED = {"name": "snow", "version": "2.0", "vulns": [{"id": "PYSEC-2020-1"}, {"id": "PYSEC-2020-2"}]}
UNKNOWN = {"name": "fog", "skip_reason": "Dependency not found on PyPI and could not be audited: fog (3.0)"}


@pytest.mark.parametrize(
    ("packages", "options", "code", "told"),
    [
        ([SOUND], [], 0, "1 packages audited, 0 with known holes"),
        ([SOUND, HOLED], [], 1, "snow 2.0: PYSEC-2020-1, PYSEC-2020-2"),
        ([SOUND, UNKNOWN], [], 0, "1 of 2 packages were NOT AUDITED"),
        ([UNKNOWN], [], 0, "0 packages audited"),
        ([UNKNOWN], ["--strict"], 1, "(fog)"),
        ([], [], 1, "0 packages audited"),
    ],
)
def test_what_was_not_audited_is_said(
    tmp_path: Path, packages: list[object], options: list[str], code: int, told: str
) -> None:
    report = tmp_path / "audit.json"
    report.write_text(json.dumps({"dependencies": packages, "fixes": []}))
    done = subprocess.run([sys.executable, AUDIT, report, *options], capture_output=True, text=True)
    assert done.returncode == code
    assert told in done.stderr
