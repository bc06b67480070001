"""Bad data must not get through: thousands of broken variants of the tables, each refused or listed with the reason.

A variant breaks one thing in one table, as it happens by hand, in a spreadsheet, in a script or on the way. It goes
through the loader, the rules of the field and, where rows are derived, the comparison with the extracts. Neither the hash in the data package nor the order of the rows is looked
at: what is refused is refused for what it says.
"""

import csv
import gc
import io
import os
import random
import re
import shutil
import unicodedata
import zlib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

import hostile
import pytest

from checks import rulebook
from checks.rules import kit
from partnership import data
from refresh import proof

TABLES = data.tables()
LARGE = 5000  # rows from which a table is tried with fewer variants
WHOLE = os.environ.get("BROKEN") == "whole"
"""Whether every variant is tried (make broken); else a third of those of tables from SAMPLED rows on, always the same."""
SAMPLED = 1500
HUGE = 20_000  # rows from which flows among a quarter of the countries, with Central Asia, stand for the table
PLACE = re.compile(r'data/[a-z-]+\.csv, row \d+(, column "[^"]*": |: column "[^"]*" )\S')
MONEY = re.compile(r"value|stated|ideal_point|share_of_|lat|lon")


@dataclass(frozen=True)
class Variant:
    """A broken table: what was done to it, and where if it is one cell."""

    table: str
    kind: str
    what: str
    raw: bytes
    place: str = ""


class Table:
    """A table as text, with the columns by what they hold."""

    def __init__(self, name):
        self.name = name
        self.entry = data.resource(name)
        text = (data.DATA / self.entry["path"]).read_text("utf-8")
        self.header, *self.rows = csv.reader(io.StringIO(text, newline=""))
        if len(self.rows) > HUGE:
            codes = sorted({row[1] for row in self.rows})
            some = {*codes[::4], "CHN", "RUS", "KAZ", "KGZ", "TJK", "TKM", "UZB"}
            self.rows = [row for row in self.rows if {row[1], row[2]} <= some]
        self.raw = self.written()
        self.lines = self.raw.splitlines(keepends=True)  # no cell breaks a line
        self.fields = {field["name"]: field for field in self.entry["schema"]["fields"]}

    def of_type(self, *types):
        return [name for name, field in self.fields.items() if field["type"] in types]

    def rules(self, column):
        return self.fields[column].get("constraints", {})

    def words(self):
        return hostile.words(self.entry)

    def named(self, *names):
        return [name for name in names if name in self.header]

    def filled(self, column):
        place = self.header.index(column)
        return [number for number, row in enumerate(self.rows) if row[place]]

    def cell(self, number, column):
        return self.rows[number][self.header.index(column)]

    def written(self, rows=None, header=None):
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header or self.header)
        writer.writerows(self.rows if rows is None else rows)
        return out.getvalue().encode()

    def with_cells(self, number, **cells):
        """The file with cells of one row changed: the other lines are not written anew."""
        row = [str(cells.get(name, cell)) for name, cell in zip(self.header, self.rows[number], strict=True)]
        lines = list(self.lines)
        lines[number + 1] = self.written([], row)
        return b"".join(lines)


stored = cache(Table)
KINDS = {}


def kind(function):
    """Register a way to break a table: it yields what was done and either the file, or row, column and new cell."""
    KINDS[function.__name__.replace("_", " ")] = function
    return function


def _some(table, chance, column):
    """A row in which the column is filled, or none."""
    filled = table.filled(column)
    return chance.choice(filled) if filled else None


def _each(table, chance, columns, change):
    """Change one cell of a column taken by chance, if there is such a column."""
    columns = [column for column in columns if table.filled(column)]
    if columns:
        column = chance.choice(columns)
        number = _some(table, chance, column)
        old = table.cell(number, column)
        new = change(old)
        if new is not None and new != old:
            yield f'{column} "{old}" to "{new}"', number, column, new


def _where(table, chance, columns, holding, change):
    """Change one cell that holds something (a regular expression), of a column taken by chance, if there is such a cell."""
    found = {name: [row for row in table.filled(name) if re.search(holding, table.cell(row, name))] for name in columns}
    if columns := [name for name in columns if found[name]]:
        column = chance.choice(columns)
        number = chance.choice(found[column])
        old = table.cell(number, column)
        new = change(old)
        if new is not None and new != old:
            yield f'{column} "{old}" to "{new}"', number, column, new


# -- the file -------------------------------------------------------------------------------------


@kind
def byte_order_mark(table, chance):
    yield "at the start", b"\xef\xbb\xbf" + table.raw


@kind
def nul_byte(table, chance):
    at = chance.randrange(len(table.raw))
    yield f"at byte {at}", table.raw[:at] + b"\0" + table.raw[at:]


@kind
def windows_line_ends(table, chance):
    yield "throughout", table.raw.replace(b"\n", b"\r\n")


@kind
def cut_in_a_line(table, chance):
    at = chance.randrange(len(table.raw) // 2, len(table.raw) - 2)
    at -= table.raw[at - 1 : at] == b"\n"
    yield f"after {at} bytes", table.raw[:at]


@kind
def cut_after_a_line(table, chance):
    keep = chance.randrange(1, len(table.rows) - 1)
    yield f"after {keep} of {len(table.rows)} rows", table.written(table.rows[:keep])


@kind
def last_row_lost(table, chance):
    yield f"of {len(table.rows)}", table.written(table.rows[:-1])


@kind
def all_rows_lost(table, chance):
    yield "but the header", table.written([])


@kind
def other_encoding(table, chance):
    at = table.raw.index(b",", chance.randrange(len(table.raw) // 2))
    yield f"a Latin-1 letter at byte {at}", table.raw[:at] + b"\xfc" + table.raw[at:]


@kind
def semicolons(table, chance):
    yield "for commas", table.raw.replace(b",", b";")


@kind
def quote_not_closed(table, chance):
    number = chance.randrange(len(table.rows))
    lines = table.raw.split(b"\n")
    lines[number + 1] = b'"' + lines[number + 1]
    yield f"in row {number + 2}", b"\n".join(lines)


@kind
def column_missing(table, chance):
    gone = chance.randrange(len(table.header))
    cut = [[*row[:gone], *row[gone + 1 :]] for row in [table.header, *table.rows]]
    yield table.header[gone], table.written(cut[1:], cut[0])


@kind
def column_renamed(table, chance):
    column = chance.choice(table.header)
    yield column, table.written(header=[f"{name}s" if name == column else name for name in table.header])


@kind
def column_added(table, chance):
    yield "Unnamed: 0", table.written([["0", *row] for row in table.rows], ["Unnamed: 0", *table.header])


@kind
def columns_in_other_order(table, chance):
    place = chance.randrange(len(table.header) - 1)
    order = [*range(place), place + 1, place, *range(place + 2, len(table.header))]
    moved = [[row[index] for index in order] for row in [table.header, *table.rows]]
    yield f"{table.header[place]} and the next", table.written(moved[1:], moved[0])


@kind
def header_lost(table, chance):
    yield "first row is data", table.written(table.rows[1:], table.rows[0])


@kind
def heads_of_two_columns_swapped(table, chance):
    place = chance.randrange(len(table.header) - 1)
    header = list(table.header)
    header[place : place + 2] = reversed(header[place : place + 2])
    yield f"{header[place + 1]} and {header[place]}", table.written(header=header)


# -- rows -----------------------------------------------------------------------------------------


@kind
def cell_lost_from_a_row(table, chance):
    number = chance.randrange(len(table.rows))
    rows = list(table.rows)
    rows[number] = rows[number][:-1]
    yield f"row {number + 2}", table.written(rows)


@kind
def row_twice(table, chance):
    number = chance.randrange(len(table.rows))
    yield f"row {number + 2}", table.written([*table.rows, table.rows[number]])


@kind
def row_twice_with_another_value(table, chance):
    for column in [name for name in table.of_type("number", "integer") if name.startswith("value")][:1]:
        number = _some(table, chance, column)
        row = list(table.rows[number])
        row[table.header.index(column)] = f"{float(table.cell(number, column)) * 1.01:.0f}"
        yield f"row {number + 2}", table.written([*table.rows, row])


@kind
def row_lost(table, chance):
    number = chance.randrange(len(table.rows))
    yield (
        f"row {number + 2} {','.join(table.rows[number])[:90]}",
        table.written(table.rows[:number] + table.rows[number + 1 :]),
    )


@kind
def blank_line(table, chance):
    number = chance.randrange(1, len(table.rows))
    lines = table.raw.split(b"\n")
    yield f"before row {number + 2}", b"\n".join([*lines[: number + 1], b"", *lines[number + 1 :]])


@kind
def values_slipped_by_a_row(table, chance):
    for column in [name for name in table.of_type("number", "integer") if MONEY.match(name)][:1]:
        place = table.header.index(column)
        cells = [row[place] for row in table.rows]
        start = chance.randrange(max(1, len(cells) // 2))
        cells[start:] = [*cells[start + 1 :], cells[start]]
        yield (
            f"{column} from row {start + 2}",
            table.written(
                [[*row[:place], cell, *row[place + 1 :]] for row, cell in zip(table.rows, cells, strict=True)]
            ),
        )


# -- how a cell is written ------------------------------------------------------------------------


def _numbers(table):
    return table.of_type("number", "integer")


@kind
def thousands_separator(table, chance):
    mark = chance.choice([",", " ", "'", "\u00a0", "\u202f", "."])
    yield from _each(table, chance, _numbers(table), lambda cell: f"{mark}".join(["1", "234", "567"]))


@kind
def decimal_comma(table, chance):
    yield from _each(
        table, chance, _numbers(table), lambda cell: cell.replace(".", ",") if "." in cell else f"{cell},5"
    )


@kind
def decimal_comma_without_quotes(table, chance):
    for column in [column for column in table.of_type("number") if table.filled(column)][:1]:
        number = _some(table, chance, column)
        cells = table.rows[number]
        place = table.header.index(column)
        text = ",".join([*cells[:place], cells[place].split(".")[0], "5", *cells[place + 1 :]])
        lines = table.raw.split(b"\n")
        lines[number + 1] = text.encode()
        yield f"row {number + 2}", b"\n".join(lines)


@kind
def no_plain_number(table, chance):
    new = chance.choice(
        ["1.5e3", "n/a", "–", "NaN", "inf", "~", "1,5 bn", "$12", "12%", "0x1F", "1_000", "١٢", "½", "…", "."]
    )
    yield from _each(table, chance, _numbers(table), lambda cell: new)


@kind
def space_around_a_cell(table, chance):
    yield from _each(table, chance, table.header, lambda cell: chance.choice([f" {cell}", f"{cell} ", f"{cell}\u00a0"]))


@kind
def line_break_or_tab_in_a_cell(table, chance):
    yield from _each(
        table,
        chance,
        table.header,
        lambda cell: cell[: len(cell) // 2] + chance.choice("\n\t\x0b\x1f") + cell[len(cell) // 2 :],
    )


@kind
def sign_that_nobody_sees(table, chance):
    yield from _each(
        table, chance, table.header, lambda cell: cell[:1] + chance.choice("\u200b\u00ad\u200e\u2060\x9d") + cell[1:]
    )


@kind
def mojibake(table, chance):
    text = chance.choice(["Türkiye", "Côte d’Ivoire", "“about”", "2019–2021", "доля рынка", "中国海关", "São Tomé"])
    wrong = chance.choice(["cp1252", "latin-1", "cp1251", "gbk"])
    garbled = text.encode().decode(wrong, "replace")
    yield from _each(
        table, chance, table.named("note", "name", "title", "label", "place", "wording", "brand"), lambda cell: garbled
    )


ALIKE = ("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")
"""Latin letters, and the Cyrillic ones that look like them."""
HELD = "|".join(f"(?<=[{letters}])[{alike}]" for letters, alike in zip(("A-Za-z", "а-яА-Я"), ALIKE, strict=True))


@kind
def letter_of_another_alphabet(table, chance):
    """In a word of two letters or more: which alphabet a letter that stands alone is of, nobody can tell."""
    other = str.maketrans("".join(ALIKE), "".join(reversed(ALIKE)))
    yield from _where(
        table,
        chance,
        table.words(),
        HELD,
        lambda cell: re.sub(HELD, lambda found: found[0].translate(other), cell, count=1),
    )


@kind
def accent_apart_from_its_letter(table, chance):
    def apart(cell):
        split = unicodedata.normalize("NFD", cell)
        return split if split != cell else f"{cell} (Tu\u0308rkiye)"

    yield from _each(table, chance, table.words(), apart)


@kind
def dash_of_another_kind(table, chance):
    new = chance.choice("\u2010\u2011\u2012\u2015\u2212\uff0d")
    yield from _where(table, chance, table.words(), "[-–—]", lambda cell: re.sub("[-–—]", new, cell, count=1))


@kind
def html_in_a_cell(table, chance):
    new = chance.choice(
        ["<b>{}</b>", "{}<br>", "{}&nbsp;", "{} &amp; others", "<!-- {} -->", '<a href="/x">{}</a>', "{}&#39;s"]
    )
    yield from _each(table, chance, table.words(), lambda cell: new.format(cell))


@kind
def letters_lost(table, chance):
    yield from _each(
        table,
        chance,
        table.named("note", "name", "title", "label", "place"),
        lambda cell: f"{cell} in T{chance.choice('?�')}rkiye",
    )


@kind
def required_cell_empty(table, chance):
    yield from _each(
        table, chance, [name for name in table.header if table.rules(name).get("required")], lambda cell: ""
    )


@kind
def word_outside_the_vocabulary(table, chance):
    change = chance.choice(
        [str.upper, str.title, lambda cell: f"{cell}s", lambda cell: cell[:-1], lambda cell: f"{cell} (new)"]
    )
    closed = [name for name in table.header if table.rules(name).get("enum") and table.filled(name)]
    if closed:
        column = chance.choice(closed)
        yield from (
            found for found in _each(table, chance, [column], change) if found[3] not in table.rules(column)["enum"]
        )


@kind
def unit_misspelt(table, chance):
    new = chance.choice(["USD bn", "billion dollars", "percent", "%", "Mt", "mln USD", "thousand"])
    yield from _each(table, chance, table.named("unit"), lambda cell: new)


@kind
def no_country_code(table, chance):
    new = chance.choice(["China", "RU", "chn", "RUSS", "СHN", "156", "R0S", "UK"])
    codes = table.named(
        "exporter", "importer", "reporter", "partner", "country", "target", "jurisdiction", "other", "code"
    )
    yield from _each(table, chance, codes, lambda cell: new)


@kind
def country_that_is_not_listed(table, chance):
    new = chance.choice(["XQZ", "ZZZ", "ROM", "ZAR", "GER", "UKG"])
    codes = table.named(
        "exporter", "importer", "reporter", "partner", "country", "target", "jurisdiction", "other", "participants"
    )
    yield from _each(table, chance, codes, lambda cell: f"{cell};{new}" if ";" in cell else new)


DATES = ("period", "start", "end", "date", "published", "accessed", "made_on")


@kind
def no_date(table, chance):
    new = chance.choice(
        ["2024-13", "24-10", "10/2024", "2024-1", "2024Q5", "Oct 2024", "2024-00", "45567", "20241", "2024-10-32"]
    )
    yield from _each(table, chance, table.named(*DATES), lambda cell: new)


@kind
def day_that_does_not_exist(table, chance):
    days = [
        name
        for name in table.named(*DATES)
        if any(len(table.cell(number, name)) == 10 for number in table.filled(name))
    ]
    yield from _each(table, chance, days, lambda cell: f"{cell[:4]}-02-30" if len(cell) == 10 else None)


# -- what a cell says -----------------------------------------------------------------------------


@kind
def future_date(table, chance):
    ahead = table.entry.get("rules", {}).get("not_to_come", {}).get("but", [])
    dates = [name for name in table.named(*DATES) if name not in ahead]
    yield from _each(table, chance, dates, lambda cell: f"20{chance.randrange(27, 60)}{cell[4:]}")


@kind
def source_missing(table, chance):
    yield from _each(table, chance, table.named("source_id"), lambda cell: "")


@kind
def source_unknown(table, chance):
    yield from _each(
        table, chance, table.named("source_id"), lambda cell: f"{cell[:-1]}{'0' if cell[-1] != '0' else '1'}x"
    )


def _amounts(table):
    return [name for name in _numbers(table) if MONEY.match(name)]


def _scaled(cell, factor):
    return data.cell_text(float(cell) * factor) if float(cell) else None


@kind
def value_times_1000(table, chance):
    yield from _each(table, chance, _amounts(table), lambda cell: _scaled(cell, 1000))


@kind
def value_by_1000(table, chance):
    yield from _each(table, chance, table.of_type("number") and _amounts(table), lambda cell: _scaled(cell, 0.001))


@kind
def value_times_10(table, chance):
    yield from _each(table, chance, _amounts(table), lambda cell: _scaled(cell, 10))


@kind
def value_times_one_point_one(table, chance):
    def more(cell):
        return f"{float(cell) * 1.1:.{len(cell.partition('.')[2])}f}"

    yield from _each(table, chance, _amounts(table), more)


@kind
def per_cent_as_a_fraction(table, chance):
    def is_share(name):
        return "per cent" in str(table.fields[name].get("unit")) or name.startswith("share_")

    if table.named("unit"):
        rows = [number for number in table.filled("unit") if table.cell(number, "unit").startswith("per cent")]
    else:
        rows = range(len(table.rows))
    columns = [name for name in _amounts(table) if table.named("unit") or is_share(name)]
    cells = [(number, name) for number in rows for name in columns if table.cell(number, name)]
    if cells:
        number, column = chance.choice(cells)
        old = table.cell(number, column)
        if new := _scaled(old, 0.01):
            yield f'{column} "{old}" to "{new}"', number, column, new


@kind
def growth_as_a_fraction(table, chance):
    yield from _each(table, chance, table.named("growth_reported"), lambda cell: _scaled(cell, 0.01))


@kind
def growth_of_the_other_sign(table, chance):
    yield from _each(table, chance, table.named("growth_reported"), lambda cell: _scaled(cell, -1))


@kind
def value_negative(table, chance):
    yield from _each(table, chance, _amounts(table), lambda cell: f"-{cell}" if float(cell) > 0 else None)


@kind
def two_digits_swapped(table, chance):
    def swap(cell):
        digits = [place for place in range(len(cell) - 1) if cell[place].isdigit() and cell[place + 1].isdigit()]
        digits = [place for place in digits if cell[place] != cell[place + 1]]
        if not digits:
            return None
        at = digits[0]
        return cell[:at] + cell[at + 1] + cell[at] + cell[at + 2 :]

    yield from _each(table, chance, _amounts(table), swap)


@kind
def exporter_and_importer_swapped(table, chance):
    if table.named("exporter", "importer") == ["exporter", "importer"]:
        number = chance.randrange(len(table.rows))
        away, to = table.cell(number, "exporter"), table.cell(number, "importer")
        if away != to:
            yield f"{away} and {to} in row {number + 2}", table.with_cells(number, exporter=to, importer=away)


def _another(table, chance, column):
    """Another cell of the same column."""
    place = table.header.index(column)
    seen = sorted({row[place] for row in table.rows if row[place]})
    return lambda cell: chance.choice([other for other in seen if other != cell] or [None])


def _other_word(*columns):
    def broken(table, chance):
        for column in table.named(*columns)[:1]:
            if table.filled(column):
                yield from _each(table, chance, [column], _another(table, chance, column))

    return broken


KINDS |= {
    "another unit of the list": _other_word("unit"),
    "another currency": _other_word("currency"),
    "another frequency": _other_word("frequency"),
    "another valuation": _other_word("valuation"),
    "another reporter or counter": _other_word("reporter", "counter"),
    "another country of the table": _other_word("importer", "country", "partner", "target"),
    "another status": _other_word("status"),
    "another source of the table": _other_word("source_id"),
    "another tier": _other_word("tier"),
    "another verdict": _other_word("verdict"),
    "another measure, metric or series": _other_word(
        "measure", "metric", "series", "indicator", "commodity", "kind", "event"
    ),
    "another period of the table": _other_word("period", "start", "date"),
}


@kind
def a_year_early(table, chance):
    yield from _each(
        table, chance, table.named("period", "start", "date")[:1], lambda cell: f"{int(cell[:4]) - 1}{cell[4:]}"
    )


@kind
def a_month_late(table, chance):
    def later(cell):
        return f"{cell[:5]}{int(cell[5:7]) % 12 + 1:02d}{cell[7:]}" if len(cell) > 6 and "Q" not in cell else None

    yield from _each(table, chance, table.named("period", "start", "date")[:1], later)


@kind
def published_before_the_period(table, chance):
    yield from _each(table, chance, table.named("published"), lambda cell: f"{int(cell[:4]) - 3}{cell[4:]}")


@kind
def en_or_em_dash_for_a_hyphen(table, chance):
    yield from _where(table, chance, table.words(), r"\w-\w", lambda cell: cell.replace("-", chance.choice("–—"), 1))


@kind
def sentence_negated(table, chance):
    verb = r"\b(is|are|was|were|has|have|had|can|will|would|may)\b(?! not)"
    columns = table.named("claim", "finding", "reason", "false_if", "expectation", "observation")
    yield from _where(table, chance, columns, verb, lambda cell: re.sub(verb, r"\1 not", cell, count=1))


@kind
def two_numbers_of_a_row_swapped(table, chance):
    numbers = _numbers(table)
    if len(numbers) > 1:
        rows = [
            number for number, row in enumerate(table.rows) if all(table.cell(number, name) for name in numbers[:2])
        ]
        if rows:
            number = chance.choice(rows)
            one, two = (table.cell(number, name) for name in numbers[:2])
            if one != two:
                yield (
                    f"{numbers[:2]} in row {number + 2}",
                    table.with_cells(number, **{numbers[0]: two, numbers[1]: one}),
                )


@kind
def end_before_start(table, chance):
    if table.named("start", "end") == ["start", "end"]:
        number = _some(table, chance, "end")
        yield (
            f"row {number + 2}",
            number,
            "end",
            f"{int(table.cell(number, 'start')[:4]) - 1}{table.cell(number, 'end')[4:]}",
        )


AIMED = {
    "arms-transfers": [
        ({"period": "2024", "frequency": "A", "exporter": "RUS", "importer": "CHN"}, "value", "73"),
        ({"period": "2014", "metric": "share-of-imports"}, "value", "155"),
    ],
    "bilateral-trade": [
        ({"period": "2022", "frequency": "A", "importer": "CHN", "currency": "USD"}, "value", "114150"),
        ({"period": "2023", "reporter": "RUS", "rank": "1"}, "period", "2024"),
        ({"period": "2024", "frequency": "A", "rank": "2", "currency": "USD"}, "rank", "3"),
        ({"period": "2024", "source_id": "gacc-partner-table-cny-2024", "importer": "CHN"}, "value", "919769.4"),
        ({"period": "2025", "source_id": "bs178-com-nd-fe10", "frequency": "A"}, "growth_reported", "-10.3957"),
    ],
    "diplomacy-events": [({"id": "unga-2023-02-23-against"}, "id", "vote-2023-02-23-against")],
    "energy-trade": [
        ({"period": "2024", "commodity": "crude oil", "unit": "million tonnes", "exporter": "RUS"}, "value", "108.74"),
        ({"period": "2022", "source_id": "tass-com-2023-07-20-8828", "measure": "value"}, "growth_reported", "-43.9"),
    ],
    "gdp": [({"source_id": "worldbank-wdi-gdp-to-2023"}, "published", "2024-07-01")],
    "partner-trade-china": [({"period": "2025", "exporter": "CHN", "importer": "JEY"}, "value", "2.014811")],
    "product-trade": [
        ({"period": "2009", "exporter": "CHN", "hs_chapter": "TOTAL"}, "note", "chapters add to 100 per cent")
    ],
    "sanctions-counts": [
        ({"period": "2024-08-02", "counter": "Castellum.AI", "measure": "stock"}, "status", "reported"),
        ({"period": "2024-08-02", "counter": "Castellum.AI", "measure": "increment"}, "value", "19536"),
    ],
    "settlement-currency": [
        ({"period": "2024-07", "currency": "RUB", "source_id": "socialbites-ca-2024-10-979e"}, "flow", "export")
    ],
    "article-observations": [({"id": "one-figure-two-periods"}, "claim_ids", "trade-202-10m no-such-claim")],
    "oil-price": [({}, "source_id", "castellum-ai-2024-08-02-61d3")],
    "omissions": [({"table": "arms-transfers"}, "table", "arms-transfer")],
    "series": [({"id": "car-shares"}, "table", "market-share")],
    "sources": [
        ({"id": "tass-com-2026-03-06-40ae"}, "address", "https://tass.com/economy/2097882"),
        ({"id": "imf-imts-rus-2022-2024-estimates"}, "tier", "B"),
        ({"id": "seanews-ru-2024-07-23-365a"}, "tier", "B"),
    ],
    "trade-totals": [({"period": "2023", "source_id": "goggler-com-nd-dc97"}, "growth_reported", "4.6")],
    "central-asia-trade": [({"period": "1994", "exporter": "CHN", "importer": "KGZ"}, "period", "1991")],
    "sanctions-monthly": [
        ({"jurisdiction": "GBR", "measure": "still-listed", "type": "all"}, "value", "7"),
        ({"jurisdiction": "GBR", "measure": "still-listed", "type": "ship"}, "measure", "stock"),
    ],
    "reported-partners": [
        ({"period": "2012", "reporter": "CHN", "partner": "RUS"}, "imports", "440000"),
        ({"period": "2012", "reporter": "KAZ", "partner": "RUS"}, "import_rank", "9"),
        ({"period": "2012", "reporter": "RUS", "partner": "CHN"}, "imports", "21000"),
    ],
    "reported-trade": [
        ({"period": "2005", "reporter": "JPN"}, "exports", "1935200"),
        ({"period": "2005", "reporter": "JPN"}, "import_hhi", "0.0001"),
        ({"period": "2005", "reporter": "JPN"}, "import_hhi", "0.9"),
        ({"period": "2005", "reporter": "JPN"}, "suppliers", ""),
    ],
    "world-trade-matrix": [
        ({"period": "2015", "exporter": "RUS", "importer": "CHN"}, "value", "450"),
        ({"period": "2015", "exporter": "ALB", "importer": "THA"}, "value", "5000"),
    ],
}
"""Cells for the rules that no chance variant happens to break."""


@kind
def aimed_at_a_rule(table, chance):
    for where, column, new in AIMED.get(table.name, []):
        rows = range(len(table.rows))
        number = next(row for row in rows if all(table.cell(row, name) == cell for name, cell in where.items()))
        yield f"{where}, {column} {new}", number, column, new


LOST = {
    "bilateral-trade": [
        {"source_id": "imf-dots-2023", "period": "2020"},
        {"source_id": "fcs-monthly-partners-2021", "period": "2006-01"},
        {"source_id": "gacc-partner-table-cny-2024", "period": "2024-01", "direction": "two-way"},
        {"period": "2022-12", "frequency": "YTD", "importer": "RUS"},
    ],
    "diplomacy-events": [{"source_id": "dw-com-2023-02-23-05c0"}],
    "product-trade": [{"period": "2012", "exporter": "CHN"}],
    "sanctions-counts": [{"period": "2024-01-10"}, {"period": "2024-08-02"}],
    "sector-dependence": [{"exporter": "CHN", "importer": "VNM"}],
    "settlement-currency": [{"period": "2024-07", "currency": "unfriendly"}],
}
"""Rows that no sum misses once all of them are gone: the rules count them, or look beyond the hole."""


@kind
def rows_lost_that_belong_together(table, chance):
    for where in LOST.get(table.name, []):
        places = [(table.header.index(name), cell) for name, cell in where.items()]
        kept = [row for row in table.rows if any(row[place] != cell for place, cell in places)]
        yield f"{len(table.rows) - len(kept)} rows of {where}", table.written(kept)


# -- trial ----------------------------------------------------------------------------------------

TIMES = {
    "value times 1000": 8,
    "value by 1000": 3,
    "exporter and importer swapped": 4,
    "row lost": 2,
    "nul byte": 2,
    "mojibake": 2,
}
"""How often make broken tries a kind in a table; once if not said."""

AIMS = ("aimed at a rule", "rows lost that belong together")
SLOW = {
    "column missing", "column renamed", "cell lost from a row", "row twice", "row lost", "thousands separator", "decimal comma",
    "sign that nobody sees", "required cell empty", "country that is not listed", "no date", "future date", "source unknown",
    "value times 1000", "value by 1000", "value negative", "exporter and importer swapped", "another country of the table",
    "another period of the table", *AIMS,
}  # fmt: skip
"""What a large table is tried with, once each, beside what is wrong with the file as a whole."""


def is_sampled(table):
    """Whether only some kinds are tried in a table."""
    return not WHOLE and len(table.rows) > SAMPLED


def variants(name):
    """The broken variants of a table, always the same ones."""
    table = stored(name)
    large, sampled = len(table.rows) > LARGE, is_sampled(table)
    for title, function in KINDS.items():
        if large and title not in SLOW and list(KINDS).index(title) > list(KINDS).index("header lost"):
            continue
        if sampled and title not in AIMS and zlib.crc32(f"{name} {title}".encode()) % 3:
            continue
        chance = random.Random(f"{name} {title}")
        for _ in range(TIMES.get(title, 1) if WHOLE and not large else 1):
            for what, *change in function(table, chance):
                if len(change) == 1:
                    yield Variant(name, title, what, change[0])
                else:
                    number, column, new = change
                    place = f'row {number + 2}, column "{column}"'
                    yield Variant(name, title, f"{place}: {what}", table.with_cells(number, **{column: new}), place)


@cache
def users(name):
    """Which table refers to each key of a table, the smallest one."""
    found = {}
    for other in sorted(TABLES, key=lambda other: -(data.DATA / data.resource(other)["path"]).stat().st_size):
        for foreign in data.resource(other)["schema"].get("foreignKeys", []):
            if foreign["reference"]["resource"] == name:
                table = stored(other)
                found |= {table.cell(number, foreign["fields"]): other for number in table.filled(foreign["fields"])}
    return found


@cache
def cut(name):
    """Rows that the extracts give and that a table cut for the trial does not have."""
    return {line.split(": ", 1)[1] for line in proof.faults(name, stored(name).raw.decode())}


def unlike_extracts(variant):
    """How the derived rows of a variant differ from what the extracts give."""
    told = proof.faults(variant.table, variant.raw.decode())
    return [line for line in told if line.split(": ", 1)[1] not in cut(variant.table)]


def refusal(folder, variant, clock):
    """What the checks say on a variant, nothing if it gets through, and which rules of the field it breaks."""
    entry = data.resource(variant.table)
    target = folder / entry["path"]
    target.unlink()  # to write over a file makes ext4 wait for the disk
    target.write_bytes(variant.raw)
    os.utime(target, ns=(clock, clock))  # the loader tells a changed file by its time
    try:
        keys = set(data.load(variant.table, folder=folder)[entry["schema"]["primaryKey"][0]].tolist())
        found = list(rulebook.faults(folder, variant.table))
        for key, other in users(variant.table).items():
            if key not in keys and not found:
                data.check(other, folder)
        said = [line for _, line in found] or unlike_extracts(variant)
        return said, {(rule.tables[0], rule.says) for rule, _ in found}
    except data.TableError as error:
        return error.problems, set()


def trial(folder, name):
    """Try all variants of a table: each without its bytes, with what the checks say; and the rules that were broken."""
    data.package = cache(data.package)  # in a process of its own; the descriptor is not touched here
    own = Path(folder) / str(os.getpid()) / "data"
    if not own.exists():
        shutil.copytree(data.DATA, own)
    assert refusal(own, Variant(name, "none", "", stored(name).raw), 0)[0] == []
    found, broken = [], set()
    for clock, variant in enumerate(variants(name), 1):
        said, rules = refusal(own, variant, clock)
        found.append((replace(variant, raw=b""), [line for line in said if variant.place in line][:1] + said[:1]))
        broken |= rules
    target = own / data.resource(name)["path"]
    shutil.copy2(data.DATA / target.name, target)
    return found, broken


# -- what no check can see ------------------------------------------------------------------------

PRINTED = {
    "bilateral-trade", "central-asia-shares", "central-asia-trade", "claim-evidence", "claims", "diplomacy-events",
    "energy-trade", "exercises", "infrastructure-projects", "leader-meetings", "market-shares", "memberships", "omissions", "outlook", "payment-events",
    "product-figures", "route-points", "sanctions-counts", "settlement-currency", "technology-projects", "trade-forecasts",
    "trade-shares", "trade-totals", "corrections", "exercise-counts", "listings-of-chinese-firms", "passages", "searches",
    "series", "ukraine-votes", "article-observations", "energy-events", "press-figures",
}  # fmt: skip
"""Tables of figures that stand on one page each, and of events: most rows have no second source and no sum."""

ONE_PAGE = "the figure stands on one page only; another number, date or word of the right kind and size is as good"
UNSEEN = {
    "row lost": (
        PRINTED | {"exchange-rates", "partner-trade-china", "partner-trade-china-mirror", "reported-partners", "world-trade-matrix"},
        "a list of what was found has no count to keep, and a small flow is within the rounding of its total",
    ),
    "last row lost": (
        PRINTED | {"arms-transfers", "claim-readings", "gdp", "partner-trade-china-mirror", "reported-partners", "russia-product-structure", "world-trade-matrix"},
        "the same; the table still reaches the last period that its description promises",
    ),
    "cut after a line": (PRINTED | {"trade-openness"}, "the same, where the rows are not in order of time"),
    "values slipped by a row": (
        {"central-asia-shares", "claim-evidence", "exercise-counts", "listings-of-chinese-firms", "press-figures"},
        "numbers of one size in short tables, each on one page",
    ),
    "value times 1000": (
        {"claim-evidence", "partner-trade-china-mirror", "world-trade-matrix"},
        "evidence repeats the words of a page, in any unit; a flow below a few million dollars without a total: a thousand times more is still a small flow",
    ),
    "value by 1000": (
        {"claim-evidence", "energy-trade", "oil-gas-trade", "partner-trade-china-mirror", "product-trade", "world-trade-matrix", "sector-dependence"},
        "a small flow that may as well have been next to nothing; months of small trade swing by as much",
    ),
    "value times 10": (
        {"claim-evidence", "energy-events", "exercise-counts", "gdp", "listings-of-chinese-firms", "partner-trade-china-mirror", "press-figures"},
        "a country with one year only; flows of small traders swing tenfold; counts and facts of one page each",
    ),
    "value times one point one": (
        {"central-asia-shares", "claim-evidence", "diplomacy-events", "energy-events", "exercise-counts", "exercises", "infrastructure-projects", "listings-of-chinese-firms", "market-shares", "memberships", "press-figures", "product-figures", "russia-product-structure", "settlement-currency", "trade-shares", "technology-projects"},
        "a tenth more is within the swing of any series: " + ONE_PAGE,
    ),
    "growth as a fraction": (
        {"energy-trade", "product-figures"}, "in a row whose year before is not in the table a growth below one per cent is as likely"
    ),
    "growth of the other sign": (
        {"product-figures", "trade-totals"}, "where the table has no value of the year before, as in some rows: " + ONE_PAGE
    ),
    "en or em dash for a hyphen": (
        {"bilateral-trade", "claim-evidence", "claim-readings", "countries", "diplomacy-events", "energy-events", "energy-trade", "exercise-counts", "exercises", "infrastructure-projects", "leader-meetings", "memberships", "press-figures", "product-figures", "route-points", "searches", "settlement-currency", "technology-projects", "trade-forecasts"},
        "before a number or a capital a dash is right as well: 2016–2021, China–Kyrgyzstan–Uzbekistan",
    ),
    "sentence negated": (
        {"article-observations", "claim-evidence", "claim-readings", "claims", "corrections", "omissions"},
        "what a sentence says only a reader knows; the article or the page has the other sentence",
    ),
    "another tier": ({"sources"}, "how far a publisher is trusted is a judgement; where the status of a row settles it, a rule does"),
    "another verdict": ({"claim-evidence", "claim-readings"}, "a verdict is a reader's judgement of the evidence; two readers may differ, and the table holds where they do"),
    "two digits swapped": (
        PRINTED | {"russia-product-structure", "trade-openness"}, "a change within the swing of the series: " + ONE_PAGE
    ),
    "another unit of the list": ({"claims", "energy-events", "press-figures"}, ONE_PAGE),
    "source missing": ({"corrections"}, "a correction of our own mistake has no source"),
    "another currency": ({"settlement-currency"}, ONE_PAGE),
    "another frequency": ({"settlement-currency", "trade-shares"}, "a year that a page prints may be a statement of that year"),
    "another reporter or counter": (PRINTED, ONE_PAGE),
    "another country of the table": (
        PRINTED | {"reported-partners"}, "another partner may have had the same figure; " + ONE_PAGE
    ),
    "another status": (PRINTED, "whether a page counts or estimates is a reading of the page"),
    "another source of the table": (PRINTED, "two pages of one date, or without dates, and the same figure on both"),
    "another measure, metric or series": (PRINTED, ONE_PAGE),
    "another period of the table": (PRINTED, ONE_PAGE),
    "a year early": (PRINTED, ONE_PAGE),
    "a month late": (PRINTED, ONE_PAGE),
}  # fmt: skip
"""Kinds that may get through: in which tables, and why no check can see it."""


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("broken"))
    costly = sorted(TABLES, key=lambda name: -(data.DATA / data.resource(name)["path"]).stat().st_size)
    rarely = {"initializer": gc.set_threshold, "initargs": gc.get_threshold()}  # as in conftest.py
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), **rarely) as pool:
        return list(pool.map(partial(trial, folder), costly))


@pytest.fixture(scope="module")
def trials(tables):
    return [one for found, _ in tables for one in found]


def test_every_broken_table_is_refused_or_listed(trials):
    through = [variant for variant, said in trials if not said]
    unlisted = [
        f"{variant.table}, {variant.kind}: {variant.what}"
        for variant in through
        if variant.table not in UNSEEN.get(variant.kind, (set(), ""))[0]
    ]
    assert unlisted == [], "\n".join(["got through and is not listed:", *unlisted])
    tried, passed = (
        Counter(variant.kind for variant in some) for some in ([variant for variant, _ in trials], through)
    )
    print(f"\n{'kind':38} tried refused undetectable")
    for title in KINDS:
        print(f"{title:38} {tried[title]:5} {tried[title] - passed[title]:7} {passed[title]:12}")
    print(f"{'all':38} {len(trials):5} {len(trials) - len(through):7} {len(through):12}")
    assert len(trials) >= (2000 if WHOLE else 1500)
    assert {variant.table for variant, _ in trials} == set(TABLES)
    assert set(tried) == set(KINDS)


def test_every_refusal_names_file_row_and_column(trials):
    odd = [f"{variant.kind}: {said[0]}" for variant, said in trials if said and not PLACE.match(said[0])]
    assert odd == []


def test_what_is_wrong_with_a_cell_is_said_of_that_cell(trials):
    """Of the kinds that break the form of a cell, each message names the very cell."""
    form = list(KINDS)[list(KINDS).index("thousands separator") : list(KINDS).index("future date")]
    named = [(variant, said) for variant, said in trials if variant.kind in form and variant.place]
    assert len(named) > 400
    astray = [f"{variant.kind}, {variant.what}: {said[0]}" for variant, said in named if variant.place not in said[0]]
    assert astray == []


@pytest.mark.skipif(not WHOLE, reason="needs every variant: make broken")
def test_each_reason_why_a_kind_cannot_be_seen_is_needed(trials):
    through = {variant.kind for variant, said in trials if not said}
    assert set(UNSEEN) == through
    assert all(tables <= set(TABLES) and reason for tables, reason in UNSEEN.values())


def test_a_value_a_thousand_times_too_large_is_seen_in_all_tables_but_two(trials):
    values = [(variant, said) for variant, said in trials if variant.kind == "value times 1000"]
    assert len(values) > (200 if WHOLE else 40)
    assert sum(not said for _, said in values) <= max(1, 0.02 * len(values))  # one may be in a sample


def test_exporter_and_importer_swapped_are_seen_in_all_tables(trials):
    swapped = [(variant, said) for variant, said in trials if variant.kind == "exporter and importer swapped"]
    assert len({variant.table for variant, _ in swapped}) >= 10
    assert [variant.what for variant, said in swapped if not said] == []


def test_no_rule_of_the_field_is_idle(tables):
    """Each rule faults some variant; of those that many tables share, in one of the tables."""
    broken = set().union(*(rules for _, rules in tables))
    some = {name for name in TABLES if is_sampled(stored(name))}
    own = {(rule.tables[0], rule.says) for rule in kit.RULES if rule.tables[0] not in some}
    assert own - broken == set()
    shared = {rule.says for rule in rulebook.rules() if not set(rule.tables) & some}
    assert shared - {says for _, says in broken} == set()
