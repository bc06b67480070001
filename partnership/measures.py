"""Measures of trade and of dependence, general in the pair of countries.

Pure functions. A *trade frame* has the columns ``exporter``, ``importer``, ``reporter``, ``period`` and ``value``; a
flow runs from exporter to importer as told by the reporter. Shares and relative gaps are fractions, growth is in per cent.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from narwhals.typing import IntoFrameT

CIF_MARGIN = 0.06
"""Freight and insurance as a fraction of the FOB value that :func:`mirror_gap` allows for: the 6 per cent by which the IMF
turned one valuation into the other in the Direction of Trade Statistics of 2017. A convention for all routes and goods, no
measured rate."""

TERMS = {
    "growth": "Growth",
    "growth_needed": "Growth needed",
    "year_on_year": "Year-on-year growth",
    "year_to_date": "Year to date",
    "months_from_year_to_date": "Single month",
    "mirror_gap": "Mirror gap",
    "partner_share": "Share",
    "shares": "Shares of all partners",
    "asymmetry": "Asymmetry",
    "hhi": "Herfindahl–Hirschman index",
    "rank": "Rank",
    "trade_intensity": "Trade intensity",
    "all_flows": "All flows",
    "all_economies": "All economies",
    "all_pairs": "All pairs",
    "unit_value": "Unit value",
    "discount": "Discount",
    "price_and_volume": "Price and volume",
    "revealed_comparative_advantage": "Revealed comparative advantage",
    "export_similarity": "Finger–Kreinin similarity",
    "vote_distance": "Distance of ideal points",
}
"""What each measure of this module is called in the field; a figure names the measures that it draws by these keys."""


# -- change over time -----------------------------------------------------------------------------


def growth(values: pd.Series, periods: int = 1) -> pd.Series:
    """Growth on an earlier value in per cent, recomputed from levels.

    Parameters
    ----------
    values : pandas.Series
        Levels in one unit, in order of time, one row a period without holes in the index.
    periods : int
        How many rows back the base lies: 1 for yearly rows, 12 for monthly rows against the year before.

    Returns
    -------
    pandas.Series
        ``100 * (v[t] / v[t - periods] - 1)``; missing where either level is missing or the base is zero.

    References
    ----------
    OECD (2007), Data and Metadata Reporting and Presentation Handbook, on the presentation of growth rates.

    Examples
    --------
    Trade of 2025 against 2024, in billions of dollars:

    >>> growth(pd.Series([244.81, 228.105], index=["2024", "2025"])).round(1).tolist()
    [nan, -6.8]
    """
    base = values.shift(periods)
    return 100 * (values / base.where(base != 0) - 1)


def growth_needed(base: float, aim: float, years: int) -> float:
    """Growth a year that leads from one level to another.

    Parameters
    ----------
    base, aim : float
        The two levels in one unit, above 0.
    years : int
        How many years lie between them.

    Returns
    -------
    float
        ``100 * ((aim / base) ** (1 / years) - 1)``, per cent a year, above -100.

    Raises
    ------
    ZeroDivisionError
        If the base or the years are zero.

    References
    ----------
    The compound rate, as in World Bank, World Development Indicators, Statistical methods.

    Examples
    --------
    From the trade of 2025 to 300 billion dollars in 2030:

    >>> round(growth_needed(228.105, 300, 5), 2)
    5.63
    """
    return float(100 * ((aim / base) ** (1 / years) - 1))


def year_on_year(frame: pd.DataFrame) -> pd.DataFrame:
    """Reported and recomputed growth side by side, kept apart.

    The base of a period is the same period a year earlier (January to October against January to October). The two
    differ where the publisher has since revised the base.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``period`` (year or month), ``value`` and ``growth_reported``; one row a period.

    Returns
    -------
    pandas.DataFrame
        The frame with ``growth_recomputed`` in per cent, missing where there is no base.

    Raises
    ------
    ValueError
        If a period occurs twice.

    References
    ----------
    OECD (2007), as in :func:`growth`.

    Examples
    --------
    >>> trade = pd.DataFrame({"period": ["2023-10", "2024-10"], "value": [196480.0, 202210.0],
    ...                       "growth_reported": [None, 2.8]})
    >>> year_on_year(trade)[["growth_reported", "growth_recomputed"]].round(1).iloc[1].to_list()
    [2.8, 2.9]
    """
    if frame["period"].duplicated().any():
        raise ValueError(f"period {frame['period'][frame['period'].duplicated()].iloc[0]} occurs twice")
    levels = frame.set_index("period")["value"]
    year_before = frame["period"].map(lambda period: f"{int(period[:4]) - 1}{period[4:]}")
    base = year_before.map(levels)
    return frame.assign(growth_recomputed=100 * (frame["value"] / base.where(base != 0) - 1))


def year_to_date(monthly: pd.Series) -> pd.Series:
    """Cumulative sum from January, restarting each year.

    Parameters
    ----------
    monthly : pandas.Series
        Values by ISO month (``"2024-01"`` …), sorted.

    Returns
    -------
    pandas.Series
        Missing from the first missing month of a year on: a hole is not filled.

    References
    ----------
    The running sum that customs offices print as January to a month.

    Examples
    --------
    >>> year_to_date(pd.Series([1.0, 2.0, 4.0], index=["2024-01", "2024-02", "2024-04"])).tolist()
    [1.0, 3.0, nan]
    """
    years = monthly.index.str[:4]
    total = monthly.groupby(years).cumsum()
    months = monthly.index.str[5:].astype(int)
    complete = monthly.notna().groupby(years).cumsum() == months
    return total.where(complete)


def months_from_year_to_date(cumulative: pd.Series) -> pd.Series:
    """Single months as differences of year-to-date values.

    Publishers revise earlier months when they cumulate, so a difference can depart from the month first printed.

    Parameters
    ----------
    cumulative : pandas.Series
        Year-to-date values by ISO month.

    Returns
    -------
    pandas.Series
        January as it stands; other months minus the month before; missing where the month before is missing.

    Raises
    ------
    ValueError
        If a month stands twice.

    References
    ----------
    The inverse of :func:`year_to_date`.

    Examples
    --------
    >>> months_from_year_to_date(pd.Series([1.0, 3.0, 7.0], index=["2024-01", "2024-02", "2024-04"])).tolist()
    [1.0, 2.0, nan]
    """
    month = pd.PeriodIndex(cumulative.index, freq="M")
    before = pd.Series(cumulative.to_numpy(), index=month).reindex(month - 1).to_numpy()
    january = month.month == 1
    return pd.Series(np.where(january, cumulative, cumulative - before), index=cumulative.index)


# -- two reporters --------------------------------------------------------------------------------


def mirror_gap(trade: pd.DataFrame, exporter: str, importer: str, cif_margin: float = CIF_MARGIN) -> pd.DataFrame:
    """Set the importer's record of a flow against the exporter's.

    Parameters
    ----------
    trade : pandas.DataFrame
        A trade frame; exports FOB by the exporter, imports CIF by the importer; one row a period and reporter.
    exporter, importer : str
        ISO 3166 alpha-3 codes.
    cif_margin : float
        Freight and insurance as a fraction of the FOB value.

    Returns
    -------
    pandas.DataFrame
        By ``period``: ``exporter_reported``, ``importer_reported``, ``gap`` (importer minus exporter, same unit),
        ``gap_relative`` (fraction of the exporter's figure) and ``gap_after_cif`` (importer's figure over
        ``1 + cif_margin``, minus the exporter's). Only periods that both report.

    Raises
    ------
    ValueError
        If a reporter has two rows for a period.

    References
    ----------
    Morgenstern (1963), On the Accuracy of Economic Observations, ch. IX; Ferrantino and Wang (2008), Accounting for
    discrepancies in bilateral trade, China Economic Review 19, 502-520.

    Examples
    --------
    >>> flow = dict(exporter="RUS", importer="CHN", period="2019")
    >>> trade = pd.DataFrame([flow | dict(reporter="RUS", value=100.0), flow | dict(reporter="CHN", value=112.0)])
    >>> mirror_gap(trade, "RUS", "CHN")[["gap", "gap_relative", "gap_after_cif"]].round(2).iloc[0].tolist()
    [12.0, 0.12, 5.66]
    """
    flow = trade[(trade["exporter"] == exporter) & (trade["importer"] == importer)]
    twice = flow[flow.duplicated(["period", "reporter"])]
    if len(twice):
        raise ValueError(f"{twice['reporter'].iloc[0]} reports {twice['period'].iloc[0]} twice")
    records = flow.pivot(index="period", columns="reporter", values="value")
    records = (
        records.reindex(columns=[exporter, importer])
        .dropna()
        .set_axis(["exporter_reported", "importer_reported"], axis=1)
    )
    records.columns.name = None
    gap = records["importer_reported"] - records["exporter_reported"]
    return records.assign(
        gap=gap,
        gap_relative=gap / records["exporter_reported"],
        gap_after_cif=records["importer_reported"] / (1 + cif_margin) - records["exporter_reported"],
    ).reset_index()


# -- dependence -----------------------------------------------------------------------------------


def partner_share(flow: Any, total: Any) -> Any:
    """Share of one partner in a country's trade.

    Import dependence if the flow and the total are imports, export dependence if they are exports.

    Parameters
    ----------
    flow, total : pandas.Series, float or narwhals.Expr
        Trade with the partner and with the world, same unit and period. Where the two come from different reporters,
        valuations mix (CIF against FOB) and the text must say so.

    Returns
    -------
    pandas.Series, float or narwhals.Expr
        ``flow / total``, between 0 and 1 but for the last bit of a sum; missing where either is. An expression, whose values
        are not known yet, is not looked at.

    Raises
    ------
    ValueError
        If a share lies outside 0 to 1: the units or the periods do not match.

    References
    ----------
    Mikic and Gilbert (2007), Trade Statistics in Policymaking, United Nations ESCAP, on export and import shares.

    Examples
    --------
    China's share of Russia's exports, January to September 2024: Chinese customs over Russian customs, billions of
    dollars.

    >>> round(partner_share(97.209, 318.1747), 3)
    0.306
    """
    share = flow / total
    if isinstance(share, nw.Expr):
        return share
    values = np.atleast_1d(np.asarray(share, dtype=float))
    outside = values[(values < 0) | (values > 1 + 1e-9)]  # sums of floats leave a last bit
    if outside.size:
        raise ValueError(f"a share of {outside[0]:.3g} lies outside 0 to 1: do units and periods match?")
    return share


def shares(trade: pd.DataFrame, country: str, flow: str, world: str = "WLD") -> pd.DataFrame:
    """Share of every partner in a country's exports or imports.

    Parameters
    ----------
    trade : pandas.DataFrame
        A trade frame with the world total as partner ``world``, of one reporter.
    country : str
        Whose trade.
    flow : {"exports", "imports"}
        Which side of it.
    world : str
        Code of the world total.

    Returns
    -------
    pandas.DataFrame
        ``period``, ``partner``, ``value`` (unit of the input), ``share`` (fraction of the published total, between 0 and 1,
        missing where there is none), one row a period and partner.

    Raises
    ------
    ValueError
        If ``flow`` is neither, a period has two totals, or a share lies outside 0 to 1.

    References
    ----------
    As :func:`partner_share`.

    Examples
    --------
    >>> trade = pd.DataFrame({"period": "2020", "exporter": "RUS", "importer": ["CHN", "DEU", "WLD"],
    ...                       "value": [30.0, 20.0, 200.0]})
    >>> shares(trade, "RUS", "exports")["share"].tolist()
    [0.15, 0.1]
    """
    own, other = _sides(flow)
    rows = trade[trade[own] == country]
    totals = rows[rows[other] == world].set_index("period")["value"]
    if totals.index.has_duplicates:
        raise ValueError(
            f"{country} has two totals for {totals.index[totals.index.duplicated()][0]}: choose one reporter"
        )
    partners = rows[rows[other] != world].rename(columns={other: "partner"})
    share = partner_share(partners["value"], partners["period"].map(totals))
    return partners.assign(share=share)[["period", "partner", "value", "share"]].reset_index(drop=True)


def _sides(flow: str) -> tuple[str, str]:
    if flow not in ("exports", "imports"):
        raise ValueError(f'flow "{flow}" is neither exports nor imports')
    return ("exporter", "importer") if flow == "exports" else ("importer", "exporter")


def asymmetry(share_of_a_in_b: Any, share_of_b_in_a: Any) -> Any:
    """How much more B depends on A than A on B.

    Parameters
    ----------
    share_of_a_in_b, share_of_b_in_a : pandas.Series, float or narwhals.Expr
        Share of A in B's trade, and of B in A's; fractions or per cent, both alike.

    Returns
    -------
    pandas.Series, float or narwhals.Expr
        The ratio of the two shares, above 0; 1 is balance. As the flow between the two is the same in both, it is also
        the ratio of their total trade (up to mirror differences).

    References
    ----------
    Hirschman (1945), National Power and the Structure of Foreign Trade, ch. II.

    Examples
    --------
    China in Russia's total trade and Russia in China's, 2015 (UNCTAD): 13.27 and 1.69 per cent.

    >>> round(asymmetry(13.27, 1.69), 1)
    7.9
    """
    return share_of_a_in_b / share_of_b_in_a


def hhi(values: pd.Series | np.ndarray, normalised: bool = False) -> float:
    """Herfindahl–Hirschman index of concentration.

    Parameters
    ----------
    values : array-like
        Trade by partner (or product): levels or shares, none negative; missing ones are left out.
    normalised : bool
        Rescale so that equal shares give 0 whatever the number of partners.

    Returns
    -------
    float
        ``H = sum(s_i ** 2)`` with shares of the sum, between ``1 / n`` and 1; normalised ``(H - 1/n) / (1 - 1/n)``,
        between 0 and 1.

    Raises
    ------
    ValueError
        If a value is negative or all are zero.

    References
    ----------
    Hirschman (1964), The Paternity of an Index, American Economic Review 54, 761; World Bank WITS, Trade Indicators.

    Examples
    --------
    >>> round(hhi([50, 30, 20]), 4), hhi([1, 1, 1, 1]), hhi([1, 1, 1, 1], normalised=True)
    (0.38, 0.25, 0.0)
    """
    amounts = np.asarray(values, dtype=float)
    amounts = amounts[~np.isnan(amounts)]
    if (amounts < 0).any() or amounts.sum() == 0:
        raise ValueError("concentration needs values that are not negative and not all zero")
    index = float(((amounts / amounts.sum()) ** 2).sum())
    if not normalised:
        return index
    least = 1 / amounts.size
    return 0.0 if amounts.size == 1 else max(index - least, 0.0) / (1 - least)


def rank(values: pd.Series) -> pd.Series:
    """Rank of each partner by value, 1 the largest; equal values share the better rank.

    Parameters
    ----------
    values : pandas.Series
        Trade by partner in one unit, none missing.

    Returns
    -------
    pandas.Series
        Whole numbers, 1 and above, by the same index: one more than the number of larger values.

    Raises
    ------
    ValueError
        If a value is missing.

    References
    ----------
    Standard competition ranking, as ``RANK()`` of SQL:2003.

    Examples
    --------
    >>> rank(pd.Series({"USA": 9.0, "RUS": 4.0, "JPN": 6.0})).to_dict()
    {'USA': 1, 'RUS': 3, 'JPN': 2}
    """
    return values.rank(ascending=False, method="min").astype(int)


def trade_intensity(flow: Any, exports: Any, imports: Any, world: Any) -> Any:
    """Trade intensity: a flow against what the sizes of the two traders would lead one to expect.

    Parameters
    ----------
    flow : float, numpy.ndarray or narwhals.Expr
        Exports of A to B.
    exports : float, numpy.ndarray or narwhals.Expr
        Exports of A to the world.
    imports : float, numpy.ndarray or narwhals.Expr
        Imports of B from the world.
    world : float, numpy.ndarray or narwhals.Expr
        World trade without the imports of A itself.

    Returns
    -------
    float, numpy.ndarray or narwhals.Expr
        ``(flow / exports) / (imports / world)``, 0 and above; 1 means as much as size alone would give.

    References
    ----------
    Brown (1949), Applied Economics; Kojima (1964), The pattern of international trade among advanced countries.

    Examples
    --------
    >>> trade_intensity(flow=20, exports=100, imports=50, world=1000)
    4.0
    """
    return (flow / exports) / (imports / world)


# -- whole matrices -------------------------------------------------------------------------------
# In narwhals: pandas, Polars, DuckDB and PySpark run the same lines. Columns are expressions; nothing here looks at a value.


def all_flows(matrix: IntoFrameT, value: str = "value", by: Sequence[str] = ()) -> IntoFrameT:
    """Share, rank and intensity of all flows of a matrix at once, on both sides of each.

    Parameters
    ----------
    matrix : frame
        ``exporter``, ``importer`` and a value, one row a flow: a pandas or Polars frame, a DuckDB relation or a
        PySpark frame. Trade of an economy with itself, and flows that are not above zero or not finite, are left out.
    value : str
        The column to use.
    by : sequence of str
        Columns, such as period and product, each of whose values has a matrix of its own.

    Returns
    -------
    frame
        Of the kind that came, one row a flow in the order of its keys: ``by``, ``exporter``, ``importer``; ``value`` (unit of
        the matrix); ``export_share`` (of all that the exporter sells) and ``import_share`` (of all that the importer buys),
        above 0 and at most 1; ``export_rank`` and ``import_rank`` (:func:`rank` among buyers, among suppliers), 1 and above;
        ``intensity`` (:func:`trade_intensity`), above 0.

    Raises
    ------
    ValueError
        If a flow has two rows; frames that are only computed when asked for (DuckDB, PySpark) are not looked through.

    References
    ----------
    As :func:`partner_share`, :func:`rank` and :func:`trade_intensity`.

    Examples
    --------
    >>> matrix = pd.DataFrame({"exporter": list("AABC"), "importer": list("BCCA"), "value": [30.0, 10.0, 60.0, 20.0]})
    >>> all_flows(matrix).set_index(["exporter", "importer"]).loc[("A", "C")].round(2).tolist()
    [10.0, 0.25, 2.0, 0.14, 2.0, 0.36]
    """
    keys, flow = list(by), nw.col("value")
    rows = _flows(matrix, value, by)
    totals = _economies(rows, by)
    sells = totals.select(*keys, "exports", "elsewhere", exporter="economy")
    buys = totals.select(*keys, "imports", importer="economy")
    ranks = flow.rank("min", descending=True)
    ranked = rows.with_columns(
        export_rank=ranks.over(*keys, "exporter").cast(nw.Int64),
        import_rank=ranks.over(*keys, "importer").cast(nw.Int64),
    )
    flows = ranked.join(sells, [*keys, "exporter"]).join(buys, [*keys, "importer"])
    exports, imports, elsewhere = nw.col("exports"), nw.col("imports"), nw.col("elsewhere")
    flows = flows.with_columns(
        export_share=partner_share(flow, exports),
        import_share=partner_share(flow, imports),
        intensity=trade_intensity(flow, exports, imports, elsewhere),
    )
    columns = ["value", "export_share", "export_rank", "import_share", "import_rank", "intensity"]
    done: IntoFrameT = _ordered(flows, [*keys, "exporter", "importer"], columns)
    return done


def all_economies(matrix: IntoFrameT, value: str = "value", by: Sequence[str] = ()) -> IntoFrameT:
    """Totals, number of partners and concentration of all economies of a matrix at once.

    Parameters
    ----------
    matrix, value, by
        As in :func:`all_flows`.

    Returns
    -------
    frame
        Of the kind that came, one row an economy in the order of its keys: ``by``, ``economy``; ``exports`` and ``imports``
        (unit of the matrix); ``buyers`` and ``suppliers``, their number; ``export_hhi`` and ``import_hhi`` (:func:`hhi`),
        above 0 and at most 1, missing where nothing is sold or bought.

    Raises
    ------
    ValueError
        As in :func:`all_flows`.

    References
    ----------
    As :func:`hhi`.

    Examples
    --------
    >>> matrix = pd.DataFrame({"exporter": list("AAB"), "importer": list("BCC"), "value": [30.0, 10.0, 60.0]})
    >>> all_economies(matrix)[["exports", "buyers", "export_hhi", "imports"]].iloc[0].tolist()
    [40.0, 2.0, 0.625, 0.0]
    """
    keys, rows = list(by), _flows(matrix, value, by)
    economies = _economies(rows, by)
    for total, partners, index in (("exports", "buyers", "export_hhi"), ("imports", "suppliers", "import_hhi")):
        share_of_squares = nw.col(index) / nw.col(total) ** 2  # sum((v / total) ** 2), one pass
        economies = economies.with_columns(nw.when(nw.col(partners) > 0).then(share_of_squares).alias(index))
    columns = ["exports", "buyers", "export_hhi", "imports", "suppliers", "import_hhi"]
    done: IntoFrameT = _ordered(economies, [*keys, "economy"], columns)
    return done


def all_pairs(matrix: IntoFrameT, value: str = "value", by: Sequence[str] = ()) -> IntoFrameT:
    """Trade, shares, asymmetry and intensity of all pairs of a matrix at once, both directions together.

    Parameters
    ----------
    matrix, value, by
        As in :func:`all_flows`.

    Returns
    -------
    frame
        Of the kind that came, one row a pair that trades, in the order of its keys: ``by``; ``first`` and ``second``, by the
        alphabet; ``trade`` (unit of the matrix), ``share_in_first`` (of the second in the first's trade) and
        ``share_in_second``, between 0 and 1; ``ratio`` (total trade of the first over that of the second), above 0;
        ``asymmetry`` (the same, larger over smaller), 1 and above; ``intensity`` (trade over the two flows for which
        :func:`trade_intensity` is 1), above 0.

    Raises
    ------
    ValueError
        As in :func:`all_flows`.

    References
    ----------
    As :func:`asymmetry` and :func:`trade_intensity`.

    Examples
    --------
    >>> matrix = pd.DataFrame({"exporter": list("AACC"), "importer": list("BCBA"), "value": [20.0, 80.0, 30.0, 40.0]})
    >>> all_pairs(matrix)[["share_in_first", "share_in_second", "ratio", "intensity"]].round(2).iloc[0].tolist()
    [0.14, 0.4, 2.8, 0.52]
    """
    keys, rows = list(by), _flows(matrix, value, by)
    exporter, importer, trade = nw.col("exporter"), nw.col("importer"), nw.col("trade")
    forth = exporter < importer
    pairs = rows.with_columns(
        first=nw.when(forth).then(exporter).otherwise(importer),
        second=nw.when(forth).then(importer).otherwise(exporter),
    )
    pairs = pairs.group_by(*keys, "first", "second").agg(trade=nw.col("value").sum())
    totals = _economies(rows, by)
    for side in ("first", "second"):
        own = {f"{side}_{total}": nw.col(total) for total in ("exports", "imports", "elsewhere")}
        pairs = pairs.join(
            totals.select(*keys, economy=nw.col("economy"), **own).rename({"economy": side}), [*keys, side]
        )
    pairs = pairs.with_columns(
        share_in_first=partner_share(trade, nw.col("first_exports") + nw.col("first_imports")),
        share_in_second=partner_share(trade, nw.col("second_exports") + nw.col("second_imports")),
        intensity=trade / (_expected("first", "second") + _expected("second", "first")),
    )
    pairs = pairs.with_columns(ratio=asymmetry(nw.col("share_in_second"), nw.col("share_in_first")))
    pairs = pairs.with_columns(asymmetry=nw.max_horizontal(nw.col("ratio"), 1 / nw.col("ratio")))
    columns = ["trade", "share_in_first", "share_in_second", "ratio", "asymmetry", "intensity"]
    done: IntoFrameT = _ordered(pairs, [*keys, "first", "second"], columns)
    return done


def _ordered(frame: Any, keys: list[str], columns: list[str]) -> Any:
    """These columns in the order of the keys, as a frame of the kind that came."""
    ordered = frame.select(*keys, *columns).sort(*keys)
    return (nw.maybe_reset_index(ordered) if isinstance(ordered, nw.DataFrame) else ordered).to_native()


def _expected(seller: str, buyer: str) -> nw.Expr:
    """The flow for which :func:`trade_intensity` is 1; nothing is expected of an economy that sells or buys nothing."""
    exports, imports = nw.col(f"{seller}_exports"), nw.col(f"{buyer}_imports")
    expected = 1 / trade_intensity(1, exports, imports, nw.col(f"{seller}_elsewhere"))
    return nw.when((exports > 0) & (imports > 0)).then(expected).otherwise(0.0)


def _flows(matrix: Any, value: str, by: Sequence[str]) -> Any:
    """The flows above zero and finite, none of an economy with itself."""
    keys = [*by, "exporter", "importer"]
    # Where a missing number is NaN, some engines take it for greater than any.
    real = (nw.col(value) > 0) & (nw.col(value) < math.inf)
    rows = nw.from_native(matrix).filter(nw.col("exporter") != nw.col("importer"), real)
    rows = rows.select(*keys, value=nw.col(value))
    if isinstance(rows, nw.DataFrame) and (twice := rows.select(keys).is_duplicated()).any():
        raise ValueError(f"{', '.join(map(str, rows.select(keys).filter(twice).row(0)))}: two rows for one flow")
    return rows


def _economies(rows: Any, by: Sequence[str]) -> Any:
    """By economy: the columns of :func:`all_economies`, where the indices are still sums of squares, and what all others buy."""
    sides = []
    zero, none = nw.lit(0.0), nw.lit(0, nw.Int64)
    flows = rows.with_columns(square=nw.col("value") ** 2)
    for own in ("exporter", "importer"):
        total, partners, squares = nw.col("total"), nw.col("partners").cast(nw.Int64), nw.col("squares")
        side = flows.group_by(*by, own).agg(
            total=nw.col("value").sum(), partners=nw.len(), squares=nw.col("square").sum()
        )
        sells = own == "exporter"
        sides.append(
            side.select(
                *by,
                economy=own,
                exports=total if sells else zero,
                buyers=partners if sells else none,
                export_hhi=squares if sells else zero,
                imports=zero if sells else total,
                suppliers=none if sells else partners,
                import_hhi=zero if sells else squares,
            )
        )
    columns = ["exports", "buyers", "export_hhi", "imports", "suppliers", "import_hhi"]
    found = nw.concat(sides).group_by(*by, "economy").agg(*(nw.col(column).sum() for column in columns))
    world = nw.col("imports").sum()
    return found.with_columns(
        nw.col("buyers", "suppliers").cast(nw.Int64),  # sums of whole numbers come back as fractions from some
        elsewhere=(world.over(*by) if by else world) - nw.col("imports"),
    )


# -- prices and baskets ---------------------------------------------------------------------------


def unit_value(value: pd.Series | float, quantity: pd.Series | float) -> pd.Series | float:
    """Value over quantity: an average price of what crossed the border, not a quoted price.

    Parameters
    ----------
    value, quantity : pandas.Series or float
        Of the same goods, flow and period.

    Returns
    -------
    pandas.Series or float
        ``value / quantity``, unit of the one per unit of the other, 0 and above; of series, infinite where the quantity is
        zero and missing where either is.

    Raises
    ------
    ZeroDivisionError
        If a quantity that is a plain number is zero.

    References
    ----------
    IMF (2009), Export and Import Price Index Manual, ch. 2.

    Examples
    --------
    Dollars per tonne of crude, from millions of dollars and millions of tonnes:

    >>> round(unit_value(62420, 108.47), 1)
    575.5
    """
    return value / quantity


def discount(price: pd.Series | float, benchmark: pd.Series | float) -> pd.Series | float:
    """How far a price lies below a benchmark, as a fraction of the benchmark (negative: above it).

    Parameters
    ----------
    price, benchmark : pandas.Series or float
        Above 0, in one unit, such as dollars per barrel.

    Returns
    -------
    pandas.Series or float
        ``1 - price / benchmark``, below 1; missing where either is.

    Raises
    ------
    ZeroDivisionError
        If a benchmark that is a plain number is zero.

    References
    ----------
    The relative difference to a benchmark; a definition of this book.

    Examples
    --------
    >>> round(discount(60.0, 80.0), 2)
    0.25
    """
    return 1 - price / benchmark


def price_and_volume(products: pd.DataFrame, cutoff: float | None = None) -> pd.DataFrame:
    """Split the growth of a value into price and volume: chained Fisher indices of unit values.

    A link compares two neighbouring periods over the products that have a value and a quantity in both. Unit values mix
    qualities and suffer from wrong quantities; a cut-off leaves out products whose unit value changed beyond a factor.

    Parameters
    ----------
    products : pandas.DataFrame
        ``product``, ``period``, ``value`` and ``quantity``, one row a product and period; missing quantities allowed.
    cutoff : float, optional
        Products whose unit value rose or fell by more than this factor between the two periods do not count in the link.

    Returns
    -------
    pandas.DataFrame
        By ``period``, in order: ``value`` (sum of all products, unit of the input); ``laspeyres``, ``paasche`` and
        ``link`` of prices on the period before, above 0; ``matched_before`` and ``matched``, the fractions of the value of
        the period before and of this period that the link rests on; ``price`` and ``volume``, 1 in the first period.
        Price times volume is the value over that of the first period: products outside the link count as volume.

    Raises
    ------
    ValueError
        If a product has two rows for a period, a value or quantity is negative, or no product links two periods.

    Notes
    -----
    ``laspeyres = sum(p1 * q0) / sum(p0 * q0)``, ``paasche = sum(p1 * q1) / sum(p0 * q1)``,
    ``link = sqrt(laspeyres * paasche)``.

    References
    ----------
    Fisher (1922), The Making of Index Numbers; IMF (2009), Export and Import Price Index Manual, ch. 2 on unit values.

    Examples
    --------
    Of two goods one gets dearer by half and the other is bought twice:

    >>> goods = pd.DataFrame({"product": list("abab"), "period": [2020, 2020, 2021, 2021],
    ...                       "value": [100.0, 100.0, 150.0, 200.0], "quantity": [10.0, 10.0, 10.0, 20.0]})
    >>> price_and_volume(goods).loc[1, ["laspeyres", "paasche", "price", "volume"]].astype(float).round(3).tolist()
    [1.25, 1.167, 1.208, 1.449]
    """
    twice = products[products.duplicated(["product", "period"])]
    if len(twice):
        raise ValueError(f"product {twice['product'].iloc[0]} has two rows for {twice['period'].iloc[0]}")
    if (products[["value", "quantity"]] < 0).any(axis=None):
        raise ValueError("values and quantities must not be negative")
    value, quantity = (products.pivot(index="product", columns="period", values=of) for of in ("value", "quantity"))
    price = value.where(value > 0) / quantity.where(quantity > 0)
    periods = list(value.columns)
    total = value.sum()
    rows = [{"period": periods[0], "value": total.iloc[0], "price": 1.0}]
    for before, now in zip(periods, periods[1:], strict=False):
        change = price[now] / price[before]
        linked = change.notna() if cutoff is None else change.between(1 / cutoff, cutoff)
        if not linked.any():
            raise ValueError(f"no product links {before} with {now}")
        base, present, step = value.loc[linked, before], value.loc[linked, now], change[linked]
        laspeyres = (base * step).sum() / base.sum()
        paasche = present.sum() / (present / step).sum()
        link = float(np.sqrt(laspeyres * paasche))
        rows.append(
            {
                "period": now,
                "value": total[now],
                "laspeyres": laspeyres,
                "paasche": paasche,
                "link": link,
                "matched_before": base.sum() / total[before],
                "matched": present.sum() / total[now],
                "price": rows[-1]["price"] * link,
            }
        )
    made = pd.DataFrame(rows)
    made["volume"] = made["value"] / total.iloc[0] / made["price"]
    columns = ["period", "value", "laspeyres", "paasche", "link", "matched_before", "matched", "price", "volume"]
    return made.reindex(columns=columns)


def revealed_comparative_advantage(product: float, total: float, world_product: float, world_total: float) -> float:
    """Balassa index: a product's share in a country's exports over its share in the world's.

    Parameters
    ----------
    product, total : float
        The country's exports of the product, and all its exports.
    world_product, world_total : float
        The same of the world; all four in one unit and of one period.

    Returns
    -------
    float
        ``(product / total) / (world_product / world_total)``, 0 and above; above 1 is called a revealed comparative
        advantage.

    Raises
    ------
    ZeroDivisionError
        If a total, or the world's exports of the product, are zero.

    References
    ----------
    Balassa (1965), Trade liberalisation and "revealed" comparative advantage, Manchester School 33, 99-123.

    Examples
    --------
    >>> revealed_comparative_advantage(product=50, total=100, world_product=25, world_total=100)
    2.0
    """
    return (product / total) / (world_product / world_total)


def export_similarity(first: pd.Series, second: pd.Series) -> float:
    """Finger–Kreinin similarity of two baskets.

    Parameters
    ----------
    first, second : pandas.Series
        Values by product code; a product missing from one basket counts as zero there.

    Returns
    -------
    float
        ``sum(min(a_i, b_i))`` over shares: 0 nothing in common, 1 the same structure. One minus the Bray–Curtis distance
        of the two share vectors.

    Raises
    ------
    ValueError
        If the values of a basket sum to zero: it has no shares.

    References
    ----------
    Finger and Kreinin (1979), A measure of 'export similarity' and its possible uses, Economic Journal 89, 905-912.

    Examples
    --------
    >>> round(export_similarity(pd.Series({"27": 70, "44": 30}), pd.Series({"84": 60, "44": 40})), 2)
    0.3
    """
    if not first.sum() or not second.sum():
        raise ValueError("a basket whose values sum to zero has no shares")
    both = pd.concat([first / first.sum(), second / second.sum()], axis=1).fillna(0.0)
    return float(both.min(axis=1).sum())


def vote_distance(first: pd.Series, second: pd.Series) -> pd.Series:
    """Absolute distance of two ideal points in the UN General Assembly, by period.

    Parameters
    ----------
    first, second : pandas.Series
        Ideal points of two countries by period, on the one scale of the same estimation.

    Returns
    -------
    pandas.Series
        ``abs(first - second)``, 0 and above, on that scale; missing in a period that only one of them has.

    References
    ----------
    Bailey, Strezhnev and Voeten (2017), Estimating dynamic state preferences from United Nations voting data, Journal of
    Conflict Resolution 61, 430-456.

    Examples
    --------
    >>> vote_distance(pd.Series({"2023": -0.9}), pd.Series({"2023": -0.6})).round(2).tolist()
    [0.3]
    """
    return (first - second).abs()
