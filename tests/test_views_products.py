"""Likeness of the two baskets: the number of a sentence and the measure."""

import pandas as pd
import pytest

from partnership import data, measures
from partnership.views import products as view
from refresh import baci, extract

CHAPTERS = data.select(data.load("product-trade-hs"), level="chapter")


@pytest.mark.parametrize("fuels", [True, False])
def test_number_and_measure_agree(fuels):
    """In 2023 China sold seven chapters that Russia did not: pairs by position would go wrong."""
    year = data.select(CHAPTERS, period="2023")
    wide = year.pivot(index="hs_code", columns="exporter", values="value").drop([] if fuels else view.FUELS)
    alike = 100 * measures.export_similarity(wide["RUS"], wide["CHN"])
    assert view.in_common(year, "hs_code", fuels=fuels).value == pytest.approx(alike)


def test_baskets_of_two_years_are_not_compared():
    with pytest.raises(ValueError, match="rows of 2 years"):
        view.in_common(data.select(CHAPTERS, period=["2022", "2023"]), "hs_code")


@pytest.mark.parametrize(("column", "fuels"), [("common", True), ("common_without_27", False)])
def test_likeness_by_heading_is_that_of_all_headings_of_the_source(column, fuels):
    """By hand over the headings that both sold in 2023; the table has chosen headings alone."""
    rows = baci.long(extract.load(baci.SOURCE))
    rows = rows[(rows["period"] == "2023") & (fuels | (rows["product"].str[:2] != "27"))]
    sums = rows.groupby(["exporter", rows["product"].str[:4]])["value"].sum()
    russia, china = (sums[exporter] / sums[exporter].sum() for exporter in ("RUS", "CHN"))
    alike = sum(min(russia[code], china[code]) for code in set(russia.index) & set(china.index))
    held = data.select(data.load("product-trade-hs"), level="total", period="2023")[column]
    assert held.tolist() == [pytest.approx(alike, abs=6e-5)] * 2
    others = data.select(data.load("product-trade-hs"), level=["chapter", "heading", "subheading"])
    assert others[column].isna().all()


def test_baskets_in_two_orders_are_not_compared_by_place():
    """A formula takes rows in the order of the file; a file of another order would set one chapter against another."""
    year = data.select(CHAPTERS, period="2023")
    russia, china = (data.select(year, exporter=exporter) for exporter in ("RUS", "CHN"))
    turned = china.set_axis(pd.Index(sorted(china.index, reverse=True), name="row"))
    turned.attrs = china.attrs
    with pytest.raises(ValueError, match="in different orders"):
        view.in_common(pd.concat([russia, turned]), "hs_code")
