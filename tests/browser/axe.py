"""axe-core, which finds what keeps people from using a page."""

from __future__ import annotations

from typing import Any

#: The rules of WCAG 2.2, level AA, and what axe holds for good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Any) -> list[str]:
    """Return what axe-core finds in a page, a line for each."""
    from axe_playwright_python.sync_playwright import Axe  # with which axe-core comes

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [
        f"{one['id']}: {one['help']}: {node['html'][:200]}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]
