"""Numbers as printed: exact scaling and rounding of decimal text, no floats on the way."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

LONGEST = 40  # digits before or after the point
PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,9})?", re.ASCII)
"""A printed number; Python's own readers also take 1_000 and the digits of other scripts."""


def exact(cell: str) -> Decimal:
    """A printed number as a decimal.

    Raises
    ------
    ValueError
        If the cell is no plain number; thousands separators and decimal commas are refused.
    """
    if not PLAIN.fullmatch(cell.strip()):
        raise ValueError(f"{cell!r} is not a number")
    value = Decimal(cell.strip())
    if value and abs(value.adjusted()) > LONGEST:
        raise ValueError(f"{cell!r} is too large or too small to be a figure")
    return value


def plain(value: Decimal | str | int, places: int | None = None) -> str:
    """A number without exponent and without trailing zeros, rounded to ``places`` (half to even).

    Examples
    --------
    >>> plain("59716249180.0"), plain("2.50", 1), plain("0.00001"), plain("-0.0")
    ('59716249180', '2.5', '0.00001', '0')
    """
    number = exact(value) if isinstance(value, str) else Decimal(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    cell = format(number, "f")
    if "." in cell:
        cell = cell.rstrip("0").rstrip(".")
    return "0" if cell in ("-0", "") else cell


def times(cell: str, factor: str, places: int | None = None) -> str:
    """A printed number in another unit.

    Examples
    --------
    >>> times("17794783039552.0", "1e-6", 3), times("83.148", "1000")
    ('17794783.04', '83148')
    """
    return plain(exact(cell) * Decimal(factor), places)


def digits(value: Decimal, number: int) -> str:
    """A number in so many significant digits.

    Examples
    --------
    >>> digits(Decimal("33.26706"), 5), digits(Decimal("126.47986"), 5)
    ('33.267', '126.48')
    """
    return plain(round(value, number - 1 - value.adjusted()))


def from_growth(value: Decimal, growth: Decimal) -> Decimal:
    """How far a value may be off that was taken from the next one and a growth printed to a tenth of a per cent."""
    return abs(value) * Decimal("0.05") / (100 + growth)
