"""The figures that a play may ask for: those of `kam stats`, and some that only plays need. Flat, by dotted names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kam.model import Stakeholder, day
from kam.plan import Plan

OF_STATS = frozenset(
    """
    cells close keep active_stakeholders manager_covered manager_acquainted stakeholders_with_close members
    members_with_contact due_cells fresh_cells cells_due_in_7_days learning_levels learning_at_standard
    stances.helper stances.supporter stances.neutral stances.opponent stances.unknown
    swot.strengths swot.weaknesses swot.opportunities swot.threats swot.factors_used swot.actions.SO swot.actions.WO
    swot.actions.ST swot.actions.WT swot.actions_open swot.actions_overdue
    roadmap.sign_offs_needed roadmap.sign_offs_given findings.error findings.warning findings.info findings.waived
    """.lower().split()
)
"""Those of `kam stats` that are numbers under a fixed name, in small letters."""

OF_PLAYS = frozenset(
    {
        "prospect",
        "contacts",
        "days_since_contact",
        "has_business",
        "unmet_executives",
        "champions_left",
        "technical_opponents",
        "base",
        "silent_base",
        "rivals_close",
        "substitutes",
        "open_complaints",
        "open_opportunities",
        "open_tenders",
        "days_since_lost",
        "contract_ends_in_days",
        "revenue_change",
    }
)
NAMES = OF_STATS | OF_PLAYS
SILENT = 90
"""Days without a contact after which somebody of the base is silent."""
_TECHNICAL = frozenset({"user", "influencer", "gatekeeper"})
_LATE = frozenset({"present", "objections", "close"})


def figures(plan: Plan, row: Mapping[str, Any]) -> dict[str, float | None]:
    """All figures of an account on its day; `row` are those of `kam stats`. None where there is nothing to count."""
    stats = dict(_flat(row))
    return {name: stats.get(name) for name in OF_STATS} | _relations(plan) | _business(plan)


def _flat(row: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, float]]:
    for key, value in row.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.".lower())
        elif isinstance(value, int | float):
            yield f"{before}{key}".lower(), value


def _relations(plan: Plan) -> dict[str, float | None]:
    people = plan.account.stakeholders.values()
    active, base = plan.active.values(), [one for one in plan.active.values() if (one.level or 0) >= 4]
    last = max((one.date for one in plan.contacts if one.date), default=None)
    friends = [one for one in people if one.stance in ("helper", "supporter")]
    return {
        "prospect": int(plan.account.status == "prospect"),
        "contacts": len(plan.contacts),
        "days_since_contact": plan.age(last) if last else None,
        "unmet_executives": sum(_unmet(one) for one in active if one.level and one.level <= 2),
        "champions_left": sum(one.status == "left" and not one.successor for one in friends),
        "technical_opponents": sum(_technical(one) for one in active),
        "base": len(base),
        "silent_base": sum(_silent(plan, one) for one in base),
        "rivals_close": sum("close" in _rivals(plan, one).values() for one in active),
        "substitutes": sum(one.substitute for one in plan.account.competitors.values()),
    }


def _unmet(one: Stakeholder) -> bool:
    return one.acquaintance in (None, "none") and "acquaintance" not in one.faulty


def _technical(one: Stakeholder) -> bool:
    """Somebody against us who judges what we offer, and neither decides nor buys."""
    judges = not one.buying_roles or not _TECHNICAL.isdisjoint(one.buying_roles)
    return one.stance == "opponent" and judges and "decision-maker" not in one.buying_roles


def _silent(plan: Plan, one: Stakeholder) -> bool:
    met = plan.contacts_with.get(one.id)
    return plan.older(met[-1].date if met else None, SILENT)


def _rivals(plan: Plan, one: Stakeholder) -> Mapping[str, Any]:
    return (_entries(plan, "stakeholders").get(one.id) or {}).get("rivals") or {}


def _business(plan: Plan) -> dict[str, float | None]:
    offers = [one or {} for one in _entries(plan, "opportunities").values()]
    running = [one for one in offers if (one.get("outcome") or "open") == "open"]
    years = (plan.account.data.get("value") or {}).get("years") or {}
    revenue = {int(year): (one or {}).get("revenue") for year, one in years.items() if year.isdecimal()}
    won = any(one.get("outcome") == "won" for one in offers) or any((one or 0) > 0 for one in revenue.values())
    complaints = [one or {} for one in _entries(plan, "services").values()]
    ends = (day((one or {}).get("ends")) for one in _entries(plan, "contracts").values())
    return {
        "has_business": int(won),
        "open_opportunities": len(running),
        "open_tenders": sum((one.get("step") or "find") in _LATE for one in running),
        "days_since_lost": _days_since_lost(plan, offers),
        "open_complaints": sum(
            one.get("kind") in ("complaint", "dispute") and not one.get("closed") for one in complaints
        ),
        "contract_ends_in_days": min(
            ((one - plan.today).days for one in ends if one and one >= plan.today), default=None
        ),
        "revenue_change": _change(revenue.get(plan.today.year - 1), revenue.get(plan.today.year - 2)),
    }


def _days_since_lost(plan: Plan, offers: list[Mapping[str, Any]]) -> int | None:
    lost = (day(one.get("decided")) for one in offers if one.get("outcome") == "lost")
    return min((plan.age(one) for one in lost if one and plan.happened(one)), default=None)


def _change(now: float | None, before: float | None) -> float | None:
    """By which share the revenue of the last full year differs from the year before."""
    return (now - before) / before if now is not None and before else None


def _entries(plan: Plan, section: str) -> Mapping[str, Any]:
    return plan.account.data.get(section) or {}
