"""Options are completed in a shell, and told in a manual, as the parsers have them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from cleaners import cli
from cleaners.arguments import make_parser
from scraper.cli import main as scrape
from scraper.cli import make_parser as make_scrape_parser

Output = pytest.CaptureFixture[str]


def complete(script: str, folder: Path, *words: str) -> set[str]:
    """What bash offers for the last of these words."""
    (folder / "script").write_text(script)
    program = (
        f"source ./script; COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; _shtab_{words[0]}; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", program], cwd=folder, capture_output=True, text=True, check=False)
    return set(done.stdout.split())


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_options_and_their_values(tmp_path: Path, capfd: Output) -> None:
    assert cli.main(["--completion", "bash"]) == 0
    script = capfd.readouterr().out
    assert complete(script, tmp_path, "clean", "--exp") == {"--explain"}
    assert {"json", "jsonl"} <= complete(script, tmp_path, "clean", "-f", "js")
    assert complete(script, tmp_path, "clean", "--keep", "rel") == {"related"}


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_the_commands_of_scrape(tmp_path: Path, capsys: Output) -> None:
    with pytest.raises(SystemExit) as end:
        scrape(["--completion", "bash"])
    assert end.value.code == 0
    script = capsys.readouterr().out
    assert complete(script, tmp_path, "scrape", "recl") == {"reclean"}
    assert complete(script, tmp_path, "scrape", "reclean", "--dry") == {"--dry-run"}


@pytest.mark.parametrize("shell", ["zsh", "tcsh"])
def test_other_shells_have_a_script_too(shell: str, capfd: Output) -> None:
    assert cli.main(["--completion", shell]) == 0
    assert "explain" in capfd.readouterr().out


def test_another_shell_is_refused(capfd: Output) -> None:
    assert cli.main(["--completion", "bsh"]) == 2
    assert "did you mean bash?" in capfd.readouterr().err


def test_a_manual_tells_every_option_of_each_command(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    code = "import sys, pathlib, hatch_build; hatch_build.write_manuals(pathlib.Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=root, check=True)
    for parser in (make_parser()[0], make_scrape_parser()):
        manual = (tmp_path / f"{parser.prog}.1").read_text("utf-8").replace("\\", "")
        options = {name for action in parser._actions for name in action.option_strings} - {"-h", "--help"}
        assert {name for name in options if name not in manual} == set()


def test_a_wheel_installs_the_manuals(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as files:
        assert {name.rpartition("/")[2] for name in files.namelist() if "/share/man/man1/" in name} == {
            "clean.1",
            "scrape.1",
        }
