"""Rules on prices, rates of exchange, output and published indices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from checks.rules import kit

# -- prices, rates, output ------------------------------------------------------------------------


@kit.rule("a year of Brent is the mean of its months within half a dollar", "oil-price")
def _brent_years(prices: pd.DataFrame) -> Iterator[kit.Fault]:
    months = prices[prices["frequency"] == "M"]
    mean = months.groupby(months["period"].str[:4])["value"].agg(["mean", "size"])
    years = prices[prices["frequency"] == "A"]
    told = years["period"].map(mean["mean"].where(mean["size"] >= 8))
    wrong = (years["value"] - told).abs() > 0.5
    yield from kit.at(years, wrong, "value", "{value:g} where the months average {told:.2f}", told=told)
    for rows, frequency in ((months, "M"), (years, "Y")):
        yield from kit.complete(rows, ["frequency", "benchmark"], frequency)


@kit.rule("rates of the months average to the year's, the yuan within 1.5 %, the rouble within 15 %", "exchange-rates")
def _rates_average(rates: pd.DataFrame) -> Iterator[kit.Fault]:
    months, years = (rates[rates["frequency"] == frequency] for frequency in ("M", "A"))
    by = [months["period"].str[:4], months["currency"], months["per"], months["source_id"]]
    group = months.groupby(by)["value"]
    mean, many = group.transform("mean"), group.transform("size")
    year = kit.held(months.assign(period=months["period"].str[:4]), ["period", "currency", "per"], years)
    british = months["source_id"].str.startswith("hmrc")
    slack = pd.Series(np.where(months["currency"] == "RUB", 0.15, np.where(british, 0.07, 0.015)), months.index)
    wrong = (many == 12) & ((mean / year - 1).abs() > slack) & months["period"].str.endswith("-01")
    words = "the months of this year average {mean:.5g}, the year has {year:.5g}"
    yield from kit.at(months, wrong, "value", words, mean=mean, year=year)


@kit.rule("roubles a dollar are roubles a yuan times yuan a dollar", "exchange-rates")
def _rates_cross(rates: pd.DataFrame) -> Iterator[kit.Fault]:
    rows = rates[(rates["frequency"] == "M") & rates["source_id"].str.startswith("hmrc")]
    pair = {
        f"{a}{b}": rows[(rows["currency"] == a) & (rows["per"] == b)]
        for a, b in (("RUB", "USD"), ("RUB", "CNY"), ("CNY", "USD"))
    }
    own = pair["RUBUSD"]
    found = kit.held(own, ["period"], pair["RUBCNY"]) * kit.held(own, ["period"], pair["CNYUSD"])
    yield from kit.at(
        own,
        (own["value"] / found - 1).abs() > 0.001,
        "value",
        "{value:.5g} where the cross gives {found:.5g}",
        found=found,
    )
    many = rows.groupby("period")["value"].transform("size")
    yield from kit.at(rows, many != 3, "currency", "{period} has {many} of three rates", many=many)
    yield from kit.agree(rates[rates["frequency"] == "M"], ["period", "currency", "per"], 1.08)
    months, years = (rates[rates["frequency"] == frequency] for frequency in ("M", "A"))
    yield from kit.complete(months, ["currency", "per", "source_id"], "M")
    # The World Bank has no rouble for 1994 and 1995 and no som for 2001 to 2012.
    yield from kit.complete(years[~years["currency"].isin(["RUB", "UZS"])], ["currency", "per", "source_id"], "Y")
    yield from kit.together(rows, ["currency", "per"])


@kit.rule("no country has more output than 45 per cent of the world's; vintages agree within 30 per cent", "gdp")
def _output_within(gdp: pd.DataFrame) -> Iterator[kit.Fault]:
    whole = kit.held(gdp, ["period", "source_id"], gdp[gdp["country"] == "WLD"])
    more = (gdp["country"] != "WLD") & (gdp["value"] > 0.45 * whole)
    yield from kit.at(
        gdp, more, "value", "{value:.7g} is more than 45 per cent of the world's {whole:.7g}", whole=whole
    )
    yield from kit.agree(gdp, ["period", "country"], 1.3)
    yield from kit.at(gdp, gdp["value"] > 1.3e8, "value", "{value:.7g} million dollars are more than the world makes")


@kit.rule("a country's output has no hole, and estimates are the IMF's alone", "gdp")
def _output_whole(gdp: pd.DataFrame) -> Iterator[kit.Fault]:
    # The World Bank has no output of Iran for 1991 and 1992.
    yield from kit.complete(gdp[gdp["country"] != "IRN"], ["country", "source_id"], "Y")
    estimate = (gdp["status"] == "estimated") != gdp["source_id"].str.startswith("imf-weo-gdp-")
    yield from kit.at(gdp, estimate, "status", "{status} does not fit {source_id}")


@kit.rule("trade in goods and services is at most 2.3 times output", "trade-openness", "gdp")
def _openness_fits(openness: pd.DataFrame, gdp: pd.DataFrame) -> Iterator[kit.Fault]:
    share = openness["value"] / kit.held(openness, ["period", "country"], gdp)
    yield from kit.at(
        openness,
        (share > 2.3) | (share < 0.008),
        "value",
        "{value:.7g} is {share:.3g} times the country's output",
        share=share,
    )
    other = openness.groupby("country")["value"].transform("sum") - openness["value"]
    alone = (other == 0) & (openness["country"] != "ARE")
    yield from kit.at(openness, alone, "flow", "{flow} of {country} without the other direction")
    yield from kit.at(
        openness,
        (other > 0) & (openness["value"] > 10 * other),
        "value",
        "{value:.7g}, and {other:.7g} the other way",
        other=other,
    )


WITS: dict[str, Any] = {
    "hh-index": ("index 0-1", 0.03, 0.3), "market-penetration": ("per cent", 2, 60), "partners": ("number", 100, 240),
    "products": ("number", 1000, 5300), "trade-value": ("USD million", 10_000, 4e6),
    "top5-value": ("USD million", 500, 700_000), "top5-share": ("per cent", 1, 60),
}  # fmt: skip


@kit.rule("shares of the five largest partners are their value over the total", "concentration-published")
def _top_shares(published: pd.DataFrame) -> Iterator[kit.Fault]:
    by = ["period", "country", "flow"]
    kind = {name: published[published["indicator"] == name] for name in WITS}
    rows = kind["top5-share"]
    found = 100 * kit.held(rows, [*by, "partner"], kind["top5-value"]) / kit.held(rows, by, kind["trade-value"])
    wrong = ~((found - rows["value"]).abs() <= 0.011)
    yield from kit.at(rows, wrong, "value", "{value:g} per cent where value over total gives {found:.2f}", found=found)
    for name, (_, low, high) in WITS.items():
        yield from kit.in_range(kind[name], "indicator", {name: (low, high)})
        size = kind[name].groupby(by)["value"].transform("size")
        wrong = ~kind[name].duplicated(by) & (size != (5 if name.startswith("top5") else 1))
        yield from kit.at(kind[name], wrong, "indicator", "{size} rows of {indicator}", size=size)
    yield from kit.fits(published, "unit", "indicator", {name: unit for name, (unit, _, _) in WITS.items()})
    mixed = published["indicator"].str.startswith("top5") == (published["partner"] == "WLD")
    yield from kit.at(published, mixed, "partner", "{partner} does not fit {indicator}")
    wrong = published["source_id"].str[13:16] != published["country"].str.lower()
    yield from kit.at(published, wrong, "country", "{country} is not that of {source_id}")
