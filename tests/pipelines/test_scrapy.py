import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from cleaners import Article, clean_html
from tests.pipelines.pages import page

pytest.importorskip("scrapy")

SPIDER = """
import json, sys
import scrapy
from scrapy.crawler import CrawlerProcess

class News(scrapy.Spider):
    name = "news"
    start_urls = [sys.argv[1]]

    def parse(self, response):
        for link in response.css("a::attr(href)"):
            yield response.follow(link, self.story)

    def story(self, response):
        yield {"response": response, "seen": response.url}

if __name__ == "__main__":
    process = CrawlerProcess({
        "ITEM_PIPELINES": {"pipelines.scrapy.CleanPipeline": 300},
        "WIRECLEAN_OPTIONS": {"keep": ["ad"]},
        "FEEDS": {sys.argv[2]: {"format": "jsonlines"}},
        "TELNETCONSOLE_ENABLED": False,
    })
    process.crawl(News)
    process.start()
"""


class Site(BaseHTTPRequestHandler):
    """A front page that links three stories, and a page without one."""

    def do_GET(self) -> None:
        number = self.path.strip("/")
        if number == "":
            body = "".join(f"<a href=/{i}>{i}</a>" for i in (1, 2, 3, "empty"))
        else:
            body = page(int(number)) if number.isdigit() else "<p></p>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


def test_a_crawl_puts_the_article_into_each_item_and_drops_what_has_none(tmp_path: Path) -> None:
    import json

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    start = f"http://127.0.0.1:{server.server_port}/"
    (tmp_path / "spider.py").write_text(SPIDER)
    done = subprocess.run(
        [sys.executable, tmp_path / "spider.py", start, tmp_path / "items.jsonl"],
        env={"PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=False,
    )
    server.shutdown()
    items = [json.loads(line) for line in (tmp_path / "items.jsonl").open()]
    made = {item["seen"]: Article.from_dict(item["article"]) for item in items}
    assert made == {f"{start}{i}": clean_html(page(i), url=f"{start}{i}", keep=["ad"]) for i in (1, 2, 3)}
    assert all("response" not in item for item in items)
    assert "no-article: no article in it" in done.stderr
