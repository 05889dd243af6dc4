from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.errors import NotText, UnreadableEncoding
from cleaners.read.decode import decode_text, looks_like_html, repair_mojibake
from cleaners.read.text import read_text

FRENCH = "Le président a été reçu à l’Élysée – « un geste », dit-il.\nLa pluie a cessé à 5 € près.\n"
TEXTS = {
    "en": "It rained in Kyiv on Thursday.\nThe streets were empty.\n",
    "fr": FRENCH,
    "ru": "Президент заявил в четверг, что дождь продолжится.\nУлицы были пусты.\n",
    "ar": "قال الرئيس يوم الخميس إن المطر سيستمر.\nكانت الشوارع فارغة.\n",
    "ja": "大統領は木曜日、雨は続くと述べた。\n通りには誰もいなかった。\n",
    "ko": "대통령은 목요일 비가 계속될 것이라고 말했다.\n거리는 텅 비었다.\n",
    "hi": "राष्ट्रपति ने कहा कि बारिश जारी रहेगी।\nसड़कें खाली थीं।\n",
}


def lines(text: str) -> list[str]:
    return [block.text for block in read_text(text).blocks]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_unicode_is_read_with_and_without_its_mark(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding)) == text


def test_utf16_big_endian_with_its_mark_is_read() -> None:
    assert decode_text(b"\xfe\xff" + FRENCH.encode("utf-16-be")) == FRENCH


def test_windows_1252_is_read_with_its_quotes_and_euro() -> None:
    assert decode_text(FRENCH.encode("cp1252")) == FRENCH


def test_latin_1_is_read() -> None:
    text = "El niño llegó a España, según la policía.\n" * 3
    assert decode_text(text.encode("latin-1")) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Президент заявил в четверг, что дождь продолжится.", "cp1251"),
        ("大統領は木曜日、雨は続くと述べた。通りには誰もいなかった。", "shift_jis"),
        ("قال الرئيس يوم الخميس إن المطر سيستمر.", "cp1256"),
        ("总统星期四说，雨还会继续下。街上空无一人。", "gb18030"),
    ],
)
def test_other_encodings_are_told_by_the_language(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding)) == text
    assert decode_text(text.encode(encoding), encoding) == text


def test_an_encoding_that_does_not_exist_or_fit_is_an_error() -> None:
    with pytest.raises(UnreadableEncoding, match="no encoding is called klingon"):
        decode_text(b"rain", "klingon")
    with pytest.raises(UnreadableEncoding, match="not in ascii"):
        decode_text("é".encode(), "ascii")
    with pytest.raises(UnreadableEncoding):
        decode_text(b"rain", "zlib_codec")
    with pytest.raises(UnreadableEncoding):
        decode_text(b"\xff\xfer")


def test_a_damaged_byte_does_not_make_mojibake_of_a_long_text() -> None:
    data = FRENCH.encode() * 10
    assert decode_text(data + b"\xff") == FRENCH * 10 + "\ufffd"


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04", "zip"),
        (b"\x89PNG\r\n", "image"),
        (b"\x1f\x8b\x08", "gzip"),
        (bytes(range(256)) * 9, "binary"),
        (b"\x00\x01\x02\x03" * 300, "binary"),
    ],
)
def test_binary_files_are_refused_by_what_they_are(start: bytes, what: str) -> None:
    with pytest.raises(NotText, match=what):
        decode_text(start)


def test_a_stray_nul_is_left_out() -> None:
    assert (
        lines(decode_text(b"It rained\x00 in Kyiv.\n" + b"The streets were empty.\n" * 60))[0]
        == "It rained in Kyiv."
    )


@pytest.mark.parametrize(
    "text", ["“Kyiv”, he said", "l’été à Genève", "Привет, мир", "5 € – 6 €", "日本語の記事です"]
)
@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_mojibake_is_repaired(text: str, wrong: str) -> None:
    try:
        broken = text.encode().decode(wrong)
    except UnicodeDecodeError:
        pytest.skip(f"{wrong} has no letters for these bytes")
    assert decode_text(broken.encode()) == text


@pytest.mark.parametrize(
    "sound",
    [
        "SÃO PAULO E AMANHÃ",
        "NÃO À GUERRA",
        "Âge d’or",
        "Ð is an Icelandic letter",
        "la CITÉ Â",
        "PÂTÉ ÇA «Ã»",
        "50 Å",
        "je těžké\xa0– s\xa0médii nekomunikuje",
        "« l’été… »",
        "ESPAÑA… Y ÑOÑO",
    ],
)
def test_what_only_looks_like_mojibake_stays(sound: str) -> None:
    assert repair_mojibake(sound) == sound


def test_only_the_broken_lines_are_repaired() -> None:
    assert repair_mojibake("SÃO PAULO\r\nthe cafÃ©\r\n") == "SÃO PAULO\r\nthe café\r\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"])
def test_every_line_end_ends_a_line(end: str) -> None:
    assert [(b.line, b.text) for b in read_text(f"It rained.{end}{end}It stopped.").blocks] == [
        (1, "It rained."),
        (3, "It stopped."),
    ]


def test_lines_lose_the_space_and_the_invisible_characters_around_them() -> None:
    assert lines("\ufeff \u200b\u00a0It rained.\u2060 \t\n\u200b\n \u200b \n") == ["It rained."]


def test_controls_go_and_half_pairs_are_marked() -> None:
    assert lines("It\x00 rai\x1bned\x7f.\ud800") == ["It rained.\ufffd"]


@given(st.text())
def test_reading_what_was_read_changes_nothing(text: str) -> None:
    once = lines(text)
    assert lines("\n".join(once)) == once


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_plain_error(data: bytes) -> None:
    with suppress(NotText, UnreadableEncoding):
        assert isinstance(decode_text(data), str)


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><html><body>Rain",
        b"\xef\xbb\xbf\n\n <html lang=en>",
        b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>',
        b"<!-- saved --><html><head>",
        b"<div class=story><p>It rained.</p></div>",
        b"<p>It rained.</p>",
        b"HTTP noise\n<html><body><p>Rain",
        "<html><p>Rain".encode("utf-16"),
        b"It rained.<br>" + b"<p>It rained.</p>" * 9,
    ],
)
def test_pages_are_told_by_their_content(page: bytes) -> None:
    assert looks_like_html(page)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"It rained in Kyiv.",
        b"Kyiv < Lviv, said the <b>forecast</b>, and a <p> tag is a paragraph.",
        b"<Rain> is the code word, he said.",
        b"3 < 4 and </p> closes what <p> opens",
        "Дождь < снег".encode("utf-16"),
    ],
)
def test_texts_that_mention_tags_stay_texts(text: bytes) -> None:
    assert not looks_like_html(text)


def test_an_unseen_sign_hides_no_letters_that_were_read_in_a_wrong_encoding() -> None:
    for hidden in ("\u200b", "\u202e", "\ufeff"):
        text = f"the caf\xc3{hidden}\xa9 in Kyiv"
        assert [block.text for block in read_text(text).blocks] == ["the café in Kyiv"]


@pytest.mark.parametrize("end", ["\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\u2028", "\u2029"])
def test_each_line_is_put_right_by_itself_whatever_ends_it(end: str) -> None:
    text = f"L\xe2\u20ac\ufffd|c=|{end}\x87\x9d\xc3\x83\xc2\xa9"
    once = "\n".join(block.text for block in read_text(text).blocks)
    assert "\n".join(block.text for block in read_text(once).blocks) == once
