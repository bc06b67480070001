"""General Administration of Customs of China, through carriers."""

from __future__ import annotations

import pandas as pd

from refresh import frames
from refresh.extract import recipe


@recipe(
    "gacc-russian-energy-imports-2022-07", "energy/gacc_via_wind_china_imports_russian_energy_monthly_1995_2022.csv"
)
def energy(raw: bytes) -> pd.DataFrame:
    """Imports of coal, crude oil, LNG and pipeline gas from Russia: one row a series and month, units as printed."""
    lines = frames.parse(raw.decode("utf-8-sig"))
    units = lines[lines["Name"] == "Unit"].iloc[0]
    months = lines[lines["Name"].str.fullmatch(r"\d{4}-\d{2}")]
    series = [name for name in lines.columns[1:] if name.endswith("Russian Federation")]
    long = months.melt("Name", series, "Series", "Value")
    long = long[long["Value"] != ""].rename(columns={"Name": "Month"})
    long["Unit"] = long["Series"].map(units)
    return long.sort_values(["Series", "Month"], ignore_index=True)[["Series", "Unit", "Month", "Value"]]
