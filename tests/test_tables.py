"""The tables against their schema, and the loader that holds them to it."""

import csv
import filecmp
import hashlib
import io
import json
import math
import re
import shutil
from collections import Counter
from functools import cache, partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from checks import accounts, rulebook
from partnership import data

TABLES = data.tables()
DESCRIPTOR = data.package()
RESOURCES = {entry["name"]: entry for entry in DESCRIPTOR["resources"]}
MEGABYTE = 1_000_000
COUNTRIES = (
    "exporter",
    "importer",
    "reporter",
    "partner",
    "country",
    "target",
    "jurisdiction",
    "other",
    "participants",
)
NO_SOURCE = {"claim-readings", "countries", "hs-chapters", "omissions", "searches", "series", "sources"}
"""Tables that are registers or lists of names: their rows have no source of their own."""


REFERS = ("source_id", "positions_source")
"""Columns that name a source."""


table = cache(data.check)


def fields(name):
    return RESOURCES[name]["schema"]["fields"]


# -- the tables -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_table_keeps_its_schema(name):
    assert len(table(name)) > 0


@pytest.fixture(scope="module")
def faults():
    return rulebook.problems()


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLES)
def test_table_keeps_the_rules_of_the_field(name, faults):
    assert [line for line in faults if line.startswith(f"data/{RESOURCES[name]['path']},")] == []


@pytest.fixture(scope="session")
def validation():
    from frictionless import Package  # half a second, which only this test needs

    # The first rows of each table, by which a reader of others tells the form; make clients has it read all.
    return Package(str(data.DATA / "datapackage.json")).validate(limit_rows=10_000)


@pytest.mark.slow
def test_frictionless_finds_the_whole_package_valid(validation):
    problems = [f"{task.name}: {error.message}" for task in validation.tasks for error in task.errors]
    assert validation.valid and not problems, problems[:5]
    assert len(validation.tasks) == len(DESCRIPTOR["resources"])


def test_the_data_package_is_what_yaml_and_files_make_it():
    made = accounts.text(accounts.descriptor())
    assert made == (data.DATA / "datapackage.json").read_text("utf-8"), "python -m checks.accounts"
    assert made == accounts.text(accounts.descriptor())


def test_every_file_of_the_folder_is_in_the_data_package():
    described = {entry["path"] for entry in DESCRIPTOR["resources"]}
    described |= {f"{name}.yml" for name in [*RESOURCES, "columns", "datapackage"]}
    assert {file.name for file in data.DATA.iterdir() if file.is_file()} == described | {"datapackage.json"}


def test_a_shared_column_is_used_and_no_table_says_again_what_it_says():
    """A column that stands in one place only is not shared; a table that repeats it would hide a change."""
    shared = yaml.safe_load((data.DATA / "columns.yml").read_text("utf-8"))
    used, again = Counter(), []
    for name in TABLES:
        for given in yaml.safe_load((data.DATA / f"{name}.yml").read_text("utf-8"))["fields"]:
            own = {"name": given} if isinstance(given, str) else given
            used[own["name"]] += 1
            common = shared.get(own["name"], {})
            again += [f"{name}.{own['name']}.{key}" for key in own if key != "name" and own[key] == common.get(key)]
    assert [column for column in shared if used[column] < 2] == []
    assert again == []


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("outlook.yml", "title:", "tilte:", 'data/outlook.yml: "title" is missing'),
        ("outlook.yml", "title:", "tilte:", 'data/outlook.yml: "tilte" is not a key of a table; there are: coverage,'),
        (
            "outlook.yml",
            "heading: ",
            "heading: No ",
            'data/outlook.yml: heading "No Sanctions, arms, politics" is not one',
        ),
        ("outlook.yml", "- id\n", "- idd\n", 'data/outlook.yml, field "idd": is not in columns.yml, so type'),
        (
            "outlook.yml",
            "type: string",
            "kind: string",
            'data/outlook.yml, field "expectation": "kind" is not a key of a',
        ),
        (
            "outlook.yml",
            "type: string",
            "unit: one",
            'data/outlook.yml, field "expectation": type "None" is not one of',
        ),
        ("outlook.yml", "key: [date, id]", "key: [date, no]", 'data/outlook.yml: key "no" is not a field'),
        ("outlook.yml", "title: ", "title: [", "data/outlook.yml, row [0-9]+: "),
        (
            "outlook.yml",
            "in_range:",
            "on_range:",
            'data/outlook.yml, rules: there is no rule "on_range"; there are: agree,',
        ),
        ("columns.yml", "type: number", "type: text", 'field "[a-z_]+": type "text" is not one of string, number'),
    ],
)
def test_yaml_that_is_wrong_is_refused_with_file_and_key(small, file, old, new, message):
    path = small / file
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    before = (small / "datapackage.json").read_bytes()
    with pytest.raises(data.TableError, match=message):
        accounts.update(small)
    assert (small / "datapackage.json").read_bytes() == before


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no", "no"), ("Y", "Y"), ("true", True), ("2024-05-16", "2024-05-16"), ("1e-6", 1e-6), ("0.5", 0.5),
        ("-3", -3), ("12", 12), ("2024-05", "2024-05"), ("~", None),
    ],
)  # fmt: skip
def test_yaml_is_read_as_people_read_it(tmp_path, written, read):
    path = tmp_path / "one.yml"
    path.write_text(f"key: {written}\n")
    assert accounts._read(path) == {"key": read}


def test_a_table_without_yaml_is_refused(small):
    (small / "outlook.yml").unlink()
    with pytest.raises(data.TableError, match="data/outlook.csv: no outlook.yml beside it says what it is"):
        accounts.descriptor(small)


def test_coverage_follows_from_the_rows(folder):
    brent = data.check("oil-price", folder)
    last = brent[brent["frequency"] == "M"].tail(1)
    put(pd.concat([brent, last.assign(period="2026-08")]), "oil-price", folder)
    made = {entry["name"]: entry["coverage"]["temporal"] for entry in accounts.descriptor(folder)["resources"]}
    assert data.resource("oil-price")["coverage"]["temporal"] == "1987/2026-07"
    assert made["oil-price"] == "1987/2026-08"


def test_data_weigh_at_most_15_megabytes_and_no_file_more_than_3():
    sizes = {file.name: file.stat().st_size for file in data.DATA.iterdir() if file.is_file()}
    assert max(sizes.values()) <= 3 * MEGABYTE, max(sizes, key=sizes.get)
    assert sum(sizes.values()) <= 15 * MEGABYTE


def canonical(name, frame):
    """A table's text in the one form that diffs well: sorted by its key, numbers without exponent."""
    key = RESOURCES[name]["schema"]["primaryKey"]
    text = data.texts(frame[[field["name"] for field in fields(name)]])
    text = text.sort_values([key] if isinstance(key, str) else key, kind="stable")
    return text.to_csv(index=False, lineterminator="\n")


def put(frame, name, folder):
    (folder / RESOURCES[name]["path"]).write_text(canonical(name, frame), "utf-8")


@pytest.mark.parametrize("name", TABLES)
def test_table_is_in_the_one_form(name):
    held = (data.DATA / RESOURCES[name]["path"]).read_text("utf-8").splitlines()
    differing = [
        line for line in zip(held, canonical(name, table(name)).splitlines(), strict=True) if line[0] != line[1]
    ]
    assert differing == [], differing[:3]


# -- the codebook ---------------------------------------------------------------------------------


def test_every_column_is_described_and_every_number_has_a_unit():
    silent = [
        f"{name}.{field['name']}: {part}"
        for name in TABLES
        for field in fields(name)
        for part in ("description", "unit")
        if not field.get(part) and (part == "description" or field["type"] in ("number", "integer"))
    ]
    assert silent == []


def test_every_number_has_a_plausible_range():
    open_ended = [
        f"{name}.{field['name']}"
        for name in TABLES
        for field in fields(name)
        if field["type"] in ("number", "integer") and not {"minimum", "maximum"} <= set(field.get("constraints", {}))
    ]
    assert open_ended == []


def test_every_resource_says_what_it_is_where_it_comes_from_and_under_which_terms():
    for name, entry in RESOURCES.items():
        assert len(entry["description"]) > 80, name
        assert entry["title"] and entry["origin"] and entry["licenses"][0]["title"], name
        assert {"temporal", "spatial"} <= set(entry["coverage"]) <= {"temporal", "spatial", "columns"}, name


def test_nothing_in_the_data_names_a_machine_or_a_maker():
    words = re.compile(r"(?<![\w.:/-])/[a-z]+/|\.\./|\bfile://", re.I)
    notes = table("sources")[["publisher", "title", "licence", "note"]].to_csv()
    for text in (notes, table("omissions").to_csv(), (data.DATA / "datapackage.json").read_text("utf-8")):
        assert not words.search(text), words.search(text)


# -- sources and countries ------------------------------------------------------------------------


def used_sources():
    return {
        name: set().union(*(table(name)[column].dropna() for column in REFERS if column in table(name)))
        for name in TABLES
        if name not in NO_SOURCE
    }


@pytest.mark.slow
def test_every_row_has_a_source_that_is_listed():
    assert all("source_id" in table(name) for name in TABLES if name not in NO_SOURCE)
    missing = {name: sorted(ids - set(data.sources().index)) for name, ids in used_sources().items()}
    assert not any(missing.values()), missing
    for name in used_sources():
        assert {"fields": "source_id", "reference": {"resource": "sources", "fields": "id"}} in RESOURCES[name][
            "schema"
        ]["foreignKeys"]


def test_no_source_is_without_a_row():
    assert set(data.sources().index) - set().union(*used_sources().values()) == set()


@pytest.mark.parametrize("name", TABLES)
def test_every_country_code_is_listed(name):
    frame = table(name)
    known = set(table("countries")["code"])
    for column in [column for column in COUNTRIES if column in frame]:
        codes = {code for cell in frame[column].dropna().unique() for code in cell.split(";")}
        assert codes <= known, f"{column}: {sorted(codes - known)}"
        listed = frame[column].str.contains(";").any()
        keys = [key["fields"] for key in RESOURCES[name]["schema"]["foreignKeys"]]
        assert (column in keys) != listed, f"{name}.{column} refers to countries unless it lists several"


def test_every_listed_country_is_used():
    used = set()
    for name in TABLES:
        for column in set(COUNTRIES) & set(table(name)):
            used |= {code for cell in table(name)[column].dropna().unique() for code in cell.split(";")}
    shapes = "".join((data.DATA / f"{kind}-shapes.json").read_text("utf-8") for kind in ("country", "eurasia"))
    unused = set(table("countries")["code"]) - used
    assert {code for code in unused if f'"{code}"' not in shapes} == set()


def test_map_and_register_agree_on_codes_and_numbers():
    shapes = json.loads((data.DATA / "country-shapes.json").read_text("utf-8"))
    numbers = table("countries").set_index("code")["m49"]
    for shape in shapes["objects"]["countries"]["geometries"]:
        code = shape["properties"].get("code")
        if code and "id" in shape:
            assert numbers[code] == shape["id"], code


# -- what is not in the tables --------------------------------------------------------------------


@pytest.mark.slow
def test_rows_of_the_lowest_tier_are_counted_by_table():
    told = table("omissions").query("kind == 'lowest tier'").groupby("table")["rows"].sum()
    held = {name: int((data.load(name)["tier"] == "E").sum()) for name in TABLES if name not in NO_SOURCE}
    assert told.to_dict() == {name: count for name, count in held.items() if count}


def test_titles_and_dates_that_were_not_visible_are_counted():
    sources = data.sources()
    told = data.select(table("omissions"), table="sources")["what"].item()
    wanted = f"Titles of {sources['title'].isna().sum()} pages and the publication dates of {sources['published'].isna().sum()} sources"
    assert told == wanted


# -- the loader -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    copy = tmp_path_factory.mktemp("whole") / "data"
    shutil.copytree(data.DATA, copy)
    return copy


@pytest.fixture
def folder(whole):
    """A data folder to break; what a test did to it is put back."""
    yield whole
    for name in {path.relative_to(whole) for path in whole.rglob("*")} - {
        path.relative_to(data.DATA) for path in data.DATA.rglob("*")
    }:
        (whole / name).unlink()
    for path in filter(Path.is_file, data.DATA.rglob("*")):
        copy = whole / path.relative_to(data.DATA)
        if not copy.exists() or (copy.stat().st_mtime_ns, copy.stat().st_size) != (
            path.stat().st_mtime_ns,
            path.stat().st_size,
        ):
            shutil.copy2(path, copy)


def test_as_of_keeps_what_was_public_on_the_day():
    now, then = data.load("bilateral-trade"), data.load("bilateral-trade", as_of="2024-12-31")
    year = {"period": "2024", "frequency": "A", "direction": "two-way", "currency": "USD"}
    assert len(data.select(now, **year)) > 0 and len(data.select(then, **year)) == 0
    flow = {"frequency": "YTD", "exporter": "CHN", "direction": "one-way", "currency": "USD"}
    assert data.best(data.select(then, period="2024-09", **flow))["value"].tolist() == [83147.753]
    assert data.best(data.select(now, period="2024-10", **flow))["value"].tolist() == [94140]
    ten = data.select(then, period="2024-10", **flow)
    assert ten["source_id"].tolist() == ["russian-press-2024-11-da39"], "the page with an address shows no date"


def test_as_of_takes_a_year_or_month_at_its_last_day(folder):
    trade = data.check("bilateral-trade")
    row = trade[trade["source_id"] == "imf-dots-2023"].iloc[0]
    assert row["published"] == "2023"
    assert "imf-dots-2023" not in set(data.load("bilateral-trade", as_of="2023-12-30")["source_id"])
    assert "imf-dots-2023" in set(data.load("bilateral-trade", as_of="2023-12-31")["source_id"])


def test_as_of_leaves_out_rows_without_any_date():
    brent = data.load("oil-price", as_of="2026-12-31")
    assert data.sources()["published"].isna()["eia-brent-2026-07"]
    assert len(brent) == 0


def test_as_of_falls_back_on_the_date_of_the_source():
    sectors = data.load("sector-dependence")
    published = data.sources()["published"]["oecd-icio-2025"]
    assert "published" not in sectors and published == "2025"
    assert len(data.load("sector-dependence", as_of="2024-12-31")) == 0
    assert len(data.load("sector-dependence", as_of="2025-12-31")) == len(sectors)


def test_unknown_tier_is_refused():
    with pytest.raises(ValueError, match='tier "F" is not one of A, B, C, D, E'):
        data.load("trade-shares", tier="F")


def test_unknown_table_is_refused_with_the_names_of_all():
    with pytest.raises(
        KeyError, match='no table "trade" in datapackage.json; there are: armenia-trade, arms-transfers'
    ):
        data.load("trade")


def test_table_knows_its_name_and_types():
    exercises = data.load("exercises")
    assert exercises.attrs["table"] == "exercises"
    assert exercises["bilateral"].dtype == bool and exercises["lat"].dtype == float
    assert data.load("sanctions-monthly")["value"].dtype == int
    assert data.load("diplomacy-events")["value"].dtype == "Int64"


def test_a_loaded_table_can_be_changed_without_harm():
    mine = data.load("outlook")
    mine["value"] = 0.0
    assert data.load("outlook")["value"].max() == 244.8


def test_select_takes_values_and_lists():
    trade = data.load("bilateral-trade")
    both = data.select(trade, period=["2023", "2024"], frequency="A", direction="two-way", source_id="imf-dots-2023")
    assert len(both) == 0
    both = data.select(trade, period=["2010", "2014"], exporter="RUS", reporter="RUS", source_id="imf-dots-2023")
    assert both["period"].tolist() == ["2010", "2014"]


def keyed(*periods, start=1):
    rows = pd.DataFrame({"period": periods, "exporter": "RUS"}, index=range(start, start + len(periods)))
    return rows.rename_axis("row")


def test_matched_rows_stand_in_the_order_of_their_files():
    """A formula puts rows back in the order of the file: sorted ones would only look as if they were matched."""
    first, second = data.matched("period", keyed("2020", "2021", "2023"), keyed("2021", "2022", "2023", start=7))
    assert first["period"].tolist() == second["period"].tolist() == ["2021", "2023"]
    assert (first.index.tolist(), second.index.tolist()) == ([2, 3], [7, 9])
    shuffled = keyed("2023", "2021").sort_values("period")  # whose file has 2023 first
    with pytest.raises(ValueError, match="the files have period, exporter in different orders"):
        data.matched(["period", "exporter"], keyed("2021", "2023"), shuffled)
    with pytest.raises(ValueError, match="2021 stands twice"):
        data.matched("period", keyed("2021", "2021"), keyed("2021"))


def test_select_by_a_column_that_does_not_exist_is_refused():
    with pytest.raises(KeyError, match='no column "year"; there are: '):
        data.select(data.load("outlook"), year="2024")


def test_best_is_one_row_a_cell_and_has_a_value():
    cell = ["period", "frequency", "direction", "exporter", "importer", "reporter", "currency"]
    for name in ("bilateral-trade", "trade-totals"):
        best = data.best(data.load(name))
        assert not best.duplicated(cell).any()
        assert best["value"].notna().all()
        assert len(best) == len(data.load(name).dropna(subset=["value"]).drop_duplicates(cell))


def test_best_of_2024_is_the_figure_of_customs():
    year = data.select(data.load("bilateral-trade"), period="2024", frequency="A", direction="two-way", currency="USD")
    assert year.groupby("rank")["value"].first().tolist() == [244810, 244819]
    assert data.best(year)["value"].tolist() == [244810]


def test_best_after_a_filter_is_best_among_what_remains():
    trade = data.load("bilateral-trade")
    year = {"period": "2024", "frequency": "A", "direction": "two-way", "currency": "USD"}
    without = trade[trade["rank"] > 1]
    assert data.best(data.select(without, **year))["value"].tolist() == [244819]


def test_dates_are_first_days():
    periods = pd.Series(["2024", "2024-10", "2024-Q3", "2024-07-24"])
    days = data.dates(periods).dt.strftime("%Y-%m-%d").tolist()
    assert days == ["2024-01-01", "2024-10-01", "2024-07-01", "2024-07-24"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1.0000000001, "1.0000000001"),
        (1.00000000004, "1"),
        (5.0, "5"),
        (1e-6, "0.000001"),
        (2_000_000.0, "2000000"),
        (-0.0, "0"),
        (True, "true"),
        (None, ""),
        (float("nan"), ""),
        (pd.NA, ""),
        (pd.Timestamp("2024-07-24"), "2024-07-24"),
        ("Türkiye", "Türkiye"),
    ],
)
def test_cells_are_written_plainly(value, text):
    assert data.cell_text(value) == text


def test_a_changed_file_is_read_anew(folder):
    first = data.load("outlook", folder=folder)
    put(first.iloc[:-1], "outlook", folder)
    assert len(data.load("outlook", folder=folder)) == len(first) - 1


def test_a_changed_register_is_read_anew_though_the_table_is_the_same(folder):
    assert "KAZ" in set(data.load("central-asia-trade", folder=folder)["exporter"])
    file = folder / "countries.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("KAZ,")), "utf-8")
    with pytest.raises(data.TableError, match='"KAZ" is not in countries.csv'):
        data.load("central-asia-trade", folder=folder)


@pytest.fixture
def checked(monkeypatch):
    """Names of the tables that are checked in full, not only read."""
    names, check = [], data.check
    monkeypatch.setattr(data, "check", lambda name, folder=data.DATA: (names.append(name), check(name, folder))[1])
    data._check_once.cache_clear()
    yield names
    data._check_once.cache_clear()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_is_only_read_is_the_table_that_is_checked(name, checked):
    read = data.checked(name)
    assert checked == []
    pd.testing.assert_frame_equal(read, table(name))


@pytest.mark.parametrize("file", ["route-points.csv", "countries.csv", "sources.csv"])
def test_a_table_is_checked_when_a_file_has_changed_that_the_check_reads(folder, checked, file):
    data.load("route-points", folder=folder)
    assert checked == []
    with (folder / file).open("a") as out:
        out.write("\n")
    with pytest.raises(data.TableError, match=file):
        data.load("route-points", folder=folder)
    assert checked == [file.removesuffix(".csv")]


def test_whoever_goes_through_all_tables_twice_reads_each_once():
    for _ in range(2):
        before = data._check_once.cache_info().misses
        for name in TABLES:
            data.load(name)
    assert data._check_once.cache_info().misses == before


def test_the_account_trusts_no_hash(small, monkeypatch):
    """It writes the hash that says that a table was checked, so it has to check a table whose hash is the same."""
    names, check = [], data.check
    monkeypatch.setattr(data, "check", lambda name, folder=data.DATA: (names.append(name), check(name, folder))[1])
    accounts.update(small)
    assert set(names) >= set(data.tables(small))


@pytest.mark.parametrize("day", ["yesterday", "31.12.2024", "2024", "2024-12", "2024-02-30", "", 20241231])
def test_a_day_that_is_no_iso_date_is_refused(day):
    with pytest.raises(ValueError, match=f'as_of "{day}" is not an ISO date'):
        data.load("bilateral-trade", as_of=day)


def test_rows_keep_their_number_in_the_file():
    trade = data.best(data.select(data.load("bilateral-trade"), period="2024"))
    lines = (data.DATA / "bilateral-trade.csv").read_text("utf-8").splitlines()
    assert trade.index.name == "row" and len(trade) > 3
    assert all(f",{data.cell_text(float(trade.at[row, 'value']))}," in lines[row - 1] for row in trade.index)


def test_a_table_that_is_missing_is_told_as_a_defect(folder):
    (folder / "outlook.csv").unlink()
    for read in (data.load, data.check):
        with pytest.raises(data.TableError, match="data/outlook.csv: the file is missing"):
            read("outlook", folder=folder)


def broken(folder, name, old, new):
    file = folder / RESOURCES[name]["path"]
    raw = file.read_bytes()
    assert old in raw
    file.write_bytes(raw.replace(old, new, 1))
    with pytest.raises(data.TableError) as caught:
        data.check(name, folder)
    return str(caught.value)


@pytest.fixture
def small(tmp_path):
    """A data folder with a few tables only."""
    made, few = (
        tmp_path / "data",
        ("arms-transfers", "leader-meetings", "outlook", "settlement-currency", "countries", "sources"),
    )
    made.mkdir()
    for name in ("columns.yml", "datapackage.yml", *(f"{one}.{ending}" for one in few for ending in ("csv", "yml"))):
        shutil.copy2(data.DATA / name, made)
    resources = [entry for entry in DESCRIPTOR["resources"] if entry["name"] in few]
    (made / "datapackage.json").write_text(json.dumps(DESCRIPTOR | {"resources": resources}), "utf-8")
    return made


def test_the_account_is_not_written_while_a_table_is_wrong(small):
    before = (small / "datapackage.json").read_bytes()
    file = small / "arms-transfers.csv"
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8"))))
    rows[1][7] = "4965"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)
    with pytest.raises(data.TableError, match='data/arms-transfers.csv, row [0-9]+, column "value": '):
        accounts.update(small)
    assert (small / "datapackage.json").read_bytes() == before


@pytest.mark.slow
def test_the_account_is_renewed_for_a_table_that_changed(small):
    meetings = data.check("leader-meetings", small)
    put(meetings.assign(note=meetings["note"].fillna("none")), "leader-meetings", small)
    assert accounts.update(small) == ["leader-meetings"]
    assert accounts.account(small)["leader-meetings"][0] == data.resource("leader-meetings", small)["bytes"]
    assert accounts.update(small) == []


# -- each rule of the loader, on a table of three rows ----------------------------------------------

PLAIN = {"type": "string"}
TINY = {
    "created": "2024-06-30T00:00:00Z",
    "resources": [
        {"name": "map", "path": "map.json"},
        {
            "name": "flows",
            "path": "flows.csv",
            "schema": {
                "fields": [
                    {"name": "period", "type": "string", "constraints": {"required": True, "pattern": r"\d{4}(-\d\d|-Q\d)?"}},
                    {"name": "exporter", **PLAIN},
                    {"name": "importer", **PLAIN},
                    {"name": "reporter", **PLAIN},
                    {"name": "valuation", "type": "string", "constraints": {"enum": ["FOB", "CIF", "other"]}},
                    {"name": "value", "type": "number", "constraints": {"minimum": 0, "maximum": 100}},
                    {"name": "ships", "type": "integer"},
                    {"name": "day", "type": "date"},
                    {"name": "final", "type": "boolean"},
                    {"name": "code", "type": "string", "constraints": {"unique": True}},
                    {"name": "published", **PLAIN},
                    {"name": "source_id", **PLAIN},
                ],
                "primaryKey": ["period", "exporter", "importer"],
                "foreignKeys": [{"fields": "source_id", "reference": {"resource": "sources", "fields": "id"}}],
            },
        },
        {
            "name": "sources",
            "path": "sources.csv",
            "schema": {
                "fields": [{"name": "id", **PLAIN}, {"name": "tier", **PLAIN}, {"name": "published", **PLAIN}],
                "primaryKey": "id",
            },
        },
    ],
}  # fmt: skip
FLOWS = """\
period,exporter,importer,reporter,valuation,value,ships,day,final,code,published,source_id
2023,CHN,RUS,CHN,FOB,94.14,3,2023-05-31,true,a,2024-01-12,first
2023-Q4,RUS,CHN,CHN,CIF,0,,,false,,,second
2024-02,KAZ,CHN,CHN,CIF,100,12,2024-02-29,true,,2024-03,first
"""


@pytest.fixture
def tiny(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "datapackage.json").write_text(json.dumps(TINY), "utf-8")
    (folder / "flows.csv").write_text(FLOWS, "utf-8")
    (folder / "sources.csv").write_text("id,tier,published\nfirst,B,2024\nsecond,D,\n", "utf-8")
    return folder


def test_each_kind_of_column_is_read_as_what_it_is(tiny):
    flows = data.load("flows", folder=tiny)
    assert flows.index.tolist() == [2, 3, 4] and flows.index.name == "row" and flows.attrs["table"] == "flows"
    assert flows["value"].tolist() == [94.14, 0, 100]
    assert flows["ships"].tolist() == [3, pd.NA, 12]
    assert flows["day"].tolist() == [pd.Timestamp("2023-05-31"), pd.NaT, pd.Timestamp("2024-02-29")]
    assert flows["final"].tolist() == [True, False, True] and flows["final"].dtype == bool
    assert flows["code"].isna().tolist() == [False, True, True]
    assert flows["tier"].tolist() == ["B", "D", "B"]
    assert data.tables(tiny) == ["flows", "sources"], "a map is no table"
    assert data.columns("sources", tiny) == ["id", "tier", "published"]


@pytest.mark.parametrize(
    ("as_of", "rows", "sources"),
    [
        ("2024-01-11", [], []),
        ("2024-01-12", [2], []),
        ("2024-03-30", [2], []),
        ("2024-03-31", [2, 4], []),
        ("2026-12-31", [2, 4], [2]),
    ],
)
def test_a_row_is_known_from_the_last_day_of_its_date(tiny, as_of, rows, sources):
    assert data.load("flows", as_of=as_of, folder=tiny).index.tolist() == rows
    assert data.load("sources", as_of=as_of, folder=tiny).index.tolist() == sources


@pytest.mark.parametrize(("tier", "rows"), [("A", []), ("B", [2, 4]), ("C", [2, 4]), ("D", [2, 3, 4])])
def test_a_tier_lets_through_what_is_as_good_or_better(tiny, tier, rows):
    assert data.load("flows", tier=tier, folder=tiny).index.tolist() == rows


FAULTS = [
    ("94.14", "94,14", 'row 2, column "source_id": 13 cells where the header has 12'),
    (",2024-03,first", ",2024-03", 'row 4, column "source_id": 11 cells where the header has 12'),
    ("2023-05-31,true,a,2024-01-12,first", "2023-05-31", 'row 2, column "final": 8 cells where the header has 12'),
    ("94.14", "-1", 'row 2, column "value": "-1" is below the minimum 0'),
    ("94.14", "100.5", 'row 2, column "value": "100.5" is above the maximum 100'),
    ("94.14", "1e2", 'row 2, column "value": "1e2" is not a number (use a point, no thousands separator)'),
    ("94.14", '"94,14"', 'row 2, column "value": "94,14" is not a number (use a point, no thousands separator)'),
    ("94.14", "٩٤", 'row 2, column "value": "٩٤" is not a number (use a point, no thousands separator)'),
    ("94.14", "094", 'row 2, column "value": "094" is not a number (use a point, no thousands separator)'),
    (",12,", ",12.0,", 'row 4, column "ships": "12.0" is not a whole number'),
    ("2024-02-29", "2023-02-29", 'row 4, column "day": "2023-02-29" is not a date (YYYY-MM-DD)'),
    ("2024-02-29", "20240229", 'row 4, column "day": "20240229" is not a date (YYYY-MM-DD)'),
    ("false", "no", 'row 3, column "final": "no" is neither true nor false'),
    ("false,,", "false,a,", 'row 3, column "code": "a" occurs twice'),
    ("2023-Q4", "", 'row 3, column "period": is empty but required'),
    ("2024-02,", "2024-2,", 'row 4, column "period": "2024-2" does not have the form \\d{4}(-\\d\\d|-Q\\d)?'),
    ("CHN,FOB", "CHN,fob", 'row 2, column "valuation": "fob" is not one of FOB, CIF, other'),
    ("CHN,FOB", "CHN,CIF", 'row 2, column "valuation": "CIF" where the reporter is the exporter, whose statistics are FOB (are exporter and importer swapped?)'),
    ("CHN,CIF,100", "CHN,FOB,100", 'row 4, column "valuation": "FOB" where the reporter is the importer, whose statistics are CIF (are exporter and importer swapped?)'),
    ("KAZ,CHN", "CHN,CHN", 'row 4, column "importer": CHN would trade with itself'),
    ("2023-Q4,RUS,CHN,CHN", "2023,CHN,RUS,RUS", 'row 3, column "period": repeats row 2 (2023, CHN, RUS)'),
    ("false,,,second", "false,,,third", 'row 3, column "source_id": "third" is not in sources.csv'),
    ("2024-03,", "2024-01,", 'row 4, column "published": "2024-01" is before the period 2024-02 began'),
    ("2024-03,", "2024-07,", 'row 4, column "published": "2024-07" is after the data package was made (2024-06-30)'),
    (",a,", ", a,", 'row 2, column "code": " a" begins or ends with a space'),
    (",a,", ",a ,", 'row 2, column "code": "a " begins or ends with a space'),
    (",a,", ",a\x00b,", 'row 2, column "code": a NUL byte (save as plain UTF-8 with LF line ends)'),
    (",a,", ",=a,", 'row 2, column "code": "=a" begins as a formula does: a spreadsheet would compute it'),
    (",a,", ",-a,", 'row 2, column "code": "-a" begins as a formula does: a spreadsheet would compute it'),
    (",a,", ",a  b,", 'row 2, column "code": "a  b" has two spaces in a row, or a space of another kind'),
    (",a,", ",Tu\u0308r,", 'row 2, column "code": "Tu\u0308r" has letter and accent apart (save it in the form NFC)'),
    (",a,", ",Rоssia,", 'row 2, column "code": "Rоssia" has letters of two alphabets in one word'),
    (",a,", ",Рoссия,", 'row 2, column "code": "Рoссия" has letters of two alphabets in one word'),
    (",a,", ",a\u2011b,", 'row 2, column "code": "a\u2011b" has a dash of another kind (use - or –)'),
    (",a,", ",a\u200bb,", 'row 2, column "code": "a\u200bb" has a control character or a line break'),
    (",a,", ",TÃ¼r,", 'row 2, column "code": "TÃ¼r" looks like text in the wrong encoding'),
    (",a,", ",РљРёС‚Р°Р№,", 'row 2, column "code": "РљРёС‚Р°Р№" looks like text in the wrong encoding'),
    (",a,", ",T?rkiye,", 'row 2, column "code": "T?rkiye" looks like text in the wrong encoding'),
    (",a,", ",a\ufffd,", 'row 2, column "code": "a\ufffd" looks like text in the wrong encoding'),
    (",a,", ',"a,\rb",', 'row 2, column "code": a carriage return (save as plain UTF-8 with LF line ends)'),
    (",a,", ',"a"b,', 'row 2, column "code": \',\' expected after \'"\''),
    ("true,,2024-03", 'true,"x, y"z,2024-03', 'row 4, column "code": \',\' expected after \'"\''),
    ("second\n", "second\n\n", 'row 4, column "period": 0 cells where the header has 12'),
    ("03,first\n", "03,first", 'row 4, column "source_id": the file ends in the middle of a line (truncated?)'),
    (FLOWS, FLOWS.split("\n")[0] + "\n", 'row 1, column "period": the table has no rows'),
    ("period,", "\ufeffperiod,", 'row 1, column "period": a byte order mark (save as plain UTF-8 with LF line ends)'),
    ("value,ships", "ships,value", 'row 1: column "ships" stands where the schema has "value"'),
    ("value,ships", "value,boats", 'row 1: column "ships" is missing; column "boats" is not in the schema'),
    ("published,source_id\n", "published\n", 'row 1: column "source_id" is missing'),
    ("published,source_id\n", "published,source_id,period\n", 'row 1: column "period" stands where the schema has ""'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), FAULTS, ids=range(len(FAULTS)))
def test_a_fault_is_told_once_with_row_column_and_remedy(tiny, old, new, message):
    assert FLOWS.count(old) == 1
    (tiny / "flows.csv").write_bytes(FLOWS.replace(old, new).encode())
    with pytest.raises(data.TableError) as caught:
        data.load("flows", folder=tiny)
    assert caught.value.problems == [f"data/flows.csv, {message}"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("CHN,FOB", "CHN,other"),
        ("CHN,FOB", "CHN,"),
        ("CHN,FOB", "KAZ,CIF"),
        ("2024-03,", "2024-06-30,"),
        ("2024-03,", "2024-02,"),
        ("2023,CHN,RUS,CHN", "2023,,,"),
        (",a,", ",-1.5,"),
        (",a,", ",Türkiye,"),
        (",a,", ",Китай,"),
        (",a,", ",Китай–China (РФ),"),
        (",a,", ",https://example.org/a?b=c,"),
        (",a,", ",What? No,"),
        (",a,", ',"a, ""b""",'),
    ],
)
def test_what_is_right_passes(tiny, old, new):
    assert FLOWS.count(old) == 1
    (tiny / "flows.csv").write_text(FLOWS.replace(old, new), "utf-8")
    assert len(data.load("flows", folder=tiny)) == 3


def test_a_byte_that_is_no_utf8_is_told_with_its_place(tiny):
    (tiny / "flows.csv").write_bytes(FLOWS.encode().replace(b",a,", b",a\xfc,"))
    at = FLOWS.index(",a,") + 2
    with pytest.raises(data.TableError, match=rf'^data/flows.csv, row 2, column "code": byte {at} is not UTF-8$'):
        data.load("flows", folder=tiny)


@pytest.mark.parametrize("limit", [data.LONGEST, 10 * data.LONGEST])
def test_a_cell_has_a_greatest_length_whatever_the_limit_of_csv(tiny, request, limit):
    request.addfinalizer(partial(csv.field_size_limit, csv.field_size_limit(limit)))
    longest = FLOWS.replace(",a,", f",{'a' * data.LONGEST},")
    (tiny / "flows.csv").write_text(longest, "utf-8")
    assert len(data.load("flows", folder=tiny)) == 3
    for cell, column in (("2024-01-12", "published"), ("first", "source_id")):
        (tiny / "flows.csv").write_text(longest.replace(cell, "x" * (data.LONGEST + 1), 1), "utf-8")
        with pytest.raises(
            data.TableError, match=f'^data/flows.csv, row 2, column "{column}": field larger than field'
        ):
            data.load("flows", folder=tiny)


def test_one_cell_has_one_defect_and_each_column_tells_its_own(tiny):
    text = FLOWS.replace("94.14", "x").replace(",0,,", ",-2,y,").replace("2024-02-29", "z")
    (tiny / "flows.csv").write_text(text, "utf-8")
    with pytest.raises(data.TableError) as caught:
        data.check("flows", tiny)
    assert [problem.split(", ", 1)[1][:22] for problem in caught.value.problems] == [
        'row 2, column "value":',
        'row 3, column "value":',
        'row 3, column "ships":',
        'row 4, column "day": "',
    ]


@pytest.mark.parametrize(("defects", "last"), [(10, "row 11"), (11, "… and 1 more"), (12, "… and 2 more")])
def test_a_message_shows_ten_defects(defects, last):
    message = str(data.TableError(f"row {number}" for number in range(2, defects + 2)))
    assert message.splitlines()[-1] == last and len(message.splitlines()) == min(defects, 11)


def test_a_table_may_trade_with_itself_where_its_account_says_so(tiny):
    allowed = json.loads(json.dumps(TINY))
    allowed["resources"][1]["trade_with_itself"] = True
    (tiny / "datapackage.json").write_text(json.dumps(allowed), "utf-8")
    (tiny / "flows.csv").write_text(FLOWS.replace("KAZ,CHN", "CHN,CHN"), "utf-8")
    assert len(data.load("flows", folder=tiny)) == 3


def test_a_file_whose_hash_is_known_is_read_without_a_check(tiny, checked):
    known = json.loads(json.dumps(TINY))
    for entry in known["resources"][1:]:
        entry["hash"] = f"sha256:{hashlib.sha256((tiny / entry['path']).read_bytes()).hexdigest()}"
    (tiny / "datapackage.json").write_text(json.dumps(known), "utf-8")
    assert data.load("flows", folder=tiny)["value"].tolist() == [94.14, 0, 100]
    assert checked == []
    known["resources"][2]["hash"] = "sha256:0"
    (tiny / "datapackage.json").write_text(json.dumps(known), "utf-8")
    data.load("flows", folder=tiny)
    assert checked == ["sources"], "the register that the check reads is no longer the one that passed"
    (tiny / "sources.csv").write_text((tiny / "sources.csv").read_text("utf-8").replace("first,", "other,"), "utf-8")
    with pytest.raises(data.TableError, match="is not in sources.csv"):
        data.load("flows", folder=tiny)
    assert checked[-1] == "flows", "a key that is gone is looked for in every row"


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-Q1", "2024-01-01", "2024-03-31"),
        ("2024-Q2", "2024-04-01", "2024-06-30"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024-07-24", "2024-07-24", "2024-07-24"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(period, first, last):
    assert (data.first_day(period), data.last_day(period)) == (first, last)


def test_a_missing_date_comes_after_every_day():
    assert data.last_day(None) == data.last_day("") == data.last_day(float("nan")) == "9999"


@pytest.mark.parametrize(
    ("periods", "told"),
    [([], ""), (["2024"], "2024"), (["2024-05-01", "2024-05"], "2024-05"), (["2024-Q1", "2023"], "2023/2024-03")],
)
def test_a_span_names_first_and_last(periods, told):
    assert data.span(periods) == told


def test_the_latest_period_is_the_one_that_ends_last():
    rows = pd.DataFrame({"period": ["2024-Q3", "2024-08", None, "2023"], "kind": ["a", "a", "a", "b"]})
    assert (data.latest(rows), data.latest(rows, kind="b")) == ("2024-Q3", "2023")
    with pytest.raises(ValueError, match=r"no rows with \{'kind': 'c'\}"):
        data.latest(rows, kind="c")


def test_one_source_is_the_longest_of_those_that_reach_the_end():
    rows = pd.DataFrame({"period": ["1", "2", "3", "2", "3", "3", "1", "2"], "source_id": list("aaabbccc")})
    rows.loc[5, "period"] = "3"
    assert data.one_source(rows)["source_id"].unique().tolist() == ["c"], "as long as the first, and later by name"
    assert data.one_source(rows.iloc[:-1])["source_id"].unique().tolist() == ["a"]


def test_rows_know_their_tables_by_name():
    rows = pd.DataFrame({"value": [1.0]})
    assert data.names(rows) == []
    rows.attrs["table"] = "outlook"
    assert data.names(rows) == ["outlook"]
    rows.attrs["table"] = ["outlook", "omissions"]
    assert data.names(rows) == ["outlook", "omissions"]


def test_words_and_what_somebody_said_have_no_error():
    rows = pd.DataFrame({"value": [30.6], "stated_value": [30.6], "period": ["2024"], "error": [0.2]})
    assert [data.error(rows, column).item() for column in ("value", "stated_value", "period")] == [0.2, 0, 0]
    assert data.error(rows.assign(price=94.14), "price").item() == pytest.approx(0.005), (
        "the row's error is its value's"
    )


# -- error bars -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (99.0, 0.5),
        (99.9, 0.05),
        (0.1 + 0.2, 0.05),
        (1.0000000001, 5e-11),
        (1.00000000004, 0.5),
        (0.25, 0.005),
        (90.0, 5),
        (100.0, 50),
        (1000.0, 500),
        (10_000.0, 500),
        (0.0, 0.5),
        (-6.3, 0.05),
    ],
)
def test_what_is_not_said_is_half_a_unit_of_the_last_digit(value, error):
    assert data.error(pd.DataFrame({"value": [value]})).item() == pytest.approx(error, abs=0)


def test_whole_things_and_bounds_of_an_error_are_not_off_themselves():
    rows = pd.DataFrame({"value": [173_302.0, 1_571_000.0, 79.0], "unit": ["cars", "cars", "per cent"]})
    assert data.error(rows).tolist() == [0, 500, 0.5]
    entries = pd.DataFrame({"value": [19_535, 31_500], "error": [None, None], "unit": ["designations", "restrictions"]})
    assert data.error(entries.astype({"error": float})).tolist() == [0, 50]
    assert data.error(pd.DataFrame({"error": [400.0]}), "error").tolist() == [0]


def test_the_error_of_the_row_goes_first():
    rows = pd.DataFrame({"value": [9100.0, 94.14, 22_230.0], "error": [800.0, float("nan"), 0.0]})
    assert data.error(rows).tolist() == pytest.approx([800, 0.005, 0])


def test_what_was_read_off_a_chart_says_how_well():
    for name in ("bilateral-trade", "energy-trade", "product-windows"):
        rows = data.select(data.load(name), status="digitised")
        assert len(rows) and rows["error"].notna().all(), name


def test_a_value_derived_from_a_rounded_growth_is_as_rough_as_the_growth():
    """2024 was 14.3 % above 2023, so 2023 is known to half of a tenth of a point."""
    row = data.select(data.load("central-asia-trade"), period="2023", exporter="CHN", importer="KAZ", counter="CHN")
    assert row["error"].item() == pytest.approx(row["value"].item() * 0.05 / 114.3, rel=0.01)


@pytest.mark.slow
def test_no_error_is_as_large_as_its_value():
    for name in TABLES:
        rows = data.load(name)
        if "error" in rows:
            far = rows[rows["error"].notna() & (rows["error"] > 0.5 * rows["value"].abs())]
            assert len(far) == 0, f"{name}: {far[['period', 'value', 'error']].head()}"


# -- what nobody sees, and addresses ---------------------------------------------------------------


@pytest.mark.parametrize("sign", ["\u2066", "\u2069", "\u180e", "\ufe0f", "\u061c", "\u202e", "\u00ad"])
def test_a_sign_that_nobody_sees_is_refused(folder, sign):
    message = broken(folder, "outlook", b"Trade in 2025", f"Trade{sign} in 2025".encode())
    assert "has a control character or a line break" in message


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "  ", "\u3000"])
def test_a_space_of_another_kind_is_refused(folder, space):
    message = broken(folder, "outlook", b"Trade in 2025", f"Trade{space}in 2025".encode())
    assert "has two spaces in a row, or a space of another kind" in message


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html", "vbscript:x", "//elsewhere.example"])
def test_an_address_is_of_the_web_or_of_a_package(folder, address):
    old = data.sources()["address"]["stratheia-article"] if "stratheia-article" in data.sources().index else None
    old = old if isinstance(old, str) else data.sources()["address"].dropna().iloc[0]
    assert "does not have the form" in broken(folder, "sources", old.encode(), address.encode())


def test_a_table_of_one_publisher_takes_no_other_source(folder):
    assert domain_faults(folder, "oil-price", b",eia-brent-2026-07", b",mgimo-foreign-trade-2026-07")


def domain_faults(folder, name, old, new):
    path = folder / f"{name}.csv"
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    return [line for line in rulebook.problems(folder, name) if "is no source of this table" in line]


def test_load_refuses_what_cannot_choose():
    for tier in ("", "CD"):
        with pytest.raises(ValueError, match="is not one of"):
            data.load("bilateral-trade", tier=tier)
    with pytest.raises(ValueError, match="countries names no sources"):
        data.load("countries", tier="A")
    with pytest.raises(ValueError, match="countries names neither"):
        data.load("countries", as_of="1950-01-01")
    assert not len(data.load("sources", as_of="1800-01-01"))


@pytest.mark.parametrize(
    "several", [np.array(["2020", "2021"]), pd.Index(["2020", "2021"]), pd.Series(["2020", "2021"])]
)
def test_several_values_of_any_kind_are_several(several):
    rows = pd.DataFrame({"period": ["2020", "2021", "2022"]})
    assert data.select(rows, period=several)["period"].tolist() == ["2020", "2021"]


def test_the_error_of_no_number_is_none():
    assert data.error(pd.DataFrame({"value": [math.nan, math.inf, 1.5]})).isna().tolist() == [True, True, False]


def test_what_tests_did_to_the_folder_is_put_back(whole):
    for part in (".", "extracts"):
        held = filecmp.dircmp(data.DATA / part, whole / part)
        assert (held.left_only, held.right_only, held.funny_files) == ([], [], [])
        assert filecmp.cmpfiles(data.DATA / part, whole / part, held.common_files, shallow=False)[1:] == ([], [])
