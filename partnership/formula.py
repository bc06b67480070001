"""Arithmetic over named rows: what a number was computed from, and how.

A formula such as ``100 * (b / a - 1)`` names operands; an operand is a column of rows of one or more tables, or another
number. Both are kept in a number's record, so that anybody can compute it again from the tables alone.
"""

from __future__ import annotations

import ast
import datetime
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from partnership import data, measures

Values = Any
"""A float, or a one-dimensional array of floats or words."""

LIKE = ("reporter", "valuation", "currency", "frequency", "qualifier")
"""Columns that a comparison asks for: the first four must agree, a bound of the last may carry it or not."""

_BINARY: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.Mod: operator.mod,
}
_COMPARE: dict[type, Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sum": np.sum,
    "mean": np.mean,
    "median": np.median,
    "min": np.min,
    "max": np.max,
    "abs": np.abs,
    "sqrt": np.sqrt,
    "all": np.all,
    "any": np.any,
    "count": lambda values: float(np.size(values)),
    "distinct": lambda values: float(len(set(np.atleast_1d(values).tolist()))),
    "hhi": lambda values: measures.hhi(np.asarray(values, dtype=float)),
    "latest": lambda periods: _latest(np.atleast_1d(periods).tolist()),
    "days": lambda first, last: float((_day(last) - _day(first)).days),
    "greatest": np.maximum,
    "least": np.minimum,
    "intensity": lambda *matrix_and_pair: float(_pair(*matrix_and_pair)[1]["intensity"]),
    "less_lopsided": lambda *matrix_and_pair: _below("asymmetry", *matrix_and_pair),
    "less_intense": lambda *matrix_and_pair: _below("intensity", *matrix_and_pair),
}
"""What a formula may call, beside arithmetic and comparisons."""


def evaluate(formula: str, values: Mapping[str, Values]) -> Values:
    """The value of a formula.

    Parameters
    ----------
    formula : str
        Arithmetic, comparisons, ``and``/``or``/``not`` and the functions of :data:`FUNCTIONS` over names and numbers.
    values : mapping
        The value of each name.

    Raises
    ------
    ValueError
        If the formula holds anything else, or a name without a value.

    Examples
    --------
    >>> round(evaluate("100 * (b / a - 1)", {"a": 244.81, "b": 228.105}), 1)
    -6.8
    >>> evaluate("sum(a) > 3 and count(a) == 2", {"a": np.array([1.0, 2.5])})
    True
    """
    found = _value(_parsed(formula), values, formula)
    return found.item() if isinstance(found, np.generic) else found


@cache
def _parsed(formula: str) -> ast.expr:
    try:
        return ast.parse(formula, mode="eval").body
    except SyntaxError:
        raise ValueError(f'"{formula}" is no formula') from None


def _value(node: ast.expr, values: Mapping[str, Values], formula: str) -> Values:
    def inner(part: ast.expr) -> Values:
        return _value(part, values, formula)

    match node:
        case ast.Constant(value=int() | float()):
            return node.value
        case ast.Name(id=name):
            if name not in values:
                raise ValueError(f'"{formula}": no rows named "{name}"')
            return values[name]
        case ast.UnaryOp(op=ast.USub()):
            return -inner(node.operand)
        case ast.UnaryOp(op=ast.Not()):
            return not inner(node.operand)
        case ast.BinOp() if type(node.op) in _BINARY:
            return _BINARY[type(node.op)](inner(node.left), inner(node.right))
        case ast.BoolOp():
            parts = [bool(inner(part)) for part in node.values]
            return all(parts) if isinstance(node.op, ast.And) else any(parts)
        case ast.Compare() if all(type(op) in _COMPARE for op in node.ops):
            sides = [inner(side) for side in (node.left, *node.comparators)]
            steps = [
                _COMPARE[type(op)](low, high) for op, low, high in zip(node.ops, sides[:-1], sides[1:], strict=True)
            ]
            return steps[0] if len(steps) == 1 else np.logical_and.reduce(steps)
        case ast.Call(func=ast.Name(id=name), keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name](*map(inner, node.args))
    raise ValueError(f'"{formula}": {ast.unparse(node)} is not allowed in a formula')


def _day(cells: Values) -> datetime.date:
    """The whole day in the one cell of an operand."""
    (cell,) = np.atleast_1d(cells).tolist()
    return datetime.date.fromisoformat(cell)


def _latest(periods: list[Any]) -> float:
    """The last of some years, or of periods by their last days, as a number of its digits."""
    if not isinstance(periods[0], str):
        return float(max(periods))
    return float(max(periods, key=lambda period: (data.last_day(period), period)).replace("-", "").replace("Q", ""))


def _pair(exporters: Values, importers: Values, values: Values, first: str, second: str) -> tuple[Any, Any]:
    """All pairs of a matrix, and the row of one of them."""
    pairs = _all_pairs(*(tuple(np.atleast_1d(cells).tolist()) for cells in (exporters, importers, values)))
    one = pairs[(pairs["first"] == min(first, second)) & (pairs["second"] == max(first, second))]
    if not len(one):
        raise ValueError(f"the matrix has no trade between {first} and {second}")
    return pairs, one.iloc[0]


@lru_cache(maxsize=8)
def _all_pairs(exporters: tuple[str, ...], importers: tuple[str, ...], values: tuple[float, ...]) -> pd.DataFrame:
    """The pairs of a matrix, by which a page places many numbers; nobody may change them."""
    return measures.all_pairs(pd.DataFrame({"exporter": exporters, "importer": importers, "value": values}))


def _below(
    of: str, exporters: Values, importers: Values, values: Values, first: str, second: str, among: Values
) -> float:
    """Fraction of the pairs among some economies that are below one pair in a measure."""
    pairs, one = _pair(exporters, importers, values, first, second)
    members = set(among)
    field = pairs[pairs["first"].isin(members) & pairs["second"].isin(members)]
    return float((field[of] < one[of]).mean())


# -- operands -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Operand:
    """One name of a formula: ``refs`` say where its values stand, ``errors`` how far each may be off (absolute)."""

    values: Values
    errors: Values
    refs: list[dict[str, Any]]
    frames: list[pd.DataFrame]


def operand(rows: Any, label: str = "") -> Operand:
    """Rows, rows with the name of a column (default ``value``), or a number, as an operand.

    Raises
    ------
    TypeError
        If it is a value, not rows.
    ValueError
        If there are no rows, a row has no source or no line number, a value is missing, or the column is not the table's.
    """
    frame, column = rows if isinstance(rows, tuple) else (rows, "value")
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"{label}: {frame!r} is no rows of a table; bind the rows that it comes from")
    if not len(frame):
        raise ValueError(f"{label}: no rows behind this number")
    if "source_id" not in frame or frame["source_id"].isna().any():
        raise ValueError(f"{label}: a row without source_id")
    if column not in frame:
        raise ValueError(f'{label}: the rows have no column "{column}"')
    if frame[column].isna().any():
        raise ValueError(f"{label}: the value is missing in row {frame.index[frame[column].isna()][0]}")
    frame = frame.sort_index()  # as a record reads them again
    refs = []
    for table, part in by_table(frame, label):
        known = data.columns(table)
        if column not in known:
            raise ValueError(f'{label}: "{column}" is no column of {table}; bind the column that it was computed from')
        refs.append({"table": table, "column": column, "rows": spans(part.index)})
    bare = plain_operand(frame, column)
    return Operand(bare.values, bare.errors, refs, [frame])


def plain_operand(frame: pd.DataFrame, column: str) -> Operand:
    """Rows as an operand, without looking at where they come from."""
    values, errors = _numbers(frame[column]), data.error(frame, column).to_numpy()
    return Operand(values[0], errors[0], [], []) if len(frame) == 1 else Operand(values, errors, [], [])


def by_table(frame: pd.DataFrame, label: str = "") -> list[tuple[str, pd.DataFrame]]:
    """The rows of each table in a frame, with the table's name."""
    if frame.index.name != "row":
        raise ValueError(
            f"{label}: the rows have lost their line numbers; do not reset or merge the index of loaded rows"
        )
    if "table" in frame.attrs and isinstance(frame.attrs["table"], str):
        return [(frame.attrs["table"], frame)]
    if "_table" in frame:
        return [(str(name), part) for name, part in frame.groupby("_table", sort=True)]
    raise ValueError(
        f"{label}: rows without their table's name; bring rows of several tables together by prose.together"
    )


def _numbers(column: pd.Series) -> Any:
    """Numbers as floats, years as floats, everything else as words."""
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(dtype=float)
    words = column.astype(str)
    if words.str.fullmatch(r"\d{4}").all():
        return words.astype(float).to_numpy()
    return words.to_numpy(dtype=object)


def spans(lines: Iterable[int]) -> str:
    """Line numbers in short.

    Examples
    --------
    >>> spans([7, 3, 4, 5])
    '3-5, 7'
    """
    runs: list[list[int]] = []
    for line in sorted({int(line) for line in lines}):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in runs)


def lines(text: str) -> list[int]:
    """The line numbers that :func:`spans` wrote.

    Examples
    --------
    >>> lines("3-5, 7")
    [3, 4, 5, 7]
    """
    found: list[int] = []
    for part in text.split(", "):
        low, _, high = part.partition("-")
        found += range(int(low), int(high or low) + 1)
    return found


@lru_cache(maxsize=256)
def index(text: str) -> pd.Index:
    """The same as an index, made once: what is computed again asks for the same rows again."""
    return pd.Index(lines(text), dtype="int64")


def margin_of_error(formula: str, operands: Mapping[str, Operand]) -> float:
    """How far the value of a formula may be off, in its unit: the sum over all inputs of the change that each one makes if it
    is greater by its error.

    An estimate of the first order, not a bound: where the formula bends within an error (a small denominator), the other
    direction may change more. The inputs of an operand with more than 40 are moved together, which tells the whole of a sum,
    and nothing of a difference among them or of a share, in which the same error of all cancels. A comparison has none.
    """
    base = {name: part.values for name, part in operands.items()}
    middle, total = evaluate(formula, base), 0.0
    if isinstance(middle, bool | np.bool_):
        return 0.0
    for name, part in operands.items():
        if not np.any(part.errors):
            continue
        several = np.ndim(part.values) > 0
        single = several and len(part.values) <= 40
        for index in range(len(part.values)) if single else (None,):
            changed = part.values + part.errors if index is None else part.values.copy()
            if index is not None:
                changed[index] += part.errors[index]
            total += abs(float(evaluate(formula, base | {name: changed})) - float(middle))
    return total


def again(formula: str, operands: Mapping[str, Any], tables: Callable[[str], pd.DataFrame]) -> tuple[float, float]:
    """The value of a formula and its error, computed anew from a number's record alone.

    Parameters
    ----------
    formula, operands
        As the record holds them.
    tables : callable
        Gives a table by name, indexed by the line numbers of its file.

    Raises
    ------
    KeyError
        If a table no longer has a line.
    """
    parts = {name: _again(kept, tables) for name, kept in operands.items()}
    value = evaluate(formula, {name: part.values for name, part in parts.items()})
    return float(value), margin_of_error(formula, parts)


def bare(formula: str, operands: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The reference to the one cell that a number shows as it stands; none of a number computed from anything.

    Examples
    --------
    >>> bare("a", {"a": [{"table": "gdp", "column": "value", "rows": "7"}]})["rows"]
    '7'
    >>> bare("a", {"a": {"formula": "100 - a", "operands": {"a": [{"table": "gdp", "column": "value", "rows": "7"}]}}})
    >>> bare("a", {"a": [{"table": "gdp", "column": "value", "rows": "7-8"}]})
    """
    kept = operands.get("a")
    if formula != "a" or not kept:
        return None
    if isinstance(kept, Mapping):
        return bare(kept["formula"], kept["operands"])
    return kept[0] if len(kept) == 1 and len(lines(kept[0]["rows"])) == 1 else None


def _again(kept: Any, tables: Callable[[str], pd.DataFrame]) -> Operand:
    if isinstance(kept, Mapping):  # a number within the number
        value, error = again(kept["formula"], kept["operands"], tables)
        return Operand(value, error, [], [])
    return joined([plain_operand(tables(ref["table"]).loc[index(ref["rows"])], ref["column"]) for ref in kept])


def joined(parts: Sequence[Operand]) -> Operand:
    """The values of several operands as one."""
    if len(parts) == 1:
        return parts[0]
    values, errors = (
        np.concatenate([np.atleast_1d(getattr(part, name)) for part in parts]) for name in ("values", "errors")
    )
    return Operand(values, errors, [], [])
