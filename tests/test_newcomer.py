"""What the README promises: two commands to a report of a page of one's own, and one more to a rule of one's own."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cleaners.written import STORY, page, paragraphs

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
LINE = "Get the Gazette app"


def first(beginning: str) -> list[str]:
    """The first command of the README that begins so, as words."""
    found = re.search(rf"^\$ ({re.escape(beginning)}.*)$", README, re.MULTILINE)
    assert found, beginning
    return shlex.split(found[1])


def run(folder: Path, *command: str) -> str:
    assert command[0] == "clean"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(folder / "settings")}
    done = subprocess.run(
        [sys.executable, "-m", "cleaners", *command[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a page as a browser saves it."""
    (tmp_path / "story.html").write_text(
        page(f"<article>{paragraphs(STORY[:4])}<p>{LINE}</p>{paragraphs(STORY[4:])}</article>")
    )
    return tmp_path


def test_the_first_command_installs_what_a_report_needs() -> None:
    assert "pipx install '.[report]'" in README


def test_the_second_command_makes_a_report_and_the_third_a_rule(folder: Path) -> None:
    pytest.importorskip("jinja2")
    report = first("clean --report")
    run(folder, *report[:3], "story.html")
    assert LINE in (folder / report[2]).read_text("utf-8")
    assert LINE in run(folder, "clean", "story.html")
    run(folder, *first("clean --add-rule")[:3], LINE)
    assert LINE not in run(folder, "clean", "story.html")
    run(folder, *report[:3], "story.html")
    assert "own.ad" in (folder / report[2]).read_text("utf-8")
