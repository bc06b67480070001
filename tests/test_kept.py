"""Editions kept under their own addresses: what a citation names stays, and only the released archive is let in."""

import hashlib
import re
import zipfile

import pytest
import yaml

from conftest import ROOT
from partnership import citation
from publish.edition import kept
from publish.steps import editions

BASE = "https://book.example/"
PAGE = f'<head><link rel="canonical" href="{BASE}chapters/a.html"></head><body><main id="content"><a href="{BASE}editions/0.0.9/">older</a></main>'


@pytest.fixture
def packed(tmp_path):
    """An archive with a site, and its entry in the register."""
    file = tmp_path / "book-0.1.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("site/chapters/a.html", PAGE)
        archive.writestr("site/old.html", '<body><main class="of-another-theme"><p>old</p></main>')
        archive.writestr("site/figures/f.bib", f"url = {{{BASE}chapters/a.html#fig-f}}")
        archive.writestr("site/figures/f.png", b"\x89PNG \xff")
        archive.writestr("site/feed.xml", "feed")
        archive.writestr("site/editions/0.0.9/index.html", "older")
        archive.writestr("data/a.csv", "x")
    return kept.Released("0.1", "2027-01-02", file.name, hashlib.sha256(file.read_bytes()).hexdigest())


def test_a_kept_edition_has_addresses_of_its_own_and_says_what_it_is(packed, tmp_path):
    kept.add(tmp_path / "out", tmp_path, [packed], BASE)
    there = tmp_path / "out" / "editions" / "0.1"
    page = (there / "chapters" / "a.html").read_text()
    assert f'<link rel="canonical" href="{BASE}editions/0.1/chapters/a.html">' in page
    assert 'Edition 0.1, kept as it was. <a href="../../../index.html">' in page
    assert f'href="{BASE}editions/0.0.9/"' in page
    assert f"{BASE}editions/0.1/chapters/a.html#fig-f" in (there / "figures" / "f.bib").read_text()
    assert '<main class="of-another-theme"><p class="pm-kept">' in (there / "old.html").read_text()
    assert sorted(path.name for path in there.rglob("*") if path.is_file()) == ["a.html", "f.bib", "f.png", "old.html"]


def test_another_archive_is_refused_and_nothing_is_written(packed, tmp_path):
    with zipfile.ZipFile(tmp_path / packed.archive, "a") as archive:
        archive.writestr("site/more.html", "more")
    with pytest.raises(ValueError, match="is not the archive of edition 0.1"):
        kept.add(tmp_path / "out", tmp_path, [packed], BASE)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["site/../../evil.html", "site//evil.html", "site/a//evil.html", "site/..\\evil.html"])
def test_a_name_that_leads_out_of_its_folder_is_refused(tmp_path, name):
    file = tmp_path / "book-0.1.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "x")
    released = kept.Released("0.1", "2027-01-02", file.name, hashlib.sha256(file.read_bytes()).hexdigest())
    with pytest.raises(ValueError, match=re.escape(f"{name} leads out of its folder")):
        kept.add(tmp_path / "out", tmp_path, [released], BASE)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"date": "2027-01-02"}, "edition 0.1: an entry has date, archive and sha256"),
        ({"date": "2027-01-02", "archive": "a.zip", "sha256": "12"}, "edition 0.1: sha256 must be 64"),
        (
            {"date": "2027-01-02", "archive": "../a.zip", "sha256": "0" * 64},
            "edition 0.1: version and archive are plain",
        ),
    ],
)
def test_a_bad_entry_is_named(tmp_path, entry, message):
    file = tmp_path / "editions.yml"
    file.write_text(yaml.safe_dump({"0.1": entry}))
    with pytest.raises(ValueError, match=message):
        kept.register(file)


def test_this_edition_is_copied_without_the_others(tmp_path):
    for name in ("index.html", "editions/index.html", "editions/0.0.9/index.html"):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(PAGE)
    assert [name for name, _ in kept.of_folder(tmp_path / "site")] == ["editions/index.html", "index.html"]
    assert kept.place(kept.of_folder(tmp_path / "site"), tmp_path, "0.2") == 2
    assert 'href="../../index.html"' in (tmp_path / "editions" / "0.2" / "index.html").read_text()


def test_the_page_lists_every_edition_with_citation_and_what_was_kept(monkeypatch):
    version = citation.changes()[-1][0]
    released = kept.Released(version, "2026-11-24", "book.zip", "a" * 64)
    monkeypatch.setattr(editions, "register", lambda: [released])
    page = editions.body(BASE)
    assert [re.sub(",.*", "", head) for head in re.findall("<h2>(.*?)</h2>", page)] == [
        one[0] for one in citation.changes()
    ]
    assert f'<a href="{BASE}editions/{version}/index.html">' in page and "a" * 64 in page
    assert f"Version {version}, " in page and "once it is released" in page
    monkeypatch.setattr(editions, "register", lambda: [])
    assert "None was kept." in editions.body("")


def test_the_workflow_asks_for_what_the_register_names():
    workflow = (ROOT / ".github" / "workflows" / "book.yml").read_text()
    assert "publish.edition.kept list" in workflow and "publish.edition.kept add _build/html _build/kept" in workflow


def test_the_register_is_sound_and_names_no_edition_that_was_never_published():
    assert {one.version for one in kept.register()} <= {version for version, _, _ in citation.changes()}
