"""Dependence of any two economies: the same measures for other pairs, and the chapter's own cells with other codes."""

import ast

import pandas as pd
import pytest

from conftest import ROOT, notebook
from partnership import charts, data, measures, prose, show
from partnership.views import any_pair

OTHERS = [("USA", "MEX"), ("DEU", "POL"), ("RUS", "KAZ"), ("IND", "CHN"), ("CHN", "TJK")]


def flow(matrix, exporter, importer):
    return float(data.select(matrix, exporter=exporter, importer=importer)["value"].sum())


def outputs(a, b):
    """What the cells that follow a pair show, two names changed as a reader would."""
    names, shown, on = {}, [], False
    for cell in notebook(ROOT / "chapters" / "dependency.ipynb").cells:
        if cell.cell_type == "markdown" and "## What the article says" in cell.source:
            return shown
        if cell.cell_type == "code":
            on = on or "any_pair.pair(" in cell.source
            imports = cell.source.startswith("import altair")
            about_two = any(word in cell.source for word in ("prose.say(", "prose.holds(", "ratio_of("))
            if not imports and (about_two or not on):
                continue
            tree = ast.parse(cell.source.replace('any_pair.pair("China", "Russia")', f'any_pair.pair("{a}", "{b}")'))
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, "cell", "exec"), names)
            if last and not imports:
                shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names))
    raise AssertionError("the chapter has no section on the article")


@pytest.mark.parametrize("a, b", [("USA", "Mexico"), ("Russia", "KAZ"), ("China", "TJK")])
def test_chapter_shows_another_pair_when_its_names_are_changed(a, b):
    profile, *figures = outputs(a, b)
    first, second = any_pair.pair(a, b).names
    assert f"{first} and {second}" in profile.caption
    assert list(profile.frame.columns[1:5]) == ["1995", "2005", "2015", "2023"]
    *drawn, industries = figures
    assert len(drawn) == 1
    assert all(isinstance(item, charts.Figure) for item in drawn)
    assert all(first in item.title + item.alt_text or second in item.title + item.alt_text for item in drawn)
    codes = {any_pair.code(a), any_pair.code(b)}
    covered = codes & {"CHN", "RUS"} and codes <= any_pair.economies()
    assert isinstance(industries, charts.Figure if covered else show.Table)
    for other in {"CHN", "RUS"} - codes:
        assert not any(charts.country(other) in item.title + item.alt_text for item in drawn)


def test_a_figure_of_another_pair_tells_what_it_shows():
    """Of Germany’s industries the table of inputs has nothing; only China and Russia have customs of their own here."""
    _, ratios, inputs = outputs("China", "Germany")
    assert inputs.title == "Germany as a supplier of inputs to China’s industries, 2022"
    told = inputs.spec["usermeta"]["figure"]
    assert "each way" not in told["note"]
    assert told["unit"].startswith("Germany’s share of the inputs that China imported")
    told = ratios.spec["usermeta"]["figure"]
    assert "customs" not in told["unit"] + told["note"] and "Line of output" in told["note"] and not told.get("more")
    _, ratios, _ = outputs("Germany", "Poland")
    told = ratios.spec["usermeta"]["figure"]
    assert "Line" not in told["note"] and "the totals of Poland come out too low" in told["more"]


def measured(**given):
    """What the cell behind the parameters shows, with values put between the two as papermill puts them."""
    cells = [cell for cell in notebook(ROOT / "chapters" / "dependency.ipynb").cells if cell.cell_type == "code"]
    (at,) = [number for number, cell in enumerate(cells) if "parameters" in cell.metadata.get("tags", [])]
    for line in ast.parse(cells[at].source).body:  # papermill reads no other form
        assert isinstance(line, ast.Assign) and isinstance(ast.literal_eval(line.value), str)
    names = {"any_pair": any_pair}
    exec(cells[at].source, names)
    assert given.keys() <= names.keys()
    return eval(cells[at + 1].source, names | given)


def test_a_notebook_takes_its_pair_from_a_cell_of_parameters():
    assert "Germany and Poland" in measured().caption
    assert "India and Brazil" in measured(first="India", second="BRA").caption


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
    assert [round(row[name], 4) for name in ("hhi_low", "hhi_high")] == [0.0357, 0.0956]


def test_the_most_of_the_index_gives_what_is_hidden_to_the_largest_partner():
    """The rest of a continent is nobody that is named; an undisclosed buyer may be the largest one."""
    rows = pd.DataFrame({"importer": ["NLD", "CHN", "XUN", "XQE"], "value": [40.0, 30.0, 20.0, 10.0]})
    assert any_pair._most(rows["importer"].to_numpy(), rows["value"].to_numpy()) == pytest.approx(0.36 + 0.09 + 0.01)


@pytest.mark.parametrize("a, b", [("CHN", "RUS"), ("DEU", "POL")])
def test_the_least_of_the_index_is_not_above_the_most(a, b):
    """In 0.1.0 the index of the named partners alone was taken, which for small rests lies above what is possible."""
    rows = any_pair.pair(a, b).standing
    assert len(rows) and (rows["hhi_low"] <= rows["hhi_high"] + 1e-12).all()
    one = rows[(rows["country"] == "CHN") & (rows["year"] == 2025) & (rows["basis"] == any_pair.OWN)]
    assert one.empty or one.set_index("flow")[["hhi_low", "hhi_high"]].round(4).to_numpy().tolist() == [
        [0.0373, 0.0373],
        [0.0397, 0.0398],
    ]


def test_index_of_a_sentence_is_that_of_the_table():
    rows = any_pair.standing("RUS", "CHN").set_index(["flow", "year", "basis"])
    row = rows.loc[("exports", 2015, any_pair.OWN)]
    assert any_pair.index("RUS", "exports", "2015").value == pytest.approx(row["hhi_low"])
    assert any_pair.index("RUS", "exports", "2015", spread_thin=False).value == pytest.approx(row["hhi_high"])


def test_percentile_of_a_sentence_is_that_of_the_table():
    two = any_pair.pair("CHN", "RUS")
    assert any_pair.percentile(two, "2023").value == pytest.approx(100 * two.at("2023")["less_lopsided"])
    given = {name: part for name, part in any_pair.operands("RUS", "CHN", "2023").items() if name != "m"}
    found = prose.plain("intensity(e, i, v, x, y)", unit="ratio", **given)
    assert found.value == pytest.approx(two.at("2023")["intensity"])


def test_china_and_russia_in_2023_as_cepii_has_them():
    """110.01 and 129.00 billion dollars, as by product; Russia's totals are too low, so its shares are too high."""
    matrix, row = any_pair.worlds()["2023"][0], any_pair.pair("CHN", "RUS").at("2023")
    assert [round(flow(matrix, *way) / 1000, 2) for way in (("CHN", "RUS"), ("RUS", "CHN"))] == [110.01, 129.00]
    assert round(row["intensity"], 2) == 3.38


def test_estimates_and_chinas_returning_goods_stay_out():
    russia, china = any_pair.standing("RUS", "CHN"), any_pair.standing("CHN", "RUS")
    assert russia[russia["basis"] == any_pair.OWN]["year"].max() == 2021
    row = china[(china["basis"] == any_pair.OWN) & (china["year"] == 2024) & (china["flow"] == "imports")].iloc[0]
    assert round(row["hhi_low"], 4) == 0.0401
    assert row["rank"] == 6


def test_one_edition_of_output_to_its_end_then_the_next():
    ratios = any_pair.pair("CHN", "RUS").ratios
    late = ratios[(ratios["what"] == "output") & (ratios["year"] >= 2023)].set_index("year")
    assert late["ratio"].round(2).to_dict() == {2023: 8.80, 2024: 8.64, 2025: 7.58}
    assert late["basis"].tolist() == ["World Bank to 2023", "World Bank 2026", "IMF 2026"]


def test_ratio_of_trade_in_2025_is_share_over_share():
    """163.62 of 504.1 billion dollars, over 1,173.4 of 33,610 billion yuan."""
    found = any_pair.customs_ratio().set_index("year")["ratio"]
    assert found[2025] == pytest.approx((163.62 / 504.1) / (1173.4095 / 33610), rel=1e-4)
    assert any_pair.pair("RUS", "CHN").ratios.set_index(["what", "year"])["ratio"]["trade", 2025] == pytest.approx(
        1 / found[2025]
    )


def test_electronics_from_china_are_57_per_cent_of_russias_imported_ones():
    inputs = any_pair.pair("CHN", "RUS").suppliers.set_index(["supplier", "sector"])
    assert round(100 * inputs.at[("CHN", "C26"), "share"]) == 57
    assert inputs.at[("CHN", "C26"), "rank"] == 1


def test_names_are_taken_as_well_as_codes():
    assert any_pair.pair("germany", "POL") is any_pair.pair("germany", "POL")
    assert any_pair.code("South Korea") == any_pair.code("kor") == "KOR"
    assert "DEU Germany" in any_pair.choice().frame.to_numpy().ravel()


def test_every_economy_offered_has_a_name_and_trade():
    matrix = any_pair.worlds()["2015"][0]
    traders = set(matrix["exporter"]) | set(matrix["importer"])
    assert set(any_pair.offered().values()) <= traders
    assert len(any_pair.offered()) > 200


def test_an_economy_that_is_not_known_is_refused_and_near_names_are_told():
    with pytest.raises(KeyError, match='"XYZ" is not in the world trade matrix'):
        any_pair.pair("CHN", "XYZ")
    with pytest.raises(KeyError, match="near it: germany"):
        any_pair.pair("Germny", "CHN")
    with pytest.raises(KeyError, match="two economies"):
        any_pair.pair("CHN", "China")


def test_economies_apart_share_no_row_and_everyone_else_trades_with_many_of_them():
    rows, apart = any_pair.worlds()["2023"][0], any_pair.apart("2023")
    assert len(apart) == 76 and {"RUS", "KOR", "POL", "VNM", "BLR"} <= set(apart)
    assert any_pair.among("2023", apart).empty
    partners = pd.concat([rows, rows.rename(columns={"exporter": "importer", "importer": "exporter"})])
    met = partners[partners["importer"].isin(apart)].groupby("exporter")["importer"].nunique()
    others = set(rows["exporter"]) - set(apart)
    assert met[list(others)].min() > 20, "one more economy could stand apart: the set is not of this table alone"


def test_the_description_of_the_table_tells_what_it_lacks():
    apart, told = any_pair.apart("2023"), " ".join(data.resource("world-trade-baci")["description"].split())
    before = any_pair.among("2015", apart)["value"].sum() / 1000
    assert f"any two of {len(apart)} economies" in told and f"worth {before:.0f} billion dollars to each other" in told


@pytest.mark.parametrize("more, expected", [([], "XYZ"), ([("X", "Z")], "YZ"), ([("X", "Z"), ("Y", "Z")], "XY")])
def test_a_single_row_between_two_breaks_what_stands_apart(monkeypatch, more, expected):
    flows = [("A", "B"), ("A", "C"), ("B", "C"), *((out, own) for out in "XYZ" for own in "ABC"), *more]
    rows = pd.DataFrame(flows, columns=["exporter", "importer"]).assign(value=1.0)
    monkeypatch.setattr(any_pair, "pairs_of", lambda world: measures.all_pairs(rows))
    assert any_pair.apart.__wrapped__("2023") == tuple(expected)


def test_no_function_takes_output_without_regard_to_the_vintage():
    """No chart can join two vintages: where the package loads output, it tells the sources apart."""
    taken = []
    for file in (ROOT / "partnership").rglob("*.py"):
        text = file.read_text("utf-8")
        for part in ast.walk(ast.parse(text)) if 'load("gdp"' in text else ():
            if isinstance(part, ast.FunctionDef) and 'load("gdp"' in (body := ast.get_source_segment(text, part)):
                taken.append(f"{file.name}: {part.name}")
                assert "source_id" in body, f"{taken[-1]} takes output of any vintage"
    assert taken
