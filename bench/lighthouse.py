"""Lighthouse's four marks for every chapter, as a phone sees it."""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from typing import Any

from bench import browser, report, server, tools

TITLE = "Lighthouse"
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
LEAST, TRIES = 100, 3


def once(address: str, program: Path) -> dict[str, Any]:
    """One run of Lighthouse with its phone settings."""
    result = tools.SPACE / "lighthouse.json"
    tools.run(
        [
            tools.program("node"),
            program,
            address,
            "--quiet",
            "--output=json",
            f"--output-path={result}",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags=--headless=new {' '.join(browser.FLAGS)}",
        ],
        tools.SPACE,
        variables={"CHROME_PATH": browser.program()},
    )
    return json.loads(result.read_text("utf-8"))


def marks(run: dict[str, Any]) -> dict[str, float]:
    """The mark of each category, of 100."""
    return {name: 100 * (run["categories"][name]["score"] or 0) for name in CATEGORIES}


def page(address: str, program: Path) -> tuple[dict[str, float], dict[str, Any]]:
    """Marks of a page, the median of several runs where the first falls short, and its last run."""
    runs = [once(address, program)]
    while len(runs) < TRIES and min(marks(runs[0]).values()) < LEAST:
        runs.append(once(address, program))
    return {name: statistics.median(marks(run)[name] for run in runs) for name in CATEGORIES}, runs[-1]


def lost(run: dict[str, Any]) -> dict[str, str]:
    """The audits that cost marks, each with what it says."""
    found = {}
    for name in CATEGORIES:
        for part in run["categories"][name]["auditRefs"]:
            audit = run["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                found[f"{name}: {audit['title']}"] = audit.get("displayValue", "")
    return found


def measure() -> str:
    """Run Lighthouse on every chapter."""
    program = tools.npm("lighthouse@12") / "lighthouse" / "cli" / "index.js"
    rows, low = [], []
    reasons: dict[str, list[str]] = {}
    with server.serve(tools.SITE) as address:
        for path in sorted(tools.SITE.glob("chapters/*.html")):
            scores, run = page(f"{address}/chapters/{path.name}", program)
            rows.append([path.stem, *(f"{scores[name]:.0f}" for name in CATEGORIES)])
            low += [f"{path.stem} {name} {score:.0f}" for name, score in scores.items() if round(score) < LEAST]
            for words, value in lost(run).items():
                reasons.setdefault(words, []).append(f"{path.stem} {value}".strip())
    lines = [f"- {words} ({len(pages)} pages: {'; '.join(pages)})" for words, pages in reasons.items()]
    return "\n\n".join(
        [
            f"Version {run['lighthouseVersion']}, its settings for phones (processor and network slowed down by calculation), gzip; median of {TRIES} where the first run falls short.",
            report.table(["page", *CATEGORIES], rows),
            report.target(f"at least {LEAST} each" + (f"; below: {', '.join(low)}" if low else ""), not low),
            "What costs marks:\n\n" + ("\n".join(lines) or "- nothing"),
        ]
    )
