import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from cleaners.scorer.forest import Forest, probability, unpack
from training.packing import pack


def grown(trees: int = 3, depth: int = 4, features: int = 5, seed: int = 1) -> Forest:
    """A forest as good as any."""
    random = np.random.default_rng(seed)
    return Forest(
        random.integers(0, features, (depth, trees)),
        random.normal(size=(depth, trees)).astype(np.float32),
        random.normal(size=(trees, 2**depth)).astype(np.float16).astype(np.float32),
        0.5,
    )


def by_hand(forest: Forest, row: NDArray[np.float32]) -> float:
    """What a forest says of one case, question by question."""
    total = forest.bias
    for tree in range(forest.leaves.shape[0]):
        leaf = 0
        for depth in range(len(forest.features)):
            leaf += int(row[forest.features[depth, tree]] > forest.borders[depth, tree]) << depth
        total += float(forest.leaves[tree, leaf])
    return total


@given(st.integers(0, 1_000), st.integers(1, 6), st.integers(1, 5))
def test_many_cases_at_once_are_judged_as_one_by_one(seed: int, depth: int, cases: int) -> None:
    forest = grown(depth=depth, seed=seed)
    rows = np.random.default_rng(seed + 1).normal(size=(5, cases)).astype(np.float32)
    assert forest.margin(rows) == pytest.approx([by_hand(forest, rows[:, n]) for n in range(cases)], abs=1e-4)


@pytest.mark.parametrize("count", [0, 1, 511, 512, 513, 2_000])
def test_the_number_of_cases_makes_no_difference(count: int) -> None:
    forest = grown()
    rows = np.random.default_rng(3).normal(size=(5, 2_000)).astype(np.float32)
    assert forest.margin(rows[:, :count]).tolist() == forest.margin(rows)[:count].tolist()


def test_a_forest_survives_being_packed() -> None:
    forest = grown()
    again = unpack(pack(forest, "a_"), "a_")
    rows = np.random.default_rng(4).normal(size=(5, 50)).astype(np.float32)
    assert again.margin(rows).tolist() == forest.margin(rows).tolist()


def test_a_forest_without_trees_says_its_bias() -> None:
    empty = Forest(np.zeros((1, 0), np.intp), np.zeros((1, 0), np.float32), np.zeros((0, 2), np.float32), 1.5)
    assert empty.margin(np.zeros((5, 2), np.float32)).tolist() == [1.5, 1.5]


def test_probabilities_stay_between_none_and_one() -> None:
    told = probability(np.array([-1e9, -2, 0, 2, 1e9], np.float32))
    assert told.tolist() == sorted(told.tolist())
    assert (told >= 0).all()
    assert (told <= 1).all()
    assert told[1] + told[3] == pytest.approx(1)
