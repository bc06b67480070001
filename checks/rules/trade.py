"""Rules on the trade between China and Russia, and on the totals of both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from checks.rules import kit
from partnership import data


@kit.rule("the turnover runs CHN to RUS by convention; a file tells for one side, in one currency", "bilateral-trade")
def _one_side_a_file(trade: pd.DataFrame) -> Iterator[kit.Fault]:
    turned = (trade["direction"] == "two-way") & (trade["exporter"] != "CHN")
    yield from kit.at(trade, turned, "exporter", "{exporter} in a turnover, which is CHN to RUS by convention")
    publisher = trade["source_id"].str.extract(r"^(gacc|mgimo|fcs)-")[0]
    files = trade.assign(publisher=publisher)
    yield from kit.fits(files, "reporter", "publisher", {"gacc": "CHN", "mgimo": "CHN", "fcs": "RUS"})
    files = trade.assign(publisher=trade["source_id"].str.extract(r"^(imf-dots|fcs-monthly|mgimo|gacc.*-cny)-")[0])
    currency = {"imf-dots": "USD", "fcs-monthly": "USD", "mgimo": "USD", "gacc-partner-table-cny": "CNY"}
    yield from kit.fits(files, "currency", "publisher", currency)
    wrong = (trade["exporter"] != trade["reporter"]) & (trade["importer"] != trade["reporter"])
    yield from kit.at(trade, wrong, "reporter", "{reporter} is neither exporter nor importer")


def _sides(trade: pd.DataFrame, by: list[str]) -> Iterator[dict[str, float]]:
    """Exports and imports of China and the turnover, with the row of that, where all three are known."""
    rows, found = trade.dropna(subset=["value"]), dict[tuple[Any, ...], dict[str, float]]()
    cells = kit.cells(rows, ("direction", "exporter", "value", *by))
    for row, (direction, exporter, value, *key) in zip(rows.index, cells, strict=True):
        sides = found.setdefault(tuple(key), {})
        if direction != "two-way":
            sides.setdefault("exports" if exporter == "CHN" else "imports", value)
        elif "both" not in sides:
            sides |= {"both": value, "row": row}
    return (sides for key, sides in found.items() if len(sides) == 4 and None not in key)


def _yuan_table(trade: pd.DataFrame) -> pd.DataFrame:
    """What customs tells of all partners in yuan, month by month."""
    return trade[trade["source_id"].str.startswith("gacc-partner-table-cny-")]


@kit.rule(
    "China's exports and imports add to the turnover: to the digits in the table in yuan, 0.32 % on one page, 2.7 % between pages",
    "bilateral-trade",
)
def _flows_add(trade: pd.DataFrame) -> Iterator[kit.Fault]:
    page = ["period", "frequency", "reporter", "currency", "source_id"]
    for rows, by, relative, absolute in (
        (_yuan_table(trade), page, 0.0, 0.15),  # three figures, printed to 0.1 million
        (trade, page, 0.0032, 0.0),
        (data.best(trade), page[:-1], 0.027, 0.0),
    ):
        for flow in _sides(rows, by):
            if abs(flow["exports"] + flow["imports"] - flow["both"]) > relative * flow["both"] + absolute:
                words = "{both:.7g} is not the sum of exports and imports, {exports:.7g} and {imports:.7g}"
                yield int(flow["row"]), "value", words.format(**flow)


@kit.rule("yuan over dollars of one flow give the rate of the years, 6.3 to 7.4", "bilateral-trade")
def _rates_fit(trade: pd.DataFrame) -> Iterator[kit.Fault]:
    best = data.best(trade)
    yuan, dollars = (best[best["currency"] == currency] for currency in ("CNY", "USD"))
    rate = yuan["value"] / kit.held(yuan, ["period", *kit.SERIES[:-1]], dollars)
    words = "{value:.7g} over the dollar figure gives {rate:.2f} yuan a dollar"
    yield from kit.at(yuan, ~rate.between(6.3, 7.4) & rate.notna(), "value", words, rate=rate)


@kit.rule("the year to date never falls within a year and ends as the year", "bilateral-trade")
def _year_to_date_rises(trade: pd.DataFrame) -> Iterator[kit.Fault]:
    best = data.best(trade)
    rows = best[best["frequency"] == "YTD"].assign(year=lambda frame: frame["period"].str[:4])
    rows = rows.sort_values([*kit.SERIES, "period"])
    before = rows.groupby([*kit.SERIES, "year"])["value"].shift()
    words = "{value:.7g} is less than earlier in the year, {before:.7g}"
    yield from kit.at(rows, rows["value"] < before, "value", words, before=before)
    december = rows[rows["period"].str.endswith("-12")].assign(period=rows["year"])
    years = best[best["frequency"] == "A"]
    end = kit.held(years, ["period", *kit.SERIES[1:]], december)
    words = "{value:.7g} where January to December has {end:.7g}"
    yield from kit.at(years, (years["value"] - end).abs() > 0, "value", words, end=end)
    since = years["currency"].map({"USD": "2022", "CNY": "2024"})  # the table has no December of most years before
    lost = end.isna() & (years["reporter"] == "CHN") & (years["period"] >= since)
    yield from kit.at(years, lost, "period", "{period} without January to December (row lost?)")
    lost = kit.held(december, ["period", *kit.SERIES[1:]], years).isna()
    yield from kit.at(december, lost, "period", "January to December without the year {period} (row lost?)")


@kit.rule("months of the Chinese table are the steps of its year to date", "bilateral-trade")
def _months_are_steps(trade: pd.DataFrame) -> Iterator[kit.Fault]:
    table = _yuan_table(trade)
    months, dated = (table[table["frequency"] == frequency] for frequency in ("M", "YTD"))
    flow = ["period", *kit.SERIES[1:]]
    month = kit.mapped(months["period"], lambda period: int(period[5:]))
    earlier = months.assign(
        period=kit.mapped(months["period"], lambda period: f"{period[:5]}{int(period[5:]) - 1:02d}")
    )
    step = kit.held(months, flow, dated) - kit.held(earlier, flow, dated).where(month > 1, 0.0)
    wrong = (step - months["value"]).abs() > 0.03 * months[
        "value"
    ]  # the step holds what was revised of the months before
    yield from kit.at(months, wrong, "value", "{value:.7g} is not the step of the year to date, {step:.7g}", step=step)


@kit.rule("growth as printed fits the levels within 12 points", "bilateral-trade")
def _growth_fits(trade: pd.DataFrame) -> Iterator[kit.Fault]:
    rows = trade[(trade["status"] == "reported") & trade["value"].notna() & trade["growth_reported"].notna()]
    before = rows.assign(period=kit.mapped(rows["period"], lambda period: f"{int(period[:4]) - 1}{period[4:]}"))
    found = 100 * (rows["value"] / kit.held(before, ["period", *kit.SERIES], data.best(trade)) - 1)
    wrong = (found - rows["growth_reported"]).abs() > 12
    words = "{growth_reported:g} per cent where the levels give {found:.1f}"
    yield from kit.at(rows, wrong, "growth_reported", words, found=found)


@kit.rule("growth as printed is that of the levels within two points", "energy-trade")
@kit.rule("growth as printed is that of the levels within two points", "trade-totals")
def _growth_of_levels(frame: pd.DataFrame) -> Iterator[kit.Fault]:
    """Pages may differ on the year before: growth on the largest to growth on the smallest value."""
    told = {"period", "value", "error", "growth_reported", "rank", "qualifier", "status", "source_id", "published", "note"}  # fmt: skip
    keys = [name for name in frame if name not in told]
    year = frame.assign(period=kit.mapped(frame["period"], data.year_before))[["period", *keys]]
    levels = frame.groupby(["period", *keys], dropna=False)["value"].agg(["min", "max"]).reset_index()
    before = year.merge(levels, how="left").set_axis(frame.index)
    low, high = (100 * (frame["value"] / before[name] - 1) for name in ("max", "min"))
    wrong = (frame["growth_reported"] < low - 2) | (frame["growth_reported"] > high + 2)
    words = "{growth_reported:g} per cent where the levels give {low:.1f} to {high:.1f}"
    yield from kit.at(frame, wrong, "growth_reported", words, low=low, high=high)


@kit.rule("a file of statistics has each flow in each of its periods", "bilateral-trade")
def _files_whole(trade: pd.DataFrame) -> Iterator[kit.Fault]:
    own = ["exporter", "importer", "reporter", "frequency", "direction"]
    for source, flows, frequency, span in (
        ("fcs-monthly-partners-2021", 2, "M", ("2006-01", "2021-12")),
        ("imf-dots-2023", 4, "Y", ("1992", "2020")),
        ("mgimo-foreign-trade-2026-07", 2, "M", ("2019-01", "2026-05")),
    ):
        rows = trade[trade["source_id"] == source]
        yield from kit.complete(rows, own, frequency)
        yield from kit.together(rows, own)
        yield from kit.together(rows, own, "min")
        if len(rows.groupby(own)) != flows:
            at = int(rows.index[0]) if len(rows) else 0
            yield at, "source_id", f"{source} has {len(rows.groupby(own))} flows, not {flows}"
        elif (held := (rows["period"].min(), rows["period"].max())) != span:
            yield int(rows.index[0]), "period", f"{source} has {'/'.join(held)}, not {'/'.join(span)} (rows lost?)"
    dated = _yuan_table(trade)
    dated = dated[dated["frequency"] != "A"]
    yield from kit.complete(dated, own, "M")
    yield from kit.together(dated, own)
    yield from kit.together(dated, own, "min")


@kit.rule(
    "what is Russia's word after January 2022 is the word of officials on 2023, of tier C or E",
    "bilateral-trade",
    "sources",
)
def _russia_silent(trade: pd.DataFrame, sources: pd.DataFrame) -> Iterator[kit.Fault]:
    late = trade[(trade["reporter"] == "RUS") & (trade["period"] > "2022-01")]
    tier = late["source_id"].map(kit.of_pages(sources, "tier"))
    words = "Russian customs told no partner after January 2022: {source_id} is of tier {tier}"
    yield from kit.at(late, ~tier.isin(["C", "E"]), "source_id", words, tier=tier)
    words = "Russian customs told no partner after January 2022, and officials spoke of 2023 alone"
    yield from kit.at(late, late["period"] != "2023", "period", words)


@kit.rule("MGIMO's file of months and its file of oil and gas agree", "bilateral-trade", "oil-gas-trade")
def _mgimo_agrees(trade: pd.DataFrame, groups: pd.DataFrame) -> Iterator[kit.Fault]:
    both = groups.groupby(kit.FLOW, as_index=False)["value"].sum()
    rows = trade[(trade["source_id"] == "mgimo-foreign-trade-2026-07") & (trade["exporter"] == "RUS")]
    yield from kit.elsewhere(rows, both, kit.FLOW, absolute=1)


@kit.rule("oil and gas and all else are China's imports from Russia", "oil-gas-trade", "bilateral-trade")
def _groups_add(groups: pd.DataFrame, trade: pd.DataFrame) -> Iterator[kit.Fault]:
    told = trade[(trade["source_id"] == "mgimo-foreign-trade-2026-07") & (trade["exporter"] == "RUS")]
    both = groups.groupby(kit.FLOW)["value"].transform("sum")
    rows = groups.assign(value=both)[(groups["importer"] == "CHN") & (groups["product_group"] == "oil_and_gas")]
    yield from kit.elsewhere(rows, told, kit.FLOW, absolute=1)


@kit.rule("each buyer has both groups of goods in each month, and reports itself", "oil-gas-trade")
def _groups_whole(groups: pd.DataFrame) -> Iterator[kit.Fault]:
    yield from kit.fits(groups, "reporter", "importer", {"CHN": "CHN", "IND": "IND", "TUR": "TUR", "XOT": "XMR"})
    keys = ["importer", "product_group"]
    yield from kit.complete(groups, keys, "M")
    yield from kit.together(groups, keys)
    yield from kit.together(groups, keys, "min")


@kit.rule("Russia's continents add to the world, 0.25 % unallocated", "trade-totals")
def _continents_add(totals: pd.DataFrame) -> Iterator[kit.Fault]:
    files = ["fcs-by-country-group-2023-12", "fcs-by-country-group-2024-09"]
    rows = totals[totals["source_id"].isin(files) & (totals["direction"] == "one-way")]
    out = rows["exporter"] == "RUS"
    world = rows["importer"].where(out, rows["exporter"]) == "WLD"
    by = ["period", "frequency", "source_id", out.rename("out")]
    yield from kit.adds(rows, by, world, "importer", 0.0025, 0)
    size = rows.groupby(by)["value"].transform("size")
    first = ~rows.assign(out=out).duplicated(["period", "frequency", "source_id", "out"])
    yield from kit.at(
        rows, first & (size != 6), "importer", "{size} rows, not five continents and the world", size=size
    )


@kit.rule("a total is China's or Russia's with the world or a continent, in the currency of its file", "trade-totals")
def _totals_sides(totals: pd.DataFrame) -> Iterator[kit.Fault]:
    for side, other in (("exporter", "importer"), ("importer", "exporter")):
        wrong = (totals[side] != totals["reporter"]) & (totals[other] != totals["reporter"])
        wrong |= (totals[side] == totals["reporter"]) & totals[other].isin(["CHN", "RUS"])
        yield from kit.at(totals, wrong, side, "{exporter} to {importer} is no total of {reporter}")
    files = totals[totals["source_id"].str.contains("^(?:imf|un-comtrade|wits|fcs-annual)")]
    for _, rows in files.groupby("source_id"):
        yield from kit.complete(rows, ["exporter", "importer"], "Y")
        yield from kit.together(rows, ["exporter", "importer"])
        yield from kit.together(rows, ["exporter", "importer"], "min")
    publisher = totals["source_id"].str.extract(r"^(imf|un-comtrade|wits|fcs)-")[0]
    dollars = dict.fromkeys(("imf", "un-comtrade", "wits", "fcs"), "USD")
    yield from kit.fits(totals.assign(publisher=publisher), "currency", "publisher", dollars)


@kit.rule("the totals of WITS stand in both tables alike", "trade-totals", "concentration-published")
def _totals_as_wits(totals: pd.DataFrame, published: pd.DataFrame) -> Iterator[kit.Fault]:
    rows = totals[totals["source_id"].str.startswith("wits-")].rename(columns={"reporter": "country"})
    flow = np.where(rows["exporter"] == rows["country"], "exports", "imports")
    told = published[published["indicator"] == "trade-value"]
    yield from kit.elsewhere(rows.assign(flow=flow), told, ["period", "country", "flow"], absolute=0.01, must=True)


@kit.rule("WITS has each total of the country in the other table", "concentration-published", "trade-totals")
def _wits_as_totals(published: pd.DataFrame, totals: pd.DataFrame) -> Iterator[kit.Fault]:
    rows = totals[totals["source_id"].str.startswith("wits-")].rename(columns={"reporter": "country"})
    rows = rows.assign(flow=np.where(rows["exporter"] == rows["country"], "exports", "imports"))
    told = published[published["indicator"] == "trade-value"]
    yield from kit.elsewhere(told, rows, ["period", "country", "flow"], absolute=0.01)


@kit.rule("Russia's totals are those of its product groups", "trade-totals", "russia-product-structure")
def _totals_as_products(totals: pd.DataFrame, products: pd.DataFrame) -> Iterator[kit.Fault]:
    told = products[(products["hs_group"] == "TOTAL") & (products["source_id"] == "fcs-product-groups-2023-12")]
    rows = totals[(totals["source_id"] == "fcs-by-country-group-2023-12") & (totals["frequency"] == "A")]
    yield from kit.elsewhere(rows, told, kit.FLOW, absolute=1)


@kit.rule(
    "revised months are whole and add to the year that customs printed, within 1.3 per cent",
    "monthly-trade",
    "bilateral-trade",
)
def _months_add(months: pd.DataFrame, trade: pd.DataFrame) -> Iterator[kit.Fault]:
    yield from kit.complete(months, ["exporter"], "M")
    yield from kit.together(months, ["exporter"])
    best = data.best(trade)
    years = best[(best["frequency"] == "A") & (best["reporter"] == "CHN") & (best["currency"] == "USD")]
    rows = months.assign(year=months["period"].str[:4])
    total = rows.groupby(["year", "exporter"])["value"].transform("sum")
    told = kit.held(rows.assign(period=rows["year"]), kit.FLOW, years[years["direction"] == "one-way"])
    first = ~rows.duplicated(["year", "exporter"])
    words = "the months of {year} add to {total:.7g} where customs printed {told:.7g}"
    yield from kit.at(rows, first & ((total / told - 1).abs() > 0.013), "value", words, total=total, told=told)
    basis = rows["valuation"] != rows["exporter"].map({"CHN": "FOB", "RUS": "CIF"})
    yield from kit.at(rows, basis, "valuation", "{valuation} is not how China values trade with {exporter} as seller")


@kit.rule("a revised month is near the one first printed, within 10 per cent", "monthly-trade", "bilateral-trade")
def _months_as_printed(months: pd.DataFrame, trade: pd.DataFrame) -> Iterator[kit.Fault]:
    printed = data.best(trade)
    printed = printed[(printed["direction"] == "one-way") & (printed["frequency"] == "M")]
    yield from kit.elsewhere(months, printed, ["period", *kit.SERIES[2:]], factor=1.1)
