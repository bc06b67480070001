"""Tables from extracts: to the byte, and never otherwise."""

from __future__ import annotations

import shutil

import pytest

from partnership import data
from refresh import DATA, compare, coverage, derive, extract, frames, lock, numbers, rebuild, snapshots


@pytest.mark.parametrize("table", sorted(derive.modules()))
def test_derived_table_is_rebuilt_to_the_byte(table):
    stored = (DATA / f"{table}.csv").read_text("utf-8")
    built = derive.rebuild(table)
    assert built == stored, compare.summary(frames.parse(stored), frames.parse(built), derive.key(table))


def test_a_changed_cell_of_an_extract_changes_its_table(tmp_path):
    extracts = {source: extract.load(source) for source in derive.sources("oil-price")}
    extracts["eia-brent-2026-07"].loc[0, "Price"] = "18.54"
    assert derive.rebuild("oil-price", extracts) != (DATA / "oil-price.csv").read_text("utf-8")


def test_a_derived_row_that_somebody_edits_in_the_table_comes_back(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("w*", "s*"))
    path = folder / "oil-price.csv"
    path.write_text(path.read_text("utf-8").replace(",18.53,", ",19.53,", 1), "utf-8")
    changed = rebuild.tables(folder, names=["oil-price"])
    assert [line for line in changed if line.startswith("oil-price.csv: ")] == changed
    assert path.read_text("utf-8") == (DATA / "oil-price.csv").read_text("utf-8")


def test_collected_rows_stay_as_they_are():
    held = derive.stored("bilateral-trade")
    collected = derive.collected("bilateral-trade")
    assert 0 < len(collected) < len(held)
    assert not set(collected["source_id"]) & set(derive.sources("bilateral-trade"))


def test_every_row_is_derived_collected_or_counted_as_neither():
    rows = coverage.rows()
    assert set(rows) == set(data.tables())
    total = sum(sum(count.values()) for count in rows.values())
    assert total == sum(len(derive.stored(table)) for table in data.tables())
    assert not {table: count["neither"] for table, count in rows.items() if count["neither"]}


def test_rows_of_a_source_that_code_reads_are_neither_unless_code_makes_them_or_a_reason_stands():
    assert coverage.kind("oil-price", "eia-brent-2026-07") == "derived"
    assert coverage.kind("arms-transfers", "sipri-trade-register-2026-02") == "in place"
    assert coverage.kind("market-shares", "eia-brent-2026-07") == "neither"
    for table, source in coverage.READ:
        assert source in set(derive.collected(table)["source_id"])


def test_a_file_of_a_repository_is_told_where_it_stands_or_how_it_was_made():
    """Its hash is of the file that came to the book; whether the carrier has these bytes was tried at each address."""
    of_repositories = [entry for entry in lock.read().values() if entry.address.startswith("https://github.com/")]
    assert [entry.file for entry in of_repositories if not entry.path] == []
    assert sum(not entry.made for entry in of_repositories) > len(of_repositories) / 2, "most stand there as they are"


def test_every_extract_is_locked_small_and_in_use():
    locked = {source for source, _ in lock.read()}
    files = {path.stem for path in extract.EXTRACTS.glob("*.csv")} - {"lock"}
    used = {source for table in derive.modules() for source in derive.sources(table)}
    whole = {source for source in locked if rebuild._is_table(source)}
    assert files | whole == locked <= set(extract.recipes())
    assert files <= used
    sizes = [path.stat().st_size for path in extract.EXTRACTS.iterdir()]
    assert max(sizes) < 1_500_000 and sum(sizes) < 8_000_000


@pytest.mark.slow
def test_extracts_are_what_their_snapshots_say():
    folder = snapshots()
    if folder is None:
        pytest.skip("PARTNERSHIP_SNAPSHOTS names no folder")
    found = [*rebuild.extracts(folder), *rebuild.in_place(folder)]
    wrong = [f"{name}: {what}" for name, what in found if what and rebuild.ABSENT not in what]
    assert not wrong
    if len(away := [name for name, what in found if what]) == len(found):
        pytest.skip(f"none of the {len(away)} snapshots is in the folder")


def test_an_unknown_country_is_an_error_that_names_it(tmp_path):
    extracts = {source: extract.load(source) for source in derive.sources("concentration-published")}
    extracts["wits-summary-chn-2021"].loc[0, "Partner"] = "Ruritania"
    with pytest.raises(ValueError, match="concentration-published: no code for the name 'Ruritania'"):
        derive.rebuild("concentration-published", extracts)


@pytest.mark.parametrize(
    "cell", ["1,5", "1 000", "n/a", "", "NaN", "1e999999999", f"1e{10**20}", "inf", "1_000", "１２", "٣"]
)
def test_what_is_no_plain_number_is_refused(cell):
    with pytest.raises(ValueError):
        numbers.plain(cell)
    assert cell == "1e999999999" or compare.number(cell) is None


@pytest.mark.parametrize(("cell", "value"), [("-12.50", -12.5), ("+3", 3), (".5", 0.5), ("2.", 2), ("1.2E+3", 1200)])
def test_a_printed_number_is_read(cell, value):
    assert float(numbers.exact(cell)) == compare.number(cell) == value


@pytest.mark.parametrize(
    "error", [IndexError("no row"), TypeError("no text"), ArithmeticError("too large"), OSError("away")]
)
def test_a_table_that_cannot_be_rebuilt_is_told_and_the_others_are_made(monkeypatch, error):
    def fail(extracts):
        raise error

    monkeypatch.setattr(derive.modules()["oil-price"], "derive", fail)
    told = rebuild.tables(write=False, names=["oil-price", "gdp"])
    assert len(told) == 1 and told[0].startswith("cannot be rebuilt: ") and str(error) in told[0]
