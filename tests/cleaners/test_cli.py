import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import cleaners
from cleaners import cli, inputs
from cleaners.errors import FetchFailed

SEED = Path(__file__).parents[2] / "seeds" / "000_8fef2ae59e9b698d.txt"
STORY = "It rained in Kyiv on Thursday.\n200% Deposit Bonus up to €3,000\nThe streets were empty, residents said.\n"
BODY = "It rained in Kyiv on Thursday.\nThe streets were empty, residents said.\n"
PAGE = "<!DOCTYPE html><html><body><article><p>It rained in Kyiv on Thursday.</p></article></body></html>"
COMMAND = [sys.executable, "-c", "import sys; from cleaners.cli import main; sys.exit(main())"]

Run = Any


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run the command: (exit code, standard output, standard error)."""

    def clean(*arguments: object) -> tuple[int, str, str]:
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return clean


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    return path


def type_in(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_file_goes_in_and_the_body_comes_out(run: Run, story: Path) -> None:
    assert run(story) == (0, BODY, "")


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_standard_input_is_read_where_no_file_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    type_in(monkeypatch, STORY.encode())
    assert run(*arguments) == (0, BODY, "")


def test_a_page_is_told_from_a_text_whatever_its_name(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE)
    assert run(path) == (0, "It rained in Kyiv on Thursday.\n", "")


def test_json_fits_the_schema_and_names_its_source(run: Run, story: Path) -> None:
    schema = json.loads((Path(cleaners.__file__).parent / "article.schema.json").read_text())
    code, out, _ = run("-f", "json", story)
    plain = json.loads(out)
    assert code == 0
    assert plain["source"] == str(story)
    jsonschema.validate(plain, schema)
    assert cleaners.Article.from_dict(plain) == cleaners.clean_text(STORY)


def test_many_files_as_json_are_json_lines(run: Run, story: Path) -> None:
    _, out, _ = run("-f", "json", story, story)
    assert [json.loads(line)["source"] for line in out.splitlines()] == [str(story)] * 2


def test_many_texts_have_a_blank_line_between(run: Run, story: Path) -> None:
    assert run(story, story)[1] == f"{BODY}\n{BODY}"


def test_explain_gives_every_line_with_label_rule_and_confidence(run: Run, story: Path) -> None:
    code, out, _ = run("--explain", story)
    rows = [line.split(None, 4) for line in out.splitlines()]
    assert code == 0
    assert [(row[0], row[1], row[4]) for row in rows] == [
        ("1", "body", "It rained in Kyiv on Thursday."),
        ("2", "ad", "200% Deposit Bonus up to €3,000"),
        ("3", "body", "The streets were empty, residents said."),
    ]
    assert all(0 <= float(row[3]) <= 1 for row in rows)
    assert "\x1b" not in out


def test_explaining_many_files_names_each(run: Run, story: Path) -> None:
    out = run("--explain", story, story)[1]
    assert out.count(f"==> {story} <==\n") == 2


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals_that_want_it(
    story: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], coloured: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    screen = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Terminal(screen))
    assert cli.main(["--explain", str(story)]) == 0
    assert (b"\x1b[31m" in screen.getvalue()) is coloured


def test_many_files_show_their_progress_on_a_terminal_only(
    run: Run, story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(*[story] * 3)[2] == ""
    screen = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", Terminal(screen, write_through=True))
    assert cli.main([str(story)] * 3 + ["nowhere.txt"]) == 3
    shown = screen.getvalue().decode()
    assert "1/4" in shown
    assert shown.endswith("\r\x1b[K")
    assert "\r\x1b[Kclean: nowhere.txt: no such file\n" in shown
    screen.truncate(0)
    assert cli.main([str(story)]) == 0
    assert screen.getvalue() == b""


def test_photos_are_a_table(run: Run) -> None:
    _, out, _ = run("--photos", SEED)
    rows = out.splitlines()
    assert len(rows) == 4
    assert "Jeon Heon-kyun" in rows[2]


def test_keep_and_drop_choose_which_labels_go(run: Run, story: Path) -> None:
    assert run("--keep", "ad, related", story)[1] == STORY
    assert run("--drop", "caption", "--drop", "credit", SEED)[1] == run(SEED)[1]
    assert run("--keep", "caption", SEED)[1].count("©") == 3


@pytest.mark.parametrize("mode", ["--careful", "--aggressive"])
def test_how_hard_to_cut_can_be_said(run: Run, story: Path, mode: str) -> None:
    assert run(mode, story) == (0, BODY, "")


# What can go wrong


def test_each_kind_of_failure_has_its_own_code_and_one_line(run: Run, tmp_path: Path) -> None:
    def made(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    cases: list[tuple[int, Path, str]] = [
        (3, tmp_path / "nowhere.txt", "no such file"),
        (4, tmp_path, "is a directory"),
        (5, made("a.pdf", b"%PDF-1.7\n..."), "a PDF; take its text out first, for example with pdftotext"),
        (5, made("a.bin", bytes(range(256)) * 20), "a binary file"),
        (6, made("a.txt", "Президент заявил в четверг.".encode("cp1251")), "in no encoding that can be told"),
        (7, made("b.txt", b""), "empty"),
        (7, made("c.txt", b"\n \n\xef\xbb\xbf"), "empty"),
        (8, made("d.txt", b"Post navigation\n"), "no article in it"),
    ]
    for code, path, message in cases:
        found, out, err = run(path)
        assert (found, out) == (code, ""), path
        assert err.startswith(f"clean: {path}: {message}")
        assert err.count("\n") == 1


def test_a_file_that_may_not_be_read_and_a_name_that_cannot_be_are_missing(
    run: Run, monkeypatch: Any
) -> None:
    def refuse(name: str, mode: str) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("cleaners.inputs.open", refuse, raising=False)
    assert run("x.txt") == (3, "", "clean: x.txt: permission denied\n")
    monkeypatch.undo()
    assert run("a\0b")[0] == 3


def test_among_many_files_the_others_are_cleaned(run: Run, story: Path, tmp_path: Path) -> None:
    code, out, err = run(tmp_path / "nowhere.txt", story, tmp_path / "gone.txt")
    assert (code, out) == (3, BODY)
    assert err.count("no such file") == 2


def test_failures_of_different_kinds_have_a_code_in_common(run: Run, story: Path, tmp_path: Path) -> None:
    assert run(tmp_path / "nowhere.txt", tmp_path, story)[:2] == (1, BODY)


def test_why_there_is_no_article_is_still_explained(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "junk.txt"
    path.write_text("Post navigation")
    code, out, err = run("--explain", path)
    assert code == 8
    assert "navigation.post-navigation" in out
    assert err == f"clean: {path}: no article in it\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "pdf", "x"],
        ["--keep", "casino", "x"],
        ["--drop", "body", "x"],
        ["--keep", "ad", "--drop", "ad", "x"],
        ["-", "-"],
        ["--explain", "--photos", "x"],
        ["--explain", "-f", "markdown", "x"],
        ["--language", "English!", "x"],
        ["--careful", "--aggressive", "x"],
    ],
)
def test_wrong_usage_is_said_and_nothing_is_done(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "clean: " in err


def test_help_and_version_are_there(run: Run) -> None:
    assert run("--version") == (0, f"clean {cleaners.__version__}\n", "")
    code, out, _ = run("--help")
    assert code == 0
    assert "examples:" in out
    assert "exit codes:" in out


# Where it goes


def test_output_goes_to_a_file(run: Run, story: Path, tmp_path: Path) -> None:
    assert run("-o", tmp_path / "out.txt", story) == (0, "", "")
    assert (tmp_path / "out.txt").read_text() == BODY
    assert run("-f", "json", "-o", tmp_path / "out.jsonl", story, story)[0] == 0
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2


def test_output_goes_to_a_folder_a_file_for_each_input(run: Run, story: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "cleaned"
    assert run("-f", "json", "-o", f"{folder}/", story, story, SEED) == (0, "", "")
    assert sorted(path.name for path in folder.iterdir()) == [
        f"{SEED.stem}.json",
        "story-2.json",
        "story.json",
    ]
    assert run("-o", folder, story)[0] == 0
    assert (folder / "story.txt").read_text() == BODY
    assert run("-f", "explain", "-o", folder, story)[0] == 0
    assert "body.default" in (folder / "story.txt").read_text()


def test_standard_input_gets_a_name_in_a_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, STORY.encode())
    assert run("-f", "markdown", "-o", tmp_path)[0] == 0
    assert (tmp_path / "stdin.md").exists()


def test_a_failure_leaves_the_old_output_as_it_was(run: Run, tmp_path: Path) -> None:
    output = tmp_path / "out.txt"
    output.write_text("old")
    assert run("-o", output, tmp_path / "nowhere.txt")[0] == 3
    assert output.read_text() == "old"


def test_output_is_whole_or_not_there(story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cleaned: list[int] = []

    def interrupted(*arguments: Any, **options: Any) -> Any:
        if cleaned:
            raise KeyboardInterrupt
        cleaned.append(1)
        return read_document(*arguments, **options)

    read_document = inputs.read_document
    monkeypatch.setattr(cli, "read_document", interrupted)
    assert cli.main(["-o", str(tmp_path / "out.txt"), str(story), str(story)]) == 130
    assert list(tmp_path.iterdir()) == [story]


def test_an_input_is_not_overwritten(run: Run, story: Path) -> None:
    for output in (story, story.parent):
        code, _, err = run("-o", output, story)
        assert code == 9
        assert "is an input" in err
        assert story.read_text() == STORY


def test_an_output_that_cannot_be_written_is_said(run: Run, story: Path, tmp_path: Path) -> None:
    code, _, err = run("-o", tmp_path / "no" / "out.txt", story)
    assert (code, err) == (9, f"clean: {tmp_path}/no/out.txt: cannot be written: no such file or directory\n")
    assert run("-o", f"{story}/", story)[0] == 9


def test_a_link_leads_to_the_file_that_is_written_and_its_mode_stays(
    run: Run, story: Path, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    target, link = tmp_path / "folder" / "out.txt", tmp_path / "link.txt"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    assert run("-o", link, story)[0] == 0
    assert target.read_text() == BODY
    assert target.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()


def test_a_device_is_written_to_and_not_replaced(run: Run, story: Path) -> None:
    assert run("-o", os.devnull, story)[0] == 0
    assert not Path(os.devnull).is_file()


def test_who_types_is_told_how_to_end(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(io.BytesIO(STORY.encode())))
    assert run() == (0, BODY, "clean: reading what you type, until Ctrl-D\n")
    monkeypatch.setattr(sys, "stdin", None)
    assert run() == (3, "", "clean: standard input: is closed\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said(story: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, story], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 9
    assert done.stderr == b"clean: standard output: cannot be written: no space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("times", [1, 5000])
def test_an_output_that_fills_up_is_said(run: Run, tmp_path: Path, times: int) -> None:
    path = tmp_path / "story.txt"
    path.write_text(STORY * times)
    assert run("-o", "/dev/full", path) == (
        9,
        "",
        "clean: /dev/full: cannot be written: no space left on device\n",
    )


LONG = "It rained in Kyiv on Thursday, and the streets were empty.\n" * 20_000


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_slow_reader_gets_all(tmp_path: Path, unbuffered: str) -> None:
    path = tmp_path / "long.txt"
    path.write_text(LONG)
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen([*COMMAND, path], stdout=subprocess.PIPE, env=environment) as process:
        time.sleep(0.5)
        assert process.communicate()[0].decode() == LONG
    assert process.returncode == 0


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_has_enough_is_no_error(tmp_path: Path, unbuffered: str) -> None:
    path = tmp_path / "long.txt"
    path.write_text(LONG)
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(
        [*COMMAND, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_ctrl_c_ends_it_with_one_line() -> None:
    with subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # a shell's background jobs ignore it
    ) as process:
        time.sleep(2)  # on a busy machine the interpreter takes its time to start
        os.kill(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=10)
    assert process.returncode == 130
    assert err == b"clean: interrupted\n"


def test_output_is_utf_8_whatever_the_locale(story: Path) -> None:
    environment = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*COMMAND, "--explain", story], capture_output=True, env=environment, check=True)
    assert "€3,000" in done.stdout.decode()


# Addresses


class Entry:
    def __init__(self, fetch: inputs.Fetch) -> None:
        self.fetch = fetch

    def load(self) -> inputs.Fetch:
        return self.fetch


def install(monkeypatch: pytest.MonkeyPatch, *fetchers: inputs.Fetch) -> None:
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [Entry(fetch) for fetch in fetchers])


def test_an_address_is_fetched_by_whoever_registered_for_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, lambda url: (PAGE.encode(), url + "?final"))
    code, out, _ = run("-f", "json", "https://news.example.org/rain")
    assert code == 0
    assert json.loads(out)["url"] == "https://news.example.org/rain?final"


def test_an_address_that_fails_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(url: str) -> tuple[bytes, str]:
        raise FetchFailed("404 not found")

    install(monkeypatch, fail)
    assert run("https://news.example.org/rain") == (
        10,
        "",
        "clean: https://news.example.org/rain: 404 not found\n",
    )
    install(monkeypatch)
    assert run("https://news.example.org/rain")[0] == 10
