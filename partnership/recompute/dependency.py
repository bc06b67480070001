"""Claims on who depends on whom."""

from __future__ import annotations

import pandas as pd

from partnership import data, measures
from partnership.claims import Finding, recomputes
from partnership.trade import bilateral, totals


def _customs_share(flow: str, as_of: str | None) -> Finding:
    """China's customs over Russia's customs, January to September 2024, the last months both are known for."""
    own, partner = ("exporter", "importer") if flow == "exports" else ("importer", "exporter")
    same = {"period": "2024-09", "frequency": "YTD", "currency": "USD", "direction": "one-way"}
    china = bilateral(as_of, **same, **{own: "RUS", partner: "CHN"}, reporter="CHN")
    world = totals(as_of, **same, **{own: "RUS", partner: "WLD"}, reporter="RUS")
    if not (len(china) and len(world)):
        return Finding(None, china, "")
    share = measures.partner_share(china["value"].iloc[0], world["value"].iloc[0])
    rule = f"China's customs over Russia's customs, {flow} of Russia, January to September 2024"
    told = data.select(data.load("trade-shares", as_of=as_of), reporter="RUS", partner="CHN", flow=flow)
    others = told.loc[told["period"].str.startswith("2024"), "value"]
    return Finding(100 * float(share), pd.concat([china, world]), rule, others=tuple(others))


@recomputes("share-exports-30")
def export_share(as_of: str | None) -> Finding:
    """China's share of Russia's exports."""
    return _customs_share("exports", as_of)


@recomputes("share-imports-41")
def import_share(as_of: str | None) -> Finding:
    """China's share of Russia's imports."""
    return _customs_share("imports", as_of)
