"""The edition as files: the PDF whole and rightly numbered, the archive complete, addresses and metadata from one source."""

import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import time
import tomllib
import zipfile
from types import ModuleType

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import v4
from packaging.specifiers import SpecifierSet
from pypdf import PdfReader

from conftest import CHAPTERS, ROOT, SITE
from partnership import charts, citation, data
from publish.browser import started
from publish.edition import archive, launch, metadata, pages, paper, pdf, settings, wheel
from publish.edition.settings import Repository

PUBLIC = Repository("https://github.com/someone/book", "v1")
SETUP = launch.setup_source(launch.requirement(PUBLIC))


# -- pages ----------------------------------------------------------------------------------------

PAGE = """<main><article class="pm-page"><section id="energy"><h1>Energy<a class="headerlink" href="#energy">#</a></h1>
<div class="cell"><details class="pm-code"><summary>Show the code</summary>code()</details></div>
<section id="gas"><h2>Gas</h2><p><a href="#number-x">1</a> <a href="trade.html">Trade</a> <a href="trade.html#fall">fall</a>
<a href="../figures/gas.csv">file</a> <a href="https://example.org">out</a></p>
<figure class="pm-figure"><div class="pm-wide"><svg viewBox="0 0 9 9"><clipPath id="gas-w-c"/><g clip-path="url(#gas-w-c)"/></svg></div>
<figcaption><span class="pm-number-of-figure">Figure 4</span></figcaption><details class="pm-tests"><table><thead><tr><th>Words</th><th>Tested</th><th>Rows</th></tr></thead>
<tbody><tr id="statement-title-1"><th>doubled</th><td>2 against 1</td><td>row 9</td></tr></tbody></table></details>
<div class="pm-narrow"><svg id="small"/></div><details class="pm-table"><summary>Table</summary><table/></details></figure></section>
<section id="try-it"><h2>Try it</h2><p>exercise</p></section>
<details class="pm-ledger" id="numbers"><summary>Numbers</summary><table><thead><tr><th>Number</th><th>Source</th><th>Computed</th></tr></thead><tbody>
<tr id="number-x"><th>1</th><td>World Bank, World Development Indicators, GDP (current US$); Somebody</td><td>a / b</td></tr></tbody></table></details>
<details class="pm-ledger pm-tests"><summary>Statements</summary><table><thead><tr><th>Words</th><th>Tested</th><th>Rows</th></tr></thead><tbody>
<tr id="statement-fell"><th>fell</th><td>1 against 2; <a href="data.html#word-fell">what the word must mean</a></td><td>row 7</td></tr></tbody></table></details>
<table class="pm-claims"><thead><tr><th>Claim</th><th>Today</th><th>Evidence</th></tr></thead><tbody>
<tr id="claim-x"><th>It rose</th><td>wrong</td><td><a href="own.html">own page</a><details><summary>1 row</summary><ul><li>It fell.</li></ul></details></td></tr></tbody></table>
</section></article></main>"""
KNOWN = {"chapters/energy": "energy", "chapters/trade": "trade"}


@pytest.fixture
def chapter():
    read = pages.Chapter("chapters/energy", "Trade")
    pages.read(read, PAGE, KNOWN)
    return read


def test_links_between_pages_lead_inside_the_document(chapter):
    assert 'href="#energy--number-x"' in chapter.body and 'id="energy--number-x"' in chapter.body
    assert '<a href="#trade">Trade</a>' in chapter.body
    assert '<a href="#trade--fall">fall</a>' in chapter.body
    assert '<a href="https://example.org">out</a>' in chapter.body


def test_a_link_to_a_file_leads_to_the_site_or_is_no_link(chapter):
    assert "gas.csv" not in chapter.body and "file" in chapter.body
    public = pages.Chapter("chapters/energy", "Trade")
    pages.read(public, PAGE, KNOWN, "https://book.example/")
    assert '<a href="https://book.example/figures/gas.csv">file</a>' in public.body


def test_what_needs_a_screen_is_left_out_and_folds_stand_open(chapter):
    for gone in ("code()", "small", "<table/>", "headerlink", "<details"):
        assert gone not in chapter.body
    assert '<p class="pm-fold">Numbers</p>' in chapter.body


def test_a_drawing_stays_as_it_is(chapter):
    assert '<svg viewBox="0 0 9 9"><clipPath id="gas-w-c"/><g clip-path="url(#gas-w-c)"/></svg>' in chapter.body


def test_tables_at_the_end_keep_the_columns_that_print_has_room_for(chapter):
    assert re.search(
        r'<tr id="energy--number-x"><th>1</th><td>World Bank, World Development Indicators[^<]*</td></tr>', chapter.body
    )
    assert "Computed" not in chapter.body and "a / b" not in chapter.body and "exercise" not in chapter.body
    assert '<tr id="energy--statement-fell"><th>fell</th><td>1 against 2</td></tr>' in chapter.body


def test_of_sources_print_names_the_publishers_once():
    one, two = (
        data.sources()[["publisher", "title"]].dropna().drop_duplicates("publisher").head(2).itertuples(index=False)
    )
    words = "; ".join(f"{source.publisher}, {source.title}" for source in (two, one, two)) + "; and 3 more"
    assert paper.publishers(words) == f"{two.publisher}; {one.publisher}; and 3 more"
    assert paper.publishers("A customs house of nowhere") == "A customs house of nowhere"


def test_tests_of_titles_join_those_of_the_chapter(chapter):
    assert '<tr id="energy--statement-title-1"><th>Figure 4: doubled</th><td>2 against 1</td></tr>' in chapter.body
    assert chapter.body.index("statement-fell") < chapter.body.index("statement-title-1")


def test_evidence_stands_below_its_claim(chapter):
    assert re.search(
        r'<tr id="energy--claim-x"><th>It rose</th><td>wrong</td></tr><tr class="pm-evidence"><td colspan="2"><ul><li>It fell.</li></ul></td></tr>',
        chapter.body,
    )


def test_the_book_says_in_print_what_it_leaves_out():
    assert "the formula, the table and its rows" in pdf.title_page(citation.edition(), "")


def test_title_and_sections_are_those_of_the_page(chapter):
    assert (chapter.title, chapter.sections) == ("Energy", [("energy--gas", "Gas")])


# -- PDF ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed(site, browser, tmp_path_factory):
    """The PDF of the book, with the chapters as they were read to make it."""
    target = tmp_path_factory.mktemp("pdf") / "book.pdf"
    read, chapters = pages.book, []

    def kept(*arguments):
        chapters.extend(read(*arguments))
        return chapters

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "book", kept)
        pdf.make(site, target, browser)
    return target, chapters


@pytest.fixture(scope="module")
def made(printed):
    return printed[0]


@pytest.fixture(scope="module")
def chapters(printed):
    return printed[1]


@pytest.fixture(scope="module")
def placed(made):
    return pdf.page_numbers(made)


@pytest.fixture(scope="module")
def reader(made):
    return PdfReader(made)


def test_the_pdf_has_every_figure_and_every_chapter(placed, chapters, reader):
    listed = json.loads((SITE / "figures.json").read_text("utf-8"))["figures"]
    wanted = {f"{one['page'].split('/')[-1].replace('.html#', '--')}" for one in listed}
    assert len(wanted) > 40 and wanted <= set(placed)
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles == ["Contents", *(chapter.title for chapter in chapters)]
    assert [chapter.page for chapter in chapters] == [chapter.page for chapter in pages.contents(ROOT)]


def test_a_pdf_that_lacks_a_figure_or_a_chapter_is_told(made, placed, chapters, tmp_path):
    assert pdf.lacking(made, placed, chapters, SITE) == []
    (tmp_path / "figures.json").write_text('{"figures": [{"page": "chapters/energy.html#fig-of-none"}]}')
    lost, order = pdf.lacking(made, placed, chapters[1:], tmp_path)
    assert lost == "energy--fig-of-none" and order.startswith("bookmarks ['Contents', ")


def test_the_contents_tell_the_pages_on_which_things_stand(made, placed):
    told = re.findall(r'<a href="#([^"]+)"><span>.*?<b>(\d*)</b></a>', made.with_suffix(".html").read_text("utf-8"))
    assert len(told) > 150
    listed = json.loads((SITE / "figures.json").read_text("utf-8"))["figures"]
    assert {f"{one['page'].split('/')[-1].replace('.html#', '--')}" for one in listed} <= {anchor for anchor, _ in told}
    assert {anchor: int(number or 0) for anchor, number in told} == {anchor: placed[anchor] for anchor, _ in told}


def test_the_pdf_holds_vectors_and_says_what_it_is(reader):
    images = [
        name
        for page in reader.pages
        for name, thing in (page["/Resources"].get("/XObject") or {}).items()
        if thing.get_object()["/Subtype"] == "/Image"
    ]
    assert images == []
    assert reader.metadata.title == citation.edition().title
    assert reader.trailer["/Root"]["/Lang"] == "en" and reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    first = reader.pages[0].extract_text()
    assert f"Version {citation.edition().version}" in first and "CC BY 4.0" in first


def test_everything_that_becomes_a_figure_of_the_pdf_has_an_alternative_text(made):
    text = made.with_suffix(".html").read_text("utf-8")
    drawings = re.findall(r'<[^>]*role="img"[^>]*>', text)
    assert len(drawings) > 40 and all(re.search(r'aria-label="[^"]{20,}"', one) for one in drawings)
    assert not re.findall(r"<(?:figure|img)\b[^>]*>", text)


def test_nothing_is_wider_than_the_paper(made, browser):
    page = browser.new_page(viewport={"width": 643, "height": 900})  # 170 mm: A4 between its margins
    page.emulate_media(media="print")
    page.goto(made.with_suffix(".html").as_uri())
    wide = page.evaluate(
        """() => [...document.querySelectorAll('body *:not(svg *, math *)')].filter(
            one => one.getBoundingClientRect().width && one.getBoundingClientRect().right > 644
        ).map(one => one.tagName + '.' + one.className + ' ' + one.textContent.trim().slice(0, 60))"""
    )
    page.close()
    assert wide == []


def test_the_same_page_gives_the_same_bytes(browser, tmp_path):
    page = tmp_path / "page.html"
    page.write_text('<html lang="en"><title>A</title><h1 id="a">A</h1><a href="#a">up</a>')
    for name in ("one.pdf", "two.pdf"):
        if name == "two.pdf":
            time.sleep(1.1)  # a PDF tells the second in which it was made
        pdf.print_pages(browser, page, tmp_path / "printed.pdf")
        pdf.finish(tmp_path / "printed.pdf", tmp_path / name, citation.edition())
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include>/etc/fonts/fonts.conf</include>
<match><test name="lang" compare="contains"><string>zh</string></test><test name="family"><string>monospace</string></test>
<edit name="family" mode="prepend" binding="strong"><string>Liberation Serif</string></edit></match></fontconfig>"""


def test_the_builders_language_chooses_no_typeface(browser, tmp_path, monkeypatch):
    """Where a machine had a typeface for Chinese, code was set in it, and the PDF had other bytes."""
    (tmp_path / "fonts.conf").write_text(FONTS)
    (page := tmp_path / "page.html").write_text('<html lang="en"><title>A</title><code>monospace</code>')
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    made = set()
    for language in ("C", "zh_CN.UTF-8"):
        monkeypatch.setenv("LC_ALL", language)
        own = started(browser.browser_type)
        pdf.print_pages(own, page, tmp_path / "printed.pdf")
        own.close()
        pdf.finish(tmp_path / "printed.pdf", tmp_path / "made.pdf", citation.edition())
        made.add((tmp_path / "made.pdf").read_bytes())
    assert len(made) == 1


# -- metadata -------------------------------------------------------------------------------------

ENTRY = {
    "title": "A: b",
    "type": "dataset",
    "authors": [{"family-names": "Li", "given-names": "Ann", "orcid": "https://orcid.org/0000-0002-1825-0097"}],
    "version": "2.0",
    "date-released": "2027-01-02",
    "license": ["MIT", "CC-BY-4.0"],
    "abstract": "What it\n is.",
    "keywords": ["trade"],
}


@pytest.mark.current
def test_citation_cff_is_the_one_source():
    for name, content in metadata.files().items():
        stored = (ROOT / name).read_text("utf-8")
        assert stored == content, f"{name} is out of date: make current"


def test_the_data_package_has_the_version_of_the_edition():
    assert data.package()["version"] == citation.edition().version, "data/datapackage.yml"


def test_zenodo_gets_the_licence_of_text_and_data_and_names_in_its_form():
    told = metadata.zenodo(ENTRY)
    assert told["license"] == "CC-BY-4.0" and "MIT" in told["notes"]
    assert told["creators"] == [{"name": "Li, Ann", "orcid": "0000-0002-1825-0097"}]
    assert (told["version"], told["publication_date"], told["upload_type"]) == ("2.0", "2027-01-02", "dataset")


def test_codemeta_names_a_person_with_identifier():
    told = metadata.codemeta(ENTRY)
    assert told["author"][0]["@id"].endswith("0097") and told["author"][0]["familyName"] == "Li"
    assert told["description"] == "What it is."


# -- archive --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    (folder / "site" / "chapters").mkdir(parents=True)
    (folder / "site" / "index.html").write_text("home")
    (folder / "site" / "chapters" / "energy.html").write_text("energy")
    (folder / "book.pdf").write_bytes(b"%PDF-")
    return archive.contents(ROOT, folder / "site", folder / "book.pdf")


def test_the_archive_holds_everything_that_git_holds(held):
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, cwd=ROOT)
    if listed.returncode:
        pytest.skip("not a Git checkout")
    assert {name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()} <= set(held)
    assert {"site/index.html", "site/chapters/energy.html", "book.pdf", "ro-crate-metadata.json"} <= set(held)
    assert not [name for name in held if "__pycache__" in name or name.endswith(".tmp")]


def test_checksums_are_those_of_the_files(held):
    sums = dict(line.split("  ", 1)[::-1] for line in held["SHA256SUMS"].decode().splitlines())
    assert sums.keys() == held.keys() - {"SHA256SUMS"}
    assert all(hashlib.sha256(held[name]).hexdigest() == digest for name, digest in sums.items())


def test_the_same_edition_gives_the_same_archive(held, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795478400")
    archive.write(held, tmp_path / "one.zip")
    archive.write(dict(reversed(held.items())), tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    entry = zipfile.ZipFile(tmp_path / "one.zip").getinfo("data/datapackage.json")
    assert entry.date_time == (2026, 11, 24, 0, 0, 0)


def test_the_crate_describes_every_table_and_refers_to_nothing_that_is_not_there(held):
    graph = json.loads(held["ro-crate-metadata.json"])["@graph"]
    known = {entity["@id"]: entity for entity in graph}
    root = known["./"]
    assert root["datePublished"] == citation.edition().released and len(root["license"]) == 2
    told = [entity[key] for entity in graph for key in ("hasPart", "author", "license", "conformsTo") if key in entity]
    refers = [part["@id"] for one in told for part in (one if isinstance(one, list) else [one])]
    assert set(refers) <= set(known) | {metadata.CRATE}
    run, workflow = known["#run"], known["Makefile"]
    assert root["mainEntity"]["@id"] == run["instrument"]["@id"] == "Makefile"
    assert {one["@id"] for one in run["object"]} == {"data/", "chapters/"}
    assert {one["@id"] for one in run["result"]} == {"site/", "book.pdf"}
    assert {one["@id"] for one in workflow["input"] + workflow["output"]} <= set(known)
    for path in (name for name in held if name.startswith("data/") and name.endswith(".csv")):
        assert known[path]["description"] and known[path]["conditionsOfAccess"], path


def test_an_archive_of_changed_data_is_refused(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.csv").write_text("x\n1\n")
    resource = {"name": "a", "path": "a.csv", "bytes": 4, "hash": "sha256:0"}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [resource]}))
    for built in ("index.html", "book.pdf"):
        (tmp_path / built).write_text("")
    with pytest.raises(ValueError, match="a.csv has changed since datapackage.json"):
        archive.contents(tmp_path, tmp_path, tmp_path / "book.pdf")


def test_an_archive_without_site_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="make book"):
        archive.contents(ROOT, tmp_path, tmp_path / "book.pdf")


# -- Binder, Colab --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://github.com/someone/book", "gh/someone/book/v1"),
        ("https://gitlab.com/group/sub/book", "gl/group%2Fsub%2Fbook/v1"),
        ("https://git.example.org/book", "git/https%3A%2F%2Fgit.example.org%2Fbook/v1"),
    ],
)
def test_binder_opens_the_chapter_of_any_public_repository(url, place):
    address = launch.binder("chapters/energy", Repository(url, "v1"))
    assert address == f"https://mybinder.org/v2/{place}?urlpath=lab%2Ftree%2Fchapters%2Fenergy.ipynb"


def test_colab_reads_from_github_only():
    assert launch.colab("chapters/energy", PUBLIC).endswith("/github/someone/book/blob/v1/chapters/energy.ipynb")
    assert launch.colab("chapters/energy", Repository("https://gitlab.com/someone/book")) == ""


def test_without_a_public_address_there_are_no_buttons_and_no_cell():
    assert launch.binder("chapters/energy", Repository()) == launch.colab("chapters/energy", Repository()) == ""
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("# A"), v4.new_code_cell("1")])
    assert launch.setup_source(launch.requirement(Repository())) == ""
    assert len(launch.with_setup(notebook, "").cells) == 2


@pytest.mark.parametrize("branch", ["main", "v0.1.0"])
def test_the_setting_is_read_from_the_configuration(tmp_path, branch):
    text = f'repository: {{url: "https://github.com/someone/book.git", branch: {branch}}}\nhtml: {{baseurl: "https://a.example/b"}}\n'
    (tmp_path / "_config.yml").write_text(text)
    assert settings.repository(tmp_path) == Repository("https://github.com/someone/book", branch)
    assert settings.site_address(tmp_path) == "https://a.example/b/"


def test_the_cell_comes_first_once_and_goes_with_the_address():
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("# A"), v4.new_code_cell("1")])
    for _ in range(2):
        launch.with_setup(notebook, SETUP)
    assert [cell.cell_type for cell in notebook.cells] == ["markdown", "code", "code"]
    assert "remove-cell" in notebook.cells[1].metadata.tags
    nbformat.validate(notebook)
    assert len(launch.with_setup(notebook, "").cells) == 2


def test_without_a_repository_the_package_comes_from_the_site():
    assert launch.requirement(Repository(), "https://a.example/b/") == f"https://a.example/b/{wheel.name()}"
    assert launch.requirement(PUBLIC, "https://a.example/b/") == "git+https://github.com/someone/book@v1"


class Shell:
    """Notes what the cell would install."""

    def __init__(self):
        self.ran = []

    def run_line_magic(self, name, line):
        self.ran.append((name, line))


@pytest.mark.parametrize("missing", [True, False])
@pytest.mark.parametrize("colab", [True, False])
def test_the_cell_installs_the_pinned_package_where_it_is_missing_and_shows_charts_on_colab(
    monkeypatch, missing, colab
):
    shell, shown = Shell(), []
    monkeypatch.setattr(charts, "show_as_html", lambda: shown.append(True))
    if missing:
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    if colab:  # also after a restart, when the package is there already
        monkeypatch.setitem(sys.modules, "google.colab", ModuleType("google.colab"))
    exec(TransformerManager().transform_cell(SETUP), {"get_ipython": lambda: shell})
    wanted = ("pip", "install -q git+https://github.com/someone/book@v1")
    assert shell.ran == ([wanted] if missing else [])
    assert shown == ([True] if colab else [])


def test_a_figure_becomes_html_where_its_type_is_not_known():
    figure = charts.Figure({"data": {"values": []}, "mark": "bar"}, "a-name", "A title", "Words")
    page = charts.html(figure)
    assert 'id="chart-a-name"' in page and '"mark": "bar"' in page and "vega-embed" in page


def test_binder_builds_from_the_pinned_requirements():
    folder = ROOT / ".binder"
    lines = (folder / "requirements.txt").read_text().split()
    assert lines == ["-r", "../requirements.txt"] and (folder / lines[1]).resolve() == ROOT / "requirements.txt"
    python = (folder / "runtime.txt").read_text().strip().removeprefix("python-")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert SpecifierSet(project["requires-python"]).contains(f"{python}.0")
    script = folder / "postBuild"
    assert script.stat().st_mode & 0o111 and "--no-deps" in script.read_text()


def test_every_chapter_has_an_address():
    assert len({launch.binder(f"chapters/{path.stem}", PUBLIC) for path in CHAPTERS}) == len(CHAPTERS)
