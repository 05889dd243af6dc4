"""The pictures of the documentation: `make screenshots` takes them anew, each of a page that there is."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaners import explain_text, report
from tests.browser.conftest import ROOT, STORY, Watched

Open = Callable[..., Watched]
IMAGES = ROOT / "docs" / "images"
#: What is served and taken a picture of, by the picture's name.
SERVED = {
    "serve-source": "/source?name=harbour",
    "serve-article": "/articles/1?edition=1",
    "serve-rules": "/rules",
}
WINDOW = {"viewport": {"width": 1100, "height": 440}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where pictures go: into the documentation, if somebody asks for that."""
    return IMAGES if os.environ.get("SCREENSHOTS") else tmp_path


def shoot(watched: Watched, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    watched.page.screenshot(path=path)
    assert path.read_bytes().startswith(b"\x89PNG")
    assert watched.told == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_report_is_shown_as_it_is(open_page: Open, folder: Path, tmp_path: Path, scheme: str) -> None:
    path = tmp_path / "report.html"
    report.write([explain_text(STORY)], path)
    shoot(open_page(path.as_uri(), color_scheme=scheme, **WINDOW), folder / f"report-{scheme}.png")


@pytest.mark.parametrize("name", SERVED)
def test_each_page_that_is_served_is_shown_as_it_is(
    open_page: Open, served: str, folder: Path, name: str
) -> None:
    shoot(open_page(served + SERVED[name], **WINDOW), folder / f"{name}.png")


def test_every_picture_is_in_a_page_and_every_page_has_its_pictures() -> None:
    pages = "".join(page.read_text("utf-8") for page in (ROOT / "docs").glob("*.md"))
    named = set(re.findall(r"!\[[^\]]+\]\(images/([\w-]+)\.png\)", pages))
    assert named == {path.stem for path in IMAGES.glob("*.png")} == {"report-light", "report-dark", *SERVED}
