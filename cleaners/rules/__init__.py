"""The sure rules: each looks at one block in its place and either says what it is and why, or stays silent.

A rule is a function `(blocks, i) -> Verdict | None` that judges `blocks[i]`; it may look at neighbours, never
changes them, and is silent when in doubt. The first rule that speaks wins; what no rule claims, the scorer weighs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cleaners.blocks import Block, Verdict

Rule = Callable[[Sequence[Block], int], Verdict | None]
