"""International Monetary Fund: trade by partner (IMTS), World Economic Outlook; SDMX 3.0."""

from __future__ import annotations

import pandas as pd

from refresh import answers
from refresh.publishers import Request

DATA = "https://api.imf.org/external/sdmx/3.0/data/dataflow/{agency}/{flow}/+/{key}"
AVAILABILITY = "https://api.imf.org/external/sdmx/3.0/availability/dataflow/{agency}/{flow}/%2B/{key}"
CSV = "application/vnd.sdmx.data+csv;version=2.0.0"


def imts(reporter: str, indicator: str = "*", frequency: str = "A", since: str = "") -> Request:
    """Trade of a reporter (ISO code) with every partner, in dollars."""
    since = f"?c[TIME_PERIOD]=ge:{since}" if since else ""
    address = DATA.format(agency="IMF.STA", flow="IMTS", key=f"{reporter}.{indicator}.*.{frequency}") + since
    return Request(address, {"Accept": CSV}, deadline=1800)


def weo(countries: str, indicator: str = "NGDPD") -> Request:
    """World Economic Outlook: gross domestic product in dollars, forecasts included."""
    return Request(DATA.format(agency="IMF.RES", flow="WEO", key=f"{countries}.{indicator}.A"), {"Accept": CSV})


def change(flow: str = "IMTS", agency: str = "IMF.STA", key: str = "*.*.*.*") -> Request:
    """The availability query: the sign of a change that moves when data do (``lastUpdatedAt`` does not)."""
    return Request(AVAILABILITY.format(agency=agency, flow=flow, key=key))


def signal(raw: bytes) -> str:
    """Number of series and last period of a dataflow."""
    constraint = answers.parsed(raw)
    try:
        notes = constraint["data"]["dataConstraints"][0]["annotations"]
    except (KeyError, IndexError, TypeError):
        raise answers.Unexpected("no annotations of a data constraint") from None
    found = {note["id"]: note["title"] for note in notes}
    return " ".join(f"{name}={found[name]}" for name in ("series_count", "time_period_end") if name in found)


def read(raw: bytes) -> pd.DataFrame:
    """Observations of an SDMX-CSV answer; values are in plain units whatever SCALE says.

    Series without observations come as rows with an empty period and value; they are left out.
    """
    first = "STRUCTURE[;]" if raw.lstrip(answers.BOM)[:9] == b"STRUCTURE" else "DATAFLOW"
    table = answers.table(raw, [first, "TIME_PERIOD", "OBS_VALUE"])
    if first == "STRUCTURE[;]" and not set(table["ACTION"]) <= {"I", "A", "R", "M"}:
        raise answers.Unexpected(f"ACTION {sorted(set(table['ACTION']))[0]!r} in a data message")
    table = table[(table["TIME_PERIOD"] != "") | (table["OBS_VALUE"] != "")]
    if table.empty:
        raise answers.Unexpected("only series without observations", "look at the key of the request")
    names = list(table.columns)
    key = names[names.index("ACTION") + 1 if "ACTION" in names else 1 : names.index("OBS_VALUE")]
    return answers.whole(
        table, key, ["OBS_VALUE"], TIME_PERIOD=r"\d{4}(-(M?\d{2}|Q[1-4]|S[12]|W\d{2}))?", **{key[0]: r"[A-Z0-9_]+"}
    )
