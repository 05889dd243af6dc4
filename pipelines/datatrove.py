"""An extractor for datatrove: documents whose text is a page become their articles. Needs `wireclean[datatrove]`."""

from __future__ import annotations

from datatrove.pipeline.extractors.base import BaseExtractor

from cleaners import Options
from pipelines.source import clean_source


class Wireclean(BaseExtractor):  # type: ignore[misc]  # datatrove has no types
    """Makes each document's text the article's body; one that fails, or has none, is dropped, and counted as such.

    `timeout` are the seconds that a document may take: datatrove runs the extractor in a process of its own, and ends
    one that hangs. `options` are what `cleaners.clean_html` takes.
    """

    name = "🗞 wireclean"

    def __init__(self, timeout: float = 10, options: Options | None = None) -> None:
        super().__init__(timeout)
        self.options = options or Options()

    def extract(self, text: str) -> str:
        """Return the text of the article in a page, "" for a page that fails or has none.

        Nothing is raised: to datatrove that is a process that died, which it waits for.
        """
        article, error = clean_source(text, self.options, is_page=True)
        return article.text if article is not None and error is None else ""
