"""US Energy Information Administration: petroleum prices, API version 2 (needs a free key)."""

from __future__ import annotations

import pandas as pd

from refresh import answers
from refresh.publishers import Request

SPOT = "https://api.eia.gov/v2/petroleum/pri/spt/data/?frequency={frequency}&data[0]=value&facets[series][]={series}&length=5000"


def spot(series: str = "RBRTE", frequency: str = "monthly") -> Request:
    """Spot prices; RBRTE is Brent, dollars a barrel."""
    return Request(SPOT.format(series=series, frequency=frequency), secret="EIA_KEY", secret_in="query:api_key")


def read(raw: bytes) -> pd.DataFrame:
    """Values as text, with their units; a page is at most 5,000 rows, so all must be there."""
    found = answers.parsed(raw)
    if not isinstance(found, dict) or "response" not in found:
        message = found.get("error", found) if isinstance(found, dict) else found
        raise answers.Unexpected(f"no response: {str(message)[:200]}", answers.KEY)
    response = found["response"]
    if not isinstance(response, dict) or "data" not in response:
        raise answers.Unexpected("a response without data")
    value = "value" if response["data"] and "value" in response["data"][0] else "quantity"
    columns = ["period", *(["series"] if value == "value" else ["originId", "destinationId", "gradeId"])]
    units = "units" if value == "value" else "quantity-units"
    table = answers.rows(response["data"], [*columns, value, units])
    if len(table) != int(response.get("total", len(table))):
        raise answers.Unexpected(f"{len(table)} rows of {response['total']}", "ask for the other pages")
    if len(set(table[units])) != 1:
        raise answers.Unexpected(f"more than one unit: {', '.join(sorted(set(table[units])))}")
    return answers.whole(table, columns, [value], period=r"\d{4}(-\d{2}){0,2}")


def signal(raw: bytes) -> str:
    """Last period."""
    return str(read(raw)["period"].max())
