"""Numbers in sentences: none typed, each bound, each used."""

import ast
from dataclasses import replace
from functools import partial

import pandas as pd
import pytest

from checks import code_numbers, words
from conftest import CHAPTERS, ROOT, notebook
from partnership import data, prose
from publish.run import number_texts

WORDS = {"title", "note", "unit", "alt_text"}


def markdown(path):
    return [(cell.id, cell.source) for cell in notebook(path).cells if cell.cell_type == "markdown"]


def strings(path):
    """Titles, notes and other words of the code cells."""
    trees = [ast.parse(cell.source) for cell in notebook(path).cells if cell.cell_type == "code"]
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [node.value for node in nodes if isinstance(node.value, str)]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_no_sentence_types_a_figure(path):
    typed = [
        f"{path.name}, {cell}: {figure!r}" for cell, text in markdown(path) for figure in words.typed_figures(text)
    ]
    assert not typed, "typed figures, bind them with prose.say:\n" + "\n".join(typed)


def test_a_number_in_code_type_is_a_code_or_a_parameter():
    pages = {path.stem: "\n".join([text for _, text in markdown(path)] + strings(path)) for path in CHAPTERS}
    pages |= {path.stem: path.read_text("utf-8") for path in (ROOT / "chapters").glob("*.md")}
    found = {(name, words) for name, text in pages.items() for words in code_numbers.numbers(text)}
    assert found - code_numbers.allowed() == set(), (
        "make them rows of data/press-figures.csv, or say why they need none"
    )
    assert code_numbers.allowed() - found == set(), "allowed, but no longer there"


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_no_title_or_note_of_a_figure_types_a_figure(path):
    typed = []
    for cell in notebook(path).cells:
        if cell.cell_type != "code":
            continue
        for call in ast.walk(ast.parse(cell.source)):
            if isinstance(call, ast.keyword) and call.arg in WORDS:
                keys = {
                    id(key)
                    for part in ast.walk(call.value)
                    if isinstance(part, ast.Subscript)
                    for key in ast.walk(part.slice)
                }
                for part in ast.walk(call.value):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in keys:
                        typed += [f"{path.name}, {cell.id}: {figure!r}" for figure in words.typed_figures(part.value)]
    assert not typed, "typed figures in figure texts, compute them:\n" + "\n".join(typed)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_numbers_are_current_declared_and_used(path):
    declared = number_texts(notebook(path))
    found = [(match["name"], match["text"]) for _, text in markdown(path) for match in prose.LINK.finditer(text)]
    stale = [f"{name} reads {text}" for name, text in found if declared.get(name, "").replace("$", r"\$") != text]
    assert not stale, f"{path.name}: not what the cells say (make run): {stale}"
    unused = sorted(set(declared) - {name for name, _ in found})
    assert not unused, f"{path.name}: declared and never used: {unused}"


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Trade was $202.21 billion.", ["$202.21 billion"]),
        ("a rise of 2.8 %", ["2.8 %"]),
        ("forty per cent of it", ["forty per cent"]),
        ("19,535 sanctions", ["19,535"]),
        ("On 16 May 2024, from 2020 to 2023 and in 2023/24", []),
        ("HS 27, the G20, Tier C, resolution 68/262, VVER-1200", []),
        ("[\\$244.8 billion](#n-total) and `load('x', 3)`", []),
        ("see [10](https://example.org/10)", []),
        ("```\n5 ships\n\n6 ships\n```\n7 ships", ["7"]),
        (":::{figure} 12\n8 ships\n:::", ["8"]),
        ("Resolution 68/262 and Power of Siberia 2, but Power of Siberia 3", ["3"]),
        ("1. first\n 2. second", []),
        ("Sixteen per cent, one million tonnes and two thousand", ["Sixteen per cent", "one million", "two thousand"]),
        ("They sold 2020 tonnes in 2020.", ["2020"]),
    ],
)
def test_typed_figures_are_found_and_names_are_not(text, typed):
    assert words.typed_figures(text) == typed


@pytest.mark.parametrize(
    ("said", "value", "text", "unit"),
    [
        (prose.dollars, 244810.0, "$244.8 billion", "USD million"),
        (prose.dollars, -1250.0, "−$1.3 billion", "USD million"),
        (partial(prose.dollars, digits=0), 0.0, "$0 billion", "USD million"),
        (prose.dollars, -400.0, "−$0.4 billion", "USD million"),
        (prose.dollars, -0.5, "$0.0 billion", "USD million"),
        (partial(prose.dollars, unit="USD million a year"), 1000.0, "$1.0 billion", "USD million a year"),
        (prose.yuan, 1741000.0, "1,741 billion yuan", "CNY million"),
        (partial(prose.yuan, digits=1), 1741500.0, "1,741.5 billion yuan", "CNY million"),
        (prose.percent, 30.55, "30.6 %", "per cent"),
        (prose.share, 0.306, "30.6 %", "per cent"),
        (partial(prose.share, digits=0), 0.306, "31 %", "per cent"),
        (prose.points, -2.36, "−2.4 points", "percentage points"),
        (prose.times, 8.8, "8.8 times", "ratio"),
        (partial(prose.times, digits=0), 8.8, "9 times", "ratio"),
        (prose.count, 19535.0, "19,535", "count"),
        (partial(prose.plain, unit="Mt", after="million tonnes"), 83.44, "83.4 million tonnes", "Mt"),
        (prose.plain, 83.44, "83.4", ""),
        (lambda cell: prose.words(cell, "the year 2035", "year"), 2035.0, "the year 2035", "year"),
    ],
)
def test_a_number_reads_as_its_unit_is_told(said, value, text, unit):
    number = said(rows(value=[value]))
    assert (number.text, number.unit, number.tables) == (text, unit, ["bilateral-trade"])


def test_a_share_from_a_formula_is_told_in_per_cent():
    half, whole = loaded("bilateral-trade").iloc[[0]], loaded("bilateral-trade").iloc[[1]]
    part, total = (float(row["value"].iloc[0]) for row in (half, whole))
    number = prose.share("a / b", a=half, b=whole)
    assert (number.formula, number.value) == ("100 * (a / b)", pytest.approx(100 * part / total))
    alone = prose.share(half, note="a share already")
    assert (alone.formula, alone.value) == ("100 * (a)", pytest.approx(100 * part))
    assert alone.note == "a share already"


def loaded(table):
    frame = data.load(table)
    return frame[frame["value"].notna()]


def test_a_value_in_place_of_its_rows_is_refused():
    with pytest.raises(TypeError, match=r"^a: 30\.6 is no rows of a table; bind the rows that it comes from$"):
        prose.percent(30.6)
    with pytest.raises(TypeError, match="takes 1 positional argument but 2 were given"):
        prose.dollars("sum(a)", rows())
    with pytest.raises(
        ValueError, match=r'"a" gives array\(.*\), not a number; name one row or a function such as sum'
    ):
        prose.dollars(loaded("bilateral-trade").head(2))


def test_a_number_of_numbers_knows_the_ground_of_all():
    def one(period, reporter, table, **options):
        number = prose.words(rows(period=[period], reporter=[reporter], value=[2.0], **options), "2", "x")
        return replace(number, tables=[table], error=0.5)

    first = one("2023", "RUS", "b", tier=["B"], published=["2024-02"], source_id=["z"])
    second = one("2024", "CHN", "a")
    made = prose.compute("a * b", "x", str, a=first, b=second)
    assert (made.value, made.error, made.text) == (4, 2, "4.0")
    assert (made.period, made.reporter, made.tables) == ("2023; 2024", "CHN, RUS", ["a", "b"])
    assert (made.sources, made.tier, made.published, made.last) == (["a", "z"], "C", "2025", "2024-12-31")
    assert made.like == {"reporter": ["CHN", "RUS"], "frequency": ["A"]}
    with pytest.raises(ValueError, match="^b: the number 2 has no formula of its own"):
        prose.compute("a * b", "x", str, a=first, b=replace(second, formula=""))


def test_the_least_and_the_greatest_of_several_are_paired_until_one_is_left():
    rows = loaded("oil-price")
    first, second, third = (prose.dollars(rows.iloc[[place]]) for place in range(3))
    values = [each.value for each in (first, second, third)]
    found = prose.least(prose.dollars, first, second, third)
    assert found.formula == "least(least(a, b), c)" and found.value == min(values)
    largest = prose.greatest(prose.dollars, first, second, third, digits=3)
    assert largest.value == max(values) and len(largest.text.split(".")[1].split()[0]) == 3
    gap = prose.greatest(prose.dollars, (first, second), (second, third), (third, first))
    assert gap.formula == "greatest(greatest(a - b, c - d), e - f)" and gap.value > 0


def period(frame):
    return prose.provenance([frame])["period"]


def test_a_period_is_one_or_first_and_last_of_each_kind():
    several = rows().loc[[2, 2, 2]].assign(period=["2024", "2022", None])
    assert period(several) == "2022 – 2024"
    assert period(several.assign(frequency="YTD")) == "January to 2022; January to 2024"
    assert period(several.assign(period=["2024", "2024-01", "2024-12"])) == "2024; 2024-01; 2024-12"
    runs = rows().loc[[2, 2, 2, 2]].assign(period=["2025-01", "2025-02", "2026-01", "2026-02"], frequency="M")
    assert period(runs) == "2025-01 – 2025-02; 2026-01 – 2026-02"
    assert period(runs.iloc[:3]) == "2025-01 – 2026-01", "runs of one length alone are compared with each other"
    assert period(several.assign(frequency=["YTD", "A", "A"])) == "2022; January to 2024"
    assert period(rows(period=[None])) == ""
    decade = prose.provenance([rows(period=[None], span=["2010-2019"])])
    assert (decade["period"], decade["last"]) == ("2010–2019", "2019-12-31")


def test_many_rows_tell_what_few_do():
    few = prose.together(rows(), rows(who=["Bank"], status=["reported"]), rows(reporter=["RUS"], status=["estimated"]))
    assert prose.provenance([pd.concat([few] * 400)]) == prose.provenance([few])
    assert prose.provenance([few])["reporter"] == "Bank, CHN"


def test_rows_of_several_tables_keep_their_lines_where_all_have_them():
    first, second = loaded("bilateral-trade").head(1), loaded("trade-totals").head(1)
    both = prose.together(first, second)
    assert both.index.name == "row" and both["_table"].tolist() == ["bilateral-trade", "trade-totals"]
    again = prose.together(both, loaded("oil-price").head(1))
    assert again["_table"].tolist() == ["bilateral-trade", "trade-totals", "oil-price"]
    assert again.attrs["table"] == ["bilateral-trade", "oil-price", "trade-totals"]
    assert prose.together(first, second.reset_index(drop=True)).index.name is None


def test_a_day_is_told_as_its_month():
    assert prose.month("2026-05-17") == "May 2026" and prose.month("2026-12") == "December 2026"


def test_data_reach_to_their_latest_month():
    brent = loaded("oil-price")
    told = prose.data_to(data.select(brent, frequency="M"))
    assert told.text == prose.month(max(data.select(brent, frequency="M")["period"]))
    yearly = data.select(brent, frequency="A")
    assert prose.data_to(yearly).text == max(yearly["period"])


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.5, 0, "1"),
        (-0.5, 0, "−1"),
        (-0.4, 0, "0"),
        (2.675, 2, "2.68"),
        (1234567.0, 0, "1,234,567"),
        (1e-7, 2, "0.00"),
    ],
)
def test_halves_are_rounded_away_from_zero(value, digits, text):
    assert prose.fixed(value, digits) == text


@pytest.mark.parametrize(("value", "text"), [(10.0, "10"), (0.5, "0.5"), (1.25, "1.25"), (100.10, "100.1"), (0.0, "0")])
def test_the_shortest_form_drops_zeros_behind_the_point_only(value, text):
    assert prose.shortest(value) == text


def test_a_number_in_a_sentence_is_at_most_a_line_of_a_phone():
    fits = prose.words(rows(), "x" * prose.LONGEST, "year")
    assert prose.say(total_2024=fits).numbers == {"total-2024": fits}
    with pytest.raises(ValueError, match="^long: a number reads in at most 40 characters"):
        prose.say(long=prose.words(rows(), "x" * (prose.LONGEST + 1), "year"))


def test_the_output_of_a_cell_holds_records_and_reads_as_text():
    said = prose.say(total=prose.count(rows(value=[3.0])), other_one=prose.count(rows(value=[4.0])))
    bundle = said._repr_mimebundle_()
    assert bundle["text/plain"] == "2 numbers, each bound to its rows: total, other-one"
    assert bundle[prose.MIME]["total"]["text"] == "3" and bundle[prose.MIME]["other-one"]["value"] == 4


def test_a_statement_keeps_the_capital_of_its_sentence():
    held = {"up": "rose $2"}
    assert prose.fill("[Was](#s-up) it? It [was](#s-up).", {}, held) == "[Rose \\$2](#s-up) it? It [rose \\$2](#s-up)."
    for known in (None, {}):
        with pytest.raises(KeyError, match="no cell holds a statement named up"):
            prose.fill("[?](#s-up)", {}, known)


def rows(**changes):
    frame = pd.DataFrame(
        {
            "period": ["2024"],
            "frequency": ["A"],
            "reporter": ["CHN"],
            "source_id": ["a"],
            "tier": ["C"],
            "published": ["2025"],
            "value": [1.0],
        }
        | changes
    )
    frame.index = pd.RangeIndex(2, 2 + len(frame), name="row")
    frame.attrs["table"] = "bilateral-trade"
    return frame


def test_a_number_knows_its_rows():
    number = prose.dollars(rows(value=[244810.0]), digits=2)
    assert (number.text, number.value, number.period, number.reporter) == ("$244.81 billion", 244810.0, "2024", "CHN")
    assert (number.tables, number.sources, number.tier, number.published) == (["bilateral-trade"], ["a"], "C", "2025")
    assert number.operands == {"a": [{"table": "bilateral-trade", "column": "value", "rows": "2"}]}


def test_a_number_names_who_counted_it_before_whose_trade_it_is():
    both = rows(counter=["Gaidar Institute"])
    assert prose.percent(both).reporter == "Gaidar Institute"
    mixed = prose.together(both, rows())
    assert prose.percent("sum(a)", a=mixed).reporter == "CHN, Gaidar Institute"
    assert prose.percent(rows().drop(columns="reporter")).reporter == ""


def test_a_number_of_a_year_to_date_says_from_january():
    assert period(rows(period=["2024-10"], frequency=["YTD"])) == "January to 2024-10"
    assert period(rows(period=["2024-10"], frequency=["R12"])) == "twelve months to 2024-10"
    assert period(rows(period=["2024"], frequency=["5Y"])) == "five years to 2024"


def test_a_number_without_rows_or_source_or_value_is_refused():
    with pytest.raises(ValueError, match="no rows behind"):
        prose.count(rows().head(0))
    with pytest.raises(ValueError, match="a row without source_id"):
        prose.count(rows(source_id=[None]))
    with pytest.raises(ValueError, match="a: the value is missing in row 2"):
        prose.count(rows(value=[float("nan")]))


def test_an_unbound_number_cannot_be_said():
    with pytest.raises(TypeError, match="total is not bound to rows"):
        prose.say(total=244.8)


def test_a_sentence_that_names_an_unknown_number_is_an_error():
    with pytest.raises(KeyError, match="no cell says a number named totl"):
        prose.fill("[?](#n-totl)", {"total": "1"})


def test_rows_of_several_tables_carry_all_their_names():
    other = rows()
    other.attrs["table"] = "trade-totals"
    assert prose.share("sum(a)", a=prose.together(rows(), other)).tables == ["bilateral-trade", "trade-totals"]


def test_every_number_of_the_book_points_to_known_tables_and_sources():
    known, tables = set(data.sources().index), set(data.tables())
    for path in CHAPTERS:
        for cell in notebook(path).cells:
            for output in cell.get("outputs", []):
                for name, number in output.get("data", {}).get(prose.MIME, {}).items():
                    assert set(number["sources"]) <= known, (path.name, name)
                    assert number["tables"] and set(number["tables"]) <= tables, (path.name, name, number["tables"])


def test_of_several_periods_the_first_and_the_last_are_told():
    brent = data.select(data.load("oil-price"), frequency="M", period=["2024-10", "2024-11", "2024-12"])
    found = prose.plain("sum(a)", unit="USD a barrel", a=brent)
    assert found.period == "2024-10 – 2024-12"
    assert prose.data_to(brent).text == "December 2024"


def test_a_fall_is_told_as_its_size_and_growth_from_one_sum_to_another():
    flows = data.best_of("bilateral-trade", reporter="CHN", currency="USD", direction="one-way", frequency="A")
    before, after = (data.select(flows, period=year) for year in ("2014", "2015"))
    fall = prose.growth(before, after)
    assert fall.value == pytest.approx(100 * (after["value"].sum() / before["value"].sum() - 1))
    assert fall.text.startswith("−") and prose.size(fall).text == fall.text.removeprefix("−")
    lost = prose.dollars("sum(b) - sum(a)", a=before, b=after)
    assert prose.size(lost, prose.dollars, digits=0).value == pytest.approx(-lost.value)
    numbers = [prose.dollars("sum(a)", a=rows) for rows in (before, after)]
    assert prose.growth(*numbers).value == pytest.approx(fall.value)
