"""The whole world at product level, on two processors with 6 GiB: time, memory and how they grow. ``python -m bench.world``.

Rows are made here, in the shape of BACI, with a known number of each kind of defect. Each run is a process of its own; one that
holds more than the limit is ended, which is what a smaller machine would do.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench import report
from partnership import measures

ROOT = Path(__file__).resolve().parent.parent
SPACE = ROOT / "_build" / "bench" / "world"
YEARS, PRODUCTS, ECONOMIES = 10, 5000, 226
LIMIT = 6 << 30
PLANTED = ("missing", "negative", "unknown code form", "trade with itself", "repeated key", "key with several values")
"""Kinds of defect; there is one of each in every 60,000 rows, and each of the last kind is told of two rows."""
SPACING = 10_000


# -- rows -----------------------------------------------------------------------------------------


def make(rows: int, path: Path) -> None:
    """Write so many rows as one Parquet file: ten years, 5,000 products, 226 economies, values over ten orders of magnitude.

    Of each product and year another set of flows exists, none twice but for the planted ones. The same call gives the same rows.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    size = np.random.default_rng(0).lognormal(0, 2, ECONOMIES)
    flows = rows // (YEARS * PRODUCTS)
    pairs = ECONOMIES * (ECONOMIES - 1)
    schema = pa.schema(
        [
            ("t", pa.int16()),
            ("i", pa.int16()),
            ("j", pa.int16()),
            ("k", pa.string()),
            ("v", pa.float64()),
            ("q", pa.float64()),
        ]
    )
    steps = [step for step in range(1, pairs) if math.gcd(step, pairs) == 1]
    codes = np.array([f"{10100 + 180 * product:06d}" for product in range(PRODUCTS)], dtype=object)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for year in range(YEARS):
            for some in np.array_split(np.arange(PRODUCTS), max(1, rows // YEARS // 1_000_000)):
                chance = np.random.default_rng([year, int(some[0])])
                step, start = chance.choice(steps, len(some)), chance.integers(pairs, size=len(some))
                pair = ((start[:, None] + step[:, None] * np.arange(flows)) % pairs).ravel()
                i, j = pair // (ECONOMIES - 1), pair % (ECONOMIES - 1)
                j = j + (j >= i)
                v = np.round(size[i] * size[j] * chance.lognormal(3, 2.5, len(pair)) + 0.001, 3)
                q = np.where(
                    chance.random(len(pair)) < 0.05, np.nan, np.round(v / chance.lognormal(1, 1, len(pair)), 3)
                )
                k = np.repeat(codes[some], flows)
                _plant(i, j, k, v)
                columns = [np.full(len(pair), 2015 + year), 4 * i + 4, 4 * j + 4, k, v, q]
                arrays = [
                    pa.array(column, field.type, from_pandas=True)
                    for column, field in zip(columns, schema, strict=True)
                ]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema), row_group_size=250_000)


def _plant(i: np.ndarray, j: np.ndarray, k: np.ndarray, v: np.ndarray) -> None:
    at = {kind: np.arange(SPACING * (1 + n), len(v), SPACING * len(PLANTED)) for n, kind in enumerate(PLANTED)}
    v[at["missing"]] = np.nan
    v[at["negative"]] *= -1
    k[at["unknown code form"]] = "TOTAL"
    j[at["trade with itself"]] = i[at["trade with itself"]]
    for kind in ("repeated key", "key with several values"):
        for column in (i, j, k, v):
            column[at[kind]] = column[at[kind] - 1]
    v[at["key with several values"]] += 1


# -- one run --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    """How a process ended: seconds, seconds of the processors, highest resident memory (bytes), and why it did not end well."""

    seconds: float
    processors: float
    memory: int
    failed: str = ""


def run(command: Sequence[str | Path], limit: int = LIMIT) -> Run:
    """Run a process on two processors and end it when it holds more than the limit."""
    log = SPACE / "log"
    began, high, over = time.monotonic(), 0, False
    with log.open("wb") as output:
        process = subprocess.Popen([str(part) for part in command], cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        os.sched_setaffinity(process.pid, sorted(os.sched_getaffinity(0))[:2])
        while True:
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            high = max(high, _resident(process.pid))
            if high > limit and not over:
                over = True
                process.kill()
            time.sleep(0.1)
    seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    failed = f"ended at {high / 2**30:.1f} GiB" if over else ""
    if process.returncode and not over:
        failed = ([*log.read_text("utf-8", "replace").split("\n")][-2:] or ["?"])[0][
            :120
        ] or f"exit {process.returncode}"
    return Run(seconds, used.ru_utime + used.ru_stime, max(high, used.ru_maxrss * 1024), failed)


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return 0


def beside(engine: str, path: Path, out: Path) -> None:
    """The same measures of the same rows in another engine, unchecked but for what would make it stop."""
    keys = ["period", "product", "exporter", "importer"]
    out.mkdir(parents=True)
    if engine == "pandas":
        import pandas as pd

        rows = pd.read_parquet(path, columns=["t", "i", "j", "k", "v"])
        rows.columns = ["period", "exporter", "importer", "product", "value"]
        rows = rows[(rows["value"] > 0) & (rows["product"] != "TOTAL")].drop_duplicates(keys, keep=False)
        goods = rows.groupby(["period", "exporter", "importer"], as_index=False)["value"].sum()
        for by, frame in ((["period"], goods), (["period", "product"], rows)):
            for name in ("all_flows", "all_economies", "all_pairs"):
                getattr(measures, name)(frame, by=by).to_parquet(out / f"{len(by)}-{name}.parquet")
    else:
        import polars as pl

        rows = pl.scan_parquet(path).select(period="t", exporter="i", importer="j", product="k", value="v")
        rows = rows.filter(pl.col("value") > 0, pl.col("product") != "TOTAL").unique(keys, keep="none")
        goods = rows.group_by("period", "exporter", "importer").agg(pl.col("value").sum())
        for by, frame in ((["period"], goods), (["period", "product"], rows)):
            for name in ("all_flows", "all_economies", "all_pairs"):
                getattr(measures, name)(frame, by=by).sink_parquet(out / f"{len(by)}-{name}.parquet")


# -- all runs -------------------------------------------------------------------------------------


def main() -> int:
    """Make the rows, run the engines, print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1, 10, 100], help="millions of rows (default: 1 10 100)")
    parser.add_argument("--only", help="one engine: duckdb, pandas or polars")
    parser.add_argument("--one", nargs=3, metavar=("ENGINE", "FILE", "OUT"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        beside(given.one[0], Path(given.one[1]), Path(given.one[2]))
        return 0
    SPACE.mkdir(parents=True, exist_ok=True)
    print(f"{report.machine()} Load {os.getloadavg()[0]:.1f}.\n", flush=True)
    found: dict[tuple[str, int], Run] = {}
    engines = [given.only] if given.only else ["duckdb", "pandas", "polars"]
    for size in given.sizes:
        rows = size * 1_000_000
        path, out = SPACE / f"rows-{size}.parquet", SPACE / "out"
        print(f"… making {rows:,} rows", file=sys.stderr, flush=True)
        make(rows, path)
        for engine in engines:
            shutil.rmtree(out, ignore_errors=True)
            print(f"… {engine}", file=sys.stderr, flush=True)
            ours = [
                "-m",
                "partnership.world",
                path,
                "--out",
                out,
                "--by",
                "product",
                "--memory",
                "3GB",
                "--threads",
                "2",
            ]
            other = ["-m", "bench.world", "--one", engine, path, out]
            found[engine, size] = run([sys.executable, *(ours if engine == "duckdb" else other)])
            print(_line(engine, size, found[engine, size]), flush=True)
            if engine == "duckdb":
                print(_counts((SPACE / "log").read_text("utf-8", "replace"), rows), flush=True)
        path.unlink()
        shutil.rmtree(out, ignore_errors=True)
    print("\n" + _table(found, given.sizes, engines))
    return 0


def _line(engine: str, size: int, one: Run) -> str:
    told = f"{one.seconds:.0f} s, {one.processors:.0f} s of processors, {one.memory / 2**30:.2f} GiB"
    return f"{engine}, {size} million: {told}{', ' + one.failed if one.failed else ''} (load {os.getloadavg()[0]:.1f})"


def _counts(log: str, rows: int) -> str:
    """Whether the command found what was planted, no more and no less."""
    told = {
        line.partition(" × ")[2]: int(line.partition(" × ")[0].replace(",", ""))
        for line in log.splitlines()
        if " × " in line
    }
    planted = planted_in(rows)
    return f"defects: {'as planted' if told == planted else f'{told} instead of {planted}'} ({sum(planted.values()):,})"


def planted_in(rows: int) -> dict[str, int]:
    """How many defects of each kind the made rows have."""
    parts = YEARS * max(1, rows // YEARS // 1_000_000)
    each = rows // parts
    count = {
        kind: parts * len(range(SPACING * (1 + n), each, SPACING * len(PLANTED))) for n, kind in enumerate(PLANTED)
    }
    count["key with several values"] *= 2
    return dict(sorted(count.items()))


def _table(found: dict[tuple[str, int], Run], sizes: Sequence[int], engines: Sequence[str]) -> str:
    """Minutes, memory and the exponents between neighbouring sizes."""
    rows = []
    for engine in engines:
        for at, size in enumerate(sizes):
            one = found[engine, size]
            before = found.get((engine, sizes[at - 1])) if at else None
            grew = ["–", "–"]
            if before and not before.failed and not one.failed:
                factor = math.log(size / sizes[at - 1])
                grew = [
                    f"{math.log(b / a) / factor:.2f}"
                    for a, b in ((before.processors, one.processors), (before.memory, one.memory))
                ]
            told = [one.failed, "–", f"{one.memory / 2**30:.2f}"] if one.failed else [
                f"{one.seconds / 60:.1f}", f"{one.processors / 60:.1f}", f"{one.memory / 2**30:.2f}"]  # fmt: skip
            rows.append([engine, f"{size:,}", *told, *grew])
    head = [
        "engine",
        "million rows",
        "minutes",
        "minutes of processors",
        "peak GiB",
        "growth of processor time",
        "of memory",
    ]
    return report.table(head, rows)


if __name__ == "__main__":
    sys.exit(main())
