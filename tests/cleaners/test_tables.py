import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import cleaners
from cleaners import tables
from cleaners.tables import kept

PACKAGE = Path(cleaners.__file__).parent


class Weather(NamedTuple):
    words: frozenset[str]
    degrees: dict[str, int]


WEATHER = Weather(frozenset({"rain", "snow"}), {"Kyiv": -3})


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Keep tables in a folder of the test's, and note each time that one is built."""
    monkeypatch.setattr(tables, "_path", lambda name: str(tmp_path / "kept" / "weather"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return []


def next_run(built: list[str]) -> Weather:
    """Ask for the table as a new process would, which has nothing in memory."""

    @kept(Weather)
    def weather() -> Weather:
        built.append("weather")
        return WEATHER

    assert weather() is weather()
    return weather()


def test_a_table_is_built_in_the_first_run_and_read_in_the_next(built: list[str], tmp_path: Path) -> None:
    assert [next_run(built) for _ in range(3)] == [WEATHER] * 3
    assert built == ["weather"]
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["weather"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content[:-7],
        lambda content: content[:-60] + b"\xff" * 60,
        lambda content: tables._state() + b"i\x01\x00\x00\x00",
        lambda content: tables._state() + b")\x01i\x01\x00\x00\x00",
        lambda content: b"another state" + content,
    ],
    ids=["empty", "half", "cut", "garbage", "a number", "too few fields", "another state"],
)
def test_a_damaged_or_old_table_is_built_anew(
    damage: Callable[[bytes], bytes], built: list[str], tmp_path: Path
) -> None:
    next_run(built)
    path = tmp_path / "kept" / "weather"
    path.write_bytes(damage(path.read_bytes()))
    assert [next_run(built), next_run(built)] == [WEATHER, WEATHER]
    assert built == ["weather"] * 2


def test_where_nothing_can_be_written_every_run_builds(built: list[str], tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file where the folder should be")
    assert [next_run(built), next_run(built)] == [WEATHER, WEATHER]
    assert built == ["weather"] * 2


def test_a_table_that_cannot_take_its_place_leaves_nothing_behind(
    built: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(source: str, target: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    assert next_run(built) == WEATHER
    assert list((tmp_path / "kept").iterdir()) == []


def test_who_wants_no_compiled_modules_gets_no_tables(
    built: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    next_run(built)
    assert not (tmp_path / "kept").exists()


def test_modules_that_are_nowhere_compiled_keep_no_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "__spec__", None)
    assert next_run([]) == WEATHER


def test_an_edit_of_a_toml_file_takes_effect_in_the_next_run(tmp_path: Path) -> None:
    package = tmp_path / "cleaners"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "*.npz"))
    code = (
        "from cleaners import clean_text;"
        "print(len(clean_text('It rained.\\nPress the purple pelican').removed))"
    )

    def run() -> str:
        environment = {"PATH": os.environ["PATH"]}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
        return done.stdout.decode().strip()

    assert run() == "0"
    english = package / "words" / "en.toml"
    text = english.read_text("utf-8").replace(
        "\nPost navigation\n", "\nPost navigation\nPress the purple pelican\n"
    )
    english.write_text(text, "utf-8")
    assert run() == "1"
