"""Rules on products and energy."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from checks.rules import kit

# -- products -------------------------------------------------------------------------------------


@kit.rule(
    "HS chapters add to the total from 2007; before, to the part that the row of the total tells", "product-trade"
)
def _chapters_add(products: pd.DataFrame) -> Iterator[kit.Fault]:
    total = products["hs_chapter"] == "TOTAL"
    by = ["period", "exporter"]
    told = products["note"].str.extract(r"chapters add to ([\d.]+) per cent")[0].astype(float).where(total)
    parts = products["value"].where(~total, 0.0).groupby([products[key] for key in by]).transform("sum")
    share = 100 * parts / products["value"]
    partly = told.notna() & ~((share - told).abs() <= 0.051)
    yield from kit.at(
        products,
        partly,
        "value",
        "{value:.9g}, of which chapters are {share:.2f} per cent, not {told:g}",
        share=share,
        told=told,
    )
    yield from kit.at(
        products, told.notna() & (share > 99), "note", "tells of a part, but the chapters add to the whole"
    )
    whole = products[told.groupby([products[key] for key in by]).transform("count") == 0]
    # Imports leave up to 0.33 per cent undisclosed in 2000 to 2006 and 0.011 per cent in 2008, without a note.
    early, odd = whole["period"] < "2007", whole["period"] == "2008"
    for span, low, absolute in ((early, 0.0033, 1e-6), (odd, 0.0002, 1e-6), (~early & ~odd, 0.0, 0.001)):
        yield from kit.adds(whole[span], by, total[whole.index][span], "hs_chapter", low=low, absolute=absolute)
    yield from kit.complete(products, ["exporter"], "Y")
    source = np.where(total, "un-comtrade-rus-partners-2000-2020", "un-comtrade-rus-chn-hs2-2000-2020")
    yield from kit.at(products, products["source_id"] != source, "source_id", "{source_id} does not hold {hs_chapter}")
    held = kit.held(products, by, products[total])
    yield from kit.at(
        products, products["value"] > held, "value", "{value:.9g} is more than the total, {held:.9g}", held=held
    )
    yield from kit.at(products, held.isna(), "hs_chapter", "{period} of {exporter} has no row TOTAL")


@kit.rule(
    "the reported totals by chapter are those of Russia's table of partners", "product-trade", "partner-trade-russia"
)
def _chapters_as_partners(products: pd.DataFrame, partners: pd.DataFrame) -> Iterator[kit.Fault]:
    rows = products[(products["hs_chapter"] == "TOTAL") & ~products["period"].isin(["2016", "2017"])]
    yield from kit.elsewhere(rows, partners, kit.FLOW, factor=1.01)


@kit.rule("chapters stand in order under their sections", "hs-chapters")
def _chapters_listed(chapters: pd.DataFrame) -> Iterator[kit.Fault]:
    held = set(chapters["hs_chapter"])
    missing = [code for code in [*(f"{number:02d}" for number in range(1, 100)), "TOTAL"] if code not in held]
    if missing:
        yield len(chapters) - 1, "hs_chapter", f"chapter {missing[0]} is missing from the list"
    begins = chapters["section"].ne(chapters["section"].shift())
    again = begins & chapters["section"].where(begins).duplicated()
    yield from kit.at(chapters, again, "section", '"{section}" begins a second time')


@kit.rule("suppliers of minerals and metals add to China's imports", "minerals-metals-trade")
def _suppliers_add(minerals: pd.DataFrame) -> Iterator[kit.Fault]:
    yield from kit.adds(minerals, ["period"], minerals["exporter"] == "WLD", "exporter", absolute=6.5)
    wrong = (minerals["status"] == "derived") != (minerals["exporter"] == "WLD")
    yield from kit.at(minerals, wrong, "status", "{status} does not fit {exporter}")


@kit.rule(
    "shares and rises are in per cent, a rank is a rank, what China sends or takes China reports", "product-figures"
)
def _figures_fit(figures: pd.DataFrame) -> Iterator[kit.Fault]:
    kind = figures["series"].str.extract(r"(share|rank|price_rise)")[0]
    rows = figures.assign(kind=kind.fillna("amount"))
    amounts = ("USD million", "USD million a month", "CNY million", "thousand units", "")
    units = {"share": ("per cent", ""), "rank": ("rank",), "price_rise": ("per cent",), "amount": amounts}
    yield from kit.fits(rows, "unit", "kind", units)
    own = figures["series"].str.startswith("china_") & ~figures["series"].str.startswith("china_share")
    wrong = own & ((figures["reporter"] != "CHN") | (figures["partner"] != "RUS"))
    yield from kit.at(figures, wrong, "reporter", "{reporter} with {partner} does not fit {series}")
    yield from kit.at(figures, figures["reporter"] == figures["partner"], "partner", "{partner} reports on itself")


@kit.rule("oil and gas and all goods of a window are the sum of its months", "product-windows", "oil-gas-trade")
def _windows_add(windows: pd.DataFrame, groups: pd.DataFrame) -> Iterator[kit.Fault]:
    china = groups[groups["importer"] == "CHN"]
    for end, rows in windows[windows["exporter"] == "RUS"].groupby("period"):
        months = [str(month) for month in pd.period_range(pd.Period(end, freq="M") - 11, end, freq="M")]
        told = china[china["period"].isin(months)]
        oil = told[told["product_group"] == "oil_and_gas"]["value"].sum()
        parts = rows[rows["hs4"].isin(["2710", "2711"])]["value"].sum()
        wanted = {"All goods": told["value"].sum(), "Oil and gas group": oil, "Crude oil (residual)": oil - parts}
        held = rows["product"].map(wanted)
        wrong = (rows["value"] - held).abs() > 1.6
        yield from kit.at(rows, wrong, "value", "{value:.7g} where the parts give {held:.7g}", held=held)
        missing = sorted(set(wanted) - set(rows["product"]))
        if missing:
            yield int(rows.index[0]), "product", f"{missing[0]} is missing in {end}"


@kit.rule("the change of a product is the step between the windows", "product-windows")
def _changes_are_steps(windows: pd.DataFrame) -> Iterator[kit.Fault]:
    flow = ["exporter", "product"]
    early = windows["period"] == windows["period"].min()
    rows = windows[~early]
    step = rows["value"] - kit.held(rows, flow, windows[early])
    wrong = rows["change_printed"].notna() & ~((step - rows["change_printed"]).abs() <= 1.1)
    yield from kit.at(rows, wrong, "change_printed", "{change_printed:g} where the levels give {step:g}", step=step)
    blank = rows["change_printed"].isna() & rows["hs4"].notna()
    yield from kit.at(rows, blank, "change_printed", "is empty for a product of the later window")
    alone = ~windows.duplicated(flow, keep=False)
    yield from kit.at(windows, alone, "product", "{product} stands in one window only")
    hs4 = (windows["status"] == "digitised") & (windows["product"] != "All goods")
    wrong = hs4 != (windows["source_id"] == "mgimo-china-bulletin-hs4-2026-05")
    yield from kit.at(windows, wrong, "source_id", "{source_id} does not hold {product}")
    codes = windows.groupby(flow)["hs4"].transform("nunique")
    yield from kit.at(windows, codes > 1, "hs4", "{hs4} is not the code of the other window")


@kit.rule(
    "product groups of Russia add to the total, chapters to 96 per cent and more of it", "russia-product-structure"
)
def _structure_adds(products: pd.DataFrame) -> Iterator[kit.Fault]:
    total, by = products["hs_group"] == "TOTAL", ["period", "exporter"]
    for source, low, absolute in (("fcs-product-groups-2023-12", 0.0, 2.5), ("fcs-publication-2022", 0.039, 0.0)):
        rows = products[products["source_id"] == source]
        yield from kit.adds(rows, by, total[rows.index], "hs_group", low, 0, absolute)
        many = rows.groupby("hs_group")["value"].transform("size")
        words = "{hs_group} stands {many} times among {source_id}, others {all} (rows lost?)"
        yield from kit.at(rows, many != many.max(), "hs_group", words, many=many, all=many.max())
    wrong = (products["exporter"] == "WLD") == (products["importer"] == "WLD")
    yield from kit.at(products, wrong, "importer", "one side of the flow is Russia, the other the world")
    labels = products.groupby("hs_group")["label"].transform("nunique")
    yield from kit.at(products, labels > 1, "label", '"{label}" is not what the group {hs_group} is called elsewhere')


@kit.rule(
    "cars of a brand over all cars are its share within 4 points, and no brand sells more than all", "market-shares"
)
def _brands_within(market: pd.DataFrame) -> Iterator[kit.Fault]:
    cell = ["period", "frequency", "market"]
    units, shares = (market[market["metric"] == metric] for metric in ("units", "share"))
    whole = kit.held(units, cell, units[units["brand"] == "all"])
    share = 100 * units["value"] / whole
    told = kit.held(units, [*cell, "brand", "basis"], shares)
    yield from kit.at(units, share > 100, "value", "{value:.7g} is more than all, {whole:.7g}", whole=whole)
    words = "{value:.7g} of {whole:.7g} gives {share:.3g} per cent, the page {told:g}"
    yield from kit.at(units, (share - told).abs() > 4, "value", words, whole=whole, share=share, told=told)
    chinese = kit.held(units, cell, units[units["brand"] == "all Chinese"])
    brand = ~units["brand"].str.contains(r"^all|^assembled|Lada|Toyota|Russia|Belgee")
    yield from kit.at(
        units,
        brand & (units["value"] > chinese),
        "value",
        "{value:.7g} is more than all Chinese, {chinese:.7g}",
        chinese=chinese,
    )
    wanted = {"share": ("per cent",), "share ceiling": ("per cent",), "units": ("cars", "phones")}
    yield from kit.fits(market, "unit", "metric", wanted)
    yield from kit.fits(
        market,
        "unit",
        "market",
        {"smartphones": ("per cent", "phones"), "new cars": ("per cent", "cars"), "car fleet": ("per cent", "cars")},
    )


# -- energy ---------------------------------------------------------------------------------------

VOLUMES = ("thousand tonnes", "million tonnes", "billion cubic metres", "million barrels a day")


@kit.rule(
    "volumes are in tonnes, barrels or cubic metres, values in money; gas alone is in cubic metres", "energy-trade"
)
def _energy_units(energy: pd.DataFrame) -> Iterator[kit.Fault]:
    yield from kit.fits(energy, "unit", "measure", {"volume": VOLUMES, "value": ("USD million", "CNY million")})
    solid = ("thousand tonnes", "million tonnes", "USD million", "CNY million")
    oil = {"crude oil": (*solid, "million barrels a day")}
    yield from kit.fits(
        energy,
        "unit",
        "commodity",
        oil | dict.fromkeys(("coal", "hard coal", "steam coal", "coking coal", "oil and products"), solid),
    )
    review = ("million tonnes", "billion cubic metres")
    counts: dict[str, str | tuple[str, ...]] = {
        "gacc-russian-energy-imports-2022-07": ("thousand tonnes", "USD million"),
        "mgimo-china-bulletin-crude-2026-05": "million tonnes",
        "mgimo-oil-tonnes-mirror-2026-05": "thousand tonnes",
        "bp-statistical-review-2021": review,
        "ei-statistical-review-2024": review,
    }
    yield from kit.fits(energy, "unit", "source_id", counts)
    month = (energy["frequency"] == "M") & (energy["unit"] == "million tonnes") & (energy["value"] > 12)
    yield from kit.at(energy, month, "value", "{value:g} million tonnes are more than a month of {importer}'s")
    wrong = (
        ~energy["reporter"].isin(["XMR", "XIN"])
        & (energy["reporter"] != energy["exporter"])
        & (energy["reporter"] != energy["importer"])
    )
    yield from kit.at(energy, wrong, "reporter", "{reporter} is neither exporter nor importer")
    sides = energy["exporter"] == energy["importer"]
    yield from kit.at(energy, sides, "importer", "{importer} would buy from itself")
    south = energy["exporter"].isin(["CHN", "IND", "TUR", "HUN", "SVK", "JPN"])
    yield from kit.at(energy, south, "exporter", "{exporter} sends no energy in this table, it buys")


PRICES: kit.Ranges = {
    "crude oil": (60, 1150), "coal": (8.8, 430), "steam coal": (19, 260), "coking coal": (38, 430), "pipeline gas": (85, 480),
}  # fmt: skip


@kit.rule(
    "tonnes times a price give the value: crude 60 to 1,150 dollars a tonne, near Brent", "energy-trade", "oil-price"
)
def _unit_values_fit(energy: pd.DataFrame, brent: pd.DataFrame) -> Iterator[kit.Fault]:
    rows = energy[energy["source_id"] == "gacc-russian-energy-imports-2022-07"]
    value, volume = (rows[rows["measure"] == measure] for measure in ("value", "volume"))
    tonnes = kit.held(value, ["period", "commodity"], volume)
    price = 1000 * value["value"] / tonnes
    low, high = (value["commodity"].map({name: bounds[end] for name, bounds in PRICES.items()}) for end in (0, 1))
    counted = (tonnes > 20) | (value["value"] > 10)
    words = "{value:.7g} on its tonnes gives {price:.1f} dollars a tonne of {commodity}"
    yield from kit.at(value, counted & ((price < low) | (price > high)), "value", words, price=price)
    times = price / 7.33 / kit.held(value, ["period"], brent[brent["frequency"] == "M"])
    far = counted & (value["commodity"] == "crude oil") & times.notna() & ~times.between(0.4, 2.1)
    yield from kit.at(
        value, far, "value", "{value:.7g} on its tonnes gives {times:.2f} times the price of Brent", times=times
    )
    # Single months are far off; in the middle of all, a unit other than tonnes and dollars would show.
    middle = times[(tonnes > 20) & (value["commodity"] == "crude oil")].median()
    if not abs(middle - 1) <= 0.03:
        yield int(energy.index[0]), "value", f"over all months crude is {middle:.2f} times the price of Brent"


UNIT_VALUE_2024 = 575.5
"""Dollars a tonne of Russian crude in 2024, by the two pages that tell its value and its tonnes."""


@kit.rule("value over tonnes in the press is a price, 300 to 1,100 dollars", "energy-trade")
def _press_prices_fit(energy: pd.DataFrame) -> Iterator[kit.Fault]:
    rows = energy[(energy["frequency"] != "M") & energy["value"].notna()]
    tonnes = rows[rows["unit"] == "million tonnes"]
    money = rows[rows["measure"] == "value"]
    rate = money["unit"].map({"USD million": 1.0, "CNY million": 7.0}).astype(float)  # of no rows they stay words
    price = money["value"] / rate / kit.held(money, ["frequency", "commodity", *kit.FLOW], tonnes)
    words = "{value:.7g} on its tonnes gives {price:.0f} dollars a tonne"
    yield from kit.at(money, price.notna() & ~price.between(300, 1100), "value", words, price=price)
    crude = (money["commodity"] == "crude oil") & (money["exporter"] == "RUS") & (money["importer"] == "CHN")
    off = crude & (money["period"] == "2024") & ~((price / UNIT_VALUE_2024 - 1).abs() <= 0.001)
    yield from kit.at(money, off, "value", words + ", not {known:g}", price=price, known=UNIT_VALUE_2024)


@kit.rule("origins and destinations add to the world in the statistical reviews", "energy-trade")
def _reviews_add(energy: pd.DataFrame) -> Iterator[kit.Fault]:
    rows = energy[energy["reporter"] == "XIN"]
    world = (rows["exporter"] == "WLD") | (rows["importer"] == "WLD")
    yield from kit.adds(rows, ["period", "commodity", "source_id"], world, "importer", absolute=0.002)


@kit.rule("crude read off the chart is what customs counted, within 0.06 million tonnes", "energy-trade")
def _chart_as_customs(energy: pd.DataFrame) -> Iterator[kit.Fault]:
    chart = energy[energy["source_id"] == "mgimo-china-bulletin-crude-2026-05"]
    customs = energy[(energy["source_id"] == "gacc-russian-energy-imports-2022-07") & (energy["measure"] == "volume")]
    keys = ["period", "commodity"]
    yield from kit.elsewhere(chart, customs.assign(value=customs["value"] / 1000), keys, absolute=0.06)
    products = energy[(energy["commodity"] == "oil and products") & (energy["importer"] == "CHN")]
    crude = 1000 * kit.held(products, ["period"], chart)
    words = "{value:.7g} of oil and products beside {crude:.7g} of crude"
    wrong = crude.notna() & ~(products["value"] / crude).between(0.97, 1.6)
    yield from kit.at(products, wrong, "value", words, crude=crude)
    whole = chart.assign(period=chart["period"].str[:4]).groupby("period")["value"].agg(["sum", "size"])
    years = energy[
        (energy["frequency"] == "A") & (energy["commodity"] == "crude oil") & (energy["unit"] == "million tonnes")
    ]
    years = years[(years["exporter"] == "RUS") & (years["importer"] == "CHN")]
    told = years["period"].map(whole["sum"].where(whole["size"] == 12)).astype(float)
    wrong = (years["value"] / told - 1).abs() > 0.12
    yield from kit.at(years, wrong, "value", "{value:.7g} where the months add to {told:.7g}", told=told)


@kit.rule("monthly files of energy have no hole", "energy-trade")
def _energy_whole(energy: pd.DataFrame) -> Iterator[kit.Fault]:
    for source in ("mgimo-china-bulletin-crude-2026-05", "mgimo-oil-tonnes-mirror-2026-05"):
        rows = energy[(energy["source_id"] == source) & ~energy["importer"].isin(["JPN", "HUN", "SVK"])]
        yield from kit.complete(rows, ["importer", "measure"], "M")
        yield from kit.together(rows, ["importer", "measure"])


# -- products of both directions ------------------------------------------------------------------


@kit.rule("products add to their chapter, chapters to the total", "product-trade-hs")
def _headings_within(products: pd.DataFrame) -> Iterator[kit.Fault]:
    chapters = products[products["level"].isin(["chapter", "total"])]
    for column, slack in (("value", 1e-4), ("tonnes", 0.01)):
        rows = chapters.assign(value=chapters[column].fillna(0))
        yield from kit.adds(rows, kit.FLOW, rows["level"] == "total", "hs_code", absolute=slack)
    length = products["hs_code"].str.len().where(products["hs_code"] != "TOTAL", 0)
    wanted = products["level"].map({"total": 0, "chapter": 2, "heading": 4, "subheading": 6})
    yield from kit.at(products, length != wanted, "level", "{level} does not fit {hs_code}")
    for digits in (2, 4):
        rows = products[length > digits].assign(hs_code=products["hs_code"].str[:digits])
        whole = kit.held(rows, [*kit.FLOW, "hs_code"], products)
        words = "{value:.9g} is more than its {hs_code}, {whole:.9g}"
        yield from kit.at(rows, rows["value"] > whole + 1e-4, "value", words, whole=whole)
    basis = products["basis"] != np.where(products["period"] <= "2021", "both", "China")
    yield from kit.at(products, basis, "basis", "{basis} is not who reported in {period}")


@kit.rule(
    "products add to what Chinese customs counts, within 11 per cent to 2021 and 1.2 per cent since",
    "product-trade-hs",
    "monthly-trade",
)
def _products_as_customs(products: pd.DataFrame, months: pd.DataFrame) -> Iterator[kit.Fault]:
    total = products[products["level"] == "total"]
    years = months.assign(period=months["period"].str[:4]).groupby(kit.FLOW, as_index=False)["value"].sum()
    customs = kit.held(total, kit.FLOW, years)
    # To 2021 Russia's lower figures for its exports, and its higher ones for 2017, are weighed in.
    limit = np.where(total["basis"] == "both", 0.12, 0.012)
    wrong = (total["value"] / customs - 1).abs() > limit
    words = "{value:.7g} where the months of customs add to {customs:.7g}"
    yield from kit.at(total, wrong | customs.isna(), "value", words, customs=customs)


@kit.rule("an index is the chain of its links, and price times volume is the value", "trade-price-volume")
def _indices_chain(indices: pd.DataFrame) -> Iterator[kit.Fault]:
    series = ["exporter", "importer", "goods", "cutoff"]
    rows = indices.sort_values([*series, "period"], kind="stable")
    first = ~rows.duplicated(series)
    fisher = np.sqrt(rows["laspeyres"] * rows["paasche"])
    yield from kit.at(
        rows, (rows["link"] - fisher).abs() > 3e-4, "link", "{link:g} where the means give {fisher:.4f}", fisher=fisher
    )
    chained = (rows["price"].shift() * rows["link"]).where(~first, 1.0)
    off = ~((rows["price"] / chained - 1).abs() <= 1e-3)
    yield from kit.at(rows, off, "price", "{price:g} where the chain gives {chained:.4f}", chained=chained)
    base = rows["value"].where(first).groupby([rows[key] for key in series]).transform("first")
    volume = rows["value"] / base / rows["price"]
    off = ~((rows["volume"] / volume - 1).abs() <= 1e-3)
    yield from kit.at(rows, off, "volume", "{volume:g} where value and price give {wanted:.4f}", wanted=volume)
    blank = rows[["laspeyres", "paasche", "link", "matched", "matched_before"]].isna().any(axis=1) != first
    yield from kit.at(rows, blank, "link", "the first year alone has no link")
    for column in ("laspeyres", "paasche"):
        direct = rows[f"{column}_2021"]
        odd = ((rows["period"] == "2022") & (direct != rows[column])) | (direct.isna() != (rows["period"] <= "2021"))
        yield from kit.at(rows, odd, f"{column}_2021", "of 2022 it is the step, and every later year has one")
    yield from kit.complete(indices, series, "Y")
    yield from kit.together(indices, series)


@kit.rule("a chapter and the rest are all goods", "trade-price-volume", "product-trade-hs")
def _groups_are_all(indices: pd.DataFrame, products: pd.DataFrame) -> Iterator[kit.Fault]:
    whole = kit.held(indices, kit.FLOW, products[products["level"] == "total"])
    parts = indices["value"].where(indices["goods"] != "all", 0.0)
    parts = parts.groupby([indices[key] for key in [*kit.FLOW, "cutoff"]]).transform("sum")
    told = indices["goods"] == "all"
    wrong = told & (((indices["value"] - whole).abs() > 0.002) | ((parts - whole).abs() > 0.003))
    words = "{value:.9g}, with parts {parts:.9g}, where the products add to {whole:.9g}"
    yield from kit.at(indices, wrong, "value", words, parts=parts, whole=whole)


@kit.rule("a kind of banned goods is within any, and any within all goods", "banned-goods-trade", "product-trade-hs")
def _banned_within(goods: pd.DataFrame, products: pd.DataFrame) -> Iterator[kit.Fault]:
    total = kit.held(goods, kit.FLOW, products[products["level"] == "total"])
    yield from kit.at(
        goods, goods["value"] > total, "value", "{value:.7g} is more than all goods, {total:.7g}", total=total
    )
    whole = kit.held(goods, ["period"], goods[goods["kind"] == "any"])
    yield from kit.at(
        goods, goods["value"] > whole + 1e-6, "value", "{value:.7g} is more than any, {whole:.7g}", whole=whole
    )
    yield from kit.at(
        goods, goods["codes_traded"] > goods["codes"], "codes_traded", "{codes_traded} of {codes} codes were traded"
    )
    codes = goods.groupby("kind")["codes"].transform("nunique")
    yield from kit.at(goods, codes > 1, "codes", "{kind} has {codes} codes here and others elsewhere")
    yield from kit.complete(goods, ["kind"], "Y")
    yield from kit.together(goods, ["kind"])
