import pytest

from cleaners import NotText
from cleaners.blocks import Markup
from cleaners.options import Options
from cleaners.read.html import read_html
from tests.cleaners import written

LD = '<script type="application/ld+json">'


def texts(html: str | bytes) -> list[str]:
    return [block.text for block in read_html(html).blocks]


def markups(html: str) -> list[Markup]:
    return [block.markup for block in read_html(html).blocks if block.markup]


def test_markup_says_heading_level_share_of_links_and_container() -> None:
    crosshead, menu, paragraph, more = markups(
        "<h3>Sun</h3><p><a>Home </a>Rain</p><div>It rained.<br>It did."
    )
    assert [markup.level for markup in (crosshead, menu)] == [3, None]
    assert [markup.link_share for markup in (crosshead, menu)] == [0, 5 / 9]
    assert paragraph.container == more.container != menu.container


def test_the_site_s_history_is_kept_for_who_judges() -> None:
    assert read_html("<p>It rained.", Options(repeated={"get the app": 7})).repeated == {"get the app": 7}


def test_blocks_are_numbered_from_one_in_reading_order() -> None:
    blocks = read_html("<h1>Rain</h1><p>It rained.</p><p>Nobody was hurt.</p>").blocks
    assert [(block.line, block.text) for block in blocks] == [
        (1, "Rain"),
        (2, "It rained."),
        (3, "Nobody was hurt."),
    ]


def test_the_page_says_its_language_and_address() -> None:
    document = read_html('<html lang="pt-BR"><link rel=canonical href="https://example.org/chuva"><p>Choveu.')
    assert document.language == "pt-BR"
    assert document.url == "https://example.org/chuva"


def test_the_address_that_is_given_stays_where_the_page_says_none() -> None:
    assert (
        read_html("<p>It rained.", Options(url="https://example.org/rain")).url == "https://example.org/rain"
    )


def test_bytes_and_text_are_read_alike() -> None:
    html = written.wordpress()
    assert texts(html) == texts(html.encode()) == texts(html.encode("utf-16"))


def test_nul_characters_vanish() -> None:
    assert texts("<p>It ra\0ined.") == ["It rained."]


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n\0\0"])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        read_html(data)


def test_the_body_in_json_ld_is_read_where_the_page_prints_none() -> None:
    told = LD + '{"@type":"NewsArticle","articleBody":"It rained.\\nNobody was hurt."}</script>'
    assert texts(f"<body>{told}<div id=root></div>") == ["It rained.", "Nobody was hurt."]


def test_markup_in_the_body_that_json_ld_gives_is_not_taken_for_markup_of_the_page() -> None:
    told = LD + '{"@type":"NewsArticle","articleBody":"It rained, 3 < 4 & so on."}</script>'
    assert texts(f"<body>{told}") == ["It rained, 3 < 4 & so on."]


def test_what_the_page_prints_comes_before_what_it_carries() -> None:
    told = LD + '{"@type":"NewsArticle","articleBody":"Another text."}</script>'
    assert texts(f"<body>{told}{written.paragraphs()}") == list(written.STORY)


def test_a_short_page_keeps_its_own_words_if_its_scripts_have_fewer() -> None:
    assert texts('<p>It rained in Kyiv on Thursday.</p><script>{"a": "Rain."}</script>') == [
        "It rained in Kyiv on Thursday."
    ]
