"""The measures of whole matrices on other engines, and the command for files like BACI.

Without DuckDB, Polars, PySpark or a Java only the pandas part runs: ``make world`` has them all.
"""

import csv
import random
import shutil

import pandas as pd
import pytest

from partnership import data, measures, world

ALL = [measures.all_flows, measures.all_economies, measures.all_pairs]


def matrices():
    """Every table of all pairs of the book, one below the other."""
    parts = [data.load("world-trade-matrix"), data.load("world-trade-baci")]
    inputs = data.load("world-intermediates-matrix").assign(period="2022, inputs")
    columns = ["period", "exporter", "importer", "value"]
    return pd.concat([part[columns] for part in (*parts, inputs)], ignore_index=True)


# -- the measures themselves ----------------------------------------------------------------------


def test_all_flows_and_economies_are_what_the_measures_of_one_say():
    rows = data.select(data.load("world-trade-matrix"), period="2015")
    rows = rows[(rows["exporter"] != rows["importer"]) & (rows["value"] > 0)]
    flows = measures.all_flows(rows).set_index(["exporter", "importer"])
    economies = measures.all_economies(rows).set_index("economy")
    for code in ("CHN", "RUS", "TUV"):
        sold = rows[rows["exporter"] == code].set_index("importer")["value"]
        bought = rows[rows["importer"] == code].set_index("exporter")["value"]
        assert flows.loc[code]["export_rank"].to_dict() == measures.rank(sold).to_dict()
        assert flows.xs(code, level="importer")["import_rank"].to_dict() == measures.rank(bought).to_dict()
        share = measures.partner_share(sold, sold.sum())
        assert flows.loc[code]["export_share"].to_dict() == pytest.approx(share.to_dict())
        row = economies.loc[code]
        assert [row["export_hhi"], row["import_hhi"]] == pytest.approx([measures.hhi(sold), measures.hhi(bought)])
        assert [row["exports"], row["imports"]] == pytest.approx([sold.sum(), bought.sum()])
        assert [row["buyers"], row["suppliers"]] == [len(sold), len(bought)]
    world_without = rows["value"].sum() - economies.loc["RUS", "imports"]
    expected = measures.trade_intensity(
        flows.loc[("RUS", "CHN"), "value"],
        economies.loc["RUS", "exports"],
        economies.loc["CHN", "imports"],
        world_without,
    )
    assert flows.loc[("RUS", "CHN"), "intensity"] == pytest.approx(expected)


def test_matrices_side_by_side_are_each_measured_by_themselves():
    rows = matrices()
    for measure in ALL:
        together = measure(rows, by=["period"])
        for period in ("1995", "2023"):
            alone = measure(rows[rows["period"] == period])
            part = together[together["period"] == period].drop(columns="period").reset_index(drop=True)
            pd.testing.assert_frame_equal(part, alone)


def test_an_economy_that_sells_nothing_has_no_concentration_and_is_expected_to_sell_nothing():
    rows = pd.DataFrame({"exporter": ["A", "B"], "importer": ["C", "C"], "value": [30.0, 10.0]})
    economies = measures.all_economies(rows).set_index("economy")
    assert economies.loc["C", ["exports", "buyers"]].tolist() == [0, 0] and pd.isna(economies.loc["C", "export_hhi"])
    assert measures.all_pairs(rows)["intensity"].tolist() == [1, 1]  # C alone buys: size says all of it


def test_two_rows_of_one_flow_are_refused():
    rows = pd.DataFrame({"exporter": ["A", "A"], "importer": ["B", "B"], "value": [1.0, 2.0]})
    for measure in ALL:
        with pytest.raises(ValueError, match="A, B: two rows for one flow"):
            measure(rows)


# -- other engines --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def spark():
    pyspark = pytest.importorskip("pyspark", reason="PySpark is not installed: make world")
    if not shutil.which("java"):
        pytest.skip("PySpark needs a Java: apt-get install default-jre-headless")
    local = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = pyspark.sql.SparkSession.builder.master("local[2]")
    for name, value in local.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


def duckdb_frame(rows, request):
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: make world")
    engine = duckdb.connect()
    request.addfinalizer(engine.close)
    engine.register("given", rows)
    engine.execute("CREATE TABLE rows AS SELECT * FROM given")
    return engine.table("rows"), lambda found: found.df()


def polars_frame(rows, request):
    polars = pytest.importorskip("polars", reason="Polars is not installed: make world")
    frame = polars.DataFrame({name: rows[name].tolist() for name in rows})
    return frame.lazy(), lambda found: pd.DataFrame(found.collect().to_dict(as_series=False))


def spark_frame(rows, request):
    session = request.getfixturevalue("spark")
    return session.createDataFrame(rows).cache(), lambda found: found.toPandas()


@pytest.mark.parametrize("engine", [duckdb_frame, polars_frame, spark_frame])
def test_the_tables_of_the_book_give_the_same_on_every_engine(engine, request):
    rows = matrices()
    frame, back = engine(rows, request)
    for measure in ALL:
        found = back(measure(frame, by=["period"]))
        pd.testing.assert_frame_equal(found, measure(rows, by=["period"]), check_dtype=False, rtol=1e-11)


# -- the command ----------------------------------------------------------------------------------

HEADER = "t,i,j,k,v,q\n"


@pytest.fixture
def run(tmp_path):
    """Calls the command on texts of CSV files; gives its report and the folder it wrote."""
    pytest.importorskip("duckdb", reason="DuckDB is not installed: make world")

    def call(*texts, by_product=False, **options):
        files = [tmp_path / f"file{number}.csv" for number in range(len(texts))]
        for file, text in zip(files, texts, strict=True):
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return world.compute(files, tmp_path / "out", by_product, "500MB", **options), tmp_path / "out"

    return call


def read(path):
    import duckdb

    return duckdb.read_parquet(str(path)).df()


def listed(out):
    with (out / "bad-rows.csv").open() as lines:
        return [(int(row["row"]), row["column"], row["what"], row["counted"]) for row in csv.DictReader(lines)]


@pytest.mark.parametrize(
    ("line", "kind", "column", "what", "counted"),
    [
        ("2020,156,643,270900,,1", "missing", "v", "is empty", "false"),
        ("2020,156,643,270900,NA,1", "missing", "v", "is empty", "false"),
        ("2020,,643,270900,5,1", "missing", "i", "is empty", "false"),
        ("2020,156,643,270900,-5,1", "negative", "v", '"-5" is negative', "false"),
        ("2020,156,643,270900,5 000,1", "not a number", "v", '"5 000" is not a number', "false"),
        ("2020,156,643,270900,1_000,1", "not a number", "v", '"1_000" is not a number', "false"),
        ("2020,156,643,270900,inf,1", "not a number", "v", '"inf" is not a number', "false"),
        ("2020,156,643,270900,1e400,1", "not a number", "v", '"1e400" is not a number', "false"),
        ("20201,156,643,270900,5,1", "unknown code form", "t", '"20201" is not a year', "false"),
        ("2020,chn,643,270900,5,1", "unknown code form", "i", '"chn" is not an economy (a number up to 999, or a capital and two more capitals or digits)', "false"),
        ("2020,156,643,TOTAL,5,1", "unknown code form", "k", '"TOTAL" is not a product (up to six digits)', "false"),
        ("2020,156,156,270900,5,1", "trade with itself", "j", "156 would trade with itself", "false"),
        ("2020,156,643,270900,5", "cells", "", "5 cells where the header has 6", "false"),
        ('2020,156,643,270900,"5,0",1', "cells", "", "7 cells where the header has 6", "false"),
        ("2020,156,643,270900,5,-1", "negative", "q", '"-1" is negative', "true"),
        ("2020,156,643,270900,5,many", "not a number", "q", '"many" is not a number', "true"),
    ],
)  # fmt: skip
def test_a_bad_row_is_listed_with_its_place_and_left_out(run, line, kind, column, what, counted):
    report, out = run(f"{HEADER}2020,643,156,270900,7,1\n{line}\n2020,4,156,010121,3,NA\n")
    assert listed(out) == [(3, column, what, counted)]
    assert report.defects == {kind: 1} and (report.rows, report.counted) == (3, 2 + (counted == "true"))
    assert read(out / "flows.parquet")["value"].sum() == (15 if counted == "true" else 10)


def test_a_key_with_one_value_counts_once_and_one_with_two_values_not_at_all(run):
    first = HEADER + "2020,156,643,270900,5,\n2020,156,643,010121,2,\n2020,156,643,010121,3,\n2020,4,643,010121,9,\n"
    report, out = run(first, HEADER + "2020,156,643,270900,5.0,\n")
    assert report.defects == {"key with several values": 2, "repeated key": 1}
    told = listed(out)
    assert [(row, column) for row, column, *_ in told] == [(3, "v"), (4, "v"), (2, "t, i, j, k")]
    assert told[2][2].startswith("repeats row 2 of ") and told[2][2].endswith("file0.csv")
    assert read(out / "flows.parquet")["value"].tolist() == [9, 5]


def test_lost_zeros_padding_and_windows_line_ends_change_nothing(run):
    plain = HEADER + "2020,004,156,010121,1.5,2\n2020,156,004,270900,2.5,\n"
    other = plain.replace("004", "4").replace("010121", "10121").replace("1.5", '"   1.5"').replace("\n", "\r\n")
    _, out = run(plain, by_product=True)
    expected = [read(out / "flows.parquet"), read(out / "product-flows" / "*.parquet")]
    shutil.rmtree(out)
    report, out = run("\ufeff" + other, by_product=True)
    assert report.defects == {} and report.counted == 2
    for frame, path in zip(expected, ("flows.parquet", "product-flows/*.parquet"), strict=True):
        pd.testing.assert_frame_equal(read(out / path), frame)


def made(seed):
    """Lines of a file with faults here and there."""
    chance = random.Random(seed)
    codes, goods = ["4", "156", "643", "842"], ["010121", "270900", "851713"]
    faults = [("t", ""), ("i", "?"), ("j", "156"), ("k", "27X"), ("v", ""), ("v", "-1"), ("v", "1,5"), ("q", "-2")]
    for _ in range(200):
        row = {"t": chance.choice(["2019", "2020"]), "i": chance.choice(codes), "j": chance.choice(codes)}
        row |= {"k": chance.choice(goods), "v": str(chance.randint(0, 9)), "q": chance.choice(["", "1"])}
        if chance.random() < 0.2:
            row.update([chance.choice(faults)])
        yield ",".join(row.values())


@pytest.mark.parametrize("seed", range(3))
def test_what_is_not_listed_is_what_is_measured(run, seed, monkeypatch):
    """The rows that are left, measured by pandas, give the tables of the command, also where a year is taken in parts."""
    monkeypatch.setattr(world, "CHUNK", 20)
    lines = list(made(seed))
    report, out = run(HEADER + "\n".join(lines), by_product=True)
    left_out = {row for row, *_, counted in listed(out) if counted == "false"}
    kept = [line.split(",") for row, line in enumerate(lines, 2) if row not in left_out]
    assert report.counted == len(kept) and report.rows == len(lines)
    rows = pd.DataFrame(kept, columns=["period", "exporter", "importer", "product", "value", "q"]).astype(
        {"value": float}
    )
    rows["exporter"], rows["importer"] = rows["exporter"].str.zfill(3), rows["importer"].str.zfill(3)
    assert report.zero == (rows["value"] == 0).sum()
    goods = rows.groupby(["period", "exporter", "importer"], as_index=False)["value"].sum()
    for name, measure in world.MEASURES.items():
        pd.testing.assert_frame_equal(read(out / f"{name}.parquet"), measure(goods, by=["period"]), check_dtype=False)
        expected = measure(rows, by=["period", "product"])
        found = (
            read(out / f"product-{name}" / "*.parquet").sort_values(list(expected.columns[:4])).reset_index(drop=True)
        )
        pd.testing.assert_frame_equal(found[list(expected)], expected, check_dtype=False)


def test_parquet_gives_what_csv_gives(run, tmp_path):
    import duckdb

    text = HEADER + "2020,4,156,010121,1.5,2\n2020,156,4,270900,-2.5,\n2020,156,4,010121,2.5,\n2020,4,4,010121,1,1\n"
    report, out = run(text)
    same = tmp_path / "same.parquet"
    types = "{'t': 'SMALLINT', 'i': 'SMALLINT', 'j': 'SMALLINT', 'k': 'INTEGER', 'v': 'DOUBLE', 'q': 'DOUBLE'}"
    duckdb.sql(f"COPY (SELECT * FROM read_csv('{tmp_path}/file0.csv', types = {types})) TO '{same}'")
    assert world.compute([same], tmp_path / "again") == report
    pd.testing.assert_frame_equal(read(tmp_path / "again" / "flows.parquet"), read(out / "flows.parquet"))
    assert [row + 1 for row, *_ in listed(tmp_path / "again")] == [row for row, *_ in listed(out)]  # no header


GOOD = HEADER + "2020,4,156,010121,1,2\n"


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["t,i,j,v\n2020,4,156,1\n"], r'file0.csv, row 1, column "k": is missing; there are: t, i, j, v'),
        ([""], r'file0.csv, row 1, column "t": is missing'),
        (["<!DOCTYPE html>\n<p>Not found\n"], r'file0.csv, row 1, column "t": is missing'),
        ([HEADER], "file0.csv: has no rows"),
        ([HEADER + "2020,4,156,010121,-1,2\n"], r'file0.csv, row 2, column "v": "-1" is negative\nno row counts'),
        ([GOOD, HEADER + "2020,CHN,RUS,010121,1,2\n"],
         'codes of economies have 2 forms: .*file0.csv, row 2, column "i" has numbers; .*file1.csv, row 2, column "i" has letters'),
        ([GOOD + "2020,4,156,27,1,2\n"],
         'codes of products have 2 forms: .*row 2, column "k" has 6 digits; .*row 3, column "k" has 2 digits'),
        ([GOOD.encode() + b"2020,4,156,\xff\xfe,1,2\n"], "file0.csv: .*Line: 3"),
    ],
)  # fmt: skip
def test_what_cannot_be_measured_is_refused_and_nothing_is_written(run, tmp_path, texts, message):
    with pytest.raises(data.TableError, match=message):
        run(*texts)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"file{number}.csv" for number in range(len(texts))]


def test_an_interrupted_run_leaves_nothing(run, tmp_path, monkeypatch):
    def stopped(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setitem(world.MEASURES, "pairs", stopped)
    with pytest.raises(KeyboardInterrupt):
        run(GOOD)
    assert [path.name for path in tmp_path.iterdir()] == ["file0.csv"]


def test_tables_that_are_there_are_not_written_over(run, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("kept")
    with pytest.raises(data.TableError, match="out exists and is not an empty folder"):
        run(GOOD)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_the_command_tells_errors_in_words_and_ends_with_one(tmp_path, capsys):
    pytest.importorskip("duckdb", reason="DuckDB is not installed: make world")
    assert world.main([str(tmp_path / "none.csv"), "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.strip() == f"error: {tmp_path / 'none.csv'}: no such file"
    (tmp_path / "not.parquet").write_text("text")
    assert world.main([str(tmp_path / "not.parquet"), "--out", str(tmp_path / "out")]) == 1
    assert "not.parquet" in capsys.readouterr().err and not (tmp_path / "out").exists()
    (tmp_path / "good.csv").write_text(GOOD)
    assert world.main([str(tmp_path / "good.csv"), "--out", str(tmp_path / "out"), "--memory", "lots"]) == 1
    assert "lots" in capsys.readouterr().err and not (tmp_path / "out").exists()
    assert world.main([str(tmp_path / "good.csv"), "--out", str(tmp_path / "out")]) == 0
    told = capsys.readouterr()
    assert told.out == "1 rows read, 1 counted, 0 of these zero\n" and "measuring" in told.err


def test_a_name_of_a_file_is_no_pattern(tmp_path):
    pytest.importorskip("duckdb")
    folder = tmp_path / "wo[1]"
    folder.mkdir()
    rows = "t,i,j,k,v\n2020,4,8,010121,1\n2020,8,4,010121,2\n"
    (folder / "B[1]*.csv").write_text(rows)
    (folder / "B1.csv").write_text(rows[:32])
    assert world.compute([folder / "B[1]*.csv"], folder / "out").rows == 2
