"""The example company: what its four customers must give on the day of the demonstration, as the command line says it.

The expected values were worked out by hand from the files and the method, not copied from the program's output.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kam import rules, source

ROOT = Path(__file__).parent.parent
AS_OF = "2026-01-15"

WORKED, LARGE, NEGLECTED, ORDINARY = (
    "xinglan-roads-bureau",
    "kestrel-bay-ports",
    "chengyuan-metro",
    "wangyu-logistics-park",
)

FIGURES: dict[str, dict[str, Any]] = {
    WORKED: {
        "cells": 34,
        "close": 22,
        "keep": 12,
        "active_stakeholders": 10,
        "manager_covered": 10,
        "manager_acquainted": 9,
        "stakeholders_with_close": 10,
        "members": 11,
        "members_with_contact": 11,
        "due_cells": 34,
        "fresh_cells": 31,
        "cells_due_in_7_days": 21,
        "best_meeting": {"contact": "c4", "number": 14},
        "stances": {"helper": 0, "supporter": 3, "neutral": 6, "opponent": 1, "unknown": 0},
        "swot": {
            "strengths": 5,
            "weaknesses": 4,
            "opportunities": 4,
            "threats": 2,
            "factors_used": 15,
            "actions": {"SO": 3, "WO": 5, "ST": 2, "WT": 2},
            "actions_open": 12,
            "actions_overdue": 0,
        },
        "learning_levels": 11,
        "learning_at_standard": 8,
        "roadmap": {
            "lead_months": {
                "leaders-visit": 4,
                "test-and-cost-seminar": 4,
                "pilot-service-package": 5,
                "meet-reference-customers": 3,
            },
            "starting_in_3_to_6_months": ["leaders-visit", "test-and-cost-seminar", "pilot-service-package"],
            "years": {"2026": {"cost": 172000, "approved": 180000}},
            "sign_offs_needed": 3,
            "sign_offs_given": 3,
        },
    },
    LARGE: {
        "cells": 32,
        "close": 16,
        "keep": 16,
        "active_stakeholders": 12,
        "manager_covered": 12,
        "manager_acquainted": 12,
        "stakeholders_with_close": 10,
        "members": 11,
        "members_with_contact": 11,
        "due_cells": 31,  # one introduction is still to come
        "fresh_cells": 30,
        "cells_due_in_7_days": 14,
        "best_meeting": {"contact": "alarm-workshop", "number": 7},
        "stances": {"helper": 2, "supporter": 5, "neutral": 4, "opponent": 1, "unknown": 0},
        "learning_levels": 15,
        "learning_at_standard": 14,
    },
    NEGLECTED: {
        "cells": 8,
        "close": 2,
        "keep": 6,
        "active_stakeholders": 6,
        "manager_covered": 5,
        "manager_acquainted": 4,
        "stakeholders_with_close": 2,
        "members": 5,
        "members_with_contact": 4,
        "due_cells": 8,
        "fresh_cells": 0,
        "cells_due_in_7_days": 0,
        "stances": {"helper": 0, "supporter": 0, "neutral": 3, "opponent": 1, "unknown": 2},
    },
    ORDINARY: {"cells": 0, "active_stakeholders": 2, "manager_covered": 0, "members": 1, "members_with_contact": 0},
}

CELLS_OF_MEMBERS = {  # close, keep: the method's own table
    "am-lin": (4, 6),
    "sm-wu": (0, 2),
    "sd-zhou": (2, 0),
    "pse-tang": (2, 0),
    "tdm-qian": (4, 0),
    "td-sun": (3, 0),
    "pe-fang": (2, 0),
    "pm-luo": (2, 0),
    "pd-guo": (2, 0),
    "gm-he": (1, 3),
    "gp-cai": (0, 1),
}
CELLS_OF_STAKEHOLDERS = {  # close, keep
    "bureau-head": (1, 2),
    "deputy-business": (2, 2),
    "deputy-technology": (3, 2),
    "chief-engineer": (2, 2),
    "business-division-head": (2, 1),
    "business-section-head": (2, 0),
    "business-staff": (2, 1),
    "technical-division-head": (3, 1),
    "technical-section-head": (3, 0),
    "technical-engineer": (2, 1),
}

# Rule, object, and how the line reads at which the finding stands.
FINDINGS: dict[str, list[tuple[str, str, str]]] = {
    WORKED: [
        ("contact.stale", "gm-he/deputy-business", "deputy-business: keep"),
        ("contact.stale", "gm-he/deputy-technology", "deputy-technology: keep"),
        ("contact.stale", "gm-he/chief-engineer", "chief-engineer: keep"),
        ("matrix.am-not-acquainted", "chief-engineer", "acquaintance: introduced"),
        ("learning.below-standard", "tdm-qian/road-maintenance", "road-maintenance: proficient"),
        ("learning.below-standard", "pe-fang/road-maintenance", "road-maintenance: aware"),
        ("learning.below-standard", "gp-cai/road-maintenance", "road-maintenance: none"),
        ("learning.no-plan", "gp-cai/road-maintenance", "plan:"),
        ("questions.unanswered", "expansion", "questions:"),
    ],
    LARGE: [
        ("contact.stale", "pe-shi/shift-planner", "shift-planner:"),
        ("matrix.intro-overdue", "pe-shi/shift-planner", "planned: 2026-01-09"),
        ("stakeholder.stance-stale", "shift-planner", "date: 2025-06-18"),
        ("learning.below-standard", "pse-ye/terminal-operations", "terminal-operations: proficient"),
    ],
    NEGLECTED: [
        ("value.class-missing", "portfolio_decision", "profile:"),
        ("section.missing", "roadmap", "# yaml-language-server"),
        ("section.missing", "learning", "# yaml-language-server"),
        ("stakeholders.no-decision-maker", "stakeholders", "stakeholders:"),
        ("stakeholders.one-side-only", "buying", "stakeholders:"),
        ("stakeholders.no-supporter", "stakeholders", "stakeholders:"),
        ("stakeholder.stance-unknown", "equipment-head", "equipment-head:"),
        ("stakeholder.stance-unknown", "contract-officer", "stance: unknown"),
        ("stakeholder.stance-stale", "general-manager", "date: 2025-01-10"),
        ("stakeholder.stance-stale", "deputy-gm", "date: 2025-01-08"),
        ("stakeholder.stance-stale", "chief-engineer-office", "date: 2025-01-15"),
        ("stakeholder.stance-stale", "line-supervisor", "date: 2025-01-06"),
        ("stakeholder.no-approach", "equipment-head", "equipment-head:"),
        ("stakeholder.opponent-no-plan", "chief-engineer-office", "stance: opponent"),
        ("stakeholder.buying-role-missing", "general-manager", "general-manager:"),
        ("stakeholder.buying-role-missing", "equipment-head", "equipment-head:"),
        ("stakeholder.no-preference", "general-manager", "general-manager:"),
        ("stakeholder.gone-but-mapped", "equipment-director", "status: left"),
        ("matrix.am-uncovered", "equipment-head", "am-zhao:"),
        ("matrix.am-not-acquainted", "general-manager", "acquaintance: introduced"),
        ("matrix.no-close-contact", "chief-engineer-office", "chief-engineer-office:"),
        ("matrix.no-close-contact", "equipment-head", "equipment-head:"),
        ("matrix.single-thread", "chief-engineer-office", "chief-engineer-office:"),
        ("matrix.member-without-contact", "tbd-product", "tbd-product:"),
        ("matrix.level-gap", "pse-ye/general-manager", "general-manager: close"),
        ("matrix.top-without-executive", "general-manager", "general-manager:"),
        ("matrix.intro-missing", "ase-pan/line-supervisor", "line-supervisor: keep"),
        ("matrix.intro-overdue", "pse-ye", "planned: 2025-02-20"),
        ("matrix.intro-not-by-am", "am-ma", "by: sd-zhou"),
        ("matrix.self-introduction", "sd-zhou/deputy-gm", "by: sd-zhou"),
        ("matrix.review-old", "matrix", "reviewed: 2025-01-12"),
        ("contact.no-result", "2025-01-15#1", "- date: 2025-01-15"),
        ("contact.am-not-informed", "2025-03-11#1", "- date: 2025-03-11"),
        ("contact.executive-unreported", "2025-01-08#1", "- date: 2025-01-08"),
        ("contact.stale", "am-zhao/general-manager", "general-manager: keep"),
        ("contact.stale", "am-zhao/deputy-gm", "deputy-gm: close"),
        ("contact.stale", "am-zhao/chief-engineer-office", "chief-engineer-office: keep"),
        ("contact.stale", "am-zhao/contract-officer", "contract-officer: keep"),
        ("contact.stale", "am-zhao/line-supervisor", "line-supervisor: keep"),
        ("contact.stale", "sd-zhou/deputy-gm", "deputy-gm:"),
        ("contact.stale", "pse-ye/general-manager", "general-manager: close"),
        ("contact.stale", "ase-pan/line-supervisor", "line-supervisor: keep"),
        ("ref.unknown-person", "pse-lu", "ours: [am-zhao, pse-lu]"),
        ("ref.unknown-id", "second-demo", "leads_to: [second-demo]"),
        ("ref.unknown-id", "S9", "uses: [S1, S9, O1]"),
        ("competitors.none", "competitors", "# yaml-language-server"),
        ("goals.external-missing", "goals", "goals:"),
        ("goals.internal-not-linked", "win-line-two", "win-line-two:"),
        ("goals.not-communicated", "staff", "goals:"),
        ("goals.not-communicated", "customer", "goals:"),
        ("goals.short-term-only", "goals", "goals:"),
        ("swot.action-no-owner", "WO1", "WO1:"),
        ("swot.action-overdue", "SO1", "due: 2025-03-31"),
        ("swot.am-only", "swot", "contributors: [am-zhao]"),
        ("swot.factor-without-action", "S2", "S2:"),
        ("swot.quadrant-empty", "WT", "actions:"),
        ("swot.stale", "swot", "reviewed: 2025-01-12"),
        ("swot.stance-mismatch", "chief-engineer-office", "stance: opponent"),
        ("team.chain-incomplete", "sm-gao", "members:"),
        ("team.department-missing", "product-rnd", "members:"),
        ("team.member-without-assignment", "ase-pan", "ase-pan:"),
        ("team.member-without-assignment", "tbd-product", "tbd-product:"),
        ("team.members-never-met", "team", "team:"),
        ("team.temporary-expired", "team", "until: 2025-06-30"),
        ("team.unnamed-member", "tbd-product", "tbd-product:"),
        ("waiver.expired", "contact.stale at am-zhao/general-manager", "until: 2025-06-30"),
        ("waiver.unused", "stakeholder.opponent-no-plan at deputy-gm", "- rule: stakeholder.opponent-no-plan"),
    ],
    ORDINARY: [],
}
EXACT_FAMILIES = {
    *("stakeholders", "stakeholder", "matrix", "contact", "team", "competitors", "swot", "goals"),
    *("roadmap", "learning", "section", "ref", "waiver", "value", "portfolio"),
}
"""Families whose findings of the neglected customer are listed above one by one; the others only add to them."""


@cache
def command(*arguments: str) -> Any:
    """What `kam` prints as JSON for the example company."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("KAM_")}
    line = [sys.executable, "-m", "kam", "--root", str(ROOT), *arguments, "--as-of", AS_OF]
    done = subprocess.run(line, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def checked() -> Any:
    return command("check", "--output-format", "json", "--fail-on", "never")


def findings(account: str | None) -> list[tuple[str, str, str]]:
    """The findings of an account: rule, object, and the line of the file where they stand."""
    found = [one for one in checked()["findings"] if one["account"] == account]
    lines = {one["path"]: (ROOT / one["path"]).read_text(encoding="utf-8").splitlines() for one in found}
    return [(one["rule"], one["object"], lines[one["path"]][one["line"] - 1].strip()) for one in found]


def listed(account: str) -> Counter[tuple[str, str]]:
    """The findings that the table above expects of the families that exist."""
    return Counter((rule, name) for rule, name, _ in FINDINGS[account] if rule.partition(".")[0] in rules.families())


def test_nothing_is_wrong_with_the_company_itself() -> None:
    assert findings(None) == []
    assert checked()["as_of"] == AS_OF


@pytest.mark.parametrize("account", [WORKED, LARGE, ORDINARY])
def test_exactly_the_expected_findings(account: str) -> None:
    assert Counter((rule, name) for rule, name, _ in findings(account)) == listed(account)


def test_the_neglected_customer_complains_about_everything() -> None:
    found = [one for one in findings(NEGLECTED) if one[0].partition(".")[0] in EXACT_FAMILIES]
    assert Counter((rule, name) for rule, name, _ in found) == listed(NEGLECTED)
    assert len({rule for rule, _, _ in found}) >= 50
    severities = {one["severity"] for one in checked()["findings"] if one["account"] == NEGLECTED}
    assert severities == {"error", "warning", "info"}


@pytest.mark.parametrize("account", [WORKED, LARGE, NEGLECTED])
def test_findings_stand_at_the_line_that_they_speak_of(account: str) -> None:
    expected = {(rule, name): line for rule, name, line in FINDINGS[account]}
    places = {(rule, name): line for rule, name, line in findings(account) if (rule, name) in expected}
    assert places
    wrong = {key: line for key, line in places.items() if not line.startswith(expected[key])}
    assert wrong == {}


def test_nobody_waits_for_an_error_outside_the_neglected_customer() -> None:
    accounts = {one["account"] for one in checked()["findings"] if one["severity"] == "error"}
    assert accounts == {NEGLECTED}


@pytest.mark.parametrize("account", FIGURES)
def test_figures(account: str) -> None:
    stats = command("stats", "--format", "json")["accounts"]
    assert {key: stats[account][key] for key in FIGURES[account]} == FIGURES[account]


def test_the_ordinary_customer_is_six_lines() -> None:
    text = (ROOT / "accounts" / f"{ORDINARY}.yaml").read_text(encoding="utf-8")
    assert len([line for line in text.splitlines() if line and not line.startswith("#")]) == 6


def test_the_matrix_of_the_worked_example_is_the_table_of_the_method() -> None:
    by_member: dict[str, Counter[str]] = {}
    by_stakeholder: dict[str, Counter[str]] = {}
    for member, row in data(WORKED)["matrix"]["cells"].items():
        for stakeholder, level in row.items():
            by_member.setdefault(member, Counter())[level] += 1
            by_stakeholder.setdefault(stakeholder, Counter())[level] += 1
    assert {key: (one["close"], one["keep"]) for key, one in by_member.items()} == CELLS_OF_MEMBERS
    assert {key: (one["close"], one["keep"]) for key, one in by_stakeholder.items()} == CELLS_OF_STAKEHOLDERS


def test_every_example_says_that_it_is_one_and_lives_here() -> None:
    names = {path.stem for path in (ROOT / "accounts").rglob("*.yaml")}
    assert names == {WORKED, LARGE, NEGLECTED, ORDINARY}
    assert all(data(name)["example"] is True for name in names)


def data(account: str) -> dict[str, Any]:
    """An account's file as it is read, without a fault."""
    name = f"accounts/{account}.yaml"
    document = source.read((ROOT / name).read_bytes(), name, "account")
    assert document.faults == ()
    assert document.data is not None
    return document.data
