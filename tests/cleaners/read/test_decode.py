import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.read.decode import decode_page, encode_page

CAFE = "<p>Das Café in Łódź ist für Gäste geöffnet."
LATIN = "<p>Das Café ist für Gäste geöffnet, sagte sie am Donnerstag."
RUSSIAN = "<p>Дождь в Киеве шёл весь день, сообщили власти в четверг вечером. Пострадавших нет."
JAPANESE = "<p>木曜日にキエフで雨が降った。市によると、けが人はいなかった。"


def test_a_page_that_says_nothing_is_read_as_utf_8() -> None:
    assert decode_page(CAFE.encode()) == CAFE


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_byte_order_mark_comes_before_all_else_and_is_no_text(mark: bytes, codec: str) -> None:
    page = f'<meta charset="windows-1251">{CAFE}'
    assert decode_page(mark + page.encode(codec), "koi8-r") == page


def test_the_http_header_comes_before_the_page() -> None:
    assert decode_page(b"<meta charset=windows-1252>" + RUSSIAN.encode("koi8-r"), "KOI8-R").endswith(RUSSIAN)


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="windows-1251">',
        "<META CHARSET=windows-1251>",
        "<meta charset = 'windows-1251' />",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        '<meta content="text/html; charset=windows-1251" http-equiv="content-type">',
        '<?xml version="1.0" encoding="windows-1251"?>',
        "<!-- " + "a long comment " * 100 + "--><meta charset=windows-1251>",
    ],
)
def test_the_page_names_its_encoding(head: str) -> None:
    page = head + RUSSIAN
    assert decode_page(page.encode("windows-1251")) == page


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("iso-8859-1", "cp1252", "<p>“Rain” – €5"),
        ("us-ascii", "cp1252", "<p>“Rain” – €5"),
        ("latin1", "cp1252", "<p>“Rain” – €5"),
        ("iso-8859-9", "cp1254", "<p>“Yağmur” – şehir"),
        ("gb2312", "gb18030", "<p>總統星期四說，雨還會繼續下。"),
        ("gbk", "gb18030", "<p>总统星期四说，雨还会继续下。"),
        ("shift_jis", "cp932", "<p>①" + JAPANESE),
        ("euc-jp", "euc-jp", JAPANESE),
        ("euc-kr", "cp949", "<p>목요일에 키예프에 비가 내렸다. 똠"),
        ("big5", "big5hkscs", "<p>總統星期四說，雨還會繼續下。"),
        ("windows-874", "cp874", "<p>ฝนตกในเคียฟ “วันพฤหัสบดี”"),
        ("iso-8859-8-i", "iso-8859-8", "<p>גשם בקייב ביום חמישי"),
        ("x-sjis", "cp932", JAPANESE),
    ],
)
def test_labels_mean_what_they_mean_on_the_web(label: str, codec: str, text: str) -> None:
    page = f'<meta charset="{label}">{text}'
    assert decode_page(page.encode(codec)) == page
    assert decode_page(text.encode(codec), label) == text


def test_a_label_that_nobody_knows_is_passed_over() -> None:
    page = f"<meta charset=windows-1251>{RUSSIAN}"
    assert decode_page(page.encode("windows-1251"), "x-unknown") == page


@pytest.mark.parametrize(
    "label",
    [
        "base64",
        "rot13",
        "hex",
        "zip",
        "undefined",
        "idna",
        "punycode",
        "unicode_escape",
        "utf-7",
        "",
        "\0",
        "a" * 1000,
    ],
)
def test_names_of_what_is_no_encoding_of_text_do_no_harm(label: str) -> None:
    assert decode_page(LATIN.encode("cp1252"), label) == LATIN


def test_utf_8_that_calls_itself_latin_is_read_as_utf_8() -> None:
    page = f"<meta charset=iso-8859-1>{CAFE}"
    assert decode_page(page.encode(), "iso-8859-1") == page


@pytest.mark.parametrize(
    ("text", "codec"), [(LATIN, "cp1252"), (RUSSIAN, "windows-1251"), (JAPANESE * 3, "euc-jp")]
)
def test_a_name_that_does_not_fit_is_passed_over(text: str, codec: str) -> None:
    data = text.encode(codec)
    assert decode_page(data, "utf-8") == text
    assert decode_page(b"<meta charset=utf-8>" + data, "utf-8").endswith(text)
    assert decode_page(f"<meta charset={codec}>".encode() + data, "utf-8").endswith(text)


def test_a_few_letters_that_do_not_fit_are_no_reason_to_pass_a_name_over() -> None:
    data = JAPANESE.encode("euc-jp") + b"\xff" + JAPANESE.encode("euc-jp")
    assert decode_page(data, "euc-jp") == f"{JAPANESE}\ufffd{JAPANESE}"


def test_letters_in_ascii_s_bytes_are_read_where_a_page_says_so() -> None:
    assert decode_page(JAPANESE.encode("iso-2022-jp"), "iso-2022-jp") == JAPANESE


def test_what_was_once_read_in_a_wrong_encoding_is_put_right_between_tags() -> None:
    assert decode_page("<p title='cafÃ©'>SÃO PAULO</p><p>Lâ€™Ã©tÃ©".encode()) == (
        "<p title='café'>SÃO PAULO</p><p>L’été"
    )


def test_most_pages_are_given_to_the_parser_as_they_are() -> None:
    page = CAFE.encode()
    assert encode_page(page) is page
    assert (
        encode_page(codecs.BOM_UTF8 + page) == encode_page(CAFE) == encode_page(CAFE.encode("utf-16")) == page
    )
    assert encode_page(CAFE + "\ud83d").decode() == CAFE + "\ufffd"


def test_a_utf_8_page_with_one_broken_byte_stays_utf_8() -> None:
    assert decode_page((CAFE * 20).encode() + b"\xff" + CAFE.encode()).count("Łódź") == 21


def test_a_utf_8_page_that_was_cut_within_a_letter_stays_utf_8() -> None:
    assert decode_page(f"{CAFE} é".encode()[:-1]).startswith(CAFE)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [CAFE, RUSSIAN])
def test_utf_16_without_a_mark_is_told_by_its_zeros(text: str, codec: str) -> None:
    assert decode_page(text.encode(codec)) == text


def test_a_page_that_says_utf_16_in_ascii_is_utf_8() -> None:
    page = "<meta charset=utf-16>" + CAFE + "\xff"
    assert "Łódź" in decode_page(page.encode() + b"\xff")


@pytest.mark.parametrize(
    ("text", "codec"),
    [(LATIN, "cp1252"), (RUSSIAN, "windows-1251"), (JAPANESE * 3, "euc-jp"), (JAPANESE * 3, "cp932")],
)
def test_an_encoding_that_nobody_names_is_told_from_the_letters(text: str, codec: str) -> None:
    page = f"<html><head><title>x</title></head><body>\n{text}\n</body>"
    assert decode_page(page.encode(codec)) == page


@given(
    st.binary(max_size=400), st.sampled_from([None, "utf-8", "latin1", "gb2312", "shift_jis", "utf-16", "?"])
)
def test_any_bytes_become_text(data: bytes, charset: str | None) -> None:
    decode_page(data, charset).encode("utf-8", "surrogatepass")
