"""The articles of a run are shared out: nobody takes what others may need, and nothing is left that somebody wants."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from scraper.shares import Shares


async def take_all(wants: dict[str, int], most: int | None, together: int = 3) -> dict[str, int]:
    """What each source gets that wants so many, when all are at work at once."""
    shares = Shares(wants, most)
    got = dict.fromkeys(wants, 0)

    async def work(name: str) -> None:
        while got[name] < wants[name]:
            granted = await shares.take(name, min(together, wants[name] - got[name]))
            if not granted:
                break
            got[name] += granted
            await asyncio.sleep(0)
        shares.leave(name)

    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        for name in wants:
            group.create_task(work(name))
    return got


WANTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), min_size=1)


@given(WANTS, st.integers(1, 60))
def test_all_is_given_out_and_no_more_and_nobody_starves(wants: dict[str, int], most: int) -> None:
    got = asyncio.run(take_all(wants, most))
    assert sum(got.values()) == min(most, sum(wants.values()))
    equal = most // len(wants)
    assert all(got[name] >= min(want, equal) for name, want in wants.items())


def test_without_a_limit_everybody_gets_all() -> None:
    assert asyncio.run(take_all({"a": 7, "b": 900}, None)) == {"a": 7, "b": 900}


def test_what_is_given_back_is_for_the_others() -> None:
    async def give_back() -> int:
        shares = Shares(["a", "b"], 4)
        assert await shares.take("a", 4) == 2
        waiting = asyncio.create_task(shares.take("b", 4))
        assert await waiting == 2
        shares.give_back("a", 2)
        shares.leave("a")
        return await shares.take("b", 4)

    assert asyncio.run(give_back()) == 2
