import pytest

from cleaners import clean_html
from tests.pipelines.pages import page

pytest.importorskip("datatrove")


def test_documents_become_their_articles_and_those_without_are_dropped() -> None:
    from datatrove.data import Document

    from pipelines.datatrove import Wireclean

    documents = [Document(text=page(1), id="1"), Document(text="<p></p>", id="2")]
    step = Wireclean(timeout=30)
    made = list(step.run(iter(documents)))
    assert [(document.id, document.text) for document in made] == [("1", clean_html(page(1)).text)]
