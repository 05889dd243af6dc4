"""What training found for texts and for pages: word tables and two forests each, kept beside this module.

`weights/text.npz` and `weights/page.npz` are made by `python -m training`; a manifest beside each, `text.json` and
`page.json`, says from what, and how well they do on sites that were kept from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaners.scorer.forest import Forest, unpack
from cleaners.scorer.lines import WordTables
from cleaners.scorer.shape import Floats

Kind = Literal["text", "page"]
FOLDER: Final = Path(__file__).with_name("weights")


class Weights(NamedTuple):
    """The word tables, the forests of the two passes, and where chances stand among what proved right.

    `told` and `proved` are points of a rising line: of lines with a chance of `told`, the share `proved` was the
    article's, on sites that the scorer had not seen.
    """

    tables: WordTables
    first: Forest
    second: Forest
    told: Floats
    proved: Floats


@cache
def load_weights(kind: Kind) -> Weights:
    """Load the weights for texts or for pages."""
    with np.load(FOLDER / f"{kind}.npz") as file:
        return unpack_weights(dict(file))


def unpack_weights(arrays: Mapping[str, NDArray[Any]]) -> Weights:
    """Make weights of the arrays that `training.packing` gave."""
    tables = WordTables(*(arrays[name] for name in WordTables.__slots__))
    forests = unpack(arrays, "first_"), unpack(arrays, "second_")
    return Weights(tables, *forests, arrays["told"], arrays["proved"])
