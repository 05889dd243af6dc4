"""A rule is written to the file with one call, and what its author wrote stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaners import BadRules, clean_text, load_rules
from cleaners.own.add import add_rule, with_rule

FILE = """\
# The Gazette's rules.

[ad]  # what we sell
# boots, mostly
whole = ["Boots",
         "Hats"]  # since May
starts = 'From our shop:'

[keep."gazette.example"]
whole = '''
Advertisement
'''
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "wireclean.toml"
    place.write_text(FILE)
    return place


def test_a_line_joins_its_list_and_all_else_stays(path: Path) -> None:
    add_rule(path, "ad", "Gloves")
    assert path.read_text().replace(',\n         "Gloves"', "") == FILE


@pytest.mark.parametrize(
    ("section", "text", "way", "host"),
    [
        ("ad", "From the editors:", "starts", None),
        ("ad", r"^\d+ boots$", "pattern", None),
        ("ad", "Gloves", None, "gazette.example"),
        ("keep", "Gloves", None, None),
        ("keep", "It's \"'''\" of \\ everything.", None, "gazette.example"),
        ("navigation.menu", "Gloves", "ends", "other.example"),
        ("off", "ads.call", None, None),
        ("off", "ads.call", None, "gazette.example"),
        ('ad."gazette.example"', "Gloves", None, None),
        (" sharing ", "Gloves", None, None),
        ("sharing", "Glo\udcffves", None, None),
    ],
)
def test_a_rule_finds_its_section_or_makes_it(
    path: Path, section: str, text: str, way: str | None, host: str | None
) -> None:
    rules = add_rule(path, section, text, way=way, host=host)
    assert load_rules(path) == rules
    written = path.read_text()
    lines = [
        line for line in FILE.splitlines() if line not in ("starts = 'From our shop:'", "'''", "whole = '''")
    ]
    assert [line for line in lines if line not in written.splitlines()] == []
    assert add_rule(path, section, text, way=way, host=host).text == written  # once is enough


def test_a_file_is_made_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "settings" / "wireclean.toml"
    rules = add_rule(path, "ad", "Get the Gazette app")
    assert clean_text("It rained in Kyiv.\nGet the Gazette app", rules=rules).text == "It rained in Kyiv."
    assert path.read_text().startswith("# Rules of one's own")


def test_a_rule_can_be_tried_before_it_is_written(path: Path) -> None:
    rules = with_rule(path, "ad", "Gloves")
    assert clean_text("It rained in Kyiv.\nGloves", rules=rules).text == "It rained in Kyiv."
    assert path.read_text() == FILE


@pytest.mark.parametrize(
    ("section", "text", "mistake"),
    [
        ("adz", "Gloves", "there is no such section"),
        ("off", "ads.cal", "did you mean ads.call"),
        ("keep", "boots!", r"wireclean.toml:5: says own.ad of this line: take it out first"),
        ("ad", " \n ", "there is nothing in the line"),
        ("[ad]", "Gloves", "a section is one name"),
        ("ad]\n[keep", "Gloves", "a section is one name"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_and_nothing_is_written(
    path: Path, section: str, text: str, mistake: str
) -> None:
    with pytest.raises(BadRules, match=mistake):
        add_rule(path, section, text)
    assert path.read_text() == FILE


def test_a_file_with_a_mistake_is_left_alone(path: Path) -> None:
    path.write_text("[adz]\nwhole = ['x']\n")
    with pytest.raises(BadRules, match=r"did you mean ad\?"):
        add_rule(path, "ad", "Gloves")
    assert path.read_text() == "[adz]\nwhole = ['x']\n"
