"""The panel of WITS on rows made up here: codes of states that are gone, what is left out, which partners are kept."""

import pandas as pd
import pytest

from refresh import wits
from refresh.derive import reported_partners, reported_trade


def panel(*rows):
    return pd.DataFrame(rows, columns=["year", "reporter", "partner", "x", "m"], dtype=object)


def flows(frame):
    return {(row.period, row.reporter, row.partner): row.exports for row in frame.itertuples()}


def test_a_state_that_the_carrier_put_under_its_successor_has_its_own_code_by_year():
    rows = wits.long(
        panel(
            ("1991", "CZE", "RUS", "1000.0", ""),
            ("1992", "CZE", "RUS", "2000.0", ""),
            ("1993", "CZE", "SER", "3000.0", ""),
            ("2006", "SER", "ROM", "4000.0", ""),
            ("1990", "SER", "BLX", "5000.0", ""),
            ("2010", "CUW", "OAS", "6000.0", ""),
        )
    )
    assert flows(rows) == {
        ("1991", "CSK", "SUN"): 1,
        ("1992", "CSK", "RUS"): 2,
        ("1993", "CZE", "SCG"): 3,
        ("2006", "SRB", "ROU"): 4,
        ("1990", "YUG", "XBX"): 5,
        ("2010", "ANT", "TWN"): 6,
    }


def test_the_union_trade_with_itself_and_zeros_are_left_out():
    rows = wits.long(
        panel(
            ("2015", "EUN", "CHN", "1.0", "1.0"),
            ("2015", "GBR", "GBR", "", "9.0"),
            ("2015", "GBR", "CHN", "0.0", ""),
            ("2015", "GBR", "USA", "0.0", "7.0"),
        )
    )
    assert list(rows["partner"]) == ["USA"] and rows["exports"].isna().all() and list(rows["imports"]) == [0.007]


def test_a_partner_twice_in_a_year_is_an_error_that_names_it():
    with pytest.raises(ValueError, match="SDN has the partner CHN twice in 2011"):
        wits.long(panel(("2011", "SDN", "CHN", "1.0", ""), ("2011", "SUD", "CHN", "2.0", "")))


def test_concentration_is_over_partners_with_a_name_and_shares_of_the_whole():
    rows = panel(
        ("2000", "AAA", "USA", "60000.0", ""),
        ("2000", "AAA", "CHN", "20000.0", ""),
        ("2000", "AAA", "UNS", "20000.0", ""),
    )
    (row,) = reported_trade.derive({wits.SOURCE: rows}).to_dict("records")
    told = [row[name] for name in ("exports", "buyers", "export_hhi", "exports_unnamed")]
    assert told == ["100", "2", "0.4", "0.2"]
    assert "imports" not in row


def test_partners_are_kept_that_matter_and_china_and_russia():
    """Ten partners with a tenth each year; one grows to an eighth in one year, so it is there in both."""
    names = ["AAB", "AAC", "AAD", "AAE", "AAF", "AAG", "AAH", "AAI", "CHN", "RUS"]
    first = [("2000", "AAA", name, f"{100 - at}.0", f"{100 - at}.0") for at, name in enumerate(names)]
    second = [("2001", "AAA", name, "200.0" if name == "AAI" else f"{100 - at}.0", "") for at, name in enumerate(names)]
    made = reported_partners.derive({wits.SOURCE: panel(*first, *second)})
    kept = {year: set(rows["partner"]) for year, rows in made.groupby("period")}
    assert kept == {year: {*names[:5], "AAI", "CHN", "RUS"} for year in ("2000", "2001")}
    ranks = made.set_index(["period", "partner"])["export_rank"]
    assert [ranks["2000", "AAB"], ranks["2001", "AAB"], ranks["2001", "AAI"]] == ["1", "2", "1"]
    assert list(made[made["period"] == "2001"]["import_rank"].unique()) == [""]
