"""docs/architecture.md names what is there, and no usual change touches more than three files."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.split("## The usual changes")[1].splitlines() if line.startswith("| ")][2:]


def named(text: str) -> list[str]:
    """The files and folders between backticks that are no placeholders."""
    return [
        path
        for path in re.findall(r"`((?:cleaners|scraper|training)/[\w./]*)`", text)
        if not re.search("[A-Z]{4}", path)
    ]


def test_every_file_and_folder_that_the_page_names_is_there() -> None:
    assert [path for path in named(PAGE) if not (ROOT / path).exists()] == []


def test_the_usual_changes_are_told() -> None:
    assert len(ROWS) == 15


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_a_usual_change_touches_three_files_at_most(row: str) -> None:
    assert len(re.findall(r"`[\w/]+\.\w+`|`[\w/]+/`", row)) <= 3


SCRAPER = sorted(path for path in (ROOT / "scraper").rglob("*.py") if not path.stem.startswith("__"))
TESTS = {path.stem: path.read_text("utf-8") for path in (ROOT / "tests" / "scraper").rglob("test_*.py")}


@pytest.mark.parametrize("module", SCRAPER, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_of_the_scraper_has_a_test_of_its_name_or_is_named_in_one(module: Path) -> None:
    dotted = ".".join(module.relative_to(ROOT).with_suffix("").parts)
    assert f"test_{module.stem}" in TESTS or any(dotted in text for text in TESTS.values())
