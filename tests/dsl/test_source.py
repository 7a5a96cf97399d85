"""Places in a text, with line ends of every kind."""

import pytest

from dsl.source import NOWHERE, Piece, Source, Span, cover


def test_lines_and_columns_count_from_one() -> None:
    # "ab\ncd\n": offsets a0 b1 \n2 c3 d4 \n5, and 6 is just past the end, on an empty third line.
    source = Source("deal", "ab\ncd\n")

    places = [source.line_column(offset) for offset in range(7)]

    assert places == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (3, 1)]


def test_every_kind_of_line_end_starts_one_new_line() -> None:
    # a0 \r1 \n2 b3 \r4 c5 \n6 d7: the pair \r\n is one ending, a lone \r or \n another.
    source = Source("deal", "a\r\nb\rc\nd")

    assert [source.line(number) for number in (1, 2, 3, 4)] == ["a", "b", "c", "d"]
    assert [source.line_column(offset) for offset in (0, 3, 5, 7)] == [
        (1, 1),
        (2, 1),
        (3, 1),
        (4, 1),
    ]


@pytest.mark.parametrize("number", [-1, 0, 3])
def test_a_line_that_does_not_exist_is_empty(number: int) -> None:
    assert Source("deal", "one\ntwo").line(number) == ""


def test_an_offset_outside_the_text_is_its_nearest_end() -> None:
    source = Source("deal", "ab\ncd")

    assert source.line_column(-5) == (1, 1)
    assert source.line_column(99) == (2, 3)


def test_the_empty_text_has_one_place() -> None:
    assert Source("deal", "").line_column(0) == (1, 1)
    assert Source("deal", "").line(1) == ""


def test_an_excerpt_is_on_one_line() -> None:
    source = Source("deal", "The Agent\r\n\t  must   pay.")

    assert source.excerpt(Span(4, 25)) == "Agent must pay."
    assert source.excerpt(NOWHERE) == ""


def test_cover_reaches_over_both_places() -> None:
    assert cover(Span(3, 5), Span(1, 4)) == Span(1, 5)
    assert cover(NOWHERE, Span(1, 4)) == Span(1, 4)
    assert cover(Span(1, 4), NOWHERE) == Span(1, 4)


def test_sources_are_equal_by_name_and_text() -> None:
    assert Source("deal", "a\nb") == Source("deal", "a\nb")
    assert Source("deal", "a\nb") != Source("deal", "a\nc")


def test_a_place_in_a_whole_is_looked_up_in_the_text_it_came_from() -> None:
    # "one " of the first text, "TWO " of the second, then the rest of the first.
    first, second = Source("first", "one use three"), Source("second", "# TWO ")
    whole = Source("first", "one TWO three", (Piece(0, 4, first, 0), Piece(4, 8, second, 2), Piece(8, 13, first, 8)))

    places = [whole.origin(Span(start, end)) for start, end in ((0, 3), (4, 7), (8, 13), (4, 13))]

    assert places == [(first, Span(0, 3)), (second, Span(2, 5)), (first, Span(8, 13)), (second, Span(2, 6))]
    assert [source.text[span.start : span.end] for source, span in places] == ["one", "TWO", "three", "TWO "]


def test_a_text_of_one_piece_is_its_own_origin() -> None:
    source = Source("deal", "one")

    assert source.origin(Span(0, 3)) == (source, Span(0, 3))
