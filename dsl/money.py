"""Amounts of money and of other things that are counted, kept exact.

Written amounts (`USD 12,000,000.00`) become `Quantity` values: a whole number of the smallest unit
and the name of the unit. Money counts in the minor unit of its ISO 4217 currency, so USD 1.00 is
100; any other unit an agreement declares, such as Shares, counts in whole units. Nothing here
rounds unless it is asked to, and then the caller says how. Two units never mix: there is no
exchange of one for another in this module.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Literal

_MOST_DIGITS = 18
_BELOW = re.compile(r"\A\s*[-\u2212\u2013(]|-\s*\Z")
_NUMBER = re.compile(r"([0-9][0-9,]*)(?:\.([0-9]*))?")
_PLAIN = re.compile(r"0|[1-9][0-9]*")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")


class UnitMismatch(ValueError):
    """Two quantities of different units met; a check of ours should have prevented it."""


class Rounding(Enum):
    """What happens to a fraction of the smallest unit."""

    DOWN = "down"
    UP = "up"
    HALF_UP = "half up"
    HALF_EVEN = "half even"


@dataclass(frozen=True, slots=True)
class Quantity:
    """So many of one unit: cents of a currency, or whole shares."""

    amount: int
    unit: str

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.amount + self._amount_of(other), self.unit)

    def __sub__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.amount - self._amount_of(other), self.unit)

    def __lt__(self, other: "Quantity") -> bool:
        return self.amount < self._amount_of(other)

    def __le__(self, other: "Quantity") -> bool:
        return self.amount <= self._amount_of(other)

    def __gt__(self, other: "Quantity") -> bool:
        return self.amount > self._amount_of(other)

    def __ge__(self, other: "Quantity") -> bool:
        return self.amount >= self._amount_of(other)

    def __str__(self) -> str:
        exponent = EXPONENTS.get(self.unit)
        if exponent is None:
            return f"{self.amount:,} {self.unit}"
        sign = "-" if self.amount < 0 else ""
        whole, minor = divmod(abs(self.amount), 10**exponent)
        decimals = f".{minor:0{exponent}d}" if exponent else ""
        return f"{self.unit} {sign}{whole:,}{decimals}"

    def scaled(self, numerator: int, denominator: int, rounding: Rounding) -> "Quantity":
        """This quantity times a fraction, rounded to the smallest unit in the way stated.

        Down is towards nothing and up is away from it, also for a quantity below nothing.
        """
        if denominator == 0:
            raise ZeroDivisionError("A quantity cannot be divided by nothing.")
        product = self.amount * numerator
        sign = -1 if (product < 0) != (denominator < 0) else 1
        whole, rest = divmod(abs(product), abs(denominator))
        if _rounds_up(whole, rest, abs(denominator), rounding):
            whole += 1
        return Quantity(sign * whole, self.unit)

    def _amount_of(self, other: "Quantity") -> int:
        if self.unit != other.unit:
            raise UnitMismatch(f"{self} and {other} are not of the same unit.")
        return other.amount


@dataclass(frozen=True, slots=True)
class Rate:
    """An exact ratio without a unit: a percentage, a price per unit, a rate of exchange. Always in lowest terms."""

    numerator: int
    denominator: int = 1

    @classmethod
    def of(cls, ratio: Fraction) -> "Rate":
        """The rate of a fraction."""
        return cls(ratio.numerator, ratio.denominator)

    @property
    def ratio(self) -> Fraction:
        """The fraction it is."""
        return Fraction(self.numerator, self.denominator)

    def __str__(self) -> str:
        """As a decimal number where that is exact and short, else as a fraction."""
        for places in range(_MOST_PLACES + 1):
            scaled = self.ratio * 10**places
            if scaled.denominator == 1:
                digits = f"{abs(scaled.numerator):0{places + 1}d}"
                sign = "-" if scaled < 0 else ""
                return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
        return f"{self.numerator}/{self.denominator}"

    def __lt__(self, other: "Rate") -> bool:
        return self.ratio < other.ratio

    def __le__(self, other: "Rate") -> bool:
        return self.ratio <= other.ratio

    def __gt__(self, other: "Rate") -> bool:
        return self.ratio > other.ratio

    def __ge__(self, other: "Rate") -> bool:
        return self.ratio >= other.ratio


_MOST_PLACES = 12


def rounded(exact: Fraction, rounding: Rounding) -> int:
    """A fraction as a whole number, rounded in the way stated; down is towards nothing and up away from it."""
    return Quantity(exact.numerator, "").scaled(1, exact.denominator, rounding).amount


def is_currency(unit: str) -> bool:
    """Whether a unit is a currency of ISO 4217, and so has a known number of decimals."""
    return unit in EXPONENTS


def parse_money(text: str) -> Quantity | str:
    """The amount of money that a text writes, or the reason why it writes none.

    The text is a currency code, one space and a number: `USD 12,000,000.00` or `JPY 5000`.
    """
    code, _, number = text.partition(" ")
    if not number:
        return "An amount of money is a currency code, one space and a number."
    if code not in EXPONENTS:
        return f"`{code}` is not a currency code of ISO 4217."
    return parse_amount(number, code)


def parse_amount(number: str, unit: str) -> Quantity | str:
    """The quantity that a written number of a unit means, or the reason why it means none.

    The digits are 0 to 9, with a comma before every three of them or no comma at all, and with
    all the decimals of the currency or none. There is no sign. A unit that is not a currency has
    no decimals.
    """
    exponent = EXPONENTS.get(unit, 0)
    match = _NUMBER.fullmatch(number)
    if match is None:
        if _BELOW.search(number):
            out = f"{Quantity(0, unit)} less {Quantity(5 * 10**exponent, unit)}"
            return (
                f"`{number}` is below nothing, and an amount is written without a sign. Say in the name what it is "
                f"(`Loss`, `Refund`), or state what it is worked out from: `{out}`."
            )
        return f"`{number}` is not an amount: it has digits, commas and one decimal point only."
    whole, decimals = match.groups()
    if not (_PLAIN.fullmatch(whole) or _GROUPED.fullmatch(whole)):
        if "," in whole:
            return f"The commas in `{number}` do not stand before every three digits."
        return f"`{number}` begins with a nought."
    if decimals == "":
        return f"`{number}` ends in a decimal point."
    if decimals is not None and len(decimals) != exponent:
        return f"{unit} has {_decimals(exponent)}; `{number}` has {_decimals(len(decimals))}."
    digits = whole.replace(",", "") + (decimals or "0" * exponent)
    if len(digits) > _MOST_DIGITS:
        return f"`{number}` is too long: an amount has at most {_MOST_DIGITS} digits."
    return Quantity(int(digits), unit)


def allocate(
    total: int, weights: Sequence[int | Fraction], leftover: Literal["earliest", "largest"] = "earliest"
) -> tuple[int, ...]:
    """Divide a total in proportion to the weights, so that the parts always add up to it.

    Each part is first rounded down. What is left over is dealt out one unit at a time among the
    parts that lost a fraction: to those listed first (`earliest`), or to those that lost the
    largest fraction (`largest`; those listed first where it is equal). So each part is its exact
    proportion, rounded down or up, and a weight of nothing gets nothing.
    """
    if total < 0 or any(weight < 0 for weight in weights) or sum(weights) == 0:
        raise ValueError("A division needs a total and weights that are not below nothing.")
    everything = sum(weights)
    parts = [total * weight // everything for weight in weights]
    fractions = [total * weight % everything for weight in weights]
    cut = [place for place, fraction in enumerate(fractions) if fraction]
    if leftover == "largest":
        cut.sort(key=lambda place: -fractions[place])
    for place in cut[: total - sum(parts)]:
        parts[place] += 1
    return tuple(parts)


def _rounds_up(whole: int, rest: int, denominator: int, rounding: Rounding) -> bool:
    match rounding:
        case Rounding.DOWN:
            return False
        case Rounding.UP:
            return rest > 0
        case Rounding.HALF_UP:
            return 2 * rest >= denominator
        case Rounding.HALF_EVEN:
            return 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)


def _decimals(count: int) -> str:
    return {0: "no decimals", 1: "1 decimal"}.get(count, f"{count} decimals")


# ISO 4217, active codes by their number of decimals. Codes without a minor unit (gold, silver, the
# special drawing right) are left out. ANG, BGN and HRK are withdrawn but stand in older agreements.
_BY_DECIMALS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD "
        "CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP "
        "GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK "
        "LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO "
        "NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS "
        "SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST "
        "XCD XCG YER ZAR ZMW ZWG ANG BGN HRK"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}

EXPONENTS: dict[str, int] = {code: exponent for exponent, codes in _BY_DECIMALS.items() for code in codes.split()}
"""The number of decimals of each currency."""
