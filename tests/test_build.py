"""What must fail a build: a chart without words, a number nobody says, a page that loads from elsewhere."""

import subprocess
import sys

import nbformat
import pytest
from conftest import ROOT
from nbformat import v4

from partnership import charts, prose
from partnership.site.policy import loads_from_elsewhere, policy
from partnership.site.weight import defer_scripts, subset_icons

CONF = "extensions = ['myst_nb', 'partnership.site']\nnb_execution_mode = 'off'\nhtml_math_renderer = 'mathml'\n"


def build(folder, cells):
    (folder / "conf.py").write_text(CONF)
    notebook = v4.new_notebook(
        cells=[v4.new_markdown_cell("# A page"), *cells], metadata={"language_info": {"name": "python"}}
    )
    nbformat.write(notebook, folder / "index.ipynb")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", folder, folder / "out"]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT)


def code(mime, content):
    return v4.new_code_cell("shown", outputs=[v4.new_output("display_data", data={mime: content, "text/plain": "…"})])


def chart(**changes):
    spec = {
        "data": {"values": [{"x": 1}]},
        "mark": "point",
        "encoding": {"x": {"field": "x", "type": "quantitative"}},
        "description": "One point at 1.",
        "usermeta": {
            "figure": {
                "name": "point",
                "title": "A point",
                "unit": "",
                "note": "",
                "narrow": {"width": 340},
                "sources": {"imf-dots-2023": 1},
                "tables": ["bilateral-trade"],
            }
        },
    }
    return code(charts.MIME, spec | changes)


def test_a_complete_chart_builds(tmp_path):
    result = build(tmp_path, [chart()])
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "out" / "index.html").read_text()
    assert '<figure class="pm-figure" id="fig-point">' in page
    assert page.count("<svg") == 2


@pytest.mark.parametrize("change", [{"description": ""}, {"usermeta": {}}])
def test_a_chart_without_words_fails_the_build(tmp_path, change):
    result = build(tmp_path, [chart(**change)])
    assert result.returncode != 0
    assert "chart has no name or no text alternative" in result.stderr


SAID = {
    "total": {
        "text": "$1 billion",
        "value": 1000,
        "unit": "USD million",
        "period": "2024",
        "reporter": "CHN",
        "tables": ["bilateral-trade"],
        "sources": ["imf-dots-2023"],
        "tier": "B",
        "published": "2023",
        "note": "",
    }
}


def test_a_number_by_name_leads_to_its_note(tmp_path):
    result = build(tmp_path, [v4.new_markdown_cell(r"It was [\$1 billion](#n-total)."), code(prose.MIME, SAID)])
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "out" / "index.html").read_text()
    assert '<data class="pm-number" value="1000"><a href="#number-total"' in page
    assert '<tr id="number-total">' in page


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("It was [?](#n-totl).", "no cell says a number named totl"),
        ("It was [2 billion](#n-total).", "the number total reads 2 billion, its cell says $1 billion: make run"),
    ],
)
def test_a_wrong_number_fails_the_build(tmp_path, sentence, message):
    result = build(tmp_path, [v4.new_markdown_cell(sentence), code(prose.MIME, SAID)])
    assert result.returncode != 0
    assert message in result.stderr


def test_a_page_that_loads_from_elsewhere_is_found():
    page = '<script src="https://cdn.example/x.js"></script><img src="//pics.example/a.png"><a href="https://example.org">read</a>'
    assert loads_from_elsewhere(page) == ["https://cdn.example/x.js", "//pics.example/a.png"]
    assert loads_from_elsewhere('<link rel="canonical" href="https://book.example/a.html">') == []


def test_the_policy_names_inline_scripts_by_hash_and_never_eval():
    text = policy('<script>let a = 1</script><script type="application/json">{}</script><button onclick="print()">')
    assert text.count("'sha256-") == 2
    assert "'unsafe-hashes'" in text
    assert "unsafe-eval" not in text and "script-src 'self' 'unsafe-inline'" not in text


def test_scripts_in_the_head_wait_except_the_one_that_cannot():
    head = '<head><script src="a.js"></script><script src="documentation_options.js"></script></head><script src="b.js"></script>'
    assert defer_scripts(head) == head.replace('<script src="a.js">', '<script defer src="a.js">')


def test_only_icons_in_use_stay():
    script = 'x={"sun":[512,512,[],"f185","M1"],"moon":[384,512,["night"],"f186","M2"],"bug":[576,512,[],"f188","M3"]}'
    assert "M3" not in subset_icons(script, {"sun", "night"})
    assert "M1" in subset_icons(script, {"sun", "night"}) and "M2" in subset_icons(script, {"sun", "night"})
