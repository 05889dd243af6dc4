"""Rules of one's own come before all others, on every site or on one; what they decide stays decided."""

from __future__ import annotations

import json
import pickle
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Options, Rules, clean_html, clean_text, explain_html, explain_text
from cleaners.blocks import Label
from cleaners.memory import forget
from cleaners.own.decide import own_of
from cleaners.own.file import own_key
from cleaners.read.characters import valid_text
from cleaners.wire.agencies import OWN_NAMES
from cleaners.wire.captions import split_caption
from tests.cleaners.test_properties import TELLING
from tests.cleaners.written import CAPTION, STORY, page, paragraphs

RAIN = "It rained in Kyiv on Thursday, and the streets of the old town were empty, residents said."
SNOW = "It will snow on Friday in the hills around the city, the weather service said in the evening."


def rules(text: str) -> Rules:
    return Rules("own.toml", text)


def told(text: str, own: Rules, **said: Any) -> list[tuple[str, str]]:
    """What each line is, and by which rule."""
    _, reasons = explain_text(text, rules=own, **said)
    return [(reason.label, reason.rule) for reason in reasons]


APP = rules("[ad.app]\nwhole = ['Get the Gazette app']")


def test_a_line_that_is_a_phrase_goes_and_says_whose_rule_it_was() -> None:
    assert told(f"{RAIN}\nGet the Gazette app!\n{SNOW}", APP)[1] == ("ad", "own.ad.app")
    assert told(f"{RAIN}\nGet the Gazette app, the mayor told residents.", APP)[1][0] == "body"


@pytest.mark.parametrize(
    ("way", "phrase", "cut", "kept"),
    [
        ("whole", "# people read this", "1,204 people read this", "Many people read this"),
        ("whole", "* * *", "* * *", "* *"),
        ("whole", "L’appli", "« L'appli »", "L'application"),
        ("starts", "From our shop:", "→ FROM OUR  SHOP: boots", "From our shopping trip"),
        ("starts", "Rain", "Rain: an overview", "Rainfall was heavy"),
        ("starts", "広告", "広告です", "これは広告"),
        ("ends", "| Gazette", "Rain in Kyiv | Gazette", "Rain in Kyiv | Gazettes"),
        ("ends", "(promo)", "Boots (Promo)", "Promo"),
        ("pattern", r"^issue \d+$", "Issue 14", "Issue 14 of the paper"),
    ],
)
def test_a_phrase_stands_in_the_line_as_its_key_says(way: str, phrase: str, cut: str, kept: str) -> None:
    own = rules(f'[boilerplate]\n{way} = """\n{phrase}\n"""'.replace("\\", "\\\\"))
    assert told(f"{RAIN}\n{cut}", own)[1] == ("boilerplate", "own.boilerplate")
    assert told(f"{RAIN}\n{kept}", own)[1][1] != "own.boilerplate"


@pytest.mark.parametrize(
    "line", ["Advertisement", "200% Deposit Bonus up to €3,000", "Post navigation", "AFP"]
)
def test_a_line_to_keep_wins_over_every_rule(line: str) -> None:
    text = f"{RAIN}\nShare on Facebook\n{line}\n{SNOW}\nLeave a Reply"
    own = rules(f"[keep]\nwhole = ['{line}']\n[ad]\nstarts = ['{line}']")
    assert (line in clean_text(text).text, line in clean_text(text, rules=own).text) == (False, True)


def test_a_line_to_keep_wins_over_the_scorer_of_a_page() -> None:
    html = page(f"<nav><p>Home</p><p>Weather desk</p></nav><article>{paragraphs()}</article>")
    own = rules("[keep]\nwhole = ['Weather desk']")
    assert "Weather desk" not in clean_html(html).text
    assert clean_html(html, rules=own).text.startswith("Weather desk\n")


def test_a_crosshead_that_is_kept_stays_one() -> None:
    html = page(f"<article>{paragraphs(STORY[:4])}<h2>Advertisement</h2>{paragraphs(STORY[4:])}</article>")
    _, reasons = explain_html(html, rules=rules("[keep]\nwhole = ['Advertisement']"))
    assert ("Advertisement", Label.HEADING, "own.keep") in [(r.text, r.label, r.rule) for r in reasons]


def test_a_paragraph_of_a_page_goes_if_a_rule_says_so() -> None:
    html = page(f"<article>{paragraphs()}</article>")
    own = rules(f"[notice]\nstarts = ['{STORY[3][:28]}']")
    article = clean_html(html, rules=own)
    assert STORY[3] in clean_html(html).text
    assert [line.rule for line in article.removed if line.text == STORY[3]] == ["own.notice"]


def test_what_is_cut_makes_no_photo() -> None:
    figure = f'<figure><img src="/a.jpg"><figcaption>{CAPTION}</figcaption></figure>'
    html = page(f"<article>{paragraphs(STORY[:4])}{figure}{paragraphs(STORY[4:])}</article>")
    own = rules(f"[boilerplate]\nwhole = ['{CAPTION}']")
    assert [photo.caption for photo in clean_html(html).photos] == [CAPTION]
    assert clean_html(html, rules=own).photos == ()


def test_a_cut_line_is_evidence_enough_alone() -> None:
    text = f"{RAIN}\nOur picks\nHome\n{SNOW}"
    assert "Home" in clean_text(text).text
    assert "Home" not in clean_text(f"{text}\nGet the Gazette app\nMore", rules=APP).text


def test_a_cut_line_stays_where_its_label_is_to_stay() -> None:
    assert "Gazette" in clean_text(f"{RAIN}\nGet the Gazette app", rules=APP, keep=["ad"]).text


def test_what_a_rule_that_is_off_would_claim_stays() -> None:
    text = f"{RAIN}\nPost navigation\nShare on Facebook"
    assert told(text, rules("[off]\nrules = ['navigation.post-navigation']"))[1:] == [
        ("body", "own.off"),
        ("sharing", "sharing.share"),
    ]


def test_all_rules_of_a_kind_can_be_off() -> None:
    line = "200% Deposit Bonus up to €3,000"
    assert told(f"{RAIN}\n{line}", rules("[off]\nrules = ['ads']"))[1][0] == "body"


def test_what_a_site_repeats_can_be_left_to_the_other_rules() -> None:
    html = page(f"<article>{paragraphs()}<p>Weather desk</p></article>")
    known = {"weather desk": 40}
    off = rules("[off]\nrules = ['site.repeated']")
    assert "Weather desk" not in clean_html(html, repeated=known).text
    assert clean_html(html, repeated=known, rules=off).text == clean_html(html, rules=off).text


@pytest.mark.parametrize(
    ("url", "cut"),
    [
        ("https://gazette.example/rain", True),
        ("https://www.gazette.example:8000/rain", True),
        ("https://sport.gazette.example/", True),
        ("https://notgazette.example/", False),
        ("https://example/?u=gazette.example", False),
        ("https://gazette.example@other.example/", False),
        (None, False),
    ],
)
def test_a_rule_for_one_site_is_for_that_site_alone(url: str | None, cut: bool) -> None:
    own = rules("[ad.\"WWW.Gazette.example\"]\nwhole = ['Get the app']")
    article = clean_text(f"{RAIN}\nGet the app", rules=own, url=url)
    assert ("own.ad" in [line.rule for line in article.removed]) is cut


def test_the_rule_of_a_site_names_the_line_before_that_of_all() -> None:
    own = rules("[notice]\nwhole = ['Boots']\n[ad.\"gazette.example\"]\nwhole = ['Boots']")
    assert told(f"{RAIN}\nBoots", own, url="https://gazette.example/")[1] == ("ad", "own.ad")
    assert told(f"{RAIN}\nBoots", own)[1] == ("notice", "own.notice")


def test_lines_stay_in_their_order_and_none_is_lost() -> None:
    lines = [RAIN, "Get the Gazette app", "Advertisement", SNOW, "Get the Gazette app", RAIN[:40]]
    _, reasons = explain_text("\n".join(lines), rules=APP)
    assert [(reason.line, reason.text) for reason in reasons] == list(enumerate(lines, 1))


def test_a_wrapped_text_is_mended_around_lines_that_are_kept() -> None:
    words = (RAIN + " " + SNOW + " ") * 4
    wrapped, line = [], ""
    for word in words.split():
        if len(line) + len(word) + 1 > 60:
            wrapped.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    text = "\n".join(["Post navigation", *wrapped, line, "Advertisement"])
    article = clean_text(text, rules=rules("[keep]\nwhole = ['Advertisement']"))
    assert article.text.endswith("\nAdvertisement")
    assert "Post navigation" not in article.text
    assert len(article.body) < 5


#: Two wrapped paragraphs, behind a line that is too wide for a wrapped text.
WRAPPED = """\
Sign up for our newsletter and get the best of the week's news in your inbox every Friday morning. It is free, and you \
can stop any time you like.

The council met in the town hall on Thursday and the mayor opened
the session with a short word of thanks to the firefighters, who
had worked through the night. Then the members of the council rose
in the old hall and voted on the new bridge over the river, which
has been closed since the floods of May and which many people used
to cross on their way to work, as the builders come each evening

Nobody spoke against the plan, and the chairman said that the work
would begin before the winter if the region paid its share of what
the bridge is to cost, which it had promised to do in the spring,
and that the ferry would go on crossing the river until it is done.
"""


@pytest.mark.parametrize("section", ["keep", "ad"])
@pytest.mark.parametrize(
    ("said", "paragraph"),
    [
        ("pattern = ['hall and voted']", 0),
        ("pattern = ['rose in the']", 0),
        ("ends = ['each evening']", 0),
        ("starts = ['Nobody spoke']", 1),
        ("starts = ['in the old hall']", None),
    ],
)
def test_a_rule_is_asked_of_whole_paragraphs_not_of_wrapped_lines(
    section: str, said: str, paragraph: int | None
) -> None:
    own = rules(f"[{section}]\n{said}")
    _, *paragraphs = WRAPPED.strip().split("\n\n")
    story = [text.replace("\n", " ") for text in paragraphs]
    if section == "ad" and paragraph is not None:
        del story[paragraph]
    once = clean_text(WRAPPED, rules=own).text
    assert once == "\n".join(story)
    assert clean_text(once, rules=own).text == once


def test_a_wide_line_that_is_cut_is_no_piece_of_a_wrapped_paragraph() -> None:
    both = rules("[ad]\nstarts = ['The week in your inbox', 'in the old hall']")
    text = WRAPPED.replace("Sign up for our newsletter", "The week in your inbox")
    assert clean_text(text, rules=both).text.count("\n") == 1


def test_rules_are_a_part_of_the_options() -> None:
    options = Options(rules=APP)
    assert pickle.loads(pickle.dumps(options)) == options
    assert hash(options) == hash(Options(rules=rules(APP.text)))
    path: Any = "wireclean.toml"
    with pytest.raises(TypeError, match="rules is what load_rules returns, not a str"):
        Options(rules=path)


def test_threads_with_other_rules_do_not_meet() -> None:
    text = f"{RAIN}\nGet the Gazette app\n{SNOW}\nPost navigation"
    keep = rules("[keep]\nwhole = ['Get the Gazette app', 'Post navigation']")
    given = [APP, keep, None] * 60
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda own: clean_text(text, rules=own).text, given))
    assert found == [clean_text(text, rules=own).text for own in given]


NAMES = rules(
    """
[agencies]
names = ["NNS | Nordnews Service | SE | news photo | Nordnews Bild", "Stadtarchiv Bonn"]
[credits]
names = ["Anna Svensson", "mst"]
[agencies."gazette.example"]
names = ["Gazette Wire"]
"""
)


def test_an_agency_of_ones_own_is_read_wherever_agencies_are() -> None:
    text = f"Rain in Kyiv © NNS – Olena BIRD\nKYIV (NNS) - {RAIN}\n{SNOW}\nFoto: mst / Stadtarchiv Bonn\n{SNOW}\nNNS"
    article = clean_text(text, rules=NAMES)
    assert (article.agency, article.dateline) == ("NNS", "KYIV (NNS) -")
    assert [(photo.photographer, photo.agency) for photo in article.photos] == [
        ("Olena Bird", "NNS"),
        ("mst", "Stadtarchiv Bonn"),
    ]
    assert clean_text(text).agency is None
    assert clean_text(article.text, rules=NAMES).text == article.text


def test_a_photographer_of_ones_own_is_known_by_the_name_alone() -> None:
    text = f"{RAIN}\nChildren wait for the bus\nANNA SVENSSON\n{SNOW}"
    assert "SVENSSON" in clean_text(text).text
    [photo] = clean_text(text, rules=NAMES).photos
    assert (photo.caption, photo.photographer) == ("Children wait for the bus", "Anna Svensson")


def test_an_agency_of_one_site_is_none_elsewhere() -> None:
    text = f"KYIV (Gazette Wire) - {RAIN}\n{SNOW}"
    assert clean_text(text, rules=NAMES, url="https://gazette.example/rain").agency == "Gazette Wire"
    assert clean_text(text, rules=NAMES).agency is None


def test_what_is_remembered_of_a_credit_is_not_told_to_another_thread() -> None:
    text = f"{RAIN}\nChildren wait for the bus\nAnna Svensson\n{SNOW}"
    given = [NAMES, None] * 80
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda own: len(clean_text(text, rules=own).photos), given))
    assert found == [1, 0] * 80


def test_what_is_remembered_of_a_caption_is_for_the_same_names_alone() -> None:
    line = "Children wait for the bus on Thursday. Foto: mst / Stadtarchiv Bonn"
    before = OWN_NAMES.set(own_of(NAMES, None).names)
    own = split_caption(line)
    OWN_NAMES.reset(before)
    plain = split_caption(line)
    forget()
    assert own is not None
    assert own != plain == split_caption(line)


@given(
    st.lists(st.sampled_from(TELLING), max_size=14, unique=True),
    st.dictionaries(st.sampled_from(TELLING), st.sampled_from(("keep", "ad", "off")), max_size=5),
    st.sets(
        st.sampled_from(("ads", "furniture", "captions", "rights.agency-notice", "signoffs")), max_size=2
    ),
    st.sampled_from(("whole", "starts")),
)
def test_cleaning_a_cleaned_text_changes_nothing(
    lines: list[str], said: dict[str, str], off: set[str], way: str
) -> None:
    kept = {own_key(line) for line, section in said.items() if section == "keep" and valid_text(line).strip()}
    cut = {
        own_key(line) for line, section in said.items() if section == "ad" and valid_text(line).strip()
    } - kept
    text = "".join(
        f"[{section}]\n{key} = {json.dumps(sorted(texts))}\n"
        for section, key, texts in (
            ("keep", "whole", kept),
            ("ad", way, cut),
            ("off", "rules", off),
            ("credits", "names", ("Rain in Kyiv", "Leave a Reply")),
        )
    )
    lines.insert(len(lines) // 2, RAIN)
    once = clean_text("\n".join(lines), rules=rules(text))
    assert clean_text(once.text, rules=rules(text)).text == once.text
    assert [line for line in lines if own_key(line) in kept] == [
        line for line in once.text.split("\n") if own_key(line) in kept
    ]


def test_a_pattern_takes_time_in_proportion_to_the_line() -> None:
    own = rules("[ad]\npattern = ['^(a+)+$', '(x|xx)*y$', 'a.*b.*c.*d']")
    seconds = []
    for size in (20_000, 80_000):
        line = f"{'a' * size} {'x' * size}!"
        clean_text(line, rules=own)
        began = time.process_time()
        clean_text(line, rules=own)
        seconds.append(time.process_time() - began)
    assert seconds[1] < max(10 * seconds[0], 1)


@given(
    st.lists(st.sampled_from((*STORY, "Weather desk", "Get the app", "Home", "Advertisement")), max_size=16),
    st.sets(st.sampled_from((*STORY, "Weather desk", "Advertisement")), max_size=3),
    st.sets(st.sampled_from(("Get the app", "Home")), max_size=2),
)
def test_of_a_page_every_line_to_keep_stays_and_none_to_cut(
    lines: list[str], kept: set[str], cut: set[str]
) -> None:
    text = f"[keep]\nwhole = {json.dumps(sorted(kept))}\n[ad]\nwhole = {json.dumps(sorted(cut))}\n"
    article, reasons = explain_html(page(paragraphs(lines)), rules=rules(text))
    told = [reason.text for reason in reasons]
    body = [part.text for part in article.body]
    assert [line for line in told if line in kept] == [line for line in body if line in kept]
    assert not cut.intersection(body)
    assert len(told) == len(body) + len(article.fields) + len(article.removed) + sum(
        len(photo.printed) for photo in article.photos
    )
