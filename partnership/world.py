"""Who depends on whom, for all pairs of files like CEPII's BACI: ``python -m partnership.world FILE… --out DIR``.

Files have the columns ``t`` (year), ``i`` (exporter), ``j`` (importer), ``k`` (product), ``v`` (value) and perhaps ``q``
(quantity), as CSV or Parquet. The measures are those of :mod:`partnership.measures`. DuckDB runs them, a year and some of its
products at a time, so that memory does not grow with the files. Needs the extra ``world`` of this package.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnership import measures
from partnership.data import TableError

if TYPE_CHECKING:
    import duckdb

MEASURES: dict[str, Callable[..., Any]] = {
    "flows": measures.all_flows,
    "economies": measures.all_economies,
    "pairs": measures.all_pairs,
}
CHUNK = 4_000_000
"""Rows measured at once: a year with more is taken in parts, each with some of its products."""


@dataclass(frozen=True)
class Report:
    """What was read: rows in all, rows that count, rows that count and are zero, and the number of defects of each kind."""

    rows: int
    counted: int
    zero: int
    defects: dict[str, int]

    def __str__(self) -> str:
        lines = [f"{self.rows:,} rows read, {self.counted:,} counted, {self.zero:,} of these zero"]
        return "\n".join(lines + [f"{count:,} × {kind}" for kind, count in self.defects.items()])


def compute(
    files: Sequence[Path | str],
    out: Path | str,
    by_product: bool = False,
    memory: str = "4GB",
    threads: int | None = None,
    progress: bool = False,
) -> Report:
    """Measure all pairs of some files and write the tables.

    Parameters
    ----------
    files : sequence of path
        CSV or Parquet with the columns ``t``, ``i``, ``j``, ``k``, ``v`` and perhaps ``q``; other columns are not read.
    out : path
        A folder that does not exist yet, or is empty. It gets, all at once at the end, ``flows.parquet``,
        ``economies.parquet`` and ``pairs.parquet`` (all goods of a year together) and ``bad-rows.csv``.
    by_product : bool
        Also ``product-flows``, ``product-economies`` and ``product-pairs``, folders of Parquet files.
    memory : str
        What DuckDB may hold, such as ``"4GB"``; the rest is on disk, beside ``out``, meanwhile.
    threads : int, optional
        As many as there are processors if not given.
    progress : bool
        Show a bar on stderr.

    Returns
    -------
    Report
        A row with a defect does not count, unless it is one of the quantity, which no measure uses. Of rows that repeat a
        key with the same value the first counts; of those with different values none does.

    Raises
    ------
    TableError
        If a file cannot be read or lacks a column, no row counts, or the codes have two forms: economies as numbers and as
        letters, products of different depth. Nothing is written then.
    """
    import duckdb

    out = Path(out).absolute()
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise TableError([f"{out} exists and is not an empty folder; name another with --out"])
    if not out.parent.is_dir():
        raise TableError([f"{out.parent} is no folder; make it first"])
    work = out.parent / f".{out.name}.{os.getpid()}.tmp"
    try:
        sources = [_source(Path(file)) for file in files]
        (work / "out").mkdir(parents=True)
        with duckdb.connect(str(work / "rows.duckdb")) as engine:
            try:
                engine.execute("SET memory_limit = ?", [memory])
            except duckdb.Error as error:
                raise TableError([f'memory "{memory}": {_told(error)}']) from None
            engine.execute("SET threads = ?", [threads or os.cpu_count()])
            engine.execute("SET temp_directory = ?", [str(work / "spill")])
            engine.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
            report = _Run(engine, work, progress).whole(sources, by_product)
        if out.exists():
            out.rmdir()
        os.replace(work / "out", out)
    except (duckdb.InvalidInputException, duckdb.OutOfMemoryException, duckdb.IOException) as error:
        raise TableError([_told(error)]) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return report


def _told(error: Exception) -> str:
    """What DuckDB says, without its advice and settings."""
    lines = [line.strip() for line in str(error).splitlines()]
    end = next((at for at, line in enumerate(lines) if line.startswith(("Possible", "file =")) or not line), len(lines))
    file = [line.partition("=")[2].strip() for line in lines if line.startswith("file =")]
    return ": ".join([*file[:1], *lines[:end]])


# -- files ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Source:
    """A file, and a query for its rows: ``row``, ``cells``, texts ``t`` to ``k``, and ``v`` and ``q`` as they come."""

    path: Path
    query: str
    width: int
    """How many cells a row has; 0 where the format leaves no doubt."""


def _source(path: Path) -> _Source:
    if not path.is_file():
        raise TableError([f"{path}: no such file"])
    return _parquet(path) if path.suffix == ".parquet" else _csv(path)


def _csv(path: Path) -> _Source:
    """Split line by line, so that the number of a row is that of its line."""
    with path.open("rb") as lines:
        first = lines.readline(1 << 16)
    header = [name.strip(' "') for name in first.decode("utf-8-sig", "replace").strip().split(",")]
    _complete(path, header)
    cells = [f"trim(parts[{header.index(name) + 1}], ' \t\r\"') AS {name}" for name in "tijkvq" if name in header]
    cells += [] if "q" in header else ["'' AS q"]
    query = f"""
        SELECT row, len(parts) AS cells, {", ".join(cells)}
        FROM (SELECT row_number() OVER () AS row, string_split(line, ',') AS parts FROM read_csv({_quoted(_literal(path))},
            auto_detect = false, header = false, columns = {{'line': 'VARCHAR'}}, delim = '\x01', quote = '', escape = '',
            new_line = '\\n', strict_mode = false, null_padding = true))
        WHERE row > 1 AND parts IS NOT NULL"""
    return _Source(path, query, len(header))


def _parquet(path: Path) -> _Source:
    """Values stay numbers; rows are counted from 1."""
    import duckdb

    try:
        columns = duckdb.read_parquet(_literal(path)).columns
    except duckdb.Error as error:
        raise TableError([f"{path}: {_told(error)}"]) from None
    _complete(path, columns)
    cells = [*(f"CAST({name} AS VARCHAR) AS {name}" for name in "tijk"), "v", "q" if "q" in columns else "'' AS q"]
    rows = f"read_parquet({_quoted(_literal(path))}, file_row_number = true)"
    return _Source(path, f"SELECT file_row_number + 1 AS row, 0 AS cells, {', '.join(cells)} FROM {rows}", 0)


def _complete(path: Path, columns: Sequence[str]) -> None:
    missing = [name for name in "tijkv" if name not in columns]
    if missing:
        told = ", ".join(columns) if len(columns) < 20 else f"{len(columns)} others"
        raise TableError([f'{path}, row 1, column "{name}": is missing; there are: {told}' for name in missing])


def _literal(path: Path) -> str:
    """A path for DuckDB's readers, which take a name for a pattern."""
    return re.sub(r"[*?[]", r"[\g<0>]", str(path))


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"


# -- rows -----------------------------------------------------------------------------------------

# Numbers of economies have three digits, codes of products two, four or six: a table may have lost the leading zeros.
_ECONOMY = """CASE WHEN regexp_full_match({0}, '[0-9]{{1,3}}') THEN lpad({0}, 3, '0')
    WHEN regexp_full_match({0}, '[A-Z][A-Z0-9]{{2}}') THEN {0} END"""
_TYPED = f"""*,
    CASE WHEN regexp_full_match(t, '[12][0-9]{{3}}') THEN t END AS period,
    {_ECONOMY.format("i")} AS exporter,
    {_ECONOMY.format("j")} AS importer,
    CASE WHEN regexp_full_match(k, '[0-9]{{1,6}}') THEN lpad(k, CAST(length(k) + length(k) % 2 AS INTEGER), '0') END AS product,
    TRY_CAST(v AS DOUBLE) AS value,
    TRY_CAST(q AS DOUBLE) AS quantity"""
_GAP = "coalesce(CAST({} AS VARCHAR), '') IN ('', 'NA', 'nan')"
_FINE = "coalesce(isfinite({1}) AND {1} >= 0 AND NOT contains(CAST({0} AS VARCHAR), '_'), false)"


def _defects() -> str:
    """A list of all that is wrong with a row, in SQL."""
    economy = "is not an economy (a number up to 999, or a capital and two more capitals or digits)"
    forms = {
        "t": ("period", "is not a year"),
        "i": ("exporter", economy),
        "j": ("importer", economy),
        "k": ("product", "is not a product (up to six digits)"),
    }
    tests = []
    for column, (key, what) in forms.items():
        gap = _GAP.format(column)
        tests.append((gap, column, "missing", "'is empty'"))
        tests.append((f"NOT {gap} AND {key} IS NULL", column, "unknown code form", f"'\"' || {column} || '\" {what}'"))
    tests.append(("exporter = importer", "j", "trade with itself", "exporter || ' would trade with itself'"))
    tests.append((_GAP.format("v"), "v", "missing", "'is empty'"))
    for column, number in (("v", "value"), ("q", "quantity")):
        told = f"'\"' || CAST({column} AS VARCHAR) || '\""
        unfit = f"NOT {_GAP.format(column)} AND NOT {_FINE.format(column, number)}"
        below = f"coalesce(isfinite({number}) AND {number} < 0, false)"
        tests.append((f"{unfit} AND NOT {below}", column, "not a number", f"{told} is not a number'"))
        tests.append((below, column, "negative", f"{told} is negative'"))
    found = [
        f"CASE WHEN {test} THEN {{'column': '{column}', 'kind': '{kind}', 'what': {what}}} END"
        for test, column, kind, what in tests
    ]
    return f"list_filter([{', '.join(found)}], lambda defect: defect IS NOT NULL)"


def _checked(source: _Source, number: int) -> str:
    """The rows of a file: keys, value, what is wrong, and the part they go to, which is their year or "left-out"."""
    cut = f"[{{'column': '', 'kind': 'cells', 'what': cells || ' cells where the header has {source.width}'}}]"
    return f"""
        SELECT {number} AS file, row, exporter, importer, product, value,
            CASE WHEN counts AND weighed THEN NULL WHEN cells <> {source.width} THEN {cut} ELSE {_defects()} END AS defects,
            CASE WHEN counts THEN period ELSE 'left-out' END AS part
        FROM (
            SELECT *, {_FINE.format("v", "value")} AND cells = {source.width} AND period IS NOT NULL AND product IS NOT NULL
                AND coalesce(exporter <> importer, false) AS counts,
                {_FINE.format("q", "quantity")} OR {_GAP.format("q")} AS weighed
            FROM (SELECT {_TYPED} FROM ({source.query}))
        )"""


# -- the run --------------------------------------------------------------------------------------


@dataclass
class _Run:
    engine: duckdb.DuckDBPyConnection
    work: Path
    progress: bool

    def whole(self, sources: list[_Source], by_product: bool) -> Report:
        """All steps: rows are checked and put down by year; each year is measured; what is wrong is listed."""
        for number, source in enumerate(sources):
            self._put_down(source, number)
        rows = self._value("SELECT count(*) FROM staged")
        years = self._all("SELECT part, count(*) FROM staged WHERE part <> 'left-out' GROUP BY part ORDER BY part")
        files = ", ".join(f"({number}, {_quoted(source.path)})" for number, source in enumerate(sources))
        self.engine.execute(f"CREATE TABLE files AS SELECT * FROM (VALUES {files}) names(file, path)")
        self.engine.execute("""CREATE TABLE bad AS SELECT file, row, defect.*, part <> 'left-out' AS counted
            FROM (SELECT file, row, part, unnest(defects) AS defect FROM staged WHERE defects IS NOT NULL)""")
        if not years:
            first = self._all(
                'SELECT path, row, "column", what FROM bad JOIN files USING (file) ORDER BY file, row LIMIT 3'
            )
            raise TableError([*(f'{a}, row {b}, column "{c}": {d}' for a, b, c, d in first), "no row counts"])
        self._one_form()
        self.engine.execute("CREATE TABLE sums (period VARCHAR, exporter VARCHAR, importer VARCHAR, value DOUBLE)")
        counted = zero = 0
        with self._bar("measuring", rows) as bar:
            for year, size in years:
                parts = -(-size // CHUNK)
                for part in range(parts):
                    self._take(year, part, parts)
                    here = self._value("SELECT count(*) FROM part")
                    counted, zero = counted + here, zero + self._value("SELECT count(*) FROM part WHERE value = 0")
                    self.engine.execute(f"""INSERT INTO sums SELECT '{year}', exporter, importer, sum(value)
                        FROM part GROUP BY ALL""")
                    if by_product:
                        self._measure("part", ["product"], "product-", f"{year}-{part + 1}", f"'{year}' AS period, *")
                    bar.update(here)
            self.engine.execute("""CREATE TABLE totals AS
                SELECT period, exporter, importer, sum(value) AS value FROM sums GROUP BY ALL""")
            self._measure("totals", ["period"])
        self.engine.execute(f"""COPY (SELECT path AS file, row, "column", what, counted FROM bad JOIN files USING (file)
            ORDER BY bad.file, row, "column", what) TO {_quoted(self.work / "out" / "bad-rows.csv")} (HEADER)""")
        defects = dict(self._all("SELECT kind, count(*) FROM bad GROUP BY kind ORDER BY kind"))
        return Report(rows, counted, zero, defects)

    def _put_down(self, source: _Source, number: int) -> None:
        """Check the rows of a file and write them by year."""
        staged = self.work / "staged"
        staged.mkdir(exist_ok=True)
        with self._bar(f"reading {source.path.name}", 100, self.engine.query_progress):
            rows = self._value(f"""COPY ({_checked(source, number)}) TO {_quoted(staged / str(number))}
                (FORMAT parquet, PARTITION_BY (part))""")
        if not rows:
            raise TableError([f"{source.path}: has no rows"])
        self.engine.execute(f"""CREATE OR REPLACE VIEW staged AS
            SELECT * FROM read_parquet({_quoted(f"{_literal(staged)}/*/*/*.parquet")},
            hive_partitioning = true, hive_types = {{'part': VARCHAR}})""")

    def _one_form(self) -> None:
        """Codes of two forms would make two economies of one, or count goods twice."""
        forms = {
            "i": "CASE WHEN exporter < 'A' THEN 'numbers' ELSE 'letters' END",
            "j": "CASE WHEN importer < 'A' THEN 'numbers' ELSE 'letters' END",
            "k": "length(product) || ' digits'",
        }
        seen: dict[str, dict[str, str]] = {"economies": {}, "products": {}}
        for column, form in forms.items():
            first = (
                f"SELECT {form} AS form, min((file, row)) AS first FROM staged WHERE part <> 'left-out' GROUP BY form"
            )
            told = f"SELECT form, path, first[2] FROM ({first}) JOIN files ON first[1] = file ORDER BY first"
            for name, path, row in self._all(told):
                seen["products" if column == "k" else "economies"].setdefault(
                    name, f'{path}, row {row}, column "{column}"'
                )
        for what, places in seen.items():
            if len(places) > 1:
                told = "; ".join(f"{place} has {name}" for name, place in places.items())
                raise TableError([f"codes of {what} have {len(places)} forms: {told}; give files of one form"])

    def _take(self, year: str, part: int, parts: int) -> None:
        """Some products of a year, each key once; what repeats a key is listed."""
        some = f"AND hash(product) % {parts} = {part}" if parts > 1 else ""
        self.engine.execute(f"""CREATE OR REPLACE TEMP TABLE part AS
            SELECT product, exporter, importer, value, file, row FROM staged WHERE part = '{year}' {some}""")
        self.engine.execute("""CREATE OR REPLACE TEMP TABLE twice AS
            SELECT product, exporter, importer, min((file, row)) AS first, min(value) <> max(value) AS differ
            FROM part GROUP BY product, exporter, importer HAVING count(*) > 1""")
        if not self._value("SELECT count(*) FROM twice"):
            return
        keys = "product, exporter, importer"
        self.engine.execute(f"""INSERT INTO bad SELECT part.file, part.row, CASE WHEN differ THEN 'v' ELSE 't, i, j, k' END,
                CASE WHEN differ THEN 'key with several values' ELSE 'repeated key' END,
                CASE WHEN (part.file, part.row) = first THEN value || ' here, another value in a later row of the same key'
                     WHEN differ THEN value || ' here, row ' || first[2] || ' of ' || path || ' has the same key'
                     ELSE 'repeats row ' || first[2] || ' of ' || path END, false
            FROM part JOIN twice USING ({keys}) JOIN files ON files.file = first[1]
            WHERE differ OR (part.file, part.row) <> first""")
        self.engine.execute("""DELETE FROM part USING twice WHERE part.product = twice.product
            AND part.exporter = twice.exporter AND part.importer = twice.importer
            AND (differ OR (part.file, part.row) <> first)""")

    def _measure(self, table: str, by: list[str], prefix: str = "", file: str = "", columns: str = "*") -> None:
        """All measures of a table, each into a file."""
        for name, measure in MEASURES.items():
            place = self.work / "out" / f"{prefix}{name}"
            if file:
                place.mkdir(exist_ok=True)
            path = place / f"{file}.parquet" if file else place.with_suffix(".parquet")
            measure(self.engine.table(table), by=by).project(columns).write_parquet(str(path), compression="zstd")

    def _all(self, query: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self.engine.execute(query).fetchall()
        return rows

    def _value(self, query: str) -> int:
        return int(self._all(query)[0][0])

    def _bar(self, what: str, total: int, ask: Callable[[], float] | None = None) -> _Bar:
        return _Bar(what, total, self.progress, ask)


class _Bar:
    """A bar on stderr; one that asks how far a query is moves by itself."""

    def __init__(self, what: str, total: int, shown: bool, ask: Callable[[], float] | None):
        from tqdm import tqdm

        self.bar = tqdm(
            total=total, desc=what, file=sys.stderr, disable=not shown, unit="%" if ask else " rows", unit_scale=not ask
        )
        self.ask, self.ended = ask, threading.Event()
        self.thread = threading.Thread(target=self._follow, daemon=True)

    def _follow(self) -> None:
        while self.ask and not self.ended.wait(0.5):
            self.bar.update(max(0, int(self.ask()) - self.bar.n))

    def update(self, more: int) -> None:
        """So much more is done."""
        self.bar.update(more)

    def __enter__(self) -> _Bar:
        self.thread.start()
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        self.ended.set()
        self.thread.join()
        if kind is None:
            self.bar.update(self.bar.total - self.bar.n)
        self.bar.close()


# -- the command ----------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line; 0 when the tables are written, 1 when nothing is."""
    parser = argparse.ArgumentParser(prog="python -m partnership.world", description=__doc__.partition("\n\n")[0])
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="CSV or Parquet with the columns t, i, j, k, v and perhaps q"
    )
    parser.add_argument("--out", default="world", metavar="DIR", help="a folder that is not there yet (default: world)")
    parser.add_argument("--by", choices=["product"], help="also each product by itself")
    parser.add_argument("--memory", default="4GB", help="what the engine may hold in memory (default: 4GB)")
    parser.add_argument("--threads", type=int, help="default: as many as there are processors")
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        report = compute(given.files, given.out, given.by == "product", given.memory, given.threads, progress=True)
    except ImportError as error:
        print(f'error: {error.name} is missing; pip install "partnership-measured[world]"', file=sys.stderr)
        return 1
    except (TableError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted; nothing is written", file=sys.stderr)
        return 130
    print(report)
    if report.defects:
        print(f"what is wrong with which row: {Path(given.out) / 'bad-rows.csv'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
