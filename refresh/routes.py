"""How a publisher's answer becomes an extract: which question, which reader, which extract, which tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from refresh import answers, frames, numbers
from refresh.publishers import (
    Request,
    carriers,
    comtrade,
    dataverse,
    eia,
    fred,
    hmrc,
    ofac,
    uk_sanctions,
    world_bank,
)

Answers = Mapping[str, bytes]


@dataclass(frozen=True)
class Edition:
    """A new source beside the old one: its id and day of publication."""

    source: str
    published: str


@dataclass(frozen=True)
class Route:
    """One way from a publisher to a table."""

    name: str
    source: str
    """The source whose extract is renewed, or after which a new one is modelled."""
    tables: tuple[str, ...]
    ask: Callable[[date], dict[str, Request]]
    """Questions by name, as of a day."""
    take: Callable[[Answers, pd.DataFrame], pd.DataFrame]
    """Answers and the extract at hand to the new extract, in the same columns."""
    edition: Callable[[Answers], Edition] | None = None
    """For tables whose vintages stay: the new source."""
    signal: Callable[[bytes], str] | None = None
    """What tells a change: read from the first answer of ``watch``."""
    watch: Callable[[date], Request] | None = None
    cadence: str = "M"
    publisher: str = ""
    licence: str = ""
    address: str = ""
    keys: tuple[str, ...] = field(default=())
    """Environment variables that the route needs."""


# -- oil ------------------------------------------------------------------------------------------


def _oil_carrier(found: Answers, held: pd.DataFrame) -> pd.DataFrame:
    parts = [carriers.read_oil(found[name]).assign(File=name) for name in ("year", "month")]
    return pd.concat(parts, ignore_index=True)[list(held.columns)]


def _oil_eia(found: Answers, held: pd.DataFrame) -> pd.DataFrame:
    """The publisher's own months and years, under the days that the carrier gives them."""
    parts = []
    for name, day in (("year", "-06-30"), ("month", "-15")):
        table = eia.read(found[name])
        if set(table["units"]) != {"$/BBL"}:
            raise answers.Unexpected(f"the unit is {sorted(set(table['units']))[0]!r}, not $/BBL")
        parts.append(pd.DataFrame({"Date": table["period"] + day, "Price": table["value"], "File": name}))
    whole = pd.concat(parts, ignore_index=True)
    return whole.sort_values(["File", "Date"], key=lambda cells: cells.replace({"year": "0", "month": "1"}))[
        list(held.columns)
    ].reset_index(drop=True)


# -- exchange rates -------------------------------------------------------------------------------


def _fed(found: Answers, held: pd.DataFrame) -> pd.DataFrame:
    table = fred.read(found["series"])
    if set(table["series"]) != {"EXCHUS"}:
        raise answers.Unexpected(f"series {', '.join(sorted(set(table['series'])))} where EXCHUS is due")
    return pd.DataFrame(
        {"Date": table["observation_date"], "Country": "China", "Exchange rate": table["value"]}
    ).reset_index(drop=True)


def _hmrc(found: Answers, held: pd.DataFrame) -> pd.DataFrame:
    table = hmrc.read(found["month"])
    words = table["Period"].iloc[0].split()[0].split("/")
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    if len(words) != 3 or words[1] not in months:
        raise answers.Unexpected(f"the month is {table['Period'].iloc[0]!r}")
    rate = dict(zip(table["currencyCode"], table["rateNew"], strict=True))
    if missing := [name for name in ("USD", "RUB", "CNY") if name not in rate]:
        raise answers.Unexpected(f"no rate of {missing[0]}")
    row = (
        f"{words[2]}-{months.index(words[1]) + 1:02}",
        *(numbers.plain(rate[name]) for name in ("USD", "RUB", "CNY")),
    )
    kept = held[held["period"] != row[0]]
    whole = pd.concat([kept, frames.frame([row], held.columns)], ignore_index=True)
    return whole.sort_values("period", ignore_index=True)


# -- gross domestic product -----------------------------------------------------------------------


def _gdp(found: Answers, held: pd.DataFrame) -> pd.DataFrame:
    table = world_bank.read_csv(found["file"])
    if set(table["Indicator Code"]) != {"NY.GDP.MKTP.CD"}:
        raise answers.Unexpected(f"indicator {table['Indicator Code'].iloc[0]}, not NY.GDP.MKTP.CD")
    kept = table[table["Country Code"].isin(set(held["Country Code"]))]
    return kept.sort_values(["Country Code", "Year"], kind="stable", ignore_index=True)[
        ["Country Code", "Year", "Value"]
    ]


def _gdp_edition(found: Answers) -> Edition:
    raw = found["file"]
    text = answers.text(answers.archive(raw, r"^API_.*\.csv$") if raw[:4] == b"PK\x03\x04" else raw)
    line = next(line for line in text.splitlines() if "Last Updated Date" in line)
    day = line.replace('"', "").split(",")[1].strip()
    if not pd.Series([day]).str.fullmatch(r"\d{4}-\d{2}-\d{2}").all():
        raise answers.Unexpected(f"the day of the last update is {day!r}")
    return Edition(f"worldbank-wdi-gdp-api-{day[:7]}", day)


# -- votes ----------------------------------------------------------------------------------------


def _positions(found: Answers, held: pd.DataFrame) -> pd.DataFrame:
    files = dataverse.read(found["dataset"])
    named = files[files["originalFileName"].str.contains(r"(?i)^ideal-?point-?estimates", regex=True)]
    if len(named) != 1:
        raise answers.Unexpected(
            f"{len(named)} files of positions in the data set: {', '.join(files['originalFileName'])[:200]}"
        )
    table = dataverse.positions(found["positions"], named["md5"].iloc[0])
    if missing := [name for name in held if name not in table]:
        raise answers.Unexpected(f"no column {missing[0]!r}: the edition has other estimates")
    kept = table[table["year"] >= held["year"].min()]
    return kept.sort_values(["year", "iso3c"], kind="stable", ignore_index=True)[list(held.columns)]


# -- months of trade ------------------------------------------------------------------------------


def _months(found: Answers, held: pd.DataFrame) -> pd.DataFrame:
    """New months of China's imports from Russia beside those at hand; a month at hand may be revised."""
    table = comtrade.read(found["month"])
    kept = table[(table["reporterCode"] == "156") & (table["partnerCode"] == "643") & (table["flowCode"] == "M")]
    if kept.empty or set(kept["freqCode"]) != {"M"} or set(kept["cmdCode"]) != {"TOTAL"}:
        raise answers.Unexpected("no months of China's imports from Russia")
    fresh = kept[list(held.columns)]
    whole = pd.concat([held[~held["period"].isin(fresh["period"])], fresh], ignore_index=True)
    return whole.sort_values("period", ignore_index=True)


# -- lists ----------------------------------------------------------------------------------------


def _panel(found: Answers, held: pd.DataFrame) -> pd.DataFrame:
    """Months beyond those at hand: what was taken once is frozen, because the carrier rewrites its past."""
    table = carriers.read_ofac(found["panel"])[list(held.columns)]
    table["yrmon"] = table["yrmon"].astype(str)
    if table["yrmon"].max() < held["yrmon"].max():
        raise answers.Unexpected(f"a panel that ends in {table['yrmon'].max()}, before the one at hand", answers.WAIT)
    if lost := sorted(set(held["Country"]) - set(table["Country"])):
        raise answers.Unexpected(
            f"a panel without {', '.join(lost[:3])}: {len(lost)} countries are missing", answers.WAIT
        )
    fresh = table[table["yrmon"] > held["yrmon"].max()]
    return pd.concat([held, fresh], ignore_index=True).sort_values(
        ["Country", "yrmon"], kind="stable", ignore_index=True
    )


def _month_before(today: date) -> str:
    year, month = divmod(today.year * 12 + today.month - 2, 12)
    return f"{year}{month + 1:02}"


def _carrier(name: str, repository: str, path: str) -> Callable[[date], Request]:
    return lambda today: carriers.file(repository, path)


ROUTES: dict[str, Route] = {
    route.name: route
    for route in (
        Route(
            "brent",
            "eia-brent-2026-07",
            ("oil-price",),
            lambda today: {
                "year": carriers.file(carriers.OIL[0], carriers.OIL[2]),
                "month": carriers.file(carriers.OIL[0], carriers.OIL[1]),
            },
            _oil_carrier,
            publisher="US EIA through datasets/oil-prices",
            licence="public domain",
        ),
        Route(
            "brent-eia",
            "eia-brent-2026-07",
            ("oil-price",),
            lambda today: {"year": eia.spot(frequency="annual"), "month": eia.spot()},
            _oil_eia,
            publisher="US EIA",
            licence="public domain",
            keys=("EIA_KEY",),
        ),
        Route(
            "yuan-fed",
            "fed-h10-2026-06",
            ("exchange-rates",),
            lambda today: {"series": fred.series("EXCHUS")},
            _fed,
            publisher="Federal Reserve through FRED",
            licence="public domain",
        ),
        Route(
            "rates-hmrc",
            "hmrc-rates-2026-11",
            ("exchange-rates",),
            lambda today: {"month": hmrc.month(today.year, today.month)},
            _hmrc,
            publisher="HM Revenue & Customs",
            licence=hmrc.LICENCE,
        ),
        Route(
            "gdp",
            "worldbank-wdi-gdp-to-2023",
            ("gdp",),
            lambda today: {"file": world_bank.download("NY.GDP.MKTP.CD")},
            _gdp,
            edition=_gdp_edition,
            watch=lambda today: world_bank.indicator("NY.GDP.MKTP.CD", "CHN;RUS"),
            signal=world_bank.signal,
            cadence="Q",
            publisher="World Bank",
            licence=world_bank.LICENCE,
        ),
        Route(
            "un-positions",
            "un-ideal-points-2026-04",
            ("un-positions",),
            lambda today: {"dataset": dataverse.dataset()},
            _positions,
            watch=lambda today: dataverse.dataset(),
            signal=dataverse.signal,
            cadence="A",
            publisher="Bailey, Strezhnev and Voeten",
            licence="CC0",
        ),
        Route(
            "china-months",
            "un-comtrade-chn-rus-months-2024",
            ("monthly-trade",),
            lambda today: {"month": comtrade.trade("156", "643", _month_before(today), "M", frequency="M")},
            _months,
            watch=lambda today: comtrade.releases("156", _month_before(today), "M"),
            signal=comtrade.signal,
            publisher="UN Comtrade",
            licence="UN Comtrade terms, extract with attribution",
        ),
        Route(
            "ofac-panel",
            "ofac-panel-2026-03",
            ("sanctions-monthly",),
            lambda today: {"panel": carriers.file(*carriers.OFAC)},
            _panel,
            watch=lambda today: ofac.latest(),
            signal=ofac.signal,
            publisher="US Treasury (OFAC) through jeffallen13/ofac",
            licence="public domain (list), MIT (panel)",
        ),
    )
}

WATCHED = {
    "uk-list": (uk_sanctions.whole_list, uk_sanctions.signal),
}


def second(route: Route, found: Answers) -> dict[str, Request]:
    """Questions that follow from the first answers: the file that a data set names."""
    if route.name == "un-positions" and "positions" not in found:
        files = dataverse.read(found["dataset"])
        named = files[files["originalFileName"].str.contains(r"(?i)^ideal-?point-?estimates", regex=True)]
        if len(named) != 1:
            raise answers.Unexpected(f"{len(named)} files of positions in the data set")
        return {"positions": dataverse.file(named["id"].iloc[0])}
    return {}


def at(route: Route, base: str) -> Route:
    """A route whose questions go to another server: for tests, and for a mirror."""
    from urllib.parse import urlsplit

    def move(request: Request) -> Request:
        parts = urlsplit(request.address)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        return replace(request, address=base + path)

    watch = route.watch
    return replace(
        route,
        ask=lambda today: {name: move(request) for name, request in route.ask(today).items()},
        watch=(lambda today: move(watch(today))) if watch else None,
        address=base,
    )
