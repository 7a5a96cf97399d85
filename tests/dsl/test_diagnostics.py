"""The text of a diagnostic, character for character, and the help with spelling."""

from textwrap import dedent

import pytest

from dsl.diagnostics import Diagnostic, Severity, did_you_mean, nearest, render, render_all
from dsl.load import load
from dsl.source import NOWHERE, Source, Span


def place_of(words: str, text: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def shown(text: str, span: Span, label: str = "") -> list[str]:
    """The line of the agreement and the carets below it."""
    rendered = render(Diagnostic("Title", span, label), Source("deal.clause", text))
    return rendered.split("\n")[3:]


def test_the_example_of_the_style_sheet() -> None:
    text = "\n\n\n\n\n\n  release to sellr\n"
    diagnostic = Diagnostic(
        "Unknown party",
        place_of("sellr", text),
        "no party has this name",
        "The parties to this agreement are buyer and seller.",
        did_you_mean("sellr", ["buyer", "seller"]),
    )

    rendered = render(diagnostic, Source("agreements/bicycle_sale.clause", text))

    assert rendered == dedent("""\
        error: Unknown party
          ┌─ agreements/bicycle_sale.clause:7:14
          │
        7 │   release to sellr
          │              ^^^^^ no party has this name

        The parties to this agreement are buyer and seller.
        Hint: did you mean `seller`?""")


def test_a_hint_of_other_words_is_left_as_it_is() -> None:
    diagnostic = Diagnostic("Title", NOWHERE, hint="Add `by DATE`.", severity=Severity.OPEN)

    rendered = render(diagnostic, Source("deal.clause", ""))

    assert rendered == "open: Title\n  ┌─ deal.clause\n\nHint: Add `by DATE`."


def test_the_gutter_is_as_wide_as_the_line_number() -> None:
    text = "\n" * 11 + "pay now"
    diagnostic = Diagnostic("Title", place_of("now", text), severity=Severity.WARNING)

    assert render(diagnostic, Source("deal.clause", text)) == dedent("""\
        warning: Title
           ┌─ deal.clause:12:5
           │
        12 │ pay now
           │     ^^^""")


def test_tabs_reach_to_the_next_multiple_of_four() -> None:
    # "ab" fills columns 0 and 1, so the tab fills 2 and 3; a tab at column 4 fills four more.
    text = "ab\t\tpay"

    assert shown(text, place_of("pay", text)) == ["1 │ ab      pay", "  │         ^^^"]
    assert shown(text, Span(2, 4)) == ["1 │ ab      pay", "  │   ^^^^^^"]


def test_wide_characters_take_two_columns() -> None:
    # The four ideographs before the misspelt word fill eight columns, and the space a ninth.
    text = "甲方乙方 支付"

    assert shown(text, place_of("支付", text)) == [f"1 │ {text}", f"  │ {' ' * 9}^^^^"]


def test_combining_marks_take_no_column() -> None:
    # "e" with a combining acute accent is two characters on one column.
    text = "re\u0301sume\u0301 now"

    assert shown(text, place_of("now", text))[1] == f"  │ {' ' * 7}^^^"
    assert shown(text, Span(2, 3))[1] == "  │  ^"


def test_a_character_that_could_disturb_the_screen_is_replaced() -> None:
    # U+202E turns the reading order round; U+001B begins a command to the terminal.
    assert shown("a\u202eb\u001bc", Span(4, 5)) == ["1 │ a�b�c", "  │     ^"]


def test_a_place_over_several_lines_is_shown_on_its_first() -> None:
    text = "pay the\r\nSeller now"

    assert shown(text, place_of("the\r\nSeller", text)) == ["1 │ pay the", "  │     ^^^"]


def test_an_empty_place_has_one_caret() -> None:
    assert shown("pay now", Span(4, 4), "a party") == ["1 │ pay now", "  │     ^ a party"]


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n  \n"])
def test_the_end_of_the_file_is_shown_after_its_last_words(end: str) -> None:
    text = "pay now" + end

    rendered = shown(text, Span(len(text), len(text)), "a full stop")

    assert rendered == ["1 │ pay now", f"  │ {' ' * 7}^ a full stop"]


def test_the_end_of_an_empty_file() -> None:
    assert shown("", Span(0, 0)) == ["1 │", "  │ ^"]


def test_a_place_beyond_the_text_is_its_end() -> None:
    assert shown("pay", Span(90, 99)) == ["1 │ pay", "  │    ^"]


def test_a_line_end_itself_is_shown_after_the_words() -> None:
    assert shown("pay\nnow", Span(3, 4)) == ["1 │ pay", "  │    ^"]


def test_a_label_stays_on_its_line() -> None:
    assert shown("pay", Span(0, 3), "no\nsuch  word")[1] == "  │ ^^^ no such word"


def test_all_diagnostics_come_in_the_order_of_their_places() -> None:
    source = Source("deal.clause", "one two")
    later, sooner = Diagnostic("Later", Span(4, 7)), Diagnostic("Sooner", Span(0, 3))
    unplaced = Diagnostic("Unplaced", NOWHERE)

    rendered = render_all([later, sooner, unplaced], source)

    assert rendered == "\n\n".join(render(each, source) for each in (unplaced, sooner, later))
    assert render_all([], source) == ""


@pytest.mark.parametrize(
    ("word", "candidates", "meant"),
    [
        ("sellr", ["buyer", "seller"], "seller"),  # one letter dropped
        ("buyre", ["buyer", "payer"], "buyer"),  # two neighbours swapped: one step
        ("yb", ["by", "to"], "by"),  # swapped in a short word
        ("SELLER", ["Seller"], "Seller"),  # capital letters only
        ("Escrow Agnt", ["Escrow Agent", "Escrow Fund"], "Escrow Agent"),
        ("cat", ["hat", "car"], "car"),  # equally close: the same first letter wins
        ("cat", ["car", "hat"], "car"),  # in either order
        ("to", ["by", "on"], None),  # two of two letters differ
        ("a", ["b"], None),  # no letter is right
        ("seller", ["purchaser"], None),
        ("seller", ["seller"], None),  # it is spelt right
        ("seller", [], None),
        ("", ["a"], None),
        ("x" * 100, ["x" * 101], None),
    ],
)
def test_nearest_spelling(word: str, candidates: list[str], meant: str | None) -> None:
    assert nearest(word, candidates) == meant


def test_did_you_mean_is_silent_when_nothing_is_near() -> None:
    assert did_you_mean("sellr", ["seller"]) == "Did you mean `seller`?"
    assert did_you_mean("sellr", ["escrow"]) == ""


def test_of_a_line_that_nobody_could_read_only_the_surroundings_of_the_place_are_shown() -> None:
    text = "a" * 1000 + " sellr " + "b" * 1000
    beginning, end = Span(0, 2), Span(len(text) - 2, len(text))

    line, carets = shown(text, place_of("sellr", text), "here")

    assert len(line) < 300
    assert line.startswith("1 │ …aaa")
    assert line.endswith("bbb…")
    assert carets.index("^") == line.index("sellr")
    assert carets.endswith("^^^^^ here")
    assert [each.index("^") for each in shown(text, beginning)[1:]] == [4]
    assert shown(text, end)[0].startswith("1 │ …bbb")
    assert not shown(text, end)[0].endswith("…")
    assert len(shown(text, Span(0, len(text)))[1]) < 300


@pytest.mark.parametrize(
    ("name", "proposed"),
    [("\U0001f600", "Price"), ("Smile \U0001f600", "Smile"), ("unit price!", "Unit Price"), ("9", "Price")],
)
def test_a_name_is_proposed_that_a_sentence_can_write(name: str, proposed: str) -> None:
    told = load(f'Agreement "X". Clause 1: "{name}" means a party.').diagnostics[0]

    assert told.title == "A name that no sentence can write"
    assert told.hint == f'Write `"{proposed}" means ...`.'
