"""The `clean` command over tables and archives, and in several processes."""

import json
import os
from pathlib import Path

import pytest
from pyarrow import parquet

from cleaners import clean_html
from cleaners.cli import main
from tests.pipelines.pages import archive, page, table


def test_an_archive_becomes_a_table(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    news, out = archive(tmp_path / "news.warc.gz", 8), tmp_path / "news.parquet"
    assert main(["-f", "parquet", "-o", str(out), "--jobs", "2", str(news)]) == 0
    made = parquet.read_table(out)
    assert made.column("title").to_pylist() == [f"Rain {i}" for i in range(8)]
    assert capfd.readouterr().err.startswith("clean: 8 pages: 8 articles, 0 errors, ")


def test_each_page_of_a_table_is_told_by_its_row(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    parquet.write_table(table(2), tmp_path / "pages.parquet")
    assert main([str(tmp_path / "pages.parquet")]) == 0
    assert capfd.readouterr().out == "\n".join(f"{clean_html(page(i)).text}\n" for i in range(2))
    assert main(["--photos", str(tmp_path / "pages.parquet")]) == 0
    heads = [line for line in capfd.readouterr().out.splitlines() if line.startswith("==>")]
    assert heads == [f"==> {tmp_path}/pages.parquet:{i} <==" for i in (1, 2)]


def test_lines_are_the_same_to_a_pipe_and_to_a_file(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    news = str(archive(tmp_path / "news.warc.gz", 5))
    assert main(["-f", "jsonl", news]) == 0
    piped = capfd.readouterr().out
    assert main(["-f", "jsonl", "-o", str(tmp_path / "out.jsonl"), news]) == 0
    assert (tmp_path / "out.jsonl").read_text() == piped
    row = json.loads(piped.splitlines()[0])
    assert (row["source"], row["row"], row["warc_date"]) == (news, 1, "2024-10-24T06:30:00Z")


def test_a_folder_gets_a_file_for_each_page(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "rain.html").write_text(page(1))
    parquet.write_table(table(2), tmp_path / "in" / "pages.parquet")
    assert main(["-r", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--jobs", "1"]) == 0
    made = {
        str(path.relative_to(tmp_path / "out")): path.read_text()
        for path in (tmp_path / "out").rglob("*.txt")
    }
    assert made == {
        "deep/rain.txt": clean_html(page(1)).text + "\n",
        "pages-000001.txt": clean_html(page(0)).text + "\n",
        "pages-000002.txt": clean_html(page(1)).text + "\n",
    }


def test_files_are_cleaned_by_several_processes_as_by_one(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    names = []
    for i in range(5):
        (tmp_path / f"{i}.html").write_text(page(i))
        names.append(str(tmp_path / f"{i}.html"))
    names.insert(2, str(tmp_path / "gone.html"))
    assert main([*names, "--explain", "-f", "jsonl"]) == 3
    alone = capfd.readouterr()
    assert main([*names, "--explain", "-f", "jsonl", "--jobs", "2"]) == 3
    assert capfd.readouterr() == alone
    assert alone.err == f"clean: {tmp_path}/gone.html: no such file\n"


def test_pages_of_a_table_that_fail_are_named_and_the_exit_code_says_so(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = tmp_path / "pages.jsonl"
    lines.write_text("{\n" + json.dumps({"text": "It rained in Kyiv."}) + "\n")
    assert main([str(lines)]) == 13
    told = capfd.readouterr()
    assert told.out == "It rained in Kyiv.\n"
    assert told.err.startswith(f"clean: {lines}:1: not JSON")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-f", "parquet", "a.html"], "-f parquet is written to a file: -o FILE"),
        (["--resume", "a.html"], "--resume is for -f jsonl or parquet with -o FILE"),
        (["--jobs", "0", "a.html"], "0 is no number of processes"),
        (["--timeout", "soon", "a.html"], "soon is no number of seconds"),
    ],
)
def test_what_does_not_fit_is_wrong_usage(
    arguments: list[str], told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert capfd.readouterr().err == f"clean: {told}\n"


def test_a_table_without_the_packages_for_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("cleaners.cli.installed_bulk", lambda: None)
    assert main(["news.warc.gz"]) == 2
    assert "pip install 'wireclean[bulk]'" in capfd.readouterr().err


# Where it goes


def lines(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"text": "It rained in Kyiv on Thursday."}) + "\n")
    return path


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
@pytest.mark.parametrize(
    ("given", "output"),
    [
        ("t.jsonl", "t.jsonl"),
        ("t.jsonl", "link"),
        ("all.out.errors.jsonl", "all.out"),
        (".all.out.part", "all.out"),
        (".all.out.part/t.jsonl", "all.out"),
    ],
)
def test_no_file_of_a_run_is_written_over_an_input(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    form: str,
    given: str,
    output: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = lines(Path(given)).read_text()
    Path("link").symlink_to("t.jsonl")
    assert main(["-f", form, "-o", output, "--jobs", "1", given]) == 9
    assert Path(given).read_text() == before
    told = capfd.readouterr().err
    assert told.endswith(": is an input; write somewhere else\n")
    assert told.count("\n") == 1


def test_a_list_of_inputs_is_an_input_of_many_too(tmp_path: Path) -> None:
    lines(tmp_path / "t.jsonl")
    listed = tmp_path / "list"
    listed.write_text(f"{tmp_path}/t.jsonl\n")
    assert main(["-f", "jsonl", "-o", str(listed), "--files-from", str(listed), "--jobs", "1"]) == 9
    assert listed.read_text() == f"{tmp_path}/t.jsonl\n"


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_link_leads_to_the_file_that_is_written_and_its_mode_stays(tmp_path: Path, form: str) -> None:
    (tmp_path / "far").mkdir()
    target, link = tmp_path / "far" / "out", tmp_path / "link"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    assert main(["-f", form, "-o", str(link), "--jobs", "1", str(lines(tmp_path / "t.jsonl"))]) == 0
    assert link.is_symlink()
    assert target.read_bytes() != b"old"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pipe, given = tmp_path / "pipe", str(lines(tmp_path / "t.jsonl"))
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert main(["-f", "jsonl", "-o", str(pipe), "--jobs", "1", given]) == 0
    assert json.loads(os.read(reader, 65536))["source"] == given
    os.close(reader)
    assert pipe.is_fifo()
    assert main(["-f", "parquet", "-o", str(pipe), given]) == 2
    assert capfd.readouterr().err.endswith("-f parquet is written to a file: -o FILE\n")
    pipe.rename(tmp_path / "all.out.errors.jsonl")
    assert main(["-f", "jsonl", "-o", str(tmp_path / "all.out"), given]) == 9
    assert (tmp_path / "all.out.errors.jsonl").is_fifo()


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_an_output_that_cannot_be_written_is_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], form: str
) -> None:
    given = str(lines(tmp_path / "t.jsonl"))
    for folder, why in (("no", "no such file or directory"), ("t.jsonl", "not a directory")):
        out = f"{tmp_path}/{folder}/all.out"
        assert main(["-f", form, "-o", out, "--jobs", "1", given]) == 9
        assert capfd.readouterr().err == f"clean: {out}: cannot be written: {why}\n"
    assert [path.name for path in tmp_path.iterdir()] == ["t.jsonl"]


def test_names_that_are_no_utf_8_are_names(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.parquet")
    assert main(["-f", "parquet", "-o", out, str(lines(tmp_path / "t.jsonl"))]) == 0
    assert main([out]) == 0
    assert capfd.readouterr().out == "It rained in Kyiv on Thursday.\n"
    assert main(["-f", "csv", out]) == 0
    assert "caf\ufffd.parquet:1," in capfd.readouterr().out


def test_inputs_that_fail_have_the_code_that_they_have_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "junk.txt").write_text("Post navigation\n")
    story, out = str(lines(tmp_path / "t.jsonl")), str(tmp_path / "all.out")
    cases = [
        (["junk.txt"], 8),
        (["gone.txt", "gone.html"], 3),
        (["-r", "empty"], 7),
        (["gone.txt", "junk.txt"], 1),
    ]
    for names, code in cases:
        given = [name if name == "-r" else str(tmp_path / name) for name in names]
        assert main([*given, story, "-f", "jsonl"]) == code
        assert main([*given, story, "-f", "jsonl", "-o", out]) == code
        assert f"1 articles, {len(names) - names.count('-r')} errors" in capfd.readouterr().err


def test_a_folder_that_may_not_be_looked_into_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path, **more: bool) -> os.stat_result:
        if "locked" in path.parts:
            raise PermissionError(13, "Permission denied")
        return stat(path, **more)

    stat = Path.stat
    given, out = lines(tmp_path / "t.jsonl"), tmp_path / "locked" / "all.out"
    monkeypatch.setattr(Path, "stat", refuse)
    for form in ("jsonl", "parquet"):
        assert main(["-f", form, "-o", str(out), str(given)]) == 9
        assert capfd.readouterr().err == f"clean: {out}: cannot be written: permission denied\n"
