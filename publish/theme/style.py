"""The theme's stylesheets as rules, cut to what a page uses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import tinycss2

_GROUPS = ("media", "supports", "container", "layer")
_TEXT = re.compile(r""" "((?:[^"\\\n]|\\.)*)" | '((?:[^'\\\n]|\\.)*)' | `((?:[^`\\]|\\.)*)` """, re.X)
_WORD = re.compile(r"[A-Za-z][\w-]*")
_PROPERTY = re.compile(r"""(--[\w-]+)\s*:(?:"[^"]*"|'[^']*'|[^;{}"'])*(?:;|(?=\}))""")
_STYLE = re.compile(r"<style\b.*?</style>", re.S)
_STATE = re.compile(
    r":(?:hover|active|focus|focus-visible|focus-within|target|visited|disabled|checked|invalid|valid)\b"
    r"|\.pm-live "  # inside a live chart
)
_REFERENCE = re.compile(r"var\(\s*(--[\w-]+)")


@dataclass(frozen=True)
class Rule:
    """Selectors, each with the words that must occur for it to matter, and what they set."""

    selectors: tuple[tuple[str, frozenset[str]], ...]
    body: str


@dataclass(frozen=True)
class Group:
    """A condition such as ``@media print`` and the rules under it."""

    head: str
    rules: tuple[Rule | Group | str, ...]


Sheet = tuple[Rule | Group | str, ...]


# -- reading --------------------------------------------------------------------------------------


def sheet(style: str) -> Sheet:
    """The rules of a stylesheet; those that load fonts are left out."""
    return _read(tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True))


def _read(nodes: Iterable[Any]) -> Sheet:
    rules: list[Rule | Group | str] = []
    for node in nodes:
        if node.type == "qualified-rule":
            body = tinycss2.serialize(node.content).strip()
            if body:
                parts = _selectors(node.prelude)
                rules.append(Rule(tuple((tinycss2.serialize(part).strip(), _needs(part)) for part in parts), body))
        elif node.type == "at-rule" and node.at_keyword in _GROUPS and node.content:
            inner = _read(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))
            rules.append(Group(f"@{node.at_keyword}{tinycss2.serialize(node.prelude).rstrip()}", inner))
        elif node.type == "at-rule" and node.at_keyword not in ("charset", "font-face"):
            rules.append(node.serialize())
    return tuple(rules)


def _selectors(prelude: list[Any]) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _needs(selector: list[Any]) -> frozenset[str]:
    """What a selector names outside brackets and pseudo-classes: classes, ids, tags in lower case."""
    needs, before = set(), ""
    for token in selector:
        if token.type == "hash" or (token.type == "ident" and before == "."):
            needs.add(token.value)
        elif token.type == "ident" and before != ":":
            needs.add(token.value.lower())
        before = token.value if token.type == "literal" else ""
    return frozenset(needs)


# -- cutting --------------------------------------------------------------------------------------


def words(pages: Iterable[str], scripts: Iterable[str]) -> set[str]:
    """Classes, ids, tag names and custom properties of the pages, and every word in a script's texts: it may become one."""
    found = {"from", "to", "tbody", "tr", "td"}  # steps of an animation; parts of a table made without their names
    for page in pages:
        page = _STYLE.sub("", page)
        for value in re.findall(r'\s(?:class|id)="([^"]*)"', page):
            found.update(value.split())
        found.update(re.findall(r"<([a-z][a-z0-9-]*)", page))
        found.update(_REFERENCE.findall(page))
    for script in scripts:
        found.update(_REFERENCE.findall(script))
        found.update(_WORD.findall(" ".join(text for match in _TEXT.findall(script) for text in match)))
    return found


def references(style: str) -> set[str]:
    """The custom properties that a stylesheet refers to."""
    return set(_REFERENCE.findall(style))


def cut(rules: Sheet, used: set[str]) -> str:
    """The rules whose classes, ids and tags all occur, without custom properties that nothing refers to."""
    text, longer = _cut(rules, used), ""
    while text != longer:  # a property may be referred to by one that goes
        longer, text = text, _without(text, set(_PROPERTY.findall(text)) - used - references(text))
    return re.sub(r"[^{}]*\{\s*\}", "", text)


def _without(text: str, properties: set[str]) -> str:
    return _PROPERTY.sub(lambda match: "" if match[1] in properties else match[0], text)


def _cut(rules: Sheet, used: set[str]) -> str:
    kept = []
    for rule in rules:
        if isinstance(rule, str):
            kept.append(rule)
        elif isinstance(rule, Group):
            if inner := _cut(rule.rules, used):
                kept.append(f"{rule.head}{{{inner}}}")
        elif selectors := [selector for selector, needs in rule.selectors if needs <= used]:
            kept.append(f"{','.join(selectors)}{{{rule.body}}}")
    return "".join(kept)


# -- what shows at first --------------------------------------------------------------------------


def at_rest(rules: Sheet) -> Sheet:
    """The rules for a page on a screen that nobody has touched: no states, no live charts, no print, no animation but the book's own."""
    kept: list[Rule | Group | str] = []
    for rule in rules:
        if isinstance(rule, str) and rule.startswith("@keyframes pm-"):
            kept.append(rule)
        if isinstance(rule, Group) and "print" not in rule.head:
            kept.append(Group(rule.head, at_rest(rule.rules)))
        if isinstance(rule, Rule):
            kept.append(Rule(tuple(pair for pair in rule.selectors if not _STATE.search(pair[0])), rule.body))
    return tuple(kept)


def undecided(rules: Sheet) -> Sheet:
    """The rules for light and dark once more, by the reader's own setting, for a page that no script has decided for.

    The theme marks such a page ``auto``; no rule of it speaks of ``auto``.
    """
    dark = "(prefers-color-scheme: dark)"
    return tuple(
        Group(f"@media screen and {when}", _for_auto(rules, theme))
        for theme, when in (("light", f"(not {dark})"), ("dark", dark))
    )


def _for_auto(rules: Sheet, theme: str) -> Sheet:
    said = re.compile(rf'\[data-theme="?{theme}"?\]')
    return tuple(
        Rule(tuple((said.sub("[data-theme=auto]", text), needs) for text, needs in rule.selectors), rule.body)
        for rule in rules
        if isinstance(rule, Rule) and any(said.search(text) for text, _ in rule.selectors)
    )
