import csv
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
from cleaners.formats import format_names

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


def test_an_empty_name_is_no_file(run: Run) -> None:
    assert run("")[::2] == (3, "clean: a name without a letter: no such file\n")


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


def test_no_progress_is_drawn_between_articles_on_a_terminal(
    story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = io.BytesIO()
    terminal = Terminal(screen, write_through=True)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(sys, "stdout", terminal)
    assert cli.main([str(story)] * 3) == 0
    assert screen.getvalue().decode() == "\n".join([BODY] * 3)


@pytest.mark.parametrize(
    ("arguments", "coloured"),
    [(["--color", "always"], True), (["--colour=never"], False), (["--color", "auto"], False), ([], False)],
)
def test_colour_can_be_asked_for(run: Run, story: Path, arguments: list[str], coloured: bool) -> None:
    code, out, _ = run("--explain", *arguments, story)
    assert (code, "\x1b[31m" in out) == (0, coloured)


def test_jsonl_is_one_line_for_each_article_however_many_there_are(run: Run, story: Path) -> None:
    assert run("-f", "jsonl", story)[1].count("\n") == 1
    assert run("-f", "jsonl", story, story)[1].count("\n") == 2
    assert run("-f", "json", story)[1].count("\n") > 1


def test_reasons_come_as_json_too(run: Run, story: Path) -> None:
    schema = json.loads((Path(cleaners.__file__).parent / "article.schema.json").read_text())
    for form in ("json", "jsonl"):
        code, out, _ = run("--explain", "-f", form, story)
        plain = json.loads(out)
        jsonschema.validate(plain, schema)
        assert code == 0
        assert [reason["label"] for reason in plain["reasons"]] == ["body", "ad", "body"]
        assert all(0 <= reason["confidence"] <= 1 and reason["rule"] for reason in plain["reasons"])


def test_photos_come_as_json_too_with_what_their_lines_were_found_to_be(run: Run, story: Path) -> None:
    plain = json.loads(run("--photos", "-f", "json", SEED)[1])
    assert len(plain["photos"]) == 3
    assert plain["photos"][1]["photographer"] == "Jeon Heon-kyun"
    for photo in plain["photos"]:
        assert [reason["text"] for reason in photo["reasons"]] == photo["printed"]
        assert all(reason["rule"] for reason in photo["reasons"])
    assert json.loads(run("--photos", "-f", "json", story)[1])["photos"] == []


def test_captions_that_are_kept_are_printed_once_in_markdown(run: Run, tmp_path: Path) -> None:
    caption = "Rain falls in the centre of Kyiv on Thursday. Photo: Olena Bird/AFP"
    path = tmp_path / "page.html"
    figure = f"<figure><img src=https://news.example.org/a.jpg><figcaption>{caption}</figcaption></figure>"
    path.write_text(
        PAGE.replace("</article>", f"{figure}<p>It went on all day, officials said.</p></article>")
    )
    for arguments in ([], ["--keep", "caption,credit"]):
        out = run("-f", "markdown", *arguments, path)[1]
        assert out.count("Rain falls in the centre") == out.count("a.jpg") == 1


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
        (6, made("a.txt", bytes(range(0x80, 0x100)) * 9), "in no encoding that can be told"),
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
        ["--photos", "-f", "text", "x"],
        ["--color", "sometimes", "x"],
        ["--encoding", "idna", "x"],
        ["--language", "xx", "x"],
        ["--url", "news.example.org", "x"],
        ["--url", "https://news.example.org/", "x", "y"],
        ["--files-from", "-", "-"],
        ["--language", "English!", "x"],
        ["--careful", "--aggressive", "x"],
    ],
)
def test_wrong_usage_is_said_and_nothing_is_done(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "clean: " in err


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["-0"], "there is no option -0; clean --help tells what there is"),
        (["-1.5", "x", "--careful"], "there is no option -1.5; clean --help tells what there is"),
        (["--completion", "bash", "x"], "--completion goes with nothing else"),
        (["--explian", "x"], "there is no option --explian; did you mean --explain?"),
        (["--keep", "captoin", "x"], "no label is called captoin; did you mean caption?"),
        (["-f", "markdwon", "x"], "no format is called markdwon; did you mean markdown?"),
        (["--language", "german", "x"], "no language has the tag 'german'; did you mean de (German)?"),
        (["--encoding", "shift-jsi", "x"], "no encoding is called 'shift-jsi'; did you mean shift-jis?"),
        (["--output"], "argument -o/--output: expected one argument; clean --help tells what there is"),
    ],
)
def test_who_writes_a_name_wrong_is_told_which_is_meant(run: Run, arguments: list[str], meant: str) -> None:
    assert run(*arguments) == (2, "", f"clean: {meant}\n")


def test_options_and_files_come_in_any_order(run: Run, story: Path, tmp_path: Path, monkeypatch: Any) -> None:
    assert run(story, "--careful", story, "-f", "text") == run(story, story)
    monkeypatch.chdir(tmp_path)
    Path("-x.txt").write_text(STORY)
    assert run("--careful", "--", "-x.txt") == (0, BODY, "")


@pytest.mark.parametrize(
    "error", [RecursionError("too deep"), MemoryError(), KeyError("a\n\x1b[2J"), OSError(5, "x")]
)
def test_what_nobody_thought_of_is_one_input_s_failure(
    run: Run, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    evil = tmp_path / "evil.txt"
    evil.write_text(STORY)

    def fail(name: str, options: Any) -> Any:
        if name == str(evil):
            raise error
        return read_document(name, options)

    read_document = inputs.read_document
    monkeypatch.setattr(cli, "read_document", fail)
    code, out, err = run(story, evil, story)
    assert (code, out) == (12, f"{BODY}\n{BODY}")
    assert err.startswith(f"clean: {evil}: ")
    assert err.count("\n") == 1
    assert "\x1b" not in err
    assert run("-o", tmp_path / "out", story, evil, story)[0] == 12
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_nothing_of_an_input_moves_a_terminal_s_cursor(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "\x1b[31mred\x07.txt"
    path.write_text("\x1b]0;x\x07It rained\x9b5m in Kyiv.\x1b[2J\n")
    for form in (*format_names(), "text"):
        _, out, err = run("-f", form, path, path, tmp_path / "\x1b[2J")
        assert not {"\x1b", "\x07", "\x9b"} & set(out + err), form
        assert err.count("\n") == 1
    assert "\x1b" not in run("--keep", "\x1b[2J", path)[2]


def test_a_name_that_is_no_utf_8_is_a_name(run: Run, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")
    Path(path).write_text(STORY)
    assert json.loads(run("-f", "json", path)[1])["source"] == f"{tmp_path}/\ufffd.txt"
    assert run("--explain", path, path)[0] == 0
    assert run("--report", tmp_path / "r.html", path, path)[0] == 0
    assert (tmp_path / "r.html").read_text("utf-8").count(f"{tmp_path}/\ufffd.txt") >= 2
    assert run("-o", tmp_path / "out", path, path)[0] == 0
    assert run(f"{path}x")[2] == f"clean: {tmp_path}/\\udcff.txtx: no such file\n"


def test_what_is_larger_than_any_article_is_not_read(run: Run, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(120_000_001)
    assert run(large) == (11, "", f"clean: {large}: larger than 120,000,000 bytes, which no article is\n")


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


def test_several_inputs_make_a_folder_of_a_name_without_a_suffix(
    run: Run, story: Path, tmp_path: Path
) -> None:
    assert run("-o", tmp_path / "out", story, SEED)[0] == 0
    assert (tmp_path / "out" / "story.txt").read_text() == BODY
    assert run("-o", tmp_path / "one", story)[0] == 0
    assert (tmp_path / "one").read_text() == BODY


def test_names_say_which_input_an_output_came_from(run: Run, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a/rain.txt", "b/rain.txt", "snow.txt", "snow.text"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(STORY)
    out = tmp_path / "out"
    assert run("-o", out, "a/rain.txt", "b/rain.txt", "snow.txt", "snow.text")[0] == 0
    names = {str(path.relative_to(out)) for path in out.rglob("*.txt")}
    assert names == {"a/rain.txt", "b/rain.txt", "snow.txt.txt", "snow.text.txt"}


def test_names_of_files_are_safe(run: Run, tmp_path: Path, monkeypatch: Any) -> None:
    install(monkeypatch, lambda url: (PAGE.encode(), url))
    odd = ["..txt", "...", "a" * 250, "*.txt", "$(x).txt", ".html", " ", "\x1b[2J.txt", "a\nb.txt"]
    for name in odd:
        (tmp_path / name).write_text(STORY)
    far = "https://news.example.org/"
    addresses = [
        f"{far}..",
        f"{far}..%2f..%2fetc",
        f"{far}a\\..\\b",
        far + "r" * 3000,
        f"{far}?q=../../x",
        far,
    ]
    out = tmp_path / "out"
    assert run("-o", f"{out}/", *[tmp_path / name for name in odd], *addresses)[0] == 0
    found = [path for path in out.rglob("*") if path.is_file()]
    assert len(found) == len(odd) + len(addresses)
    assert all(str(path.relative_to(out)).isprintable() for path in found)


# Many inputs


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    for name in (
        "day/one/rain.html",
        "day/two/rain.html",
        "day/two/note.txt",
        "day/.git/x.txt",
        "day/two/a.png",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(PAGE if name.endswith("html") else STORY)
    (tmp_path / "day" / "two" / "loop").symlink_to(tmp_path / "day")
    return tmp_path / "day"


def test_all_pages_and_texts_below_a_folder_are_cleaned(run: Run, pages: Path) -> None:
    code, out, err = run("-r", "-f", "json", pages)
    assert (code, err) == (0, "")
    assert [json.loads(line)["source"] for line in out.splitlines()] == [
        f"{pages}/one/rain.html",
        f"{pages}/two/note.txt",
        f"{pages}/two/rain.html",
    ]
    assert run("-f", "json", pages) == (
        4,
        "",
        f"clean: {pages}: is a directory; --recursive cleans what is in it\n",
    )


def test_one_file_below_a_folder_is_a_line_too(run: Run, pages: Path) -> None:
    assert run("-r", "-f", "json", pages / "one")[1].count("\n") == 1


def test_a_tree_becomes_a_tree_and_is_not_read_again(run: Run, pages: Path) -> None:
    for _ in range(2):
        assert run("-r", "-o", pages / "out", pages) == (0, "", "")
    out = pages / "out"
    assert sorted(str(path.relative_to(out)) for path in out.rglob("*.txt")) == [
        "one/rain.txt",
        "two/note.txt",
        "two/rain.txt",
    ]


def test_a_file_and_a_folder_that_would_be_called_alike_are_not(run: Run, tmp_path: Path) -> None:
    for name in ("a.html", "a.txt/b.html", "c/d.html", "c/d.txt/e/f.html"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(PAGE)
    out = tmp_path / "out"
    assert run("-r", tmp_path / "in", "-o", out) == (0, "", "")
    assert {str(path.relative_to(out)) for path in out.rglob("*.*") if path.is_file()} == {
        "a.html.txt",
        "a.txt/b.txt",
        "c/d.html.txt",
        "c/d.txt/e/f.txt",
    }


def test_a_folder_without_pages_is_said(run: Run, tmp_path: Path) -> None:
    assert run("-r", tmp_path) == (7, "", f"clean: {tmp_path}: there are no pages or texts in it\n")


def test_a_folder_that_may_not_be_looked_into_is_said_and_the_others_are_cleaned(
    run: Run, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock(pages / "one", monkeypatch)
    code, out, err = run("-r", "-f", "json", pages)
    assert (code, err) == (3, f"clean: {pages}/one: permission denied\n")
    assert out.count("\n") == 2
    assert run("-r", pages / "one") == (3, "", f"clean: {pages}/one: permission denied\n")
    assert run("-r", "-o", pages.parent / "out", pages)[0] == 3
    assert (pages.parent / "out" / "two" / "note.txt").exists()


def lock(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody look into a folder, not even root, whom its mode would not stop."""

    def look(path: Any) -> Any:
        if os.fspath(path) == str(folder):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return scandir(path)

    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", look)


def test_a_pipe_below_a_folder_is_not_waited_for(run: Run, pages: Path) -> None:
    os.mkfifo(pages / "one" / "pipe.txt")
    (pages / "one" / "link.txt").symlink_to("pipe.txt")
    (pages / "one" / "gone.txt").symlink_to("nowhere.txt")
    code, out, err = run("-r", "-f", "json", pages)
    assert (code, err) == (3, f"clean: {pages}/one/gone.txt: no such file\n")
    assert out.count("\n") == 3


@pytest.mark.parametrize("between", [b"\n", b"\r\n", b"\0", b"\n\n"])
def test_inputs_can_be_listed(run: Run, story: Path, monkeypatch: pytest.MonkeyPatch, between: bytes) -> None:
    listed = between.join([str(story).encode(), str(SEED).encode(), b""])
    type_in(monkeypatch, listed)
    assert run("--files-from", "-", "-f", "jsonl")[1].count("\n") == 2
    (story.parent / "list").write_bytes(listed)
    assert run("--files-from", story.parent / "list", "-f", "jsonl", story)[1].count("\n") == 3


def test_several_lists_are_read_one_after_the_other(run: Run, story: Path) -> None:
    for name, listed in (("first", story), ("second", SEED)):
        (story.parent / name).write_text(f"{listed}\n")
    lists = ("--files-from", story.parent / "second", "--files-from", story.parent / "first")
    sources = [json.loads(line)["source"] for line in run(*lists, "-f", "jsonl")[1].splitlines()]
    assert sources == [str(SEED), str(story)]


def test_a_list_that_is_missing_or_empty_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "list").write_text("\n")
    assert run("--files-from", tmp_path / "list") == (7, "", f"clean: {tmp_path}/list: lists no files\n")
    assert run("--files-from", tmp_path / "no")[::2] == (3, f"clean: {tmp_path}/no: no such file\n")


def test_where_a_page_from_a_pipe_was_found_can_be_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, PAGE.replace("<body>", "<link rel=canonical href=/rain><body>").encode())
    out = run("--url", "https://news.example.org/2024/", "-f", "json")[1]
    assert json.loads(out)["url"] == "https://news.example.org/rain"


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


@pytest.mark.parametrize(
    ("streams", "code", "out", "err"),
    [
        (">&-", 9, "", "clean: standard output: is closed\n"),
        ("2>&-", 3, BODY, ""),
        ("2>/dev/full", 3, BODY, ""),
        ("--help >/dev/full", 9, "", "clean: standard output: cannot be written: no space left on device\n"),
    ],
)
def test_closed_and_full_streams_end_nothing_badly(
    story: Path, streams: str, code: int, out: str, err: str
) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = f"'{sys.executable}' -m cleaners '{story}' '{story}.gone' {streams}"
    done = subprocess.run(command, shell=True, capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stdout.decode(), done.stderr.decode()) == (code, out, err)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("option", ["--color=auto", "--explain", "--help", "--version", "--rules"])
def test_a_full_disk_is_said(story: Path, option: str, unbuffered: str) -> None:
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    arguments = [option] if option == "--rules" else [option, story]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, env=environment, check=False
        )
    assert done.stderr == b"clean: standard output: cannot be written: no space left on device\n"
    assert done.returncode == 9


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
    for option in ("--help", "--completion=bash"):
        plain, foreign = (
            subprocess.run([*COMMAND, option], capture_output=True, env=spoken, check=True).stdout
            for spoken in (os.environ | {"PYTHONUTF8": "1"}, environment | {"PYTHONCOERCECLOCALE": "0"})
        )
        assert plain == foreign


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


def test_a_password_in_an_address_is_used_and_told_of_nowhere(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fetch(url: str) -> tuple[bytes, str]:
        asked.append(url)
        if url.endswith("/bad"):
            raise FetchFailed("status-404")
        return (
            b"<title>Rain</title><p>It rained in Kyiv on Tuesday, and it will rain again.</p>",
            "https://example.org/1",
        )

    install(monkeypatch, fetch)
    for address in ("https://desk:s3cret@example.org/1", "https://desk:s3cret@example.org/bad"):
        for form in ("text", "json"):
            _, out, err = run("-f", form, address)
            assert "s3cret" not in out + err
    assert asked[0] == "https://desk:s3cret@example.org/1"


def test_an_address_may_be_in_capitals(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, lambda url: (PAGE.encode(), url))
    assert run("HTTPS://desk:s3cret@News.example.org/rain.jsonl", "-f", "json")[0] == 0
    assert run("--url", "Http://news.example.org/", "/dev/null")[0] == 7


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


def test_a_table_has_its_first_line_once_and_each_file_of_a_folder_its_own(
    run: Run, story: Path, tmp_path: Path
) -> None:
    rows = csv.reader(io.StringIO(run("-f", "csv", story, story)[1]))
    assert [row[0] for row in rows] == ["source", str(story), str(story)]
    run("-f", "csv", "-o", f"{tmp_path}/tables/", story)
    assert (tmp_path / "tables" / "story.csv").read_text().startswith("source,title,")


def test_metadata_stand_before_markdown_where_they_are_asked_for(run: Run, story: Path) -> None:
    assert run("-f", "markdown", "--with-metadata", story)[1].startswith(
        '---\nlanguage: "en"\n---\n\nIt rained'
    )
    code, _, told = run("--with-metadata", story)
    assert code == 2
    assert "--with-metadata is for --format markdown" in told
