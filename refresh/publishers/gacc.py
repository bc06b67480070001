"""General Administration of Customs of China: static tables of the English site.

The site is behind a firewall that answers 412, or 200 with a script shell. Then a person opens the page and saves it
into the folder of snapshots; nothing here gets round a firewall.
"""

from __future__ import annotations

import re
from decimal import Decimal
from html.parser import HTMLParser

import pandas as pd

from refresh import answers, frames, numbers
from refresh.publishers import Request

PRELIMINARY = "http://english.customs.gov.cn/statics/report/preliminary.html"
HOST = "http://english.customs.gov.cn"
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
TITLE = re.compile(
    r"(?:\((\d+)\)\s*)?China's Total (?:Value of Imports and Exports|Export & Import Values) by (?:Major )?Country"
    r"\s*(?:/\s*Region|\(Region\)),\s*([A-Za-z.\s-]+?)\.?,?\s*(\d{4})\s*(?:\(in (CNY|USD)\))?"
)
UNIT = re.compile(r"Unit:\s*(CNY 100 Million|USD\s?1 Million|US\$1 Million|CNY 10,000|USD 1,000)", re.IGNORECASE)
COLUMNS = [
    "Title period",
    "Unit",
    "Partner",
    "Total",
    "Export",
    "Import",
    "Total growth",
    "Export growth",
    "Import growth",
]


def index(address: str = PRELIMINARY) -> Request:
    """The page that lists the tables of a year."""
    return Request(address, largest=2_000_000, kinds=("text/html",))


def page(address: str) -> Request:
    """One table."""
    return Request(address, largest=2_000_000, kinds=("text/html",))


class _Cells(HTMLParser):
    """Rows of cells, and links, of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: list[tuple[int, str, str]] = []
        self._cell: list[str] | None = None
        self._href = ""
        self.tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables += 1
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._cell = []
        elif tag == "a":
            self._href = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1].append(" ".join("".join(self._cell).replace("\xa0", " ").split()))
            self._cell = None
        elif tag == "a":
            self._href = ""

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)
        if self._href and data.strip():
            self.links.append((len(self.rows), self._href, data.strip()))


def _cells(raw: bytes) -> _Cells:
    found = answers.text(raw)
    parser = _Cells()
    parser.feed(found)
    if not parser.tables:
        raise answers.Unexpected("a page without a table: the shell of a firewall, or a page that moved", answers.ASK)
    if "</table>" not in found.lower() or "</html>" not in found.lower():
        raise answers.Unexpected("a page that breaks off", answers.WAIT)
    return parser


def read_index(raw: bytes) -> pd.DataFrame:
    """One row a table and month that is out: title, month, address. A month without a link is not out yet."""
    parser = _cells(raw)
    rows = []
    for number, row in enumerate(parser.rows, 1):
        for at, href, label in parser.links:
            if at == number and row and "/statics/" in href.lower():
                address = href if href.startswith("http") else HOST + href
                rows.append((row[0], label.rstrip("."), address))
    if not rows:
        raise answers.Unexpected("an index without links to tables", answers.ASK)
    table = frames.frame(rows, ["Title", "Month", "Address"])
    return answers.whole(table, ["Title", "Month"], [], Address=r"http://english\.customs\.gov\.cn/\S+")


def signal(raw: bytes) -> str:
    """The tables by country that are out."""
    table = read_index(raw)
    kept = table[table["Title"].str.contains("Country", case=False)]
    return " ".join(sorted(set(kept["Address"])))


def period(words: str, year: str) -> str:
    """The months of a title as ``YYYY-MM`` or ``YYYY-MM/MM``.

    Examples
    --------
    >>> period("January-February", "2025"), period("Mar", "2026"), period("Jan.", "2018")
    ('2025-01/02', '2026-03', '2018-01')
    """
    named = [word.strip(" .").lower() for word in words.split("-")]
    places = [[at for at, month in enumerate(MONTHS, 1) if len(name) > 2 and month.startswith(name)] for name in named]
    if any(len(found) != 1 for found in places) or len(places) > 2:
        raise answers.Unexpected(f"the title's months are {words!r}")
    return f"{year}-" + "/".join(f"{at:02}" for (at,) in places)


def read(raw: bytes) -> pd.DataFrame:
    """The table by country: trade of the month (or months) in the title, or to date, in the unit printed, with growth.

    The publisher's slips are looked for: rows that are a column short, exports and imports that do not add to the
    total, growth of the total that contradicts growth of its parts.
    """
    parser = _cells(raw)
    lines = [" ".join(row) for row in parser.rows]
    titles = {match.groups() for line in lines if (match := TITLE.search(line))}
    units = {re.sub(r"\s+", " ", match[1]).upper() for line in lines if (match := UNIT.search(line))}
    if len(titles) != 1:
        raise answers.Unexpected(f"{len(titles)} titles of the table by country on the page")
    if len(units) != 1:
        raise answers.Unexpected(f"{len(units)} units on the page: {', '.join(sorted(units))}")
    _, months, year, currency = titles.pop()
    unit = units.pop()
    if currency and not unit.replace("US$", "USD").startswith(currency):
        raise answers.Unexpected(f"the title says {currency}, the unit {unit}")
    body = [row for row in parser.rows if len(row) >= 4 and _number(row[1]) is not None]
    if not body:
        raise answers.Unexpected("no rows of figures")
    wide = {len(row) for row in body}
    if len(wide) != 1:
        raise answers.Unexpected(f"rows of {' and '.join(map(str, sorted(wide)))} cells: a row is shifted")
    width = wide.pop()
    if width not in (7, 10):
        raise answers.Unexpected(f"rows of {width} cells, where 7 or 10 are due")
    rows = []
    for row in body:
        # With ten cells the month stands before the year to date, each as total, exports, imports.
        values = row[1:4] if width == 7 else row[4:7]
        growth = row[4:7] if width == 7 else row[7:10]
        values, growth = [cell.replace(",", "") for cell in values], [cell.replace(",", "") for cell in growth]
        name = re.sub(r"^of which:\s*", "", row[0])
        _check(name, values, growth)
        clean = ["" if cell in ("-", "") else cell for cell in (*values, *growth)]
        rows.append((period(months, year), unit, name, *clean))
    return answers.whole(frames.frame(rows, COLUMNS), ["Partner"], COLUMNS[3:], Partner=r"(?a:.*[A-Za-z]).*")


def _number(cell: str) -> Decimal | None:
    try:
        return numbers.exact(cell.replace(",", ""))
    except ValueError:
        return Decimal(0) if cell == "-" else None


def _check(name: str, values: list[str], growth: list[str]) -> None:
    total, exports, imports = (_number(cell) for cell in values)
    if total is None or exports is None or imports is None:
        raise answers.Unexpected(f"{name}: {', '.join(values)} are not three figures")
    if abs(exports + imports - total) > Decimal("0.3") * 10 ** max(0, total.adjusted() - 6):
        raise answers.Unexpected(f"{name}: exports {exports} and imports {imports} do not add to {total}")
    rates = [_number(cell) for cell in growth]
    if all(rate is not None for rate in rates) and all(value > 1 for value in (total, exports, imports)):
        before = [value * 100 / (100 + rate) for value, rate in zip((total, exports, imports), rates, strict=True)]  # type: ignore[operator]
        slack = sum(part * Decimal("0.1") / 100 for part in before) + Decimal("0.5")
        if abs(before[1] + before[2] - before[0]) > slack:
            raise answers.Unexpected(f"{name}: growth of {growth[0]} contradicts {growth[1]} and {growth[2]}")
