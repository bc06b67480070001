"""Likeness of the two baskets: the number of a sentence and the measure."""

import pytest

from partnership import data, measures
from partnership.views import products as view

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
