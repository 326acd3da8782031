"""Pieces of a playbook, completed and checked in memory: what the tests of rules are built with.

A piece is the text of one account. A line `# kam.yaml`, `# company/people.yaml` or `# accounts/x.yaml` alone starts
another file. What a piece leaves out comes from the example company of this repository.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kam import check, source
from kam import company_files as about_company
from kam.company_files import CompanyFiles
from kam.config import Selection
from kam.finding import Finding
from kam.portfolio import Portfolio

ROOT = Path(__file__).parents[1]
ACCOUNT = "accounts/example.yaml"
MARK = "# <- here"
NOTHING = Selection()
_NEXT_FILE = re.compile(r"^# (kam\.yaml|company/(?:people|standards)\.yaml|accounts/[^ ]+\.yaml)[ ]*\n", re.MULTILINE)
_ACCOUNT = {"version": 1, "name": "Example customer", "class": "key"}


def files(text: str) -> dict[str, str]:
    """The files of a piece by their names, each as it is written; the first account has no line above it."""
    first, *others = _NEXT_FILE.split(text)
    found = {ACCOUNT: first} if first.strip() else {}
    return found | dict(zip(others[::2], others[1::2], strict=True))


def marked(text: str) -> set[tuple[str, int]]:
    """File and line of every line that is marked `# <- here`."""
    return {
        (name, number)
        for name, part in files(text).items()
        for number, line in enumerate(part.split("\n"), 1)
        if line.rstrip().endswith(MARK)
    }


def check_text(
    text: str,
    as_of: str = "2026-01-15",
    *,
    selection: Selection = NOTHING,
    company: frozenset[str] = frozenset({"people"}),
    **settings: Any,
) -> list[Finding]:
    """All findings of a piece; `settings` replace entries of `kam.yaml`, `company` names the files under `company/`."""
    parts, today = files(text), date.fromisoformat(as_of)
    about = company_files(parts, company, settings)
    analyses = [
        check.analyse(completed(part, _ACCOUNT).encode(), name, about.company, today, selection)
        for name, part in parts.items()
        if name.startswith("accounts/")
    ]
    found = [one for analysis in analyses for one in analysis.findings]
    portfolio = Portfolio(about.company, today, tuple(analysis.row for analysis in analyses))
    return found + list(about_company.findings(about, portfolio, selection))


def of_rule(rule: str, findings: Iterable[Finding]) -> list[str]:
    """The objects of a rule's findings, in order, waived ones apart."""
    return [one.object for one in findings if one.rule == rule and not one.waived]


def company_files(parts: dict[str, str], under: frozenset[str], settings: dict[str, Any]) -> CompanyFiles:
    """The example company, with what a piece says instead."""
    example = {key: value for key, value in _example("kam.yaml").items() if key not in settings} | settings
    people = completed(parts.get("company/people.yaml", ""), _example("company/people.yaml"))
    return _company(completed(parts.get("kam.yaml", ""), example), people, under, parts.get("company/standards.yaml"))


@cache
def _company(kam_yaml: str, people_yaml: str, under: frozenset[str], standards: str | None) -> CompanyFiles:
    texts = {"kam.yaml": kam_yaml, "company/people.yaml": people_yaml}
    texts |= {"company/standards.yaml": standards} if standards else {}
    return about_company.read({name: text.encode() for name, text in texts.items()}, under)


def completed(text: str, entries: dict[str, Any]) -> str:
    """The text with the top-level entries that it lacks written below it, so that its lines stay where they are."""
    there = set(re.findall(r"^([a-z_-]+):", text, re.MULTILINE))
    lacking = [f"{key}: {json.dumps(entries[key], ensure_ascii=False)}\n" for key in entries if key not in there]
    return (text if text.endswith("\n") or not text else text + "\n") + "".join(lacking)


@cache
def _example(name: str) -> dict[str, Any]:
    return source.read((ROOT / name).read_bytes(), name, "company").data or {}
