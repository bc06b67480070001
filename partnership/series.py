"""Numbers by period: what a statement about a course rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from partnership import data, measures, prose
from partnership import formula as arithmetic
from partnership.formula import Operand

Values = TypeVar("Values", pd.Series, pd.DataFrame)


@dataclass(frozen=True)
class Series:
    """Values by label (mostly a period), in order, each with its error; what they rest on as in a number.

    ``frame`` has the columns ``value`` and ``error`` and is indexed by label. ``ground`` holds what is known of all rows
    together (a :class:`~partnership.prose.Number` without a value of its own). ``reach`` stands before a label that names
    only the end of its period, as in :data:`partnership.prose.REACH`.
    """

    frame: pd.DataFrame
    unit: str
    record: dict[str, Any]
    ground: dict[str, Any] = field(default_factory=dict)
    reach: str = ""

    def when(self, label: object) -> str:
        """A label as it reads alone: the end of a sum in words, which as a bare month would be taken for that month."""
        return prose.periods(f"{self.reach}{label}") if self.reach else str(label)

    def __getitem__(self, label: str) -> float:
        """The value of one label."""
        if label not in self.frame.index:
            raise KeyError(f"no value for {label}; there are {', '.join(map(str, self.frame.index))}")
        return float(self.frame.at[label, "value"])

    def since(self, label: str) -> Series:
        """From one label on."""
        return self._part(self.frame[self.frame.index >= label], first=label)

    def until(self, label: str) -> Series:
        """Up to one label, which is included."""
        return self._part(self.frame[self.frame.index <= label], last=label)

    def only(self, *labels: str) -> Series:
        """Some labels."""
        return self._part(self.frame.loc[list(labels)], labels=list(labels))

    def over(self, window: int) -> Series:
        """Sums over so many periods in a row, such as twelve months; labelled by the last. A hole gives no sum.

        Raises
        ------
        ValueError
            If there are not so many in a row anywhere.
        """
        sums = on_every_period(self.frame).rolling(window).sum().dropna()
        kind = {"M": "months", "Q": "quarters", "Y": "years"}[_frequency(self.frame.index[0])]
        reach = f"the {'twelve' if window == 12 else window} {kind} to "
        return replace(self._part(sums, window=window), reach=reach)

    def growth(self, periods: int = 1) -> Series:
        """Growth on the value so many periods before, per cent, with the error that both leave it. A hole gives no growth.

        Raises
        ------
        ValueError
            If no two values are so many periods apart.
        """
        full = on_every_period(self.frame)
        value, error = full["value"], full["error"]
        base, base_error = value.shift(periods), error.shift(periods)
        grown = pd.DataFrame(
            {"value": measures.growth(value, periods), "error": 100 * (error / base + value * base_error / base**2)}
        )
        made = self._part(grown.dropna(), growth=periods)
        return replace(made, unit="per cent")

    def _part(self, frame: pd.DataFrame, **step: Any) -> Series:
        if not len(frame):
            raise ValueError(f"no values left: {step}")
        steps = [*self.record.get("steps", []), step]
        record = {**self.record, "steps": steps}
        return replace(self, frame=frame, record=record, ground=_until(self.ground, frame, self.record.get("by", "")))


def _until(ground: dict[str, Any], frame: pd.DataFrame, by: str) -> dict[str, Any]:
    """What rows of a course rest on, dated by its last label: later rows are not in it."""
    return ground | {"last": data.last_day(str(frame.index.max()))} if by in ("period", "year") else ground


def on_every_period(values: Values) -> Values:
    """Values on each period from the first label to the last, so that rows can be counted; a hole is a missing value.

    Labels are months, quarters or years, as the first one is; what is no such period is left out.
    """
    first, last = str(values.index[0]), str(values.index[-1])
    each = pd.period_range(first.replace("-Q", "Q"), last.replace("-Q", "Q"), freq=_frequency(first))
    return values.reindex([str(period).replace("Q", "-Q") for period in each])


def _frequency(label: str) -> str:
    return "Q" if "Q" in label else "M" if len(label) == 7 else "Y"


def series(formula: Any, by: str = "period", unit: str = "", scale: float = 1, **operands: Any) -> Series:
    """Values by period from rows.

    Parameters
    ----------
    formula : str or rows
        A formula over the operands, evaluated for each label that all operands have; or rows, which are summed by label.
    by : str
        Column of all operands that gives the label; ``"year"`` takes the year of ``period``.
    unit : str
        Unit of the values.
    scale : float
        Factor, such as 0.001 to turn millions into billions.
    operands : rows or (rows, column)
        Loaded rows with their line numbers.

    Returns
    -------
    Series

    Raises
    ------
    ValueError
        If no label is common to all operands.

    Examples
    --------
    >>> from partnership.trade import bilateral
    >>> rows = bilateral(frequency="A", direction="one-way", reporter="CHN", currency="USD")
    >>> trade = series(rows, unit="billion dollars", scale=0.001)
    >>> trade["2024"] > trade["2020"]
    True
    """
    if not isinstance(formula, str):
        formula, operands = "sum(a)", {"a": formula}
    for name, rows in operands.items():
        arithmetic.operand(rows, name)  # a row without source or value is told, wherever it stands
    columns = {name: rows if isinstance(rows, tuple) else (rows, "value") for name, rows in operands.items()}
    groups = {name: _groups(rows, column, by) for name, (rows, column) in columns.items()}
    frame = _course(formula, groups, scale)
    common = {name: rows[_label(rows, by).isin(frame.index)] for name, (rows, _) in columns.items()}
    parts = {name: arithmetic.operand((rows, columns[name][1]), name) for name, rows in common.items()}
    record = {
        "formula": formula,
        "by": by,
        "scale": scale,
        "operands": {name: part.refs for name, part in parts.items()},
    }
    ground = prose.provenance([rows for part in parts.values() for rows in part.frames])
    return Series(frame, unit, record, ground, _reach(common.values(), by))


def _reach(parts: Iterable[pd.DataFrame], by: str) -> str:
    """What stands before a label that is a period and names only its end, if that is so of all rows."""
    kinds = {kind for rows in parts if "frequency" in rows for kind in rows["frequency"].unique()}
    return prose.REACH.get(kinds.pop(), "") if by == "period" and len(kinds) == 1 else ""


def _label(frame: pd.DataFrame, by: str) -> pd.Series:
    return frame["period"].astype(str).str[:4] if by == "year" else frame[by].astype(str)


def _groups(frame: pd.DataFrame, column: str, by: str) -> dict[str, Operand]:
    """The rows of each label as an operand; the numbers are read once for all rows."""
    whole = arithmetic.plain_operand(frame, column)
    values, errors = np.atleast_1d(whole.values), np.atleast_1d(whole.errors)
    places = pd.Series(range(len(frame))).groupby(_label(frame, by).to_numpy()).indices
    return {
        str(label): Operand(*((values[at[0]], errors[at[0]]) if len(at) == 1 else (values[at], errors[at])), [], [])
        for label, at in places.items()
    }


def _course(formula: str, groups: Mapping[str, Mapping[str, Operand]], scale: float) -> pd.DataFrame:
    common = sorted(set.intersection(*(set(found) for found in groups.values())))
    if not common:
        raise ValueError(f'"{formula}": the rows have no period in common')
    rows = []
    for label in common:
        parts = {name: found[label] for name, found in groups.items()}
        value = arithmetic.evaluate(formula, {name: part.values for name, part in parts.items()})
        if not isinstance(value, int | float):
            raise ValueError(f'"{formula}": several values for {label}; name a function such as sum')
        rows.append((float(value) * scale, arithmetic.margin_of_error(formula, parts) * abs(scale)))
    return pd.DataFrame(rows, columns=["value", "error"], index=pd.Index(common, name="label"))


def again(record: Mapping[str, Any], tables: Callable[[str], pd.DataFrame]) -> Series:
    """The series of a record, computed from the tables anew."""
    groups: dict[str, dict[str, Operand]] = {}
    frames = []
    for name, refs in record["operands"].items():
        found = groups[name] = {}
        for ref in refs:
            frame = tables(ref["table"]).loc[arithmetic.lines(ref["rows"])]
            frames.append(frame)
            for label, part in _groups(frame, ref["column"], record["by"]).items():
                found[label] = arithmetic.joined([found[label], part]) if label in found else part
    course = _course(record["formula"], groups, record["scale"])
    made = Series(course, "", {}, reach=_reach(frames, record["by"]))
    for step in record.get("steps", []):
        match step:
            case {"window": window}:
                made = made.over(window)
            case {"growth": periods}:
                made = made.growth(periods)
            case {"first": label}:
                made = made.since(label)
            case {"last": label}:
                made = made.until(label)
            case {"labels": labels}:
                made = made.only(*labels)
    return made
