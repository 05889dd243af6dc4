"""The words in the names that publishers give their elements."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_LONGEST: Final = 1_000  # characters of one attribute that are looked at
_MOST: Final = 40


def split_names(names: str) -> list[str]:
    """Return the words of a class or id attribute in lower case, split at capitals and at anything but letters.

    >>> split_names("articleBody c-post__meta-2")
    ['article', 'body', 'c', 'post', 'meta', '2']
    """
    return [word.lower() for word in _WORD.findall(names[:_LONGEST])[:_MOST]]
