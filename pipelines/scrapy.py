"""An item pipeline for Scrapy: items that carry a page get its article. Needs `wireclean[scrapy]`.

In the settings of a project:

    ITEM_PIPELINES = {"pipelines.scrapy.CleanPipeline": 300}
    WIRECLEAN_OPTIONS = {"mode": "careful"}     # what cleaners.Options takes; may be missing
"""

from __future__ import annotations

from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.http import HtmlResponse

from cleaners import Options
from pipelines.source import clean_source


class CleanPipeline:
    """Puts the article, as `Article.to_dict` has it, into each item's field `article`.

    An item has the page in `response` (an HtmlResponse, which is taken out of it) or in `html`, with its address in
    `url`. An item whose page fails is dropped with the reason, which Scrapy logs and counts; an item without a page
    goes on as it is.
    """

    def __init__(self, options: Options) -> None:
        self.options = options

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline with the options that the crawler's settings name; raises ValueError for wrong ones."""
        return cls(Options(**crawler.settings.getdict("WIRECLEAN_OPTIONS")))

    def process_item(self, item: Any) -> Any:
        """Return the item with its article. Raises DropItem."""
        fields = ItemAdapter(item)
        options, html, url = self.options, fields.get("html"), fields.get("url")
        if isinstance(response := fields.pop("response", None), HtmlResponse):
            html, url = response.body, response.url
            options = options._replace(charset=response.encoding)
        if html is None:
            return item
        article, error = clean_source(html, options, is_page=True, url=url)
        if article is None or error is not None:
            raise DropItem(f"{url or 'a page'}: {error}")
        fields["article"] = article.to_dict()
        return item
