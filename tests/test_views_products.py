"""Likeness of the two baskets: hand-worked values."""

import pandas as pd
import pytest

from partnership import data
from partnership.views import products as view

CHAPTERS = data.select(data.load("product-trade-hs"), level="chapter")


def test_two_baskets_of_three_chapters():
    """Shares 70, 30, 0 against 10, 40, 50: the smaller of each are 10, 30, 0. Without fuel wood is 100 against 44.4."""
    made = pd.DataFrame(
        {
            "period": "2020",
            "exporter": ["RUS"] * 2 + ["CHN"] * 3,
            "hs_chapter": ["27", "44", "27", "44", "84"],
            "value": [70.0, 30.0, 10.0, 40.0, 50.0],
        }
    )
    found = view.likeness(made, "hs_chapter").set_index("goods")["alike"]
    assert found["all chapters"] == pytest.approx(40)
    assert found["without fuels"] == pytest.approx(100 * 4 / 9)


@pytest.mark.parametrize("fuels", [True, False])
def test_number_and_course_agree(fuels):
    """In 2023 China sold seven chapters that Russia did not: pairs by position would go wrong."""
    year = data.select(CHAPTERS, period="2023")
    drawn = view.likeness(year, "hs_code").set_index("goods")["alike"]
    assert view.in_common(year, "hs_code", fuels=fuels).value == pytest.approx(
        drawn["all chapters" if fuels else "without fuels"]
    )


def test_baskets_of_two_years_are_not_compared():
    with pytest.raises(ValueError, match="rows of 2 years"):
        view.in_common(data.select(CHAPTERS, period=["2022", "2023"]), "hs_code")
