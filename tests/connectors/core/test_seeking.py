"""One row of a long list by its number, in a few calls, whatever is missing in between."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.core.seeking import Part, Unsorted, seek


class Listed:
    """A list in pages, which counts what it is asked.

    :param by_page: places count by whole pages, as where pages are numbered
    """

    def __init__(self, numbers, *, size=10, by_page=False, total=False):
        self.numbers, self.size = numbers, size
        self.by_page, self.total = by_page, total
        self.calls = 0

    def read(self, place):
        self.calls += 1
        start = place // self.size * self.size if self.by_page else place
        part = self.numbers[start : start + self.size]
        total = len(self.numbers) if self.total else None
        return Part(
            start, len(part), [(number, f"#{number}") for number in part], total
        )


@given(
    st.sets(st.integers(1, 300)),
    st.integers(0, 310),
    st.integers(1, 12),
    st.booleans(),
    st.booleans(),
)
def test_a_row_is_found_exactly_where_there_is_one(
    numbers, wanted, size, by_page, total
):
    listed = Listed(sorted(numbers), size=size, by_page=by_page, total=total)
    found = seek(listed.read, wanted)
    assert found == (f"#{wanted}" if wanted in numbers else None)
    assert listed.calls <= 25


@pytest.mark.parametrize("by_page", [False, True])
def test_a_hundred_thousand_rows_cost_a_few_calls(by_page):
    dense = list(range(1000, 101_000))
    listed = Listed(dense, size=100, by_page=by_page, total=True)
    assert seek(listed.read, 77_777) == "#77777"
    assert listed.calls == 2
    gaps = [number for number in range(1, 400_000, 3) if number % 1000 < 700]
    listed = Listed(gaps, size=100, by_page=by_page)
    assert seek(listed.read, gaps[54_321]) == f"#{gaps[54_321]}"
    assert listed.calls < 30
    absent = Listed(gaps, size=100, by_page=by_page, total=True)
    assert seek(absent.read, 200_900) is None
    assert absent.calls < 12


def test_a_row_that_moves_up_while_we_look_is_not_taken_for_gone():
    listed = Listed(list(range(0, 200, 2)), by_page=True)
    honest = listed.read

    def read(place):
        part = honest(place)
        if part.start == 90 and listed.numbers[0] == 0:
            # Deleted behind our back: all the others stand one place before.
            del listed.numbers[:5]
        return part

    assert seek(read, 188) == "#188"
    assert seek(read, 180) == "#180"


def test_a_list_without_order_is_not_believed():
    with pytest.raises(Unsorted):
        seek(Listed([5, 3, 9, 1]).read, 3)
    with pytest.raises(Unsorted):
        seek(lambda place: Part(place, 3, []), 3)
    # A server that answers the same whatever is asked.
    with pytest.raises(Unsorted):
        seek(lambda place: Part(place, 2, [(1, "a"), (2, "b")]), 3)
    # Each part in order, and the parts not.
    with pytest.raises(Unsorted):
        seek(Listed([1, 9, 3, 4], size=2).read, 20)
