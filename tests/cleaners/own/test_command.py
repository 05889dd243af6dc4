"""`clean` with rules of one's own: found or named, added with one command, told by name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cleaners import cli, load_rules
from cleaners.own.command import told_rules
from cleaners.rules import all_rules, find_rule
from cleaners.rules.told import EXAMPLES, example

STORY = "It rained in Kyiv on Thursday.\nGet the Gazette app\nPost navigation\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Any:
    """Run the command in a folder with a story: (exit code, standard output, standard error)."""
    monkeypatch.setenv("XDG_CONFIG_HOME", os.fspath(tmp_path / "settings"))
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    Path("story.txt").write_text(STORY)

    def clean(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(arguments)
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return clean


def test_from_a_line_to_a_rule_is_one_command(run: Any) -> None:
    assert run("--add-rule", "ad", "Get the Gazette app") == (
        0,
        "wireclean.toml: 'Get the Gazette app' is cut as ad\n",
        "",
    )
    assert run("story.txt")[1] == "It rained in Kyiv on Thursday.\n"
    run("--add-rule", "keep", "Post navigation")
    assert run("story.txt")[1] == "It rained in Kyiv on Thursday.\nPost navigation\n"
    assert run("--no-config", "story.txt")[1] == "It rained in Kyiv on Thursday.\nGet the Gazette app\n"


def test_a_rule_can_be_for_one_site(run: Any) -> None:
    assert (
        "on gazette.example" in run("--add-rule", "keep", "Post navigation", "--host", "gazette.example")[1]
    )
    assert "Post navigation" not in run("story.txt")[1]
    assert "Post navigation" in run("--url", "https://www.gazette.example/rain", "story.txt")[1]


def test_a_rule_goes_to_the_file_that_holds(run: Any, tmp_path: Path) -> None:
    (tmp_path / "wireclean.toml").write_text("# of the house\n")
    run("--add-rule", "off", "navigation.post-navigation")
    assert not Path("wireclean.toml").exists()
    assert (tmp_path / "wireclean.toml").read_text().startswith("# of the house\n")
    run("--config", "mine.toml", "--add-rule", "off", "ads.call")
    assert "ads.call" in Path("mine.toml").read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--add-rule", "adz", "Boots"], 2, "there is no such section: [adz]; did you mean ad?"),
        (["--add-rule", "off", "ads.cal"], 2, "no rule is called ads.cal; did you mean ads.call?"),
        (["--host", "gazette.example", "story.txt"], 2, "--host is for --add-rule"),
        *(
            (
                ["--add-rule", "ad", "Boots", "--host", host],
                2,
                f'"{told}" is no site\'s name, as "example.org" is',
            )
            for host, told in (
                ("nohost", "nohost"),
                ("..", ".."),
                ("\x1b[31m.a", "\\x1b[31m.a"),
                ('a".b', 'a".b'),
            )
        ),
        (["--add-rule", 'ad."\x1b[31m"', "Boots"], 2, "is no site's name"),
        (["--host", "", "--add-rule", "ad", "Boots"], 2, '"" is no site'),
        (["--host", "", "story.txt"], 2, "--host is for --add-rule"),
        (["--config", "", "story.txt"], 2, "--config needs the name of a file"),
        *(
            (
                ["--rules", *more],
                2,
                "--rules goes with names of rules, --config, --no-config and --format json alone",
            )
            for more in (
                ["-o", "x.txt"],
                ["--explain"],
                ["--jobs", "2"],
                ["--report", "x.html"],
                ["--keep", "ad"],
            )
        ),
        (["--rules", "-f", "csv"], 2, "--rules are told as text or json, not as csv"),
        (["--rules", "-f", "parquet"], 2, "--rules are told as text or json, not as parquet"),
        *(
            (
                ["--add-rule", "ad", "Boots", *more],
                2,
                "--add-rule goes with --config and --host alone, and with one",
            )
            for more in (["story.txt"], ["--rules"], ["--no-config"], ["-f", "json"], ["--", "y"])
        ),
        (["--add-rule", "\x1b[31m", "Boots"], 2, "a section is one name"),
        (
            ["--config", "story.txt/x.toml", "--add-rule", "ad", "Boots"],
            9,
            "x.toml: cannot be written: file exists",
        ),
        (["--rules", "ads.cal"], 2, "no rule is called ads.cal; did you mean ads.call?"),
        (["--config", "nowhere.toml", "story.txt"], 15, "nowhere.toml: no such file or directory"),
    ],
)
def test_what_makes_no_sense_is_said(run: Any, arguments: list[str], code: int, message: str) -> None:
    found, out, err = run(*arguments)
    assert (found, out) == (code, "")
    assert message in err
    assert len(err.splitlines()) == 1


def test_what_a_label_has_that_no_text_may_have_is_left_out(run: Any) -> None:
    assert run("--add-rule", "ad\x1b", "Boots") == (0, "wireclean.toml: 'Boots' is cut as ad\n", "")


def test_a_folder_that_takes_no_file_or_is_gone_is_one_line(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    told = run("--config", "new/x.toml", "--add-rule", "ad", "Boots")
    assert told == (9, "", "clean: new/x.toml: cannot be written: permission denied\n")
    monkeypatch.undo()
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    told = run("--config", "x.toml", "--add-rule", "ad", "Boots")
    assert told == (9, "", "clean: x.toml: cannot be written: no such file or directory\n")


def test_every_mistake_in_the_file_is_a_line(run: Any) -> None:
    Path("wireclean.toml").write_text(
        "[adz]\nwhole = ['x']\n[keep]\nhole = ['\x1b[2J']\n".replace("\x1b", "\\u001b")
    )
    code, _, err = run("story.txt")
    assert code == 15
    assert [line.partition("wireclean.toml:")[2][:2] for line in err.splitlines()] == ["2:", "4:"]


def test_all_rules_are_told_with_what_they_look_for(run: Any) -> None:
    Path("wireclean.toml").write_text(
        "[ad]\nstarts = ['From our shop:']\n[off]\nrules = ['ads.call', 'signoffs']\n"
    )
    code, out, _ = run("--rules")
    told = {paragraph.split("  ")[0]: paragraph for paragraph in out.split("\n\n")}
    assert code == 0
    assert told.keys() >= {name for rule in all_rules() for name in rule.ids} | {"own.ad"}
    assert told["own.ad"].endswith("wireclean.toml:2: starts\n    > From our shop:")
    assert "wireclean.toml:4" in told["ads.call"].splitlines()[0]
    assert "wireclean.toml:4" in told["signoffs.contributed"].splitlines()[0]
    assert "clean --add-rule off NAME" in out


def test_rules_are_told_by_name_or_kind(run: Any) -> None:
    out = run("--rules", "ads")[1]
    assert out.startswith("ads.")
    assert "\n\nads.bonus-offer  (ad)\n" in out
    assert "navigation.skip" not in out


def test_a_rule_that_is_off_on_a_site_is_told_with_the_site(run: Any) -> None:
    Path("wireclean.toml").write_text(
        "[ad.\"gazette.example\"]\nstarts = ['From our shop:']\n"
        "[off.\"gazette.example\"]\nrules = ['ads.call', 'signoffs']\n"
        "[off.\"herald.example\"]\nrules = ['ads.call']\n[off]\nrules = ['signoffs.contributed']\n"
    )
    told = {rule.name: rule for rule in told_rules(load_rules("wireclean.toml"))}
    assert told["own.ad"].looks_for == "wireclean.toml:2: starts on gazette.example"
    assert told["ads.call"].off == "wireclean.toml:4 on gazette.example, wireclean.toml:6 on herald.example"
    assert told["signoffs.contributed"].off == "wireclean.toml:8"
    assert "off: " in run("--rules", "ads.call")[1]


@pytest.mark.parametrize(
    ("name", "first"), [("ads.to-the-reader", "ads.offer-to-the-reader"), ("furniture", "ads.offer  (ad)")]
)
def test_rules_are_told_by_every_name_that_switches_them_off(run: Any, name: str, first: str) -> None:
    assert run("--rules", name)[1].startswith(first)
    assert run("--add-rule", "off", name)[0] == 0


@pytest.mark.parametrize(
    ("what", "line", "told"),
    [
        ("agencies", "Nordnews", "'Nordnews' is an agency"),
        ("credits", "Anna Svensson", "'Anna Svensson' takes pictures"),
        ('ad.app."gazette.example"', "Get the app", "'Get the app' is cut as ad"),
        ("keep", " -Advertisement-", "'-Advertisement-' stays"),
    ],
)
def test_what_a_rule_does_is_told_when_it_is_added(run: Any, what: str, line: str, told: str) -> None:
    assert run("--add-rule", what, line) == (0, f"wireclean.toml: {told}\n", "")


def test_a_line_of_bytes_that_are_no_text_is_added_without_them(run: Any) -> None:
    assert run("--add-rule", "ad", "x\udcff y")[0] == 0
    assert "x\ufffd y" in Path("wireclean.toml").read_text(encoding="utf-8")


def test_rules_are_told_as_json(run: Any) -> None:
    told = json.loads(run("--rules", "-f", "json", "rights.agency-notice")[1])
    assert told == [
        {
            "name": "rights.agency-notice",
            "label": "rights",
            "looks_for": told[0]["looks_for"],
            "example": told[0]["example"],
            "off": None,
        }
    ]


def test_every_rule_says_what_it_looks_for_and_shows_a_line() -> None:
    # The grammar can call a credit so; nobody has seen a line that it does.
    unseen = {"captions.remark", "captions.source", "credits.agency", "credits.source"}
    assert {rule.name for rule in told_rules() if not rule.looks_for} == set()
    assert {rule.name for rule in told_rules() if not rule.example} == unseen


def test_every_line_that_is_shown_is_shown_for_a_rule_that_there_is() -> None:
    shown = tomllib.loads(Path(EXAMPLES).read_text())
    assert [name for name in shown if not example(find_rule(name), name)] == []


def test_who_has_no_rules_of_his_own_loads_nothing_of_them() -> None:
    program = (
        "import sys\nfrom cleaners import cli\n"
        "cli.main(['story.txt', '--no-config'])\n"
        "print(sorted({'tomllib', 're2', 'tomlkit', 'cleaners.own.file'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"
