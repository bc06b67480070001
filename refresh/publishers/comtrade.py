"""UN Comtrade: the public preview without a key, the same with one, and the list of releases."""

from __future__ import annotations

import pandas as pd

from refresh import answers
from refresh.publishers import Request

PREVIEW = "https://comtradeapi.un.org/public/v1/preview/C/{frequency}/HS?reporterCode={reporter}&partnerCode={partner}&period={period}&cmdCode={goods}&flowCode={flow}&motCode=0&customsCode=C00&partner2Code=0"
GET = "https://comtradeapi.un.org/data/v1/get/C/{frequency}/HS?reporterCode={reporter}&partnerCode={partner}&period={period}&cmdCode={goods}&flowCode={flow}&motCode=0&customsCode=C00&partner2Code=0"
RELEASES = "https://comtradeapi.un.org/public/v1/getDa/C/{frequency}/HS?reportercode={reporter}&period={period}"
CAP = 500  # rows of a preview; more are cut off in silence
KEY = ["period", "reporterCode", "flowCode", "partnerCode", "partner2Code", "cmdCode", "customsCode", "motCode"]
COLUMNS = [*KEY, "freqCode", "reporterISO", "partnerISO", "primaryValue", "cifvalue", "fobvalue", "netWgt"]


def trade(
    reporter: str,
    partner: str,
    period: str,
    flow: str = "X,M",
    goods: str = "TOTAL",
    frequency: str = "A",
    key: bool = False,
) -> Request:
    """Trade of one reporter and partner in one period; with ``key`` the variable COMTRADE_KEY is used."""
    parts = {"frequency": frequency, "reporter": reporter, "partner": partner, "period": period, "goods": goods}
    if key:
        address = GET.format(**parts, flow=flow)
        return Request(address, secret="COMTRADE_KEY", secret_in="header:Ocp-Apim-Subscription-Key")
    return Request(PREVIEW.format(**parts, flow=flow))


def releases(reporter: str, period: str, frequency: str = "A") -> Request:
    """When the figures of a reporter and period were last released."""
    return Request(RELEASES.format(frequency=frequency, reporter=reporter, period=period))


def signal(raw: bytes) -> str:
    """Checksum and day of the last release."""
    records = _records(raw)
    return " ".join(f"{record.get('datasetChecksum')}@{record.get('lastReleased')}" for record in records)


def read(raw: bytes) -> pd.DataFrame:
    """Rows as reported, values in dollars.

    Rows by second partner or mode of transport would count trade twice: only totals may come.
    """
    records = _records(raw)
    if len(records) >= CAP and len(records) % CAP == 0:
        raise answers.Unexpected(f"{len(records)} rows: the preview cuts there", "ask for less at once")
    table = answers.rows(records, COLUMNS)
    for name, total in (("partner2Code", "0"), ("motCode", "0"), ("customsCode", "C00")):
        if set(table[name]) != {total}:
            raise answers.Unexpected(f"rows with {name} other than {total}: trade would count more than once")
    return answers.whole(
        table, KEY, ["primaryValue", "cifvalue", "fobvalue", "netWgt"], period=r"\d{4}(0[1-9]|1[0-2])?", flowCode="[MX]"
    )


def _records(raw: bytes) -> list:
    found = answers.parsed(raw)
    if not isinstance(found, dict) or "data" not in found:
        message = found.get("message", found.get("error", "")) if isinstance(found, dict) else ""
        raise answers.Unexpected(f"no data: {message or 'another answer'}", answers.WAIT)
    if found.get("error"):
        raise answers.Unexpected(f"an error: {found['error']}", "look at the key of the request")
    if not found["data"]:
        raise answers.Unexpected("an answer without records: not released yet, or none", answers.WAIT)
    if len(found["data"]) != found.get("count", len(found["data"])):
        raise answers.Unexpected(
            f"{len(found['data'])} records where the answer announces {found['count']}", answers.WAIT
        )
    return found["data"]
