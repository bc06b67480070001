"""Parts and sums of trade that several chapters take."""

import pandas as pd
import pytest

from partnership import data, trade


def test_one_flow_alone_is_no_total_of_nine_months(monkeypatch):
    """For 2025 one total of both directions is all there is. Were exports printed alone, they would be half of it."""
    where = {"reporter": "RUS", "frequency": "YTD", "currency": "USD"}
    before = trade.nine_months()[1]
    table = trade.totals(**where)
    exports = data.select(table, period="2024-09", exporter="RUS", importer="WLD").assign(period="2025-09")
    with_exports = pd.DataFrame([*table.to_dict("records"), *exports.to_dict("records")])
    with_exports.index.name, with_exports.attrs = "row", table.attrs
    monkeypatch.setattr(trade, "totals", lambda **asked: with_exports)
    after = trade.nine_months()[1]
    told = data.select(after, period="2025-09")
    assert told["direction"].tolist() == ["two-way"]
    assert sorted(after["value"]) == pytest.approx(sorted(before["value"]))


def test_parts_add_to_all_goods_and_end_where_the_shortest_does():
    found, last = trade.parts()
    months = {name: set(rows["period"]) for name, rows in found.items()}
    assert last == max(set.intersection(*months.values()))
    whole = data.select(trade.monthly(), period=last)["value"].sum()
    assert sum(data.select(rows, period=last)["value"].sum() for rows in found.values()) == pytest.approx(
        whole, rel=0.01
    )
