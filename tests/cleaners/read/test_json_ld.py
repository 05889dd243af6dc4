import pytest

from cleaners.read.json_ld import Graph, parse_json_ld


@pytest.mark.parametrize(
    ("script", "value"),
    [
        ('{"headline": "Storm"}', {"headline": "Storm"}),
        ('\n//<![CDATA[\n{"headline": "Storm"}\n//]]>\n', {"headline": "Storm"}),
        ('<!-- {"headline": "Storm"} -->', {"headline": "Storm"}),
        ('{"headline": "Storm",}', {"headline": "Storm"}),
        ('{"headline": "Two\nlines"}', {"headline": "Two\nlines"}),
        ('{"headline": "He said "no" twice", "n": 1}', {"headline": 'He said "no" twice', "n": 1}),
        ("{&quot;headline&quot;: &quot;Storm&quot;}", {"headline": "Storm"}),
        ('{"headline": "It\\\'s late"}', {"headline": "It's late"}),
        ('{"headline": "Storm"};', {"headline": "Storm"}),
        ('{"headline": "Storm"}{"headline": "Next"}', {"headline": "Storm"}),
        ('[{"a": "b"}\n{"c": "d"}]', [{"a": "b"}, {"c": "d"}]),
    ],
)
def test_broken_json_is_mended(script: str, value: object) -> None:
    assert parse_json_ld(script) == value


@pytest.mark.parametrize("script", ["", "   ", "window.x = 1", "undefined", "null;"])
def test_what_is_not_json_gives_nothing(script: str) -> None:
    assert parse_json_ld(script) is None


@pytest.mark.parametrize(
    "hostile", ["[" * 100_000, '{"a":' * 50_000, '"' * 500_000, "{" + "\\" * 300_000, "{" + " " * 900_000]
)
def test_hostile_scripts_end_quickly_and_quietly(hostile: str) -> None:
    parse_json_ld(hostile)
    Graph([hostile, '{"@type": "NewsArticle", "headline": "Storm"}'])


def test_the_article_is_found_in_a_graph_before_the_page_that_holds_it() -> None:
    graph = Graph(
        [
            '{"@graph": [{"@type": "WebPage", "name": "Example"}, {"@type": ["NewsArticle"], "headline": "Storm",'
            ' "author": {"@id": "#jane"}}, {"@type": "Person", "@id": "#jane", "name": "Jane Doe"}]}'
        ]
    )
    article = graph.article()
    assert article is not None
    assert article["headline"] == "Storm"
    assert list(graph.texts(article["author"])) == ["Jane Doe"]


def test_of_two_articles_the_one_with_the_pages_address_is_taken() -> None:
    graph = Graph(
        [
            '[{"@type": "NewsArticle", "headline": "Other", "url": "https://example.org/other"},'
            ' {"@type": "NewsArticle", "headline": "This", "url": "https://example.org/this"}]'
        ]
    )
    article = graph.article("https://example.org/this")
    assert article is not None
    assert article["headline"] == "This"


def test_related_articles_in_lists_are_not_the_pages_article() -> None:
    graph = Graph(
        ['{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Other"}]}']
    )
    assert graph.article() is None


def test_references_in_a_circle_end() -> None:
    graph = Graph(['[{"@id": "#a", "author": {"@id": "#b"}}, {"@id": "#b", "author": {"@id": "#a"}}]'])
    assert len(list(graph.items({"@id": "#a"}))) == 1


def test_entities_and_tags_are_read_as_text() -> None:
    graph = Graph([])
    assert graph.text("Storm &amp;amp; <b>flood</b>") == "Storm & flood"
    assert graph.text({"@value": ["Storm"]}) == "Storm"
    assert graph.text(None) is None
