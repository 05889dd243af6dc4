"""The review page, read as a parser reads it; tests/browser looks at it as a person does."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import html

from cleaners import Article, Photo, clean_html, cli, explain_html, explain_text, report
from cleaners.article import Paragraph
from cleaners.report.lines import Line, count_cuts, list_lines, photos_without_lines

ROOT = Path(__file__).parents[3]
STORY = (
    "Rain in Kyiv © AFP – Olena BIRD\nIt rained in Kyiv on Thursday, residents said.\n"
    "200% Deposit Bonus up to €3,000\n180% Deposit Bonus up to €5,000\nThe streets were empty, they added.\n"
)
PAGE = """<html lang=en><nav><a href=/>Home</a> <a href=/world>World</a></nav><h1>Floods cut off villages</h1>
<p class=byline>By Marta Lindqvist<figure><img src=https://example.org/boat.jpg width=1200>
<figcaption>Soldiers carry bread. Olena Bird/AFP</figcaption></figure>
<p>Floods cut off a dozen villages on Thursday, officials said.<div class=ad-slot>Advertisement</div>
<p>The river rose by four metres in a night, the weather service said.
<p>More rain is expected on Friday, and two dams are already full.
<footer>© 2024 Example Press. All rights reserved.</footer>"""


@pytest.fixture
def written(tmp_path: Path) -> html.HtmlElement:
    path = tmp_path / "report.html"
    report.write([explain_text(STORY), explain_html(PAGE), clean_html(PAGE)], path)
    return html.fromstring(path.read_text("utf-8"))


def own_text(line: html.HtmlElement) -> str:
    """The text of a line without its label and its photo's card."""
    return "".join(line.xpath("text() | del/text()")).strip()


def test_each_line_is_there_as_it_was_given_and_in_its_order(written: html.HtmlElement) -> None:
    lines = written.xpath("//section[1]//ol/li")
    assert [own_text(line) for line in lines] == STORY.splitlines()
    assert [line.get("class") for line in lines] == ["photo", None, "cut", None, None]
    assert [len(line.xpath("del")) for line in lines] == [0, 0, 1, 1, 0]


def test_a_line_says_its_label_its_rule_and_how_sure_it_is(written: html.HtmlElement) -> None:
    cut = written.xpath("//section[1]//li[del]")[0]
    assert cut.findtext("b") == "ad"
    assert re.fullmatch(r"ads\.[\w-]+, \d+ %", cut.get("title"))


def test_a_caption_has_its_photo_beside_it(written: html.HtmlElement) -> None:
    told = written.xpath("//section[1]//li[@class='photo']/div[@role='note']//dd")
    assert [dd.text_content() for dd in told] == ["Rain in Kyiv", "AFP – Olena BIRD", "Olena Bird", "AFP"]


def test_what_is_known_stands_at_the_top_and_what_was_cut_is_counted(written: html.HtmlElement) -> None:
    page = written.xpath("//section[2]")[0]
    facts = {
        div.findtext("dt"): div.find("dd").text_content() for div in page.xpath("dl[@class='facts']/div")
    }
    assert page.findtext("h2/bdi") == "Floods cut off villages"
    assert facts["Byline"] == "Marta Lindqvist"
    assert facts["Rights"] == "© 2024 Example Press. All rights reserved."
    assert re.search(r"lines, 2 cut: ", page.findtext("p[@class='sum']"))


def test_an_article_alone_is_shown_without_the_reasons_that_it_has_not_kept(
    written: html.HtmlElement,
) -> None:
    told, alone = written.xpath("//section[2] | //section[3]")
    numbers = [[own_text(line) for line in section.xpath(".//ol/li")] for section in (told, alone)]
    assert numbers[0] == numbers[1]
    assert [line.get("title") for line in alone.xpath(".//li[del]")] == ["markup.nav-element", "markup.ad"]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "fixtures").glob("*/input.html")), ids=lambda path: path.parent.name
)
def test_a_page_without_its_reasons_has_its_lines_in_the_same_order(path: Path) -> None:
    article, reasons = explain_html(path.read_bytes())
    with_reasons, without = list_lines(article, reasons), list_lines(article)
    cut = [(line.number, line.text) for line in with_reasons if line.kind == "cut"]
    assert cut == [(line.number, line.text) for line in without if line.kind == "cut"]


def test_photos_of_which_no_line_speaks_come_at_the_end() -> None:
    article = Article(body=(Paragraph("It rained."),), photos=(Photo(url="https://example.org/rain.jpg"),))
    assert photos_without_lines(article, list_lines(article)) == list(article.photos)
    assert "https://example.org/rain.jpg" in report.render_article(article)


def test_cuts_are_counted_by_label_the_most_frequent_first() -> None:
    told = [("cut", "ad"), ("kept", "body"), ("cut", "tags"), ("cut", "tags")]
    lines = [Line(number, "", kind, label) for number, (kind, label) in enumerate(told)]
    assert count_cuts(lines) == [("tags", 2), ("ad", 1)]


def test_the_page_lets_run_its_own_script_and_style_alone(tmp_path: Path) -> None:
    report.write([], tmp_path / "report.html")
    text = (tmp_path / "report.html").read_text("utf-8")
    policy = html.fromstring(text).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    for tag in ("style", "script"):
        inner = text.split(f"<{tag}>")[1].split(f"</{tag}>")[0]
        assert f"{tag}-src 'sha256-{b64encode(sha256(inner.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "http" not in re.sub(r'http-equiv|"https?://"', "", text)


def test_everything_of_an_input_is_escaped_and_what_turns_a_line_is_spelled_out() -> None:
    hostile = "</script><script>alert(1)</script>\"' onload=x \u202efdp\u2066"
    article = Article(
        title=hostile,
        authors=(hostile,),
        url=f"javascript:{hostile}",
        body=(Paragraph(hostile),),
        language='en"><script>',
        photos=(Photo(hostile, hostile, hostile, hostile, url=hostile, printed=(hostile,)),),
    )
    text = report.render_article(article, (), hostile)
    assert "<script" not in text
    assert "⟨U+202E⟩fdp⟨U+2066⟩" in text
    assert not set(text) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
    assert {name for element in html.fromstring(text).iter() for name in element.attrib} <= set(
        "class tabindex lang dir aria-label role value title".split()
    )


def test_one_command_makes_a_report_of_many_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "page.html").write_text(PAGE)
    target = tmp_path / "report"
    assert cli.main(["--report", str(target), str(tmp_path / "story.txt"), str(tmp_path / "page.html")]) == 0
    tree = html.fromstring(target.read_text("utf-8"))
    assert len(tree.xpath("//section")) == 2
    assert str(tmp_path / "story.txt") in [bdi.text for bdi in tree.xpath("//h2/bdi")]
    assert target.read_text("utf-8").endswith("</html>\n")
    assert capsys.readouterr().out == ""


def test_a_report_is_asked_for_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--report", "report.html", "--photos", "page.html"]) == 2
    assert "--report FILE is a format, a place and a view" in capsys.readouterr().err
