import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaners.scorer.neighbours import distances, shifted, summed

numbers = st.lists(st.integers(-9, 9), max_size=12)


@given(numbers, st.lists(st.integers(-5, 5).filter(bool), min_size=1, max_size=4))
def test_shifted_rows_are_what_stands_so_many_lines_away(values: list[int], shifts: list[int]) -> None:
    rows = shifted(np.array(values, np.float32)[None], shifts, fill=-7)
    for row, shift in zip(rows.tolist(), shifts, strict=True):
        assert row == [values[i + shift] if 0 <= i + shift < len(values) else -7 for i in range(len(values))]


@given(numbers, st.integers(-20, 20), st.integers(0, 20))
def test_sums_are_of_the_lines_in_the_window(values: list[int], low: int, width: int) -> None:
    [row] = summed(np.array(values, np.float32)[None], [(low, low + width)]).tolist()
    assert row == [sum(values[max(i + low, 0) : max(i + low + width, 0)]) for i in range(len(values))]


@given(st.lists(st.booleans(), max_size=12))
def test_distances_are_to_the_nearest_marked_line_on_each_side(mark: list[bool]) -> None:
    back, ahead = distances(np.array([mark], np.bool_)).tolist()
    for i in range(len(mark)):
        assert back[i] == next((i - k for k in range(i, -1, -1) if mark[k]), 99)
        assert ahead[i] == next((k - i for k in range(i, len(mark)) if mark[k]), 99)
