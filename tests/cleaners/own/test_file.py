"""What may stand in a file of one's own rules, and what is said of a mistake."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from unittest.mock import Mock

import pytest

from cleaners import BadRules, Rules, load_rules
from cleaners.own import find_rules
from cleaners.own.file import own_rules
from cleaners.words.source import read_file

FILE = """\
# The Gazette's rules.
[ad]
whole = [
    "Get the app",  # in every story
    "Boots # half price",
]
starts = 'From our shop:'

[ad.app."gazette.example"]
pattern = '''
^get it on \\w+ play$
'''

[keep]  # always
ends = \"""
(Correction)

(Clarification)
\"""

[off]
rules = ["ads.call", "signoffs", "site.repeated"]
"""


def test_every_form_that_toml_has_for_texts_is_read() -> None:
    assert [
        (rule.line, rule.name, rule.host, rule.way, rule.text) for rule in own_rules(Rules("own.toml", FILE))
    ] == [
        (4, "own.ad", "", "whole", "Get the app"),
        (5, "own.ad", "", "whole", "Boots # half price"),
        (7, "own.ad", "", "starts", "From our shop:"),
        (11, "own.ad.app", "gazette.example", "pattern", r"^get it on \w+ play$"),
        (16, "own.keep", "", "ends", "(Correction)"),
        (18, "own.keep", "", "ends", "(Clarification)"),
        (22, "own.off", "", "rules", "ads.call"),
        (22, "own.off", "", "rules", "signoffs"),
        (22, "own.off", "", "rules", "site.repeated"),
    ]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("[ad\nwhole = ['x']", "1: this is no TOML: expected ']' at the end of a table declaration"),
        ("[ad]\nwhole = 'x'\n\n[ad]", "4: this is no TOML: cannot declare ('ad',) twice"),
        ("[ad]\nwhole = ['x'", "2: this is no TOML: unclosed array"),
        (
            "whole = ['x']",
            "1: a section comes first, that says what the line is: [ad], wireclean.toml has others",
        ),
        ("[adz]\nwhole = ['x']", "2: there is no such section: [adz]; did you mean ad?"),
        ("[kept]\nwhole = ['x']", "2: there is no such section: [kept]; did you mean keep?"),
        ("[ad]\n\nwohle = ['x', 'y']", "3: [ad] has no such key: wohle; did you mean whole?"),
        ("[keep]\nrules = ['x']", "2: [keep] has no such key: rules; there are ends, pattern, starts, whole"),
        ("[off]\nrules = ['ads.cal']", "2: no rule is called ads.cal; did you mean ads.call?"),
        ("[off]\nrules = ['scorer.text']", "2: no rule is called scorer.text; "),
        ("[caption]\nwhole = ['x']", "2: lines are not cut as [caption]; they are as ad, boilerplate, "),
        (
            "[agencies]\nnames = ['a | b | c | pix']",
            "2: an agency has no such kind: pix; there are desk, news, photo",
        ),
        (
            "[agencies]\nnames = ['a|b|c|news|d|e|f']",
            "2: an agency is short | full | country | kinds | aliases | weak",
        ),
        (
            "[ad.\"https://www.gazette.example/rain\"]\nwhole = ['x']",
            '2: a site is a name and nothing else: "gazette.example", not "https://www.gazette.example/rain"',
        ),
        (
            "[ad.\"gazette.example:8000\"]\nwhole = ['x']",
            '2: a site is a name and nothing else: "gazette.example", not "gazette.example:8000"',
        ),
        (
            "[ad.\"*.gazette.example\"]\nwhole = ['x']",
            '2: a site is a name and nothing else: "gazette.example", not "*.gazette.example"',
        ),
        *(
            (f"[ad.'{name}']\nwhole = ['x']", f'2: "{name}" is no site\'s name, as "example.org" is')
            for name in (
                "gazette",
                "..",
                "ex org",
                ".gazette.example",
                "gazette..example",
                "a" * 64 + ".org",
                "",
            )
        ),
        (
            '[ad."\\u001b"."gazette.example"]\nwhole = ["x"]',
            '2: a rule is called by letters, digits, - and _, not as in [ad."\\u001b"."gazette.example"]',
        ),
        ("# of old\n[adz]\n\n[ad]", "2: there is no such section: [adz]; did you mean ad?"),
        ('[ad]\n[ad."gazette"]', '2: "gazette" is no site\'s name'),
        ("[ad]\nwhole = ['x',\n'']", "2: whole has a text with nothing in it"),
        ('[ad]\npattern = [""]', "2: pattern has a text with nothing in it"),
        ("[ad]\n'whole' = ' '", "2: whole has a text with nothing in it"),
        ("[credits]\nwhole = ['x']", "2: [credits] has no such key: whole; there are names"),
        ("[ad]\nwhole = 3", '2: whole takes a text or a list of texts: whole = ["…"]'),
        ("[ad]\nwhole = [\n'x',\n3]", '2: whole takes a text or a list of texts: whole = ["…"]'),
        (
            "[ad.gazette.example]\nwhole = ['x']",
            '2: a site stands between quotation marks: [ad."gazette.example"], not [ad.gazette.example]',
        ),
        ("[ad]\npattern = ['a(?=b)']", "2: it cannot look around: (?=, in the pattern a(?=b)"),
        ("[ad]\npattern = ['(a)\\1']", "2: there is no such escape: \\1, in the pattern (a)\\1"),
        ("[ad]\npattern = ['[ab']", "2: missing ]: [ab, in the pattern [ab"),
        ("[ad]\npattern = ['a*']", "2: it is in every line, in the pattern a*"),
        ("[ad]\npattern = ['((a{99}){99}){99}']", "2: "),
        ("[ad]\nwhole = ['Get it!',\n'get  it']", "3: stands in line 2 already: get  it"),
        ("[ad]\nwhole = ['Get it']\n[keep]\nwhole = ['Get it']", "4: is [ad] in line 2: Get it"),
        (
            "[[ad]]\nwhole = ['Get it']",
            "2: a section is one name between one pair of brackets, as [ad]: [[ad]]",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_was_probably_meant(text: str, mistake: str) -> None:
    with pytest.raises(BadRules) as caught:
        own_rules(Rules("own.toml", text))
    assert caught.value.mistakes[0].startswith(f"own.toml:{mistake}")
    assert len(caught.value.mistakes) == 1


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(BadRules) as caught:
        own_rules(Rules("own.toml", "[adz]\nwhole = ['x']\n[off]\nrules = ['x']\n[ad]\npattern = ['[']"))
    assert [mistake.split(": ")[0] for mistake in caught.value.mistakes] == [
        "own.toml:2",
        "own.toml:4",
        "own.toml:6",
    ]


def test_a_section_or_a_list_may_have_nothing_yet() -> None:
    assert own_rules(Rules("own.toml", '[ad]\nwhole = []\n[keep."gazette.example"]\n')) == ()
    assert own_rules(Rules("own.toml", "[ad]\nwhole = '''\nGet it\n\nNow\n'''"))[1].line == 5


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_a_name_that_no_file_can_have_is_said(name: str) -> None:
    with pytest.raises(BadRules):
        load_rules(name)


def test_a_host_is_compared_as_addresses_have_it() -> None:
    [rule] = own_rules(Rules("own.toml", '[ad."Münchner.example"]\nwhole = ["x"]'))
    assert rule.host == "xn--mnchner-n2a.example"


def test_a_file_is_read_with_any_line_ends_and_a_mark_at_its_start(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    assert own_rules(load_rules(path)) == own_rules(Rules("own.toml", FILE))


@pytest.mark.parametrize(
    ("content", "mistake"),
    [(None, "no such file or directory"), (b"[ad]\nwhole = ['\xe4']", "this is no UTF-8")],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, content: bytes | None, mistake: str) -> None:
    path = tmp_path / "own.toml"
    if content:
        path.write_bytes(content)
    with pytest.raises(BadRules, match=mistake):
        load_rules(path)


def test_the_nearest_file_above_comes_before_that_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below, users = tmp_path / "desk" / "today", tmp_path / "settings"
    below.mkdir(parents=True)
    (users / "wireclean").mkdir(parents=True)
    monkeypatch.setenv("XDG_CONFIG_HOME", os.fspath(users))
    monkeypatch.chdir(below)
    assert find_rules() is None
    (users / "wireclean" / "wireclean.toml").touch()
    assert find_rules() == os.fspath(users / "wireclean" / "wireclean.toml")
    (tmp_path / "wireclean.toml").touch()
    assert find_rules() == os.fspath(tmp_path / "wireclean.toml")
    (below.parent / "wireclean.toml").touch()
    assert find_rules() == os.fspath(below.parent / "wireclean.toml")


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("[ad]\nwhole = ['Get it']  # so = '''", ["Get it"]),
        ("[ad]\n# whole = '''\nwhole = ['Get it']", ["Get it"]),
        ("[ad]\n\"whole\" = '''\nGet it\n'''", ["Get it"]),
        ("[ad]\nwhole = [\n'Get it]',\n'# more ]', # ] \n'}' ] # all ]", ["Get it]", "# more ]", "}"]),
        ('[ad]\nwhole = """Get it]\n# now""" # all\nstarts = [\'So\']', ["Get it]", "# now", "So"]),
    ],
)
def test_a_comment_and_a_bracket_in_a_phrase_end_nothing(text: str, phrases: list[str]) -> None:
    assert [rule.text for rule in own_rules(Rules("own.toml", text))] == phrases


@pytest.mark.parametrize("end", ["]", "}", " #1"])
def test_a_list_of_phrases_with_brackets_is_read_in_a_moment(
    end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = "".join(f"    'phrase number {number}{end}',\n" for number in range(500))
    loads = Mock(side_effect=tomllib.loads)
    monkeypatch.setattr(tomllib, "loads", loads)
    assert len(list(read_file("own.toml", f"[ad]\nwhole = [\n{many}]\n", free=True))) == 500
    assert loads.call_count < 5


def test_a_list_of_thousands_is_read_in_a_moment() -> None:
    many = "".join(f"    'phrase number {number}',\n" for number in range(5_000))
    assert len(own_rules(Rules("own.toml", f"[ad]\nwhole = [\n{many}]\n"))) == 5_000
