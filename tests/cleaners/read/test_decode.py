import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.errors import TooLarge, UnreadableEncoding
from cleaners.read.decode import decode_page, decode_text, encode_page, repair_mojibake
from cleaners.read.encodings import codec_on_the_web

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


POLISH = "Premier powiedział w czwartek, że żadna z ulic Kijowa nie była pusta, a woda może się podnieść."


@pytest.mark.parametrize("codec", ["cp1250", "iso-8859-2"])
@pytest.mark.parametrize("told", [None, "windows-1252", "utf-8", "shift_jis", "koi8-r", "undefined", "idna"])
def test_polish_is_told_whatever_is_said_of_it(codec: str, told: str | None) -> None:
    assert decode_text(POLISH.encode(codec)) == POLISH
    assert decode_page(f"<p>{POLISH}</p>".encode(codec), told) == f"<p>{POLISH}</p>"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Премьер-министр заявил в четверг, что дождь продлится ещё несколько дней.", "cp1251"),
        ("Премьер-министр заявил в четверг, что дождь продлится ещё несколько дней.", "koi8-r"),
        ("Премьер-министр заявил в четверг, что дождь продлится ещё несколько дней.", "cp866"),
        ("Прем'єр-міністр заявив у четвер, що дощ триватиме ще кілька днів, і вулиці порожні.", "koi8-u"),
        ("Ο πρωθυπουργός δήλωσε την Πέμπτη ότι η βροχή θα συνεχιστεί για μερικές ημέρες.", "cp1253"),
        ("ראש הממשלה אמר ביום חמישי כי הגשם יימשך עוד כמה ימים, ורחובות העיר ריקים.", "cp1255"),
        ("นายกรัฐมนตรีกล่าวเมื่อวันพฤหัสบดีว่าฝนจะตกต่อไปอีกหลายวัน ถนนว่างเปล่า", "cp874"),
        ("Başbakan perşembe günü yağmurun birkaç gün daha süreceğini söyledi, sokaklar boştu.", "cp1254"),
        ("総理は木曜日、雨はあと数日続くと述べた。通りには誰もいなかったと住民は話した。", "euc-jp"),
        ("首相は木曜日、雨はあと数日続くと述べた。通りには誰もいなかったと住民は話した。", "iso-2022-jp"),
        ("총리는 목요일 비가 며칠 더 계속될 것이라고 말했다. 거리는 텅 비어 있었다.", "euc-kr"),
        ("總理星期四說，雨還會繼續下幾天。居民說，基輔的街道空無一人。", "big5"),
    ],
)
@pytest.mark.parametrize("told", [None, "windows-1252", "shift_jis"])
def test_letters_are_told_by_their_language(text: str, codec: str, told: str | None) -> None:
    assert decode_text(text.encode(codec)) == text
    assert decode_page(f"<p>{text}</p>".encode(codec), told) == f"<p>{text}</p>"


def test_what_cannot_be_told_is_refused_and_not_guessed() -> None:
    for data in (bytes(range(0x80, 0x100)) * 9, "Zażółć gęślą jaźń".encode("cp1250")):
        with pytest.raises(UnreadableEncoding, match="in no encoding that can be told"):
            decode_text(data)
        with pytest.raises(UnreadableEncoding):
            encode_page(b"<p>" + data)
    with pytest.raises(UnreadableEncoding, match="in hz-gb-2312, which browsers do not read either"):
        encode_page(b"<meta charset=hz-gb-2312><p>~{<:Ky2;~}")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (
            "Der Bürgermeister sagte, die Straßen der Stadt seien überschwemmt, größere Schäden gab es nicht.",
            "cp850",
        ),
        (
            "Le maire a déclaré jeudi que les rues étaient désertes et que les élèves resteraient à la maison.",
            "cp850",
        ),
        ("El alcalde dijo que la lluvia continuará tres días más y que las calles están vacías.", "cp437"),
        (
            "Borgmästaren sade på torsdagen att stadens gator är öde och att skolorna förblir stängda.",
            "cp865",
        ),
        ("Starosta ve čtvrtek řekl, že déšť potrvá ještě tři dny a ulice města jsou prázdné.", "cp852"),
        ("Мер заявив у четвер, що дощ триватиме ще три дні, а вулиці міста порожні.", "cp1125"),
    ],
)
def test_the_code_pages_of_dos_are_refused_and_not_garbled(text: str, codec: str) -> None:
    with pytest.raises(UnreadableEncoding):
        decode_text(text.encode(codec))


@pytest.mark.parametrize(
    "codec", ["gb18030", "big5", "euc-jp", "euc-kr", "shift-jis", "cp1252", "mac-roman", "cp1251"]
)
def test_quotation_marks_tell_the_encoding_of_english(codec: str) -> None:
    text = "It rained in the old town, “and it will not stop,” the mayor said. “We will see.”"
    assert decode_text(text.encode(codec)) == text


@pytest.mark.parametrize("quotes", ["„”", '""'])
def test_romanian_has_a_comma_below_its_letters(quotes: str) -> None:
    said = f"{quotes[0]}joi{quotes[1]}"
    text = f"Primarul a spus {said} că ploaia va continua, iar străzile orașului și școlile sunt închise."
    assert decode_text(text.encode("iso-8859-16")) == text
    windows = text.replace("ș", "ş").replace('"', "„")
    assert decode_text(windows.encode("cp1250")) == windows


def test_western_letters_that_tell_no_language_are_read() -> None:
    for text in ("café", "Pubblicità", "café in Kyiv\n" * 500):
        assert decode_text(text.encode("cp1252")) == text
        assert encode_page(f"<p>{text}".encode("cp1252")).decode() == f"<p>{text}"


def test_utf_16_that_was_cut_within_a_letter_is_read() -> None:
    assert decode_text(CAFE.encode("utf-16") + b"x") == CAFE


#: The labels of the WHATWG's standard that decode, a line for each encoding.
LABELS = """
unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8
866 cp866 csibm866 ibm866
csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2
csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3
csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4
csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988
arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i iso-ir-127
csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 sun_eu_greek
csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 visual csiso88598i logical
csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6
iso-8859-13 iso8859-13 iso885913
iso-8859-14 iso8859-14 iso885914
csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9
cskoi8r koi koi8 koi8-r koi8_r
koi8-ru koi8-u
csmacintosh mac macintosh x-mac-roman
dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874
cp1250 windows-1250 x-cp1250
cp1251 windows-1251 x-cp1251
ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso88591 l1 latin1 us-ascii windows-1252
cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso88599 iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254
x-mac-cyrillic x-mac-ukrainian
chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030
big5 big5-hkscs cn-big5 csbig5 x-x-big5
cseucpkdfmtjapanese euc-jp x-euc-jp
csiso2022jp iso-2022-jp
csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis
cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949
csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le unicodefffe utf-16be
"""


@pytest.mark.parametrize("line", LABELS.strip().splitlines())
def test_every_label_of_the_web_means_an_encoding_and_all_of_one_the_same(line: str) -> None:
    assert len({codec_on_the_web(label) for label in line.split()}) == 1
    assert codec_on_the_web(line.split()[0]) is not None
    assert codec_on_the_web(f" {line.split()[0].upper()}\n") is not None


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("unicode", "utf-16"),
        ("UCS-2", "utf-16-le"),
        ("unicodefeff", "utf-16-le"),
        ("unicodefffe", "utf-16-be"),
    ],
)
def test_old_names_of_utf_16_are_names(label: str, codec: str) -> None:
    assert decode_text(CAFE.encode(codec), label) == CAFE


def test_what_is_larger_than_any_article_is_not_decoded() -> None:
    for encoding in (None, "latin1"):
        with pytest.raises(TooLarge, match="larger than 120,000,000 bytes"):
            decode_text(b"x" * 120_000_001, encoding)


@given(
    st.binary(max_size=400), st.sampled_from([None, "utf-8", "latin1", "gb2312", "shift_jis", "utf-16", "?"])
)
def test_any_bytes_become_text(data: bytes, charset: str | None) -> None:
    decode_page(data, charset).encode("utf-8", "surrogatepass")


#: A page whose letters are ASCII's, but for what is put in between.
PLAIN = (
    b"<head><meta charset=utf-8></head><p>It rained in Kyiv on Thursday, and the streets were empty%s until late."
    b"<p>More of it fell than in any of the ten years before."
)


@pytest.mark.parametrize("broken", [b"\xe2\x80", b"\xc3", b"\xf0\x9f\x98", b"\x81", b"\xff"])
def test_a_sign_that_was_cut_in_the_middle_costs_that_sign_and_not_the_page(broken: bytes) -> None:
    page = decode_page(PLAIN % broken, strict=True)
    assert "It rained in Kyiv on Thursday, and the streets were empty" in page


@pytest.mark.parametrize("broken", [b"\xe2\x80", b"\xf0\x9f\x98", b"\xf0\x9f", b"\xef\xbf"])
def test_a_sign_that_was_cut_in_the_middle_tells_utf_8_by_itself(broken: bytes) -> None:
    text = (PLAIN % broken).replace(b"<meta charset=utf-8>", b"")
    assert decode_text(text) == text.replace(broken, b"?").decode().replace("?", "\N{REPLACEMENT CHARACTER}")


@pytest.mark.parametrize("around", [b"", " — “Café”".encode(), "Дождь идёт".encode()])
def test_half_an_emoji_in_bytes_is_a_sign_that_nothing_can_hold(around: bytes) -> None:
    whole = around.decode()
    assert decode_text(b"Rain" + around + b"\xed\xa0\xbd.") == f"Rain{whole}\N{REPLACEMENT CHARACTER}."
    assert decode_text(b"Rain" + around + b"\xed\xa0\xbd\xed\xb8\x82.") == f"Rain{whole}😂."


@pytest.mark.parametrize(
    "encoding", ["gb2312", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr", "koi8-r", "cp1251"]
)
def test_quotation_marks_of_english_are_read_as_the_page_says(encoding: str) -> None:
    story = "<p>“It rained for a week,” said the mayor, “and the river rose by 2 metres.”"
    if encoding in ("koi8-r", "cp1251"):
        story = story.replace("“", "©").replace("”", "")
    page = story.encode(encoding)
    assert decode_page(page, encoding, strict=True) == story


def test_a_page_in_english_is_not_in_the_cyrillic_that_it_says_it_is() -> None:
    story = "<p>The city’s mayor said that it’s raining, and that nobody’s house was flooded in the night."
    assert decode_page(story.encode("cp1252"), "koi8-r", strict=True) == story


#: Sentences of the languages whose letters UTF-8 writes in other bytes than those of the west.
GARBLED = (
    "Władze powiedziały w czwartek, że ulice są puste.",
    "Primăria a anunțat că străzile sunt închise și goale.",
    "Οι κάτοικοι είπαν ότι η βροχή σταμάτησε την Πέμπτη.",
    "התושבים אמרו שהגשם פסק ביום חמישי.",
    "Gyventojai sakė, kad lietus liovėsi ketvirtadienį.",
    "Stanovnici su rekli da je kiša prestala u četvrtak.",
    "ชาวบ้านกล่าวว่าฝนหยุดตกเมื่อวันพฤหัสบดี",
    "निवासियों ने कहा कि गुरुवार को बारिश रुक गई।",
    "Người dân nói rằng mưa đã tạnh hôm thứ Năm.",
)


@pytest.mark.parametrize("text", GARBLED)
def test_what_was_read_as_latin_letters_is_put_right_in_every_script(text: str) -> None:
    assert repair_mojibake(text.encode().decode("latin-1")) == text
    assert repair_mojibake(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Der Buchstabe „Ä“ fehlt, und „Å“ auch.",
        "Bokstäverna “Å”, “Ä” och “Ö” är svenska.",
        "PÅ – FÅ – GÅ, MALMÖ–LULEÅ–UMEÅ, «LÅ» og «FÅ»",
        "Ein Brett von 4×“ und 6×”, L’ÎLE, «Î» ou «Ï»",
        "Å® ist eine Marke, LULEÅ™ auch.",
    ],
)
def test_letters_and_signs_that_look_like_garbled_ones_stay(text: str) -> None:
    assert repair_mojibake(text) == text
