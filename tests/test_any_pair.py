"""Dependence of any two economies: the same measures for other pairs, and the chapter's own cells with other codes."""

import ast

import pandas as pd
import pytest

from conftest import ROOT, notebook
from partnership import charts, data, measures, show
from partnership.views import any_pair

OTHERS = [("USA", "MEX"), ("DEU", "POL"), ("RUS", "KAZ"), ("IND", "CHN"), ("CHN", "TJK")]


def flow(matrix, exporter, importer):
    return float(data.select(matrix, exporter=exporter, importer=importer)["value"].sum())


def outputs(a, b):
    """What the chapter's cells show up to the section on Russia's own bases, two codes changed as a reader would."""
    names, shown = {}, []
    for cell in notebook(ROOT / "chapters" / "dependency.ipynb").cells:
        if cell.cell_type == "markdown" and "on every basis" in cell.source:
            return shown
        if cell.cell_type == "code":
            tree = ast.parse(cell.source.replace('a, b = "CHN", "RUS"', f'a, b = "{a}", "{b}"'))
            last = tree.body.pop()
            exec(compile(tree, "cell", "exec"), names)
            shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names))
    raise AssertionError("the chapter has no section on every basis")


@pytest.mark.parametrize("a, b", OTHERS)
def test_chapter_shows_another_pair_when_its_codes_are_changed(a, b):
    _, profile, *figures = outputs(a, b)
    first, second = charts.country(a), charts.country(b)
    assert f"{first} and {second}" in profile.caption
    assert list(profile.frame.columns[1:4]) == ["1995", "2005", "2015"]
    *drawn, industries = figures
    assert all(isinstance(item, charts.Figure) for item in drawn)
    assert all(first in item.title + item.alt_text and second in item.title + item.alt_text for item in drawn)
    covered = {a, b} & {"CHN", "RUS"} and {a, b} <= any_pair.economies()
    assert isinstance(industries, charts.Figure if covered else show.Table)
    if not {a, b} & {"CHN", "RUS"}:
        assert not any("Russia" in item.title + item.alt_text for item in drawn)


@pytest.mark.parametrize("a, b", OTHERS)
def test_all_pairs_at_once_agree_with_one_pair_by_hand(a, b):
    matrix = any_pair.worlds()["2015"][0]
    own = {code: any_pair.touching(matrix, code, code) for code in (a, b)}
    trade = {code: rows["value"].sum() for code, rows in own.items()}
    between = flow(matrix, a, b) + flow(matrix, b, a)
    row = any_pair.pair(a, b).at("2015")
    assert row["share_in_a"] == pytest.approx(between / trade[a])
    assert row["share_in_b"] == pytest.approx(between / trade[b])
    assert row["ratio"] == pytest.approx(measures.asymmetry(row["share_in_b"], row["share_in_a"]))


@pytest.mark.parametrize("a, b", OTHERS)
def test_turning_a_pair_round_turns_its_ratio(a, b):
    there, back = any_pair.pair(a, b).at("2015"), any_pair.pair(b, a).at("2015")
    assert there["ratio"] * back["ratio"] == pytest.approx(1)
    assert there["share_in_a"] == back["share_in_b"]
    assert there["intensity"] == back["intensity"]


def test_intensity_of_a_pair_is_the_kojima_index_where_only_one_of_them_sells():
    matrix = pd.DataFrame({"exporter": list("AACC"), "importer": list("BCBA"), "value": [20.0, 80.0, 30.0, 40.0]})
    row = measures.all_pairs(matrix).set_index(["first", "second"]).loc[("A", "B")]
    assert row["intensity"] == pytest.approx(measures.trade_intensity(flow=20, exports=100, imports=50, world=130))


def test_china_and_russia_in_2015_as_unctad_has_them():
    """13.3 and 1.7 per cent of each other's trade, asymmetry 7.9; Russia sold for 28.33 billion dollars."""
    row = any_pair.pair("CHN", "RUS").at("2015")
    assert round(100 * row["share_in_b"], 1) == 13.3
    assert round(100 * row["share_in_a"], 1) == 1.7
    assert round(row["asymmetry"], 1) == 7.9
    assert round(flow(any_pair.worlds()["2015"][0], "RUS", "CHN") / 1000, 2) == 28.33


def test_inputs_of_2022_count_goods_as_the_oecd_table_has_them():
    row = any_pair.pair("RUS", "CHN").at(any_pair.INPUTS)
    assert [round(100 * row[share], 1) for share in ("share_in_a", "share_in_b")] == [22.8, 3.5]
    assert round(row["asymmetry"], 1) == 6.6


def test_unnamed_partners_have_no_rank_and_open_a_range():
    """Russia's exports of 2015: an unnamed 15 per cent stands above every buyer but counts for no rank."""
    own = any_pair.standing("RUS", "CHN")
    row = own[(own["basis"] == any_pair.OWN) & (own["year"] == 2015) & (own["flow"] == "exports")].iloc[0]
    assert row["rank"] == 2
    assert row["hhi_low"] < row["hhi_named"] < row["hhi"]
    assert [round(row[name], 4) for name in ("hhi_low", "hhi_named", "hhi")] == [0.0357, 0.0499, 0.0595]


def test_estimates_and_chinas_returning_goods_stay_out():
    russia, china = any_pair.standing("RUS", "CHN"), any_pair.standing("CHN", "RUS")
    assert russia[russia["basis"] == any_pair.OWN]["year"].max() == 2021
    row = china[(china["basis"] == any_pair.OWN) & (china["year"] == 2024) & (china["flow"] == "imports")].iloc[0]
    assert round(row["hhi"], 4) == 0.0401
    assert row["rank"] == 6


def test_each_vintage_of_output_gives_its_own_ratio():
    ratios = any_pair.output_ratio("CHN", "RUS")
    in_2023 = ratios[ratios["year"] == 2023].set_index("basis")["ratio"].round(2)
    assert in_2023.to_dict() == {"output, World Bank to 2023": 8.80, "output, World Bank 2026": 8.83}


def test_electronics_from_china_are_57_per_cent_of_russias_imported_ones():
    inputs = any_pair.pair("CHN", "RUS").suppliers.set_index(["supplier", "sector"])
    assert round(100 * inputs.at[("CHN", "C26"), "share"]) == 57
    assert inputs.at[("CHN", "C26"), "rank"] == 1


def test_a_code_that_is_no_economy_is_refused():
    with pytest.raises(KeyError, match='"XYZ" is not in the world trade matrix'):
        any_pair.pair("CHN", "XYZ")
    with pytest.raises(KeyError, match="two economies"):
        any_pair.pair("CHN", "CHN")
