"""What was expected and what came: verdicts as in the ledger, forecasts by the time they were made."""

import pandas as pd
import pytest

from partnership import claims, data, prose, trade
from partnership.trade import turnover
from partnership.views import outlook as view


def test_only_what_was_public_counts_as_known():
    """The eleven months were published on 13 December 2024, the ten months in November."""
    assert len(turnover("2024-10", "YTD", claims.EARLIEST)) == 1
    assert turnover("2024-11", "YTD", claims.EARLIEST).empty
    assert len(turnover("2024-11", "YTD", claims.WRITTEN)) == 1


@pytest.mark.slow
def test_each_forecast_has_an_outcome_and_the_ledgers_verdict():
    ledger = claims.ledger()
    forecasts = ledger[ledger["nature"] == "forecast"]
    told = view.outcomes(forecasts, data.load("claim-evidence")).frame
    assert told["Today"].tolist() == forecasts["now"].tolist()
    assert told["What came"].str.len().gt(0).all()


def _forecasts(**columns):
    rows = {
        "period": "2022",
        "value_low": 200.0,
        "value_high": None,
        "made_on": "2022-04",
        "made_by": "A (B)",
        "id": "a",
        "source_id": "x",
    }
    return pd.DataFrame([rows | columns]).astype({"value_high": float})


def test_a_forecast_is_set_against_its_own_year():
    years = pd.DataFrame({"period": ["2021", "2022"], "value": [100.0, 160.0]})
    row = view.leads(_forecasts(), years).iloc[0]
    assert (row["low"], row["high"], row["kind"], row["lead"]) == (25, 25, "“more than”, did not", 8)
    assert row["label"] == "A, for 2022 (April 2022)"


def test_a_range_keeps_both_ends_and_what_was_said_after_the_year_is_below_zero():
    years = pd.DataFrame({"period": ["2022"], "value": [250.0]})
    row = view.leads(_forecasts(value_high=240.0, made_on="2023-01"), years).iloc[0]
    assert (row["low"], row["high"]) == (pytest.approx(-20), pytest.approx(-4))
    assert (row["lead"], row["kind"]) == (-1, "a range")


def test_a_forecast_said_when_its_sum_had_been_passed_is_told_as_such():
    years = pd.DataFrame({"period": ["2022"], "value": [250.0]})
    frame = view.leads(pd.concat([_forecasts(), _forecasts(id="b")], ignore_index=True), years, late=["b"])
    assert frame["kind"].tolist() == ["“more than”, came true", "“more than”, said late, not counted"]
    told = view.in_words(frame)
    assert "“more than”, came true: A" in told and "“more than”, said late, not counted: A" in told


def test_forecasts_of_unknown_day_come_last():
    years = pd.DataFrame({"period": ["2022"], "value": [250.0]})
    both = pd.concat(
        [_forecasts(made_on=None, made_by="Z"), _forecasts(made_on="2022-01"), _forecasts(made_on="2021-06")],
        ignore_index=True,
    )
    assert view.leads(both, years)["lead"].fillna(-99).tolist() == [18, 11, -99]


def test_forecasts_stand_by_kind_and_the_two_that_failed_together():
    """What trade reached at least came true; the flat numbers, if the next year's end is nearer or not, stand below."""
    years = pd.DataFrame({"period": ["2022"], "value": [200.0]})
    both = pd.concat(
        [
            _forecasts(value_high=190.0, value_low=190.0, made_on="2020-01"),
            _forecasts(value_low=210.0, made_on="2021-01"),
            _forecasts(value_low=200.0, made_on="2022-01"),
        ],
        ignore_index=True,
    )
    assert view.leads(both, years)["kind"].tolist() == ["“more than”, came true", "“more than”, did not", "a number"]


def test_sums_in_yuan_are_those_that_customs_print_from_january_on():
    """Months as printed add to 0.4 per cent less: what is revised within a year is in no month."""
    where = {"reporter": "CHN", "currency": "CNY", "direction": "two-way"}
    both, years = trade.bilateral(frequency="YTD", **where), trade.bilateral(frequency="A", **where)
    added = trade.steps(both)  # of 2021 the table has two sums, months apart: none of them is a step
    assert added["period"].min() == "2024-01"
    both = both[both["period"] > "2023"]
    added = trade.steps(both).set_index("period")["value"]
    for year in ("2024", "2025"):
        assert added[added.index.str[:4] == year].sum() == pytest.approx(
            data.select(years, period=year)["value"].item()
        )
    last = data.latest(both)
    formula, rows = trade.running_year(both, last)
    assert prose.yuan(formula, **rows).value == pytest.approx(added.sort_index().tail(12).sum())
    months = data.select(trade.bilateral(frequency="M", **where), period=[f"2024-{month:02}" for month in range(1, 13)])
    assert 0.99 < months["value"].sum() / added[added.index.str[:4] == "2024"].sum() < 0.998
