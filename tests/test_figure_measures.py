"""Each measure that a figure states is in the code that draws it.

The code is followed from the cell through views, through the methods of a course of values, and through the derivation of
the tables that are loaded. Where a number is told by a formula, so that its card can show it, the formula says the measure.
"""

import ast
import re
from functools import lru_cache

import pytest

from conftest import CHAPTERS, ROOT, notebook
from partnership import charts, measures


class Scope:
    """Names of a module or of the cells of a chapter: what each is bound to, and what it was imported from."""

    def __init__(self):
        self.bound, self.imported = {}, {}

    def read(self, tree):
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                self.imported |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}
        for node in statements(tree.body):
            grown = getattr(getattr(node, "value", None), "func", None)
            if isinstance(grown, ast.Attribute) and grown.attr in ("append", "extend", "update"):
                self.more(dotted_name(grown.value), node)
            for target in [node, *getattr(node, "targets", []), getattr(node, "target", None)]:
                if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):  # one more part of a whole
                    self.more(target.value.id, node)
                for name in names_of(target):
                    if name in read_by(node):  # made from what the name held before
                        self.more(name, node)
                    else:
                        self.bound[name] = node
        return self

    def more(self, name, node):
        """A name holds what some code adds to it as well."""
        before = self.bound.get(name)
        self.bound[name] = ast.Module(body=[part for part in (before, node) if part], type_ignores=[])


def statements(body):
    """Statements and those within loops and branches, in their order; functions and classes stay whole."""
    for node in body:
        yield node
        if isinstance(node, (ast.For, ast.If, ast.With)):
            yield from statements([*node.body, *getattr(node, "orelse", [])])


def read_by(node):
    """Names that the value of an assignment reads."""
    value = getattr(node, "value", None)
    return {part.id for part in ast.walk(value) if isinstance(part, ast.Name)} if value else set()


def names_of(target):
    if isinstance(target, (ast.FunctionDef, ast.ClassDef)):
        return [target.name]
    return (
        [target.id] if isinstance(target, ast.Name) else [n for e in getattr(target, "elts", []) for n in names_of(e)]
    )


@lru_cache
def module(name):
    """The scope of a module of the package, or None."""
    path = ROOT.joinpath(*name.split("."))
    file = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"
    return Scope().read(ast.parse(file.read_text("utf-8"))) if file.exists() else None


PRICE = r"\b(sum\(a\) / sum\(b\)|a / b|\(a - e\) / \(b - f\))"
FORMULAS = {
    "unit_value": re.compile(PRICE),
    "discount": re.compile(PRICE + r".* / mean\(c\) - 1\)"),
    "partner_share": re.compile(r"^100 \* a / b$"),
    "hhi": re.compile(r"\bhhi\("),
    "export_similarity": re.compile(r"\bsimilarity\("),
}
"""How a formula says a measure: ``a`` is a value, ``b`` a volume or a whole, ``c`` the price that it is held against."""
NEEDS = {
    "unit_value": {"value", "volume"},
    "discount": {"value", "volume"},
    "partner_share": {"partnership.trade.bilateral", "partnership.trade.totals"},
}
"""What the code must name besides: a price needs a value and a volume, a share a flow and all trade."""


def words_of(node):
    """A string, with 1 for what is filled in; "" if a node is none."""
    if isinstance(node, ast.JoinedStr):
        return "".join(words_of(part) if isinstance(part, ast.Constant) else "1" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def told(texts):
    """Measures that formulas say, among the strings and the imported names of some code."""
    said = {name for name, form in FORMULAS.items() if any(form.search(text) for text in texts)}
    return {name for name in said if NEEDS.get(name, set()) <= texts}


def reached(scope, node):
    """Functions of partnership.measures that some code leads to."""
    seen, found, texts, todo = set(), set(), set(), [(scope, node)]
    courses = {part.name: part for part in module("partnership.series").bound["Series"].body if hasattr(part, "name")}

    def follow(dotted):
        texts.add(dotted)
        parts = dotted.split(".")
        if parts[:2] == ["partnership", "formula"]:  # what a formula may call; what it does call its text says
            return None
        if parts[:2] == ["partnership", "measures"]:
            found.update(parts[2:3])
        for length in range(len(parts) - 1, 0, -1):
            home = module(".".join(parts[:length]))
            if home and parts[length] in home.bound:
                return todo.append((home, home.bound[parts[length]]))
            if home and parts[length] in home.imported:
                return follow(".".join([home.imported[parts[length]], *parts[length + 1 :]]))

    while todo:
        scope, node = todo.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        for part in ast.walk(node):
            texts.add(words_of(part))
            if isinstance(part, ast.Call) and dotted_name(part.func) == "data.load" and words_of(part.args[0]):
                table = module(f"refresh.derive.{words_of(part.args[0]).replace('-', '_')}")
                todo += [(table, made) for made in table.bound.values()] if table else []
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Call) and part.attr in courses:
                todo.append((module("partnership.series"), courses[part.attr]))
            chain = dotted_name(part)
            root, _, rest = chain.partition(".")
            if root in scope.imported:
                follow(f"{scope.imported[root]}.{rest}".rstrip("."))
            elif root in scope.bound:
                found.update({root} if scope is module("partnership.measures") else ())
                todo.append((scope, scope.bound[root]))
            if isinstance(part, ast.Import) and part.names[0].name == "partnership.recompute":  # it registers functions
                for file in (ROOT / "partnership" / "recompute").glob("*.py"):
                    home = module(f"partnership.recompute.{file.stem}")
                    todo += [(home, bound) for bound in home.bound.values()] if home else []
    return (found | told(texts)) & set(measures.TERMS)


def dotted_name(node):
    if isinstance(node, ast.Attribute):
        base = dotted_name(node.value)
        return f"{base}.{node.attr}" if base else ""
    return node.id if isinstance(node, ast.Name) else ""


def drawn():
    """Every figure's name and the measures that it states."""
    for path in CHAPTERS:
        for cell in notebook(path).cells:
            for spec in specs(cell):
                meta = spec["usermeta"]["figure"]
                yield pytest.param(meta["name"], meta.get("measures", []), id=meta["name"])


def specs(cell):
    return [output["data"][charts.MIME] for output in cell.get("outputs", []) if charts.MIME in output.get("data", {})]


@pytest.fixture(scope="module")
def found():
    """What the picture of each figure, not its words, leads to."""
    leads = {}
    for path in CHAPTERS:
        scope = Scope()
        for cell in notebook(path).cells:
            if cell.cell_type != "code":
                continue
            tree = ast.parse(cell.source)
            scope.read(tree)
            for spec in specs(cell):
                (call,) = (
                    n for n in ast.walk(tree) if isinstance(n, ast.Call) and dotted_name(n.func) == "charts.figure"
                )
                leads[spec["usermeta"]["figure"]["name"]] = reached(scope, call.args[0])
    return leads


@pytest.mark.parametrize(("name", "stated"), drawn())
def test_each_stated_measure_is_in_the_code_of_the_picture(name, stated, found):
    assert set(stated) <= found[name]


def test_a_picture_of_published_values_leads_to_no_measure(found):
    """The walk tells apart: it would prove nothing if every picture led to every measure."""
    assert found["un-positions"] == found["exercises-by-year"] == found["settlement-currencies"] == set()
    assert found["mirror-gap"] == {"mirror_gap"} and found["crude-price-at-the-border"] == {"unit_value"}
