"""The tables: built with the package, made on the spot in a tree that has none, never written by a run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import cleaners

ROOT = Path(cleaners.__file__).parents[1]
SEED = ROOT / "seeds" / "000_8fef2ae59e9b698d.txt"
#: Says how many lines of a text are junk, and whether tables were made for it.
LOOK = (
    "import sys; from cleaners import clean_text;"
    "print(len(clean_text('It rained.\\nPress the purple pelican').removed), 'cleaners.words.compile' in sys.modules)"
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the package's tree, without tables."""
    ignored = shutil.ignore_patterns("__pycache__", "words.tables")
    for folder in ("cleaners", "scraper"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    for file in ("pyproject.toml", "README.md", "LICENSE", "hatch_build.py"):
        shutil.copy2(ROOT / file, tmp_path / file)
    return tmp_path


def run(folder: Path, *command: str) -> str:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def add_phrase(tree: Path) -> None:
    english = tree / "cleaners" / "words" / "en.toml"
    text = english.read_text("utf-8")
    added = text.replace("\nPost navigation\n", "\nPost navigation\nPress the purple pelican\n")
    assert added != text
    english.write_text(added, "utf-8")


def test_a_tree_without_tables_makes_them_in_memory_and_writes_nothing(tree: Path) -> None:
    before = sorted(tree.rglob("*"))
    assert run(tree, "-c", LOOK) == "0 True"
    assert sorted(tree.rglob("*")) == before


def test_built_tables_are_read_until_a_word_file_changes(tree: Path) -> None:
    run(tree, "-m", "cleaners.words.compile")
    assert run(tree, "-c", LOOK) == "0 False"
    add_phrase(tree)
    assert run(tree, "-c", LOOK) == "1 True"
    run(tree, "-m", "cleaners.words.compile")
    assert run(tree, "-c", LOOK) == "1 False"


@pytest.mark.parametrize("left", [0.0, 0.5, 0.99], ids=["empty", "half", "cut"])
def test_damaged_tables_are_made_anew(tree: Path, left: float) -> None:
    run(tree, "-m", "cleaners.words.compile")
    built = tree / "cleaners" / "words" / "words.tables"
    content = built.read_bytes()
    built.write_bytes(content[: int(len(content) * left)])
    assert run(tree, "-c", LOOK) == "0 True"


def test_a_mistake_stops_the_build_and_leaves_the_tables_that_were(tree: Path) -> None:
    run(tree, "-m", "cleaners.words.compile")
    built = tree / "cleaners" / "words" / "words.tables"
    content = built.read_bytes()
    swedish = tree / "cleaners" / "words" / "sv.toml"
    swedish.write_text(swedish.read_text("utf-8").replace("[tags.tags]", "[tags.togs]"), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "cleaners.words.compile"],
        cwd=tree,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(tree)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b"en.toml and common.toml have no such section: [tags.togs]" in done.stderr
    assert built.read_bytes() == content
    assert not list(built.parent.glob("words.tables.*"))


def test_a_wheel_holds_tables_and_no_word_files_and_cleans_without_reading_toml(
    tree: Path, tmp_path: Path
) -> None:
    pytest.importorskip("hatchling")
    run(tree, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(next((tree / "dist").glob("*.whl"))) as wheel:
        wheel.extractall(installed)
    assert not list((installed / "cleaners" / "words").glob("*.toml"))
    code = (
        "import sys; from cleaners.cli import main; code = main(sys.argv[1:]);"
        "print([name for name in ('tomllib', 'cleaners.words.compile') if name in sys.modules]); sys.exit(code)"
    )
    lines = run(installed, "-c", code, str(SEED)).splitlines()
    assert lines[-1] == "[]"
    assert len(lines) > 5


def test_the_language_that_the_page_for_translators_adds_is_known_at_once(tree: Path) -> None:
    page = (ROOT / "docs" / "languages.md").read_text("utf-8")
    (language,) = re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (code,) = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (tree / "cleaners" / "words" / "eo.toml").write_text(language, "utf-8")
    run(tree, "-m", "cleaners.words.compile")
    run(tree, "-c", code)
