"""The figures of one account: the words and formulas of `kam stats`, used by pages and tests too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from kam.days import months_later, whole_months
from kam.finding import SEVERITIES, Finding
from kam.model import FIELDS, LEARNING_LEVELS, QUADRANTS, added
from kam.plan import Plan

STANCES = ("helper", "supporter", "neutral", "opponent", "unknown")


def figures(plan: Plan, findings: Iterable[Finding]) -> dict[str, Any]:
    """The figures of an account on its day, ready for JSON."""
    return {
        **_matrix(plan),
        **_freshness(plan),
        **_stances(plan),
        **_swot(plan),
        **_learning(plan),
        **_roadmap(plan),
        **counts(findings),
    }


def counts(findings: Iterable[Finding]) -> dict[str, Any]:
    """How many findings of each severity there are, waived ones apart."""
    found = Counter("waived" if one.waived else one.severity for one in findings)
    return {"findings": {name: found[name] for name in (*SEVERITIES, "waived")}}


def _matrix(plan: Plan) -> dict[str, Any]:
    cells, active = plan.live_cells, plan.active
    with_close = {cell.stakeholder for cell in cells if cell.level == "close"}
    return {
        "cells": len(cells),
        "close": sum(cell.level == "close" for cell in cells),
        "keep": sum(cell.level == "keep" for cell in cells),
        "active_stakeholders": len(active),
        "manager_covered": sum(map(plan.covered, active)),
        "manager_acquainted": sum(one.acquaintance in ("can-talk", "familiar") for one in active.values()),
        "stakeholders_with_close": len(with_close),
        "members": len(plan.members),
        "members_with_contact": len({cell.member for cell in cells}),
    }


def _freshness(plan: Plan) -> dict[str, Any]:
    due = [one for one in plan.freshness.values() if not one.pending]
    best = plan.best_meeting
    return {
        "due_cells": len(due),
        "fresh_cells": sum(one.fresh for one in due),
        "cells_due_in_7_days": len(plan.due_soon),
        "best_meeting": {"contact": best[0].name, "number": len(best[1])} if best else None,
    }


def _stances(plan: Plan) -> dict[str, Any]:
    found = Counter(one.stance or "unknown" for one in plan.active.values())
    return {"stances": {name: found[name] for name in STANCES}}


def _swot(plan: Plan) -> dict[str, Any]:
    swot = plan.account.swot
    if not swot:
        return {"swot": None}
    by_quadrant = Counter(one.quadrant for one in swot.actions.values())
    running = [one for one in swot.actions.values() if one.open]
    return {
        "swot": {
            **{field: len(swot.field(field)) for field in FIELDS},
            "factors_used": len(plan.used_factors),
            "actions": {name: by_quadrant[name] for name in QUADRANTS},
            "actions_open": len(running),
            "actions_overdue": sum(plan.overdue(one.due) for one in running),
        }
    }


def _learning(plan: Plan) -> dict[str, Any]:
    rated = [(pair.level, pair.standard) for pair in plan.pairs if pair.level in LEARNING_LEVELS]
    rank = LEARNING_LEVELS.index
    return {
        "learning_levels": len(rated),
        "learning_at_standard": sum(rank(level) >= rank(standard) for level, standard in rated),
    }


def _roadmap(plan: Plan) -> dict[str, Any]:
    roadmap = plan.account.roadmap
    if not roadmap:
        return {"roadmap": None}
    window = months_later(plan.today, 3), months_later(plan.today, 6)
    started = [one for one in roadmap.entries.values() if one.status != "dropped" and one.starts]
    years = sorted({one.starts.year for one in started if one.starts} | set(roadmap.budgets))
    signed = [roadmap.sign_offs.get(one) for one in plan.signing_departments]
    return {
        "roadmap": {
            "lead_months": {
                one.id: whole_months(one.deployed, one.starts)
                for one in roadmap.entries.values()
                if one.deployed and one.starts
            },
            "starting_in_3_to_6_months": [
                one.id for one in plan.live_entries if one.starts and window[0] <= one.starts <= window[1]
            ],
            "years": {
                str(year): {
                    "cost": roadmap.cost(year),
                    "approved": roadmap.budgets[year].approved if year in roadmap.budgets else None,
                }
                for year in years
            },
            "sign_offs_needed": len(signed),
            "sign_offs_given": sum(
                bool(one and one.by and one.date and one.version >= roadmap.version) for one in signed
            ),
        }
    }


def total(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The sums over accounts of every figure that can be added up."""
    summed: dict[str, Any] = {}
    for row in rows:
        _add(summed, row)
    return summed


def _add(summed: dict[str, Any], row: dict[str, Any]) -> None:
    for key, value in row.items():
        if isinstance(value, dict) and key not in ("best_meeting", "lead_months"):
            _add(summed.setdefault(key, {}), value)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            summed[key] = added((summed.get(key, 0), value))
