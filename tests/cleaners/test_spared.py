"""What a run reads is never written over, by whatever name it is called."""

import io
import os
import sys
from pathlib import Path

import pytest

from cleaners.cli import main
from cleaners.errors import OutputFailed
from cleaners.spared import spare

STORY = "It rained in Kyiv on Thursday.\nThe streets were empty, residents said.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    return tmp_path


def story(name: str, text: str = STORY) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_an_input_is_known_by_all_its_names(folder: Path) -> None:
    story("rain.txt")
    Path("soft.txt").symlink_to("rain.txt")
    Path("hard.txt").hardlink_to("rain.txt")
    check = spare(["rain.txt", "later.txt"])
    for name in ("rain.txt", "./rain.txt", folder / "soft.txt", "hard.txt", "../x/../later.txt"):
        if str(name).startswith(".."):
            name = f"../{folder.name}/later.txt"
        with pytest.raises(OutputFailed, match="is an input"):
            check(name)
    check("snow.txt")


def test_a_device_or_pipe_is_no_input_that_could_be_lost(folder: Path) -> None:
    os.mkfifo("pipe")
    spare(["pipe", "a\0b", ""])("pipe")


def test_an_output_in_a_folder_is_no_other_input_either(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "Snow fell in Oslo on Friday.\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
    story("stdin.txt", other)
    assert main(["-", "stdin.txt", "-o", "."]) == 9
    assert Path("stdin.txt").read_text() == other

    story("a/out2/x.html")
    story("out/out2/x.txt", other)
    assert main(["-r", "a", "out/out2/x.txt", "-o", "out"]) == 9
    assert Path("out/out2/x.txt").read_text() == other

    story("in/x.html")
    story("x.txt", other)
    Path("y.txt").symlink_to("x.txt")
    assert main(["in/x.html", "y.txt", "-o", "."]) == 9
    assert Path("x.txt").read_text() == other


def test_the_others_are_written_beside_one_that_would_be_an_input(folder: Path) -> None:
    story("stories/rain.html")
    story("stories/snow.html")
    story("rain.txt", "old\n")
    assert main(["stories/rain.html", "stories/snow.html", "--files-from", "rain.txt", "-o", "."]) == 1
    assert (Path("rain.txt").read_text(), Path("snow.txt").read_text()) == ("old\n", STORY)


@pytest.mark.parametrize("option", ["-o", "--report"])
def test_lists_of_inputs_and_own_rules_are_read_too(folder: Path, option: str) -> None:
    story("a.txt")
    story("list.txt", "a.txt\n")
    story("wireclean.toml", "[ad]\nwhole = ['Boots']\n")
    for name in ("list.txt", "wireclean.toml"):
        before = Path(name).read_text()
        assert main(["--files-from", "list.txt", option, name]) == 9
        assert Path(name).read_text() == before
