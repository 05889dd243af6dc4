"""robots.txt, per RFC 9309: read with Protego, remembered for a day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RobotsRecord:
    """One site's robots.txt as it was read; what a store keeps so that the next run need not ask again.

    `origin` is `https://example.org`, `status` the answer's status, `fetched` seconds since the epoch.
    """

    origin: str
    status: int
    text: str
    fetched: float
