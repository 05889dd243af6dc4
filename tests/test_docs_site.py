"""The documentation is one site: every page is in its menu, once, and its examples are run by some test."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cleaners.test_readme import PAGES

ROOT = Path(__file__).parents[1]
DOCS = sorted((ROOT / "docs").rglob("*.md"))
#: Pages whose commands are run by a test of their own, since they need more than a folder.
ELSEWHERE = {
    "scraping.md": "tests/scraper/test_docs.py",
    "languages.md": "tests/cleaners/words/test_tables.py",
    "benchmarks.md": "tests/test_docs_site.py",
}


def test_every_page_is_in_the_menu_once() -> None:
    menu = re.findall(r": ([\w/-]+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    assert sorted(menu) == [str(page.relative_to(ROOT / "docs")) for page in DOCS]


def test_what_a_page_of_benchmarks_says_to_run_is_there() -> None:
    """These take minutes or hours, and corpora: that they can be started is all that is tested."""
    commands = re.findall(r"^\$ (.+)$", (ROOT / "docs" / "benchmarks.md").read_text("utf-8"), re.MULTILINE)
    assert commands
    for command in commands:
        if module := re.match(r"python -m ([\w.]+)", command):
            assert find_spec(module[1]), command
        else:
            subprocess.run(
                ["make", "-n", *shlex.split(command)[1:]], cwd=ROOT, capture_output=True, check=True
            )


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_every_page_with_commands_or_code_is_run_by_a_test(page: Path) -> None:
    if re.search(r"^```(?:console|python)$", page.read_text("utf-8"), re.MULTILINE) and page not in PAGES:
        assert f'"{page.name}"' in (ROOT / ELSEWHERE[page.name]).read_text("utf-8")


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("mkdocstrings_handlers.python")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "<blockquote" not in (tmp_path / "api.html").read_text("utf-8")  # which Markdown makes of ">>>"
    commands = (tmp_path / "commands.html").read_text("utf-8")
    assert "--add-rule" in commands
    assert "scrape reclean" in commands
    assert "clean_text(" in re.sub(r"<[^>]+>", "", (tmp_path / "api.html").read_text("utf-8"))
    pages = {page.stem for page in DOCS}
    assert {path.stem for path in tmp_path.glob("*.html")} == pages | {"404"}
    outside = [
        (path.name, address)
        for path in tmp_path.glob("*.html")
        for address in re.findall(
            r'<(?:script|link|img)[^>]+(?:src|href)="(https?://[^"]+)"', path.read_text("utf-8")
        )
        if 'rel="canonical"' not in address
    ]
    assert outside == []  # nothing is loaded from anywhere else
