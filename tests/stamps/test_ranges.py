"""Ranges painted over each other, and two divisions laid on each other."""

from hypothesis import given
from hypothesis import strategies as st

from stamps.life.ranges import crossed, joined, painted

STROKES = st.lists(st.tuples(st.integers(-3, 33), st.integers(1, 12), st.integers(0, 5)), max_size=25)


@given(STROKES)
def test_the_last_stroke_over_a_number_gives_its_value(drawn: list[tuple[int, int, int]]) -> None:
    strokes = [(start, start + length, value) for start, length, value in drawn]
    by_number = {number: -1 for number in range(30)}
    for start, end, value in strokes:
        by_number.update({number: value for number in range(start, end) if number in by_number})

    found = painted(0, 30, strokes, -1)

    assert {number: value for start, end, value in found for number in range(start, end)} == by_number
    assert found == joined(found)
    assert (found[0][0], found[-1][1]) == (0, 30)


@given(STROKES, STROKES)
def test_two_divisions_are_crossed_number_by_number(
    drawn: list[tuple[int, int, int]], others: list[tuple[int, int, int]]
) -> None:
    first, second = (
        painted(0, 30, [(start, start + length, value) for start, length, value in rows], -1)
        for rows in (drawn, others)
    )

    pairs = {number: (a, b) for start, end, a, b in crossed(first, second) for number in range(start, end)}

    value_of = [{n: value for start, end, value in rows for n in range(start, end)} for rows in (first, second)]
    assert pairs == {number: (value_of[0][number], value_of[1][number]) for number in range(30)}


def test_twenty_thousand_strokes_are_painted_at_once() -> None:
    strokes = [(number, number + 3, number) for number in range(0, 60_000, 3)]

    assert len(painted(0, 60_000, strokes, -1)) == 20_000
