"""How a publisher's answer becomes an extract: which question, which reader, which extract, which tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlsplit

import pandas as pd

from refresh import answers, frames, numbers
from refresh.publishers import (
    Request,
    australian_sanctions,
    carriers,
    comtrade,
    dataverse,
    eia,
    fred,
    hmrc,
    imf,
    ofac,
    uk_sanctions,
    uzbekistan,
    world_bank,
)

Answers = Mapping[str, bytes]
FCRF = "PA.NUS.FCRF"
"""Official rate of exchange, national currency a dollar, mean of the year."""


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
    family: str = "(none)"
    """How the names of such sources begin."""
    published: Callable[[Answers], str] | None = None
    """For extracts that the answers replace whole: the day of publication that they state."""
    grows: str = ""
    """Names of columns that may be added, where periods are columns."""
    signal: Callable[[bytes], str] | None = None
    """What tells a change: read from the first answer of ``watch``."""
    watch: Callable[[date], Request] | None = None
    publisher: str = ""
    licence: str = ""
    title: str = ""
    """Title of a source that the answers replace whole or that is new, where the old one no longer fits."""
    note: str = ""
    """Its note."""
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


def _rates(found: Answers, held: pd.DataFrame) -> pd.DataFrame:
    table = world_bank.read_csv(found["file"])
    if set(table["Indicator Code"]) != {FCRF}:
        raise answers.Unexpected(f"indicator {table['Indicator Code'].iloc[0]}, not {FCRF}")
    kept = table[table["Country Code"].isin(set(held["Country Code"]))]
    return kept.sort_values(["Country Code", "Year"], kind="stable", ignore_index=True)[list(held.columns)]


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


OUTLOOK = {"G001": "WEOWORLD", "G998": "EU", "KOS": "UVK"}
"""The IMF's codes of the interface, as the carrier's file had them."""


def _outlook(found: Answers, held: pd.DataFrame) -> pd.DataFrame:
    """Products of 2025 in billions; groups of countries other than the world and the Union are left out."""
    (raw,) = found.values()
    table = imf.read(raw)
    if set(table["INDICATOR"]) != {"NGDPD"} or set(table["UNIT"]) != {"USD"}:
        raise answers.Unexpected("another indicator than NGDPD in dollars")
    code = table["COUNTRY"].replace(OUTLOOK)
    kept = table[(table["TIME_PERIOD"] == "2025") & (code.str.fullmatch("[A-Z]{3}") | code.isin(OUTLOOK.values()))]
    billions = [numbers.times(cell, "1e-9") for cell in kept["OBS_VALUE"]]
    return pd.DataFrame({"iso3": code[kept.index].to_list(), "gdp_2025_usd_bn": billions}, dtype=object)


def _outlook_edition(found: Answers) -> Edition:
    """No answer states the day of its edition, so a vintage is named by the month in which it came."""
    (month,) = found
    return Edition(f"imf-weo-gdp-api-{month}", month)


# -- trade by partner -----------------------------------------------------------------------------

SIDES = ("MG_CIF_USD", "XG_FOB_USD")


def _partners(found: Answers, held: pd.DataFrame) -> pd.DataFrame:
    """Years after those at hand: the IMF estimates all years anew each time, so what was taken once is frozen."""
    table = imf.read(found["years"])
    wrong = table[(table["COUNTRY"] != "RUS") | ~table["INDICATOR"].isin(SIDES) | (table["FREQUENCY"] != "A")]
    if len(wrong):
        raise answers.Unexpected(f"a series {' '.join(wrong.iloc[0, 3:7])} beside those of Russia by year")
    if set(table["INDICATOR"]) != set(SIDES):
        raise answers.Unexpected("exports or imports are missing")
    fresh = table[table["TIME_PERIOD"] > held["TIME_PERIOD"].max()]
    names = dict(zip(held["COUNTERPART_COUNTRY.ID"], held["COUNTERPART_COUNTRY"], strict=True))
    code = fresh["COUNTERPART_COUNTRY"]
    rows = pd.DataFrame(
        {
            "INDICATOR.ID": fresh["INDICATOR"],
            "SCALE.ID": "6",  # as in the file at hand, millions; the interface gives dollars
            "COUNTERPART_COUNTRY.ID": code,
            "COUNTERPART_COUNTRY": code.map(names).fillna(""),
            "TIME_PERIOD": fresh["TIME_PERIOD"],
            "OBS_VALUE": [numbers.times(cell, "1e-6") for cell in fresh["OBS_VALUE"]],
        }
    ).sort_values(["TIME_PERIOD", "INDICATOR.ID", "COUNTERPART_COUNTRY.ID"])
    return pd.concat([held, rows], ignore_index=True)


def _totals(found: Answers, held: pd.DataFrame) -> pd.DataFrame:
    """A year of China's trade with the world beside those at hand."""
    table = comtrade.read(found["year"])
    kept = table[(table["reporterCode"] == "156") & (table["partnerCode"] == "0") & (table["cmdCode"] == "TOTAL")]
    value = dict(zip(kept["flowCode"], kept["primaryValue"], strict=True))
    if len(kept) != len(table) or len(kept) != 2 or len(value) != 2 or set(kept["freqCode"]) != {"A"}:
        raise answers.Unexpected("not the exports and imports of China in one year")
    row = (kept["period"].iloc[0], value["M"], value["X"])
    whole = pd.concat([held[held["period"] != row[0]], frames.frame([row], held.columns)], ignore_index=True)
    return whole.sort_values("period", ignore_index=True)


def _uzbekistan(found: Answers, held: pd.DataFrame) -> pd.DataFrame:
    """Both tables side by side, with the years that both have."""
    parts = []
    for flow in ("exports", "imports"):
        long = uzbekistan.read(found[flow])
        wide = long.pivot(index="Klassifikator_en", columns="Year", values="Value")
        codes = dict(zip(long["Klassifikator_en"], long["Code"], strict=True))
        wide = wide.loc[list(codes)].reset_index()
        wide.insert(0, "Code", wide["Klassifikator_en"].map(codes))
        parts.append(wide.assign(Flow=flow))
    years = sorted(set(parts[0].columns) & set(parts[1].columns) - {"Code", "Klassifikator_en", "Flow"})
    whole = pd.concat(parts, ignore_index=True)[["Code", "Klassifikator_en", *years, "Flow"]]
    if whole.isna().any(axis=None):
        raise answers.Unexpected("an empty cell, where the publisher prints a zero")
    return whole.rename_axis(columns=None)


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


def _british(found: Answers, held: pd.DataFrame) -> pd.DataFrame:
    """Subjects of the regime for Russia: kind and day of designation."""
    table = uk_sanctions.read(found["list"])
    kept = table[table["Unique ID"].str.startswith("RUS")]
    if strange := sorted({name for name in kept["Regime Name"] if "Russia" not in name}):
        raise answers.Unexpected(f"a number of the regime for Russia under {strange[0]!r}")
    days = kept["Date Designated"].str.split("/").map(lambda parts: "-".join(reversed(parts)))
    if (days == "").any():
        raise answers.Unexpected(f"{kept['Unique ID'][days == ''].iloc[0]} has no day of designation")
    rows = zip(kept["Unique ID"], kept["Designation Type"], days, strict=True)
    return frames.frame(sorted(rows), held.columns)


def _british_day(found: Answers) -> str:
    return pd.to_datetime(uk_sanctions.signal(found["list"]), format="%d-%b-%Y").strftime("%Y-%m-%d")


def _australian(found: Answers, held: pd.DataFrame) -> pd.DataFrame:
    """The list of the month in which it came, beside those at hand, by month of control date."""
    ((month, raw),) = found.items()
    table = australian_sanctions.read(raw)
    regimes = list(held.columns[2:4])
    kept = table[table["Committees"].isin(regimes)]
    if set(kept["Committees"]) != set(regimes) or not kept["Control Date"].str.fullmatch(r"\d{4}-\d{2}-\d{2}").all():
        raise answers.Unexpected("a regime is missing, or a control date is no day")
    counts = pd.crosstab(kept["Control Date"].str[:7], kept["Committees"])[regimes]
    rows = [(month, day, *map(str, [*cells, sum(cells)])) for day, *cells in counts.itertuples(name=None)]
    whole = pd.concat([held[held["list"] != month], frames.frame(rows, held.columns)], ignore_index=True)
    return whole.sort_values(["list", "period"], kind="stable", ignore_index=True)


def _month_before(today: date) -> str:
    year, month = divmod(today.year * 12 + today.month - 2, 12)
    return f"{year}{month + 1:02}"


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
            family="worldbank-wdi-gdp-api-",
            watch=lambda today: world_bank.indicator("NY.GDP.MKTP.CD", "CHN;RUS"),
            signal=world_bank.signal,
            publisher="World Bank",
            licence=world_bank.LICENCE,
            title="GDP (current US$), NY.GDP.MKTP.CD",
        ),
        Route(
            "gdp-outlook",
            "imf-weo-gdp-2026-07",
            ("gdp",),
            lambda today: {f"{today:%Y-%m}": imf.weo("*")},
            _outlook,
            edition=_outlook_edition,
            family="imf-weo-gdp-api-",
            watch=lambda today: imf.change("WEO", "IMF.RES", "*.NGDPD.A"),
            signal=imf.signal,
            publisher="International Monetary Fund, World Economic Outlook",
            note="estimates; the answer does not state its edition",
            licence="IMF data terms, attribution",
        ),
        Route(
            "rates-world-bank",
            "worldbank-wdi-fx-2025-01",
            ("exchange-rates",),
            lambda today: {"file": world_bank.download(FCRF)},
            _rates,
            watch=lambda today: world_bank.indicator(FCRF, "CHN;RUS"),
            signal=world_bank.signal,
            publisher="World Bank",
            licence=world_bank.LICENCE,
        ),
        Route(
            "russia-partners",
            "imf-imts-rus-2022-2024-estimates",
            ("partner-trade-russia",),
            lambda today: {"years": imf.imts("RUS", "+".join(SIDES), since=str(today.year - 2))},
            _partners,
            watch=lambda today: imf.change(key="RUS.*.*.A"),
            signal=imf.signal,
            publisher="International Monetary Fund (IMTS)",
            licence="IMF data terms, attribution",
        ),
        Route(
            "china-totals",
            "un-comtrade-chn-totals-2024",
            ("trade-totals",),
            lambda today: {"year": comtrade.trade("156", "0", str(today.year - 1))},
            _totals,
            watch=lambda today: comtrade.releases("156", str(today.year - 1)),
            signal=comtrade.signal,
            publisher="UN Comtrade",
            licence="UN Comtrade terms, extract with attribution",
        ),
        Route(
            "uzbekistan",
            "uzb-stat-trade-by-country-2023",
            ("central-asia-trade",),
            lambda today: {
                "exports": uzbekistan.table(uzbekistan.EXPORTS),
                "imports": uzbekistan.table(uzbekistan.IMPORTS),
            },
            _uzbekistan,
            grows=r"\d{4}",
            publisher="Statistics Agency of Uzbekistan",
            licence="open data, attribution",
        ),
        Route(
            "un-positions",
            "un-ideal-points-2026-04",
            ("un-positions",),
            lambda today: {"dataset": dataverse.dataset()},
            _positions,
            watch=lambda today: dataverse.dataset(),
            signal=dataverse.signal,
            publisher="Bailey, Strezhnev and Voeten, United Nations General Assembly Voting Data",
            title="Ideal point estimates",
            note="Harvard Dataverse doi:10.7910/DVN/LEJUQZ; votes on final passage, by calendar year; another model "
            "than the edition of June 2024",
            licence="CC0",
            published=lambda found: str(dataverse.read(found["dataset"])["releaseTime"].iloc[0])[:10],
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
        Route(
            "uk-list",
            "uk-sanctions-list-2026-08",
            ("listings-by-date",),
            lambda today: {"list": uk_sanctions.whole_list()},
            _british,
            published=_british_day,
            watch=lambda today: uk_sanctions.whole_list(),
            signal=uk_sanctions.signal,
            publisher="UK Foreign, Commonwealth and Development Office",
            licence=uk_sanctions.LICENCE,
        ),
        Route(
            "australian-list",
            "dfat-consolidated-list-2024-12",
            ("sanctions-monthly",),
            lambda today: {f"{today:%Y-%m}": australian_sanctions.whole_list()},
            _australian,
            published=lambda found: next(iter(found)),
            watch=lambda today: australian_sanctions.whole_list(),
            signal=australian_sanctions.signal,
            publisher="Australia, Department of Foreign Affairs and Trade",
            licence="CC BY 4.0, believed",
            note="primary names under the autonomous regimes Russia and Ukraine counted here; the list of December 2024 "
            "was carried by github.com/Stanux/app-lista-negra at commit 48e08084",
        ),
    )
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

    def move(request: Request) -> Request:
        parts = urlsplit(request.address)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        return replace(request, address=base + path)

    watch = route.watch
    return replace(
        route,
        ask=lambda today: {name: move(request) for name, request in route.ask(today).items()},
        watch=(lambda today: move(watch(today))) if watch else None,
    )
