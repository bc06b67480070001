"""Who publishes what: stretches without a hole, from the tables."""

import pandas as pd

from partnership import data
from partnership.views import mirror_statistics as view


def test_partners_by_month_end_with_2021_and_estimates_stand_apart():
    ends = view.timeline().groupby("publication")["last"].max()
    assert ends["Russia’s count: trade with China by month"] == "2021-12"
    assert ends["Russia’s count: trade by partner and year"] == "2021"
    assert ends["IMF estimate: Russia’s trade by partner"] == "2024"
    assert set(view.timeline().query("by == 'estimate'")["publication"]) == {"IMF estimate: Russia’s trade by partner"}


def test_a_hole_in_a_publication_stays_a_hole():
    """Between January to September 2024 and January to September 2025 no total of Russia was found."""
    found = data.select(view.timeline(), publication="Russia’s count: trade by continent")
    assert found["last"].tolist() == ["January to September 2024", "January to September 2025"]


def test_what_counts_from_january_on_fills_the_year_to_its_month():
    rows = pd.DataFrame(
        {"period": ["2024-09", "2025-12"], "frequency": ["YTD", "M"], "value": [1.0, 1.0], "publication": "x"}
    )
    spans = view.stretches(rows)
    assert spans["start"].dt.strftime("%Y-%m").tolist() == ["2024-01", "2025-12"]
    assert spans["end"].dt.strftime("%Y-%m").tolist() == ["2024-10", "2026-01"]


def test_a_missing_value_is_not_held():
    rows = pd.DataFrame({"period": ["2019", "2020", "2021"], "value": [1.0, None, 1.0], "publication": "x"})
    assert view.stretches(rows)["last"].tolist() == ["2019", "2021"]


def test_every_kind_of_figure_has_rows_and_no_month_of_a_flow_twice():
    for rows in view.publications():
        assert len(rows)
        assert (
            "frequency" not in rows
            or set(rows["frequency"]) != {"M"}
            or not rows.duplicated(["period", "exporter"]).any()
        )
