"""A site that knows its public address names it wherever something leaves the site."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import nbformat
import openpyxl
import pytest
from nbformat import v4
from test_build import UNPACKED, chart

from conftest import ROOT
from partnership import citation

BASE = "https://book.example/site/"
CONF = (
    "extensions = ['myst_nb', 'publish.site']\nnb_execution_mode = 'off'\nhtml_math_renderer = 'mathml'\nhtml_theme = 'partnership'\n"
    "project = 'The Partnership, Measured'\nhtml_baseurl = {base!r}\n"
)
ATOM = "{http://www.w3.org/2005/Atom}"


def book(folder, base):
    """A book of one page with one figure."""
    folder.mkdir(exist_ok=True)
    (folder / "conf.py").write_text(UNPACKED + CONF.format(base=base))
    notebook = v4.new_notebook(
        cells=[v4.new_markdown_cell("# A page\n\nIt has words."), chart()],
        metadata={"language_info": {"name": "python"}},
    )
    nbformat.write(notebook, folder / "index.ipynb")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-b", "html", folder, folder / "out"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert result.returncode == 0, result.stderr
    return folder / "out", result.stdout


@pytest.fixture(scope="module")
def placed(tmp_path_factory):
    return book(tmp_path_factory.mktemp("placed"), BASE)[0]


@pytest.fixture(scope="module")
def homeless(tmp_path_factory):
    return book(tmp_path_factory.mktemp("homeless"), "")


def test_the_head_of_a_page_names_its_address(placed):
    head = (placed / "index.html").read_text().partition("</head>")[0]
    assert f'<link rel="canonical" href="{BASE}index.html">' in head
    assert f'<meta property="og:url" content="{BASE}index.html">' in head
    assert f'<meta property="og:image" content="{BASE}figures/point.png">' in head
    assert (placed / "figures" / "point.png").exists()


def test_linked_data_is_absolute_and_says_what_is_recommended(placed):
    (text,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', (placed / "index.html").read_text(), re.S
    )
    (article,) = json.loads(text)["@graph"]
    assert article["url"] == article["mainEntityOfPage"] == f"{BASE}index.html"
    assert article["image"] == [f"{BASE}figures/point.png"]
    assert article["publisher"]["name"] and article["identifier"]


def test_the_feed_is_sound(placed):
    feed = ElementTree.fromstring((placed / "feed.xml").read_text())
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"{BASE}feed.xml", "alternate": f"{BASE}index.html"}
    ids = [feed.find(f"{ATOM}id").text] + [entry.find(f"{ATOM}id").text for entry in feed.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) and all(re.fullmatch(r"urn:[a-z0-9][a-z0-9-]{1,31}:\S+", one) for one in ids)
    told = " ".join(entry.find(f"{ATOM}content").text for entry in feed.findall(f"{ATOM}entry"))
    assert "the page Corrections" in told and not re.search(r"`|\*\w|#{2,}", told), "marks of Markdown show"
    for entry in feed.findall(f"{ATOM}entry"):
        assert entry.find(f"{ATOM}link").get("href").startswith(BASE)


def test_sitemap_and_robots_name_it(placed):
    assert f"<loc>{BASE}index.html</loc>" in (placed / "sitemap.xml").read_text()
    assert f"Sitemap: {BASE}sitemap.xml" in (placed / "robots.txt").read_text()


def test_citations_and_lists_name_it(placed):
    page = f"{BASE}index.html#fig-point"
    assert f"url = {{{page}}}" in (placed / "figures" / "point.bib").read_text()
    assert json.loads((placed / "figures" / "point.csl.json").read_text())[0]["URL"] == page
    (listed,) = json.loads((placed / "figures.json").read_text())["figures"]
    assert listed["page"] == page and listed["embed"] == f"{BASE}figures/point.html"
    text = (placed / "index.html").read_text()
    assert f"src=&quot;{BASE}figures/point.html&quot;" in text
    assert "pm-address" not in text


def test_every_export_of_a_site_with_an_address_is_absolute(placed):
    told = json.loads((placed / "figures" / "point.metadata.json").read_text())
    assert told["address"] == f"{BASE}index.html#fig-point" and told["address"] in told["citation"]
    assert f"]({BASE}index.md)" in (placed / "llms.txt").read_text()
    assert f"{BASE}index.html#fig-point" in (placed / "figures" / "point.svg").read_text()
    assert f"<loc>{BASE}editions/index.html</loc>" in (placed / "sitemap.xml").read_text()
    cover = openpyxl.load_workbook(placed / citation.edition().workbook)["Cover"]
    assert any(str(row[0].value).endswith(BASE) for row in cover)


def test_the_lost_page_begins_at_the_path_of_the_site(placed):
    text = (placed / "404.html").read_text()
    links = re.findall(r'(?:href|src|action)="([^"#]*)', text)
    assert all(link.startswith(("/site/", "https:")) for link in links if link), links


def test_a_build_without_an_address_says_so_once(homeless):
    out, log = homeless
    assert log.count("html.baseurl is empty") == 1
    assert json.loads((out / "figures.json").read_text())["base"] == ""
    assert not (out / "sitemap.xml").exists()


def test_no_author_is_split_at_a_comma(placed):
    for page in (placed / "index.html", placed / "figures" / "point.html"):
        authors = re.findall(r'<meta name="citation_author" content="([^"]*)"', page.read_text())
        assert len(authors) == len(citation.edition().authors) and not any("," in author for author in authors)
