"""Patterns of tags that no list of phrases can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaners.rules import Rule

RULES: tuple[Rule, ...] = ()
