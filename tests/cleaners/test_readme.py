"""The pages for readers: every command in them is run, and what they show is what comes out.

A fenced `console` block is a session: lines that begin with "$ " are commands, the lines after one are its output.
A line of nothing but "…" stands for any lines, a "…" in a line for any letters. A fenced `python` block is run as it
stands, and its `assert`s count. Commands run in a folder with the seed in it, one page's commands after another, so
that a page can make a file and use it. `make` is not run from here, but its targets must be there.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    *(
        ROOT / "docs" / name
        for name in (
            "text.md",
            "pages.md",
            "python.md",
            "pipelines.md",
            "own-rules.md",
            "index.md",
            "tutorial.md",
            "commands.md",
        )
    ),
]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SCRIPTS = {"clean": "from cleaners.cli import main", "scrape": "from scraper.cli import main"}


def blocks(page: Path, language: str) -> list[str]:
    return [text for name, text in FENCE.findall(page.read_text()) if name == language]


def commands(session: str) -> list[tuple[str, str]]:
    """Return the commands of a session, each with the output that it should have."""
    found: list[tuple[str, str]] = []
    for line in session.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append((line[2:].strip(), ""))
        else:
            command, output = found[-1]
            found[-1] = (command, output + line)
    return found


def expected(output: str) -> re.Pattern[str]:
    """Return the output as a pattern, in which an ellipsis matches anything."""
    lines = [
        r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line).replace("…", ".*") + r"\n"
        for line in output.splitlines()
    ]
    return re.compile("".join(lines))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder as a reader has it after cloning: seeds, and the commands on the path."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    (tmp_path / "bin").mkdir()
    for name, start in SCRIPTS.items():
        script = tmp_path / "bin" / name
        script.write_text(
            f"#!{sys.executable}\nimport sys\n{start}\nif __name__ == '__main__':\n    sys.exit(main())\n"
        )
        script.chmod(0o755)
    return tmp_path


def run(command: str, folder: Path) -> str:
    environment = os.environ | {
        "PATH": f"{folder / 'bin'}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "100",
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=240,  # benchmarks.insertions takes 40 s of one core, and the tests share two
        check=False,
    )
    found = done.stdout.decode()
    return found if found.endswith("\n") or not found else found + "\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_prints_what_the_page_shows(page: Path, folder: Path) -> None:
    for session in blocks(page, "console"):
        for command, output in commands(session):
            if command.startswith("make "):
                subprocess.run(
                    ["make", "-n", *command.split()[1:]], cwd=ROOT, capture_output=True, check=True
                )
                continue
            found = run(command, folder)
            assert expected(output).fullmatch(found), f"{page.name}: $ {command}\n{found}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_in_python_runs(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    for example in blocks(page, "python"):
        exec(compile(example, page.name, "exec"), {})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
        assert (page.parent / target).exists(), target


def test_the_readme_says_every_exit_code_that_there_is() -> None:
    from cleaners import cli, errors

    codes = {error.exit_code for error in errors.WirecleanError.__subclasses__()}
    codes |= {0, cli.SOME_FAILED, errors.INTERRUPTED, errors.PIPE_CLOSED}
    said = {int(code) for code in re.findall(r"^\| (\d+) \|", (ROOT / "README.md").read_text(), re.MULTILINE)}
    assert said == codes


def test_the_runner_sees_a_difference() -> None:
    assert expected("a\n…\nd…\n").fullmatch("a\nb\nc\ndef\n")
    assert not expected("a\n").fullmatch("b\n")
    assert commands("$ x\n1\n2\n$ y\n") == [("x", "1\n2\n"), ("y", "")]
