"""Exact amounts: reading, writing, sums, fractions and divisions."""

from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl.money import (
    EXPONENTS,
    Quantity,
    Rounding,
    UnitMismatch,
    allocate,
    is_currency,
    parse_amount,
    parse_money,
)

LEFTOVERS: tuple[Literal["earliest"], Literal["largest"]] = ("earliest", "largest")


_BELOW_NOTHING = (
    "is below nothing, and an amount is written without a sign. Say in the name what it is (`Loss`, `Refund`), "
    "or state what it is worked out from:"
)


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("USD 12,000,000.00", 1_200_000_000, "USD"),  # twelve million dollars in cents
        ("USD 12000000", 1_200_000_000, "USD"),  # commas and decimals may be absent
        ("USD 0.05", 5, "USD"),
        ("USD 0", 0, "USD"),
        ("JPY 5,000", 5_000, "JPY"),  # the yen has no minor unit
        ("BHD 1.234", 1_234, "BHD"),  # the dinar has a thousand fils
        ("CLF 1.0000", 10_000, "CLF"),
        ("USD 9999999999999999.99", 999_999_999_999_999_999, "USD"),  # 18 digits
    ],
)
def test_money_as_written(text: str, amount: int, unit: str) -> None:
    assert parse_money(text) == Quantity(amount, unit)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("USD", "An amount of money is a currency code, one space and a number."),
        ("USD12", "An amount of money is a currency code, one space and a number."),
        ("usd 12", "`usd` is not a currency code of ISO 4217."),
        ("XAU 12", "`XAU` is not a currency code of ISO 4217."),  # gold has no minor unit
        ("USD  12", "` 12` is not an amount: it has digits, commas and one decimal point only."),
        (
            "USD -12",
            f"`-12` {_BELOW_NOTHING} `USD 0.00 less USD 5.00`.",
        ),
        (
            "JPY (12)",
            f"`(12)` {_BELOW_NOTHING} `JPY 0 less JPY 5`.",
        ),
        ("USD 1e3", "`1e3` is not an amount: it has digits, commas and one decimal point only."),
        ("USD 1\n", "`1\n` is not an amount: it has digits, commas and one decimal point only."),
        # Arabic-Indic digits are digits to Python, but not to a reader of this language.
        ("USD ١٢", "`١٢` is not an amount: it has digits, commas and one decimal point only."),
        ("USD 12,00", "The commas in `12,00` do not stand before every three digits."),
        ("USD 1200,000", "The commas in `1200,000` do not stand before every three digits."),
        ("USD 1,000000", "The commas in `1,000000` do not stand before every three digits."),
        ("USD 0,012", "The commas in `0,012` do not stand before every three digits."),
        ("USD 012", "`012` begins with a nought."),
        ("USD 12.5", "USD has 2 decimals; `12.5` has 1 decimal."),
        ("USD 12.", "`12.` ends in a decimal point."),
        ("JPY 12.00", "JPY has no decimals; `12.00` has 2 decimals."),
        ("JPY 12.", "`12.` ends in a decimal point."),
        (
            "USD 10000000000000000.00",
            "`10000000000000000.00` is too long: an amount has at most 18 digits.",
        ),
    ],
)
def test_money_that_is_not_written_right(text: str, reason: str) -> None:
    assert parse_money(text) == reason


def test_other_units_count_in_whole() -> None:
    assert parse_amount("1,500", "Shares") == Quantity(1_500, "Shares")
    assert parse_amount("1.5", "Shares") == "Shares has no decimals; `1.5` has 1 decimal."
    assert str(Quantity(1_500, "Shares")) == "1,500 Shares"


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Quantity(1_200_000_000, "USD"), "USD 12,000,000.00"),
        (Quantity(5, "USD"), "USD 0.05"),
        (Quantity(5_000, "JPY"), "JPY 5,000"),
        (Quantity(1_234, "BHD"), "BHD 1.234"),
        (Quantity(-150, "USD"), "USD -1.50"),
        (Quantity(-1_500, "Shares"), "-1,500 Shares"),
    ],
)
def test_quantities_in_words(quantity: Quantity, text: str) -> None:
    assert str(quantity) == text


def test_sums_and_comparisons_of_one_unit() -> None:
    less, more = Quantity(100, "USD"), Quantity(250, "USD")

    assert less + more == Quantity(350, "USD")
    assert less - more == Quantity(-150, "USD")
    assert less < more
    assert less <= more
    assert more > less
    assert more >= less
    assert max(less, more) is more
    assert Quantity(100, "USD") != Quantity(100, "EUR")


@pytest.mark.parametrize("name", ["__add__", "__sub__", "__lt__", "__le__", "__gt__", "__ge__"])
def test_two_units_never_mix(name: str) -> None:
    with pytest.raises(UnitMismatch, match="not of the same unit"):
        getattr(Quantity(1, "USD"), name)(Quantity(1, "EUR"))


@pytest.mark.parametrize(
    ("amount", "rounding", "expected"),
    [
        # A quarter of 10 is 2.5; of 14, 3.5; of 9, 2.25; of 11, 2.75; of 12, exactly 3.
        (10, Rounding.DOWN, 2),
        (10, Rounding.UP, 3),
        (10, Rounding.HALF_UP, 3),
        (10, Rounding.HALF_EVEN, 2),
        (14, Rounding.HALF_EVEN, 4),
        (9, Rounding.UP, 3),
        (9, Rounding.HALF_UP, 2),
        (11, Rounding.HALF_UP, 3),
        (11, Rounding.HALF_EVEN, 3),
        (11, Rounding.DOWN, 2),
        (12, Rounding.UP, 3),
        # Below nothing the same happens on the other side: -2.5 goes down to -2 and up to -3.
        (-10, Rounding.DOWN, -2),
        (-10, Rounding.UP, -3),
        (-10, Rounding.HALF_EVEN, -2),
    ],
)
def test_a_quarter_is_rounded_as_stated(amount: int, rounding: Rounding, expected: int) -> None:
    assert Quantity(amount, "USD").scaled(1, 4, rounding) == Quantity(expected, "USD")
    assert Quantity(amount, "USD").scaled(-1, -4, rounding) == Quantity(expected, "USD")


def test_interest_to_the_cent() -> None:
    # 4.5 % a year on USD 1,000,000.00 for 31 of 360 days: 100,000,000 * 45 * 31 / 360,000
    # = 387,500 cents exactly; for 31 of 365 days it is 382,191.78..., so 382,192 half up.
    held = Quantity(100_000_000, "USD")

    assert held.scaled(45 * 31, 1000 * 360, Rounding.DOWN) == Quantity(387_500, "USD")
    assert held.scaled(45 * 31, 1000 * 365, Rounding.HALF_UP) == Quantity(382_192, "USD")


def test_division_by_nothing_is_our_own_mistake() -> None:
    with pytest.raises(ZeroDivisionError):
        Quantity(1, "USD").scaled(1, 0, Rounding.DOWN)


@pytest.mark.parametrize(
    ("total", "weights", "earliest", "largest"),
    [
        # A third of 100 is 33 and a third; one cent is left over and all lost the same.
        (100, (1, 1, 1), (34, 33, 33), (34, 33, 33)),
        # 33.33 and 66.67: the second lost the larger fraction.
        (100, (1, 2), (34, 66), (33, 67)),
        # 3, 1.5, 1.5: the first lost nothing, so the cent goes to the second.
        (6, (2, 1, 1), (3, 2, 1), (3, 2, 1)),
        # 0.4, 0, 1.6, 0, 3 of 5 by weights 2 0 8 0 15 of 25: one cent is left over.
        (5, (2, 0, 8, 0, 15), (1, 0, 1, 0, 3), (0, 0, 2, 0, 3)),
        (0, (1, 2), (0, 0), (0, 0)),
        (7, (5,), (7,), (7,)),
    ],
)
def test_who_gets_the_cent_left_over(
    total: int, weights: tuple[int, ...], earliest: tuple[int, ...], largest: tuple[int, ...]
) -> None:
    assert allocate(total, weights) == earliest
    assert allocate(total, weights, "largest") == largest


@pytest.mark.parametrize(("total", "weights"), [(-1, (1,)), (1, (2, -1)), (1, (0, 0)), (1, ())])
def test_a_division_that_cannot_be_made_is_our_own_mistake(total: int, weights: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="weights"):
        allocate(total, weights)


@given(
    st.integers(0, 10**20),
    st.lists(st.integers(0, 10**12), min_size=1, max_size=12).filter(any),
    st.sampled_from(LEFTOVERS),
)
def test_the_parts_add_up_and_none_is_a_unit_away_from_its_proportion(
    total: int, weights: list[int], leftover: Literal["earliest", "largest"]
) -> None:
    parts = allocate(total, weights, leftover)

    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


@given(st.integers(0, 10**18 - 1), st.sampled_from(sorted(EXPONENTS)))
def test_money_written_is_money_read(amount: int, currency: str) -> None:
    money = Quantity(amount, currency)

    assert parse_money(str(money)) == money
    assert parse_money(str(money).replace(",", "")) == money


@given(
    st.integers(-(10**18), 10**18),
    st.integers(-1000, 1000),
    st.integers(-1000, 1000).filter(bool),
    st.sampled_from(Rounding),
)
def test_rounding_moves_by_less_than_one_unit(
    amount: int, numerator: int, denominator: int, rounding: Rounding
) -> None:
    scaled = Quantity(amount, "USD").scaled(numerator, denominator, rounding)

    distance = abs(scaled.amount - Fraction(amount * numerator, denominator))
    assert distance <= (Fraction(1, 2) if rounding.name.startswith("HALF") else 1)
    assert distance < 1


def test_what_a_currency_is() -> None:
    assert is_currency("CHF")
    assert not is_currency("Shares")
    assert all(len(code) == 3 and code.isupper() for code in EXPONENTS)
