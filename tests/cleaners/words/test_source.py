"""What the checker of the word files refuses, and that it says where."""

from __future__ import annotations

import pytest

from cleaners.words.source import WordsError, checked, mistakes, read_file, read_folder
from cleaners.words.tables import HERE

ENGLISH = """# English.

[navigation.skip]
whole = '''
Skip to content
'''
lead = '''
Go to
'''

[tags.tags]
whole = '''
Tags
'''
lead = '''
Filed under
'''

[words.ads]
offer = '''
free spins
'''

[words.reader]
call = '''
join
'''
"""


def wrong(swedish: str) -> list[str]:
    """The mistakes of a Swedish file beside the English one."""
    return list(mistakes([*read_file("en.toml", ENGLISH), *read_file("sv.toml", swedish)]))


def test_the_files_are_in_order() -> None:
    assert len(checked(read_folder(HERE))) > 10_000


def test_a_file_in_order_has_no_mistakes() -> None:
    assert wrong("[navigation.skip]\nwhole = '''\nHoppa till innehåll\n'''\n") == []


@pytest.mark.parametrize(
    ("swedish", "mistake"),
    [
        (
            "[navigaton.skip]\nwhole = '''\nHoppa\n'''\n",
            "sv.toml:3: there is no such section: [navigaton.skip]",
        ),
        (
            "[navigation.skp]\nwhole = '''\nHoppa\n'''\n",
            "sv.toml:3: en.toml and common.toml have no such section: [navigation.skp]",
        ),
        (
            "[navigation.skip]\nhole = '''\nHoppa\nTill\n'''\n",
            "sv.toml:3: [navigation.skip] has no such key: hole",
        ),
        ("[words.ads]\noffers = '''\nbonus\n'''\n", "sv.toml:3: [words.ads] has no such key: offers"),
        (
            "# Swedish.\n\n[navigation.skip]\nwhole = '''\nHoppa\nTAGS\n'''\n",
            "sv.toml:6: is [tags.tags] in en.toml:13: TAGS",
        ),
        (
            "[tags.tags]\nlead = '''\nFiled under:\n'''\n",
            "sv.toml:3: stands in en.toml:16 already, as [tags.tags] lead: Filed under:",
        ),
        (
            "[tags.tags]\nwhole = '''\nFiled under\n'''\n",
            "sv.toml:3: is a whole line by lead in en.toml:16 already: Filed under",
        ),
        (
            "[navigation.skip]\nweak = '''\nSkip to content\n'''\n",
            "sv.toml:3: stands in en.toml:5 as whole: Skip to content",
        ),
        (
            "[words.ads]\nperk = '''\nFree spins\n'''\n",
            "sv.toml:3: stands in en.toml:21 already, as [words.ads] offer: Free spins",
        ),
        (
            "[words.reader]\ncall = '''\ngå med\n'''\nyou = '''\ngå med\n'''\n",
            "sv.toml:6: stands in sv.toml:3 already, as [words.reader] call: gå med",
        ),
        (
            "[tags.tags]\nlead = '''\n→\n'''\n",
            "sv.toml:3: nothing is left of this without its marks: →",
        ),
        (
            "[dates]\nmonths = '''\njanuari\nfebruari\n'''\n",
            "sv.toml:4: a year has twelve months, each on its line: these are 2",
        ),
        (
            "[agencies]\nsweden = '''\nTT | Tidningarnas Telegrambyrå\n'''\n",
            "sv.toml:3: an agency is short | full | country | kinds | aliases | weak: TT | Tidningarnas Telegrambyrå",
        ),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(swedish: str, mistake: str) -> None:
    assert wrong(swedish) == [mistake]


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(WordsError, match=r"no such key: led\nsv.toml:6: .* no such key: hole"):
        checked(list(read_file("sv.toml", "[words.ads]\nled = '''\nbonus\n'''\nhole = '''\nspel\n'''\n")))


def test_languages_that_count_apart_may_have_the_same_word() -> None:
    assert wrong("[words.reader]\ncall = '''\njoin\n'''\n") == []


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("[tags.tags]\nlead = '''\nTags", "sv.toml:3: the words of lead do not end with '''"),
        ("[tags.tags]\nlead = '''\n Tags\n'''\n", "sv.toml:3: a word stands on a line of its own"),
        ("[tags.tags]\nlead = '''\n\n'''\n", "sv.toml:3: a word stands on a line of its own"),
        ("[tags.tags]\nlead = ['Tags']\n", "sv.toml:2: not a section, a key or a comment: lead = ['Tags']"),
        ("lead = '''\nTags\n'''\n", "sv.toml:1: not a section, a key or a comment: lead = '''"),
        (
            "[tags.tags]\nlead = '''\nTags\n'''\nlead = '''\nTopics\n'''\n",
            "sv.toml:5: [tags.tags] has this key already: lead",
        ),
    ],
)
def test_a_line_that_is_none_of_the_format_is_named(text: str, mistake: str) -> None:
    with pytest.raises(WordsError) as caught:
        list(read_file("sv.toml", text))
    assert str(caught.value).startswith(mistake)
