"""What the book is made with: pinned, hashed, named with a reason; nothing leads to a registry by its address."""

import json
import re
import tomllib

from conftest import ROOT
from publish.edition import bill

LOCK = (ROOT / "requirements.txt").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DIRECT = {
    re.match(r"[\w.-]+", line)[0].lower()
    for line in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
}


def test_every_direct_dependency_is_named_with_its_reason_and_no_other():
    rows = re.findall(r"^\| ([\w-]+) \| (.+) \| (.+) \|$", (ROOT / "docs" / "dependencies.md").read_text("utf-8"), re.M)
    named = {name for name, why, without in rows if name != "package" and len(why) > 5 and len(without) > 5}
    assert named == DIRECT


def test_every_package_is_pinned_with_its_hash_and_without_an_address():
    entries = bill.python(ROOT / "requirements.txt")
    assert len(entries) > 100 and [one["name"] for one in entries if not one["hashes"]] == []
    assert {one["name"].replace("_", "-") for one in entries} >= DIRECT
    assert len(entries) == len(re.findall(r"^[\w.-]+==", LOCK, re.M))
    assert "://" not in LOCK and "--index" not in LOCK


def test_the_lock_of_the_chart_script_has_integrities_and_no_addresses():
    packages = json.loads((ROOT / "tools" / "vega" / "package-lock.json").read_text("utf-8"))["packages"]
    told = [entry for path, entry in packages.items() if path]
    assert all("resolved" not in entry and entry["integrity"].startswith("sha512-") for entry in told)


def test_actions_are_pinned_by_their_commit():
    used = [
        line.split("#")[0].strip()
        for path in (ROOT / ".github" / "workflows").glob("*.yml")
        for line in re.findall(r"uses: (.+)", path.read_text("utf-8"))
    ]
    assert len(used) > 5 and [one for one in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one)] == []


def test_the_bill_of_materials_names_a_licence_for_what_is_installed():
    found = bill.bill()
    lacking = [one["name"] for one in found["components"] if "licenses" not in one]
    assert found["bomFormat"] == "CycloneDX" and len(found["components"]) > 150
    assert len(lacking) < 30, lacking
