"""The codebook leaves nothing out: tables, columns, holes, tiers, omissions, changes, measures."""

import inspect

import nbformat
import pandas as pd
import pytest

from conftest import ROOT
from partnership import codebook, data, measures, statements
from partnership.views import data_and_methods as view
from publish.edition import workbook
from publish.thisbook import HOST


def test_every_resource_stands_under_one_heading():
    listed = [name for names in codebook.by_subject().values() for name in names]
    assert sorted(listed) == sorted(entry["name"] for entry in data.package()["resources"])


@pytest.mark.parametrize("name", data.tables())
def test_every_column_is_explained(name):
    fields = data.resource(name)["schema"]["fields"]
    shown = codebook.codebook(name).frame
    assert shown["Column"].tolist() == [field["name"] for field in fields]
    assert shown["Meaning"].str.len().min() >= 3
    traps = [field["trap"] for field in fields if field.get("trap")]
    assert not traps or [trap for trap in shown["Trap"] if trap] == traps


def test_what_a_tier_means_is_worded_once():
    """Below a figure and on the cards stood other words for A and E than in the table of tiers."""
    told = {tier: HOST.tier_words(tier) for tier in codebook.TIERS}
    assert told == {tier: f"tier {tier}: {meaning}" for tier, meaning in codebook.TIERS.items()}
    noted = dict(workbook.NOTES)["Tiers"]
    assert all(f"{tier} {meaning}" in noted for tier, meaning in codebook.TIERS.items())


def test_coverage_shows_russias_months_from_2006_to_2021_whole():
    held = data.select(codebook.coverage("bilateral-trade"), series="Russia, months")
    assert held["year"].tolist() == list(range(2006, 2022))
    assert set(held["values"]) == {24}


def test_holes_stay_holes():
    assert codebook.coverage("world-trade-matrix")["year"].tolist() == [1995, 2005, 2015]
    runs = data.select(view.coverage(), table="world-trade-matrix")
    assert runs["first"].tolist() == runs["last"].tolist() == [1995, 2005, 2015]


def test_a_thin_year_breaks_a_stretch():
    held = pd.DataFrame(
        {
            "table": "t",
            "subject": "s",
            "year": [2020, 2021, 2022],
            "full": ["half or more", "less", "less"],
            "values": [9, 1, 2],
        }
    )
    assert view.stretches(held)[["first", "last", "values"]].values.tolist() == [[2020, 2020, 9], [2021, 2022, 3]]


def test_every_table_with_periods_is_in_the_picture_of_coverage():
    drawn = set(view.coverage()["table"])
    held = {
        name for name in data.tables() if len(years := codebook.coverage(name)) and years["year"].max() >= view.SINCE
    }
    assert drawn == held - set(view.SPANS)


def test_every_word_of_the_vocabulary_has_its_row_and_anchor():
    shown = codebook.vocabulary()
    assert shown.frame["Test"].tolist() == list(statements.TESTS)
    assert 'id="word-more-than-doubled"' in shown.html()
    assert shown.frame["Holds if"].str.len().min() > 20
    assert not shown.frame[["Word", "Also as"]].map(lambda words: any(sign in words for sign in "\\|*")).any(axis=None)


def test_state_media_are_known_by_name_and_address():
    register = pd.DataFrame(
        {
            "publisher": ["Lenta.ru (citing RIA Novosti)", "Artemis Blog", "PRIME", "A paper", "Primetime"],
            "address": [None, None, None, "https://tass.com/economy/1", None],
        }
    )
    assert view.state_media(register).index.tolist() == [0, 2, 3]
    counted = view.state_media_table(register).frame.set_index("Name looked for")["Sources"]
    assert counted[counted > 0].to_dict() == {"TASS": 1, "RIA Novosti": 1, "PRIME": 1}


def test_rows_with_a_source_know_their_table_and_line():
    every = view.rows_with_source()
    last = every.iloc[-1]
    assert data.load(last["_table"]).loc[every.index[-1], "source_id"] == last["source_id"]
    assert len(every) == codebook.tier_rows().sum().sum()


def test_a_cell_that_several_sources_tell_counts_once():
    """China's two flows and their sum in dollars and in yuan make six cells of 2024, told by more rows."""
    held = codebook.coverage("bilateral-trade").set_index(["series", "year"])["values"]
    rows = data.select(data.load("bilateral-trade"), period="2024", reporter="CHN", frequency="A")
    assert held["China, years", 2024] == 6 < len(rows)


def test_a_printed_growth_without_a_level_is_no_value():
    trade = data.load("bilateral-trade")
    assert trade["value"].isna().any()
    cells = trade.dropna(subset=["value"]).drop_duplicates(
        ["period", "frequency", "direction", "exporter", "importer", "reporter", "currency"]
    )
    assert codebook.coverage("bilateral-trade")["values"].sum() == len(cells)


@pytest.mark.slow
def test_tiers_count_every_row_that_has_a_source():
    counted = codebook.tier_rows()
    assert counted.sum(axis=1).to_dict() == {name: data.load(name)["source_id"].notna().sum() for name in counted.index}


def test_omissions_are_all_listed_by_kind():
    shown = [len(fold.parts[0].frame) for fold in codebook.omissions().folds]
    assert len(shown) == 3 and sum(shown) == len(data.load("omissions"))


def test_the_revision_history_opens_the_latest_edition(tmp_path):
    path = tmp_path / "CHANGELOG.md"
    path.write_text("# Changes\n\n## 0.2.0 – 2027\n\n- One & another,\n  told on.\n\n## 0.1.0 – 2026\n\n- First.\n")
    shown = codebook.changes(path)
    assert [(fold.summary, fold.opened) for fold in shown.folds] == [("0.2.0 – 2027", True), ("0.1.0 – 2026", False)]
    assert "<li>One &amp; another, told on.</li>" in shown.html()


def test_every_measure_is_in_the_chapter():
    notebook = nbformat.read(ROOT / "chapters" / "data-and-methods.ipynb", as_version=4)
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    own = inspect.getmembers(measures, inspect.isfunction)
    public = [name for name, function in own if function.__module__ == measures.__name__ and name[0] != "_"]
    assert [name for name in public if f"`{name}`" not in text] == []
    assert list(measures.TERMS) == sorted(public, key=lambda name: getattr(measures, name).__code__.co_firstlineno)


@pytest.mark.parametrize("name", measures.TERMS)
def test_a_measure_tells_where_its_formula_comes_from_and_shows_it_at_work(name):
    """Beginning with its parameters, ending with an example."""
    told = [line.strip() for line in inspect.getdoc(getattr(measures, name)).splitlines()]
    assert [part for part in told if part in ("Parameters", "Returns", "References", "Examples")] == [
        "Parameters", "Returns", "References", "Examples"
    ]  # fmt: skip
