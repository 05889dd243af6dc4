import json
from unicodedata import is_normalized

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import clean_html, clean_text
from cleaners.read.characters import valid_address, valid_line, valid_text

HALF = "\ud83d"
#: What comes in, and what a reader is meant to see: the same in a text, in a page, in its metadata and in an address.
SEEN = {
    "half an emoji": (f"Rain {HALF} in Kyiv", "Rain \ufffd in Kyiv"),
    "an emoji in two halves": ("Rain \ud83c\udf27 in Kyiv", "Rain 🌧 in Kyiv"),
    "a noncharacter": ("Rain\ufffe in Kyiv\U0001ffff", "Rain\ufffd in Kyiv\ufffd"),
    "a control": ("Ra\x07in\x1b[31m in K\x9byiv", "Rain[31m in Kyiv"),
    "a zero-width space": ("Ra\u200bin in Kyiv\u200b", "Rain in Kyiv"),
    "a soft hyphen": ("Rain\u00adstorm in Kyiv", "Rainstorm in Kyiv"),
    "a byte-order mark within": ("Rain\ufeff in Kyiv", "Rain in Kyiv"),
    "words in tags": ("Rain in Kyiv" + "".join(chr(0xE0000 + ord(c)) for c in "obey"), "Rain in Kyiv"),
    "an override of direction": ("Rain \u202ein\u202c \u2066Kyiv\u2069", "Rain in Kyiv"),
    "marks of direction": ("\u200fגשם\u200e בקייב\u061c", "גשם בקייב"),
    "letters apart from their accents": ("Cafe\u0301 in Kyiv", "Café in Kyiv"),
    "an accent behind a zero-width space": ("Cafe\u200b\u0301 in Kyiv", "Café in Kyiv"),
    "a variation of a Latin letter": ("Rain in K\ufe0fyi\U000e0100v", "Rain in Kyiv"),
    "vowels that are blank": ("Ra\u115fin in Ky\u3164iv", "Rain in Kyiv"),
    "a blank vowel before an accent": ("Cafe\ufe0f\u0301\ufe0f in Kyiv", "Café in Kyiv"),
    "a control that parts fields": ("Rain\x1fin Kyiv", "Rain in Kyiv"),
    "a joiner that nobody needs": ("Auf\u200clage in Ky\u200div", "Auflage in Kyiv"),
}
#: … and what stays as it is.
SOUND = {
    "Persian": "باران می\u200cبارد و خانه\u200cها خالی است",
    "Hindi": "र\u094d\u200dय और क\u094d\u200cष",
    "Sinhala": "ශ\u0dca\u200dරී ලංකාව",
    "a family": "👨\u200d👩\u200d👧 in Kyiv",
    "a heart on fire": "❤\ufe0f\u200d🔥",
    "a flag": "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "Vietnamese": "Mưa ở Kyiv hôm thứ Năm",
    "Korean": "키예프에 비가 내렸다",
    "a letter of private use": "Rain \ue000 in Kyiv",
    "a key with a number": "Rain 1\ufe0f\u20e3 in Kyiv ☀\ufe0f",
    "an ideograph's variant": "葛\U000e0100飾区",
}


@pytest.mark.parametrize(("raw", "seen"), SEEN.values(), ids=SEEN)
def test_what_no_text_may_hold_is_treated_the_same_wherever_it_stands(raw: str, seen: str) -> None:
    assert valid_text(raw) == valid_line(raw) == seen
    assert clean_text(f"{raw}.").body[0].text == f"{seen}."
    told = json.dumps({"@type": "NewsArticle", "headline": raw, "author": {"name": raw}, "keywords": [raw]})
    page = f"<script type='application/ld+json'>{told}</script><article><p>{raw}.</p></article>"
    article = clean_html(page)
    assert article.text == f"{seen}."
    assert article.title == seen
    assert article.keywords == (seen,)


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_what_a_script_needs_stays(text: str) -> None:
    assert valid_text(text) == valid_line(text) == text
    assert clean_text(text + ".").text == text + "."
    assert clean_html(f"<article><p>{text}.</p></article>").text == text + "."


def test_what_is_seen_by_nobody_is_no_line() -> None:
    assert [
        paragraph.text for paragraph in clean_text("It rained.\n\u200b\u00ad\u200e\n\ufeffIt poured.").body
    ] == [
        "It rained.",
        "It poured.",
    ]
    assert len(clean_html("<article><p>It rained.</p><p>\u200b&shy;</p></article>").body) == 1


def test_addresses_hold_no_more_than_they_show() -> None:
    page = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Rain",'
        '"url":"https://news.example.org/ra\\u200bin\\ud83d"}</script>'
        "<link rel=canonical href='https://news.example.org/ra&#8203;in\x07'><p>It rained in Kyiv."
    )
    assert clean_html(page).url == "https://news.example.org/rain"
    assert clean_text("It rained.", url=f"https://news.example.org/rain{HALF}").url == (
        "https://news.example.org/rain\ufffd"
    )
    assert valid_address("https://news.example.org/дождь") == "https://news.example.org/дождь"


def test_thousands_of_accents_on_a_letter_are_put_in_order_soon() -> None:
    text = "e" + "\u0315\u0300" * 100_000
    valid = valid_text(text)
    assert valid_text(valid) == valid
    assert valid.replace("\u034f", "").count("\u0315") == 100_000


ANY = st.text(
    st.characters()
    | st.sampled_from(
        "\ud83d\ude00\u200b\u200c\u200d\u00ad\u202e\u200f\u034f\u0301\u0315\ufe0f🌧🏴می\u094d\U000e0067\U000e007f"
    )
)


@given(ANY)
def test_a_valid_text_is_written_read_back_and_left_alone(text: str) -> None:
    valid = valid_text(text)
    assert valid_text(valid) == valid
    assert valid.encode().decode() == valid
    assert is_normalized("NFC", valid)
    assert valid_line(valid_line(text)) == valid_line(text)
    assert valid_address(valid_address(text)) == valid_address(text)
