"""The extract of BACI for China and Russia as a long frame; several tables are derived from it."""

from __future__ import annotations

import pandas as pd

SOURCE = "cepii-baci-hs17-chn-rus-2023"
CODES = {"156": "CHN", "643": "RUS"}


def long(extract: pd.DataFrame) -> pd.DataFrame:
    """One row a flow, HS6 code and year.

    Parameters
    ----------
    extract : pandas.DataFrame
        The extract: ``i``, ``j`` (UN codes), ``k`` (HS6 without its leading zero), ``v<year>`` (thousand dollars) and
        ``q<year>`` (tonnes), cells as text.

    Returns
    -------
    pandas.DataFrame
        ``period``, ``exporter``, ``importer``, ``product`` (six digits), ``value`` (thousand dollars) and ``quantity``
        (tonnes, missing where the file has none); only years with a value.
    """
    keys = pd.DataFrame(
        {
            "exporter": extract["i"].map(CODES),
            "importer": extract["j"].map(CODES),
            "product": extract["k"].str.zfill(6),
        }
    )
    years = sorted(column[1:] for column in extract if column[:1] == "v")
    parts = [
        keys.assign(period=year, value=pd.to_numeric(extract[f"v{year}"]), quantity=pd.to_numeric(extract[f"q{year}"]))
        for year in years
    ]
    frame = pd.concat(parts, ignore_index=True).dropna(subset=["value"])
    return frame[["period", "exporter", "importer", "product", "value", "quantity"]]
