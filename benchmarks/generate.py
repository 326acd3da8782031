"""Invented playbooks of any size: a company of 300 people and accounts that differ, always the same for one seed.

`python -m benchmarks.generate DIR --accounts 1000` writes one.
"""

from __future__ import annotations

import argparse
import random
from datetime import date, timedelta
from pathlib import Path

from benchmarks import company, emit, words
from benchmarks.company import AS_OF, Data


def name(number: int) -> str:
    """The id of account `number`."""
    return f"customer-{number:05}"


def account(number: int) -> Data:
    """Account `number`, whole: what a careful team would have written, with the gaps that real files have."""
    rng = random.Random(number)
    team = {prefix: company.pick(rng, prefix) for prefix in rng.sample(words.TEAM[1:], rng.randint(5, 7))}
    team = {"am": f"am-{number % 90 + 1:03}", **team}
    stakeholders = _stakeholders(rng, team)
    members = list(team.values())
    matrix = _matrix(rng, members, list(stakeholders))
    goals = {"answer-in-a-day": {"promise": "一个工作日内答复", "measure": "按时答复率", "due": _after(rng, 300)}}
    return {
        "version": 1,
        "name": f"{rng.choice(words.PLACES)}{rng.choice(words.TRADES)}{number}",
        "status": rng.choices(("active", "prospect", "dormant"), (70, 25, 5))[0],
        "class": rng.choices(("key", "special", "good", "ordinary"), (20, 10, 40, 30))[0],
        "currency": "CNY",
        "profile": _profile(rng),
        "team": _team(rng, team),
        "stakeholders": stakeholders,
        "matrix": matrix,
        "contacts": _contacts(rng, matrix["cells"]),
        "competitors": {
            "rival-a": {"name": "友商甲", "offers": "同类平台，价格较低", "substitute": True},
            "rival-b": {"name": "友商乙", "offers": "单点设备"},
        },
        "swot": _swot(rng, members, list(stakeholders)),
        "goals": _goals(rng, goals, members, list(stakeholders)),
        "roadmap": _roadmap(rng, members),
        "learning": _learning(rng, members),
    }


def write(root: Path, accounts: int) -> None:
    """A whole playbook under `root`: settings, people, accounts, site."""
    _put(root / "kam.yaml", emit.text(company.settings()))
    _put(root / "company/people.yaml", emit.text(company.people()))
    for number in range(1, accounts + 1):
        _put(root / "accounts" / f"{name(number)}.yaml", emit.text(account(number)))
    _put(root / "mkdocs.yml", "site_name: Benchmark\ntheme: {name: material}\nplugins: [search, kam]\n")
    (root / "docs").mkdir(exist_ok=True)


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def _before(rng: random.Random, days: int, least: int = 1) -> date:
    return AS_OF - timedelta(rng.randint(least, days))


def _after(rng: random.Random, days: int) -> date:
    return AS_OF + timedelta(rng.randint(1, days))


def _profile(rng: random.Random) -> Data:
    return {
        "industry_group": rng.choice(("commercial", "industrial", "public-service")),
        "ownership": rng.choice(("public", "non-public", "group")),
        "size": rng.randint(80, 9000),
        "portfolio_decision": rng.choice(("grow", "keep", "watch")),
        "since": _before(rng, 2000, 400),
        "history": rng.choice(("none", "some", "long")),
        "purchase_use_separated": True,
        "positioning": {"why_us": "技术领先，便于扩展", "why_them": "本地区第一个统一平台"},
    }


def _team(rng: random.Random, team: dict[str, str]) -> Data:
    since = _before(rng, 700, 200)
    members = {
        person: {"role": words.ROLES[prefix], "since": since, "assignment": f"负责{rng.choice(words.UNITS)}及相关人员"}
        for prefix, person in team.items()
    }
    return {
        "manager": team["am"],
        "sponsor": team.get("gm", "gm-001"),
        "form": "temporary",
        "project": "平台试点",
        "until": _after(rng, 500),
        "members": members,
        "kickoffs": [{"date": since + timedelta(20), "attended": list(members)}],
    }


def _stakeholders(rng: random.Random, team: dict[str, str]) -> Data:
    wanted = [1, 2, 2, 3, 3, 4, 4, 5, 5][: rng.randint(7, 9)]
    found: Data = {}
    for number, level in enumerate(wanted, 1):
        bosses = [key for key, one in found.items() if one["level"] == level - 1]
        person: Data = {
            "title": rng.choice(words.TITLES[level]),
            "name": company.name(rng),
            "unit": rng.choice(words.UNITS),
        }
        person["level"] = level
        if bosses:
            person["reports_to"] = rng.choice(bosses)
        person |= {
            "stance": rng.choices(("helper", "supporter", "neutral", "opponent", "unknown"), (1, 4, 6, 1, 1))[0],
            "stance_basis": {"date": _before(rng, 260), "by": team["am"], "why": rng.choice(words.RESULTS)},
            "influence": "decisive" if level == 1 else rng.choice(("low", "medium", "high")),
            "buying_roles": ["decision-maker"] if level == 1 else [rng.choice(("influencer", "user", "buyer"))],
            "side": rng.choice(("buying", "using", "both")),
            "approach": rng.choice(words.APPROACHES),
            "channel": rng.choice(("phone", "email", "visit", "chat")),
            "topics": rng.sample(words.TOPICS, 2),
            "acquaintance": rng.choice(("introduced", "can-talk", "familiar")),
        }
        found[f"person-{number}"] = person
    return found


def _matrix(rng: random.Random, members: list[str], stakeholders: list[str]) -> Data:
    manager, *others = members
    cells: Data = {manager: {one: rng.choice(("keep", "keep", "close")) for one in stakeholders}}
    for person in others:
        some = rng.sample(stakeholders, rng.randint(2, 4))
        cells[person] = {one: rng.choice(("keep", "keep", "close")) for one in stakeholders if one in some}
    done = {person: {"done": _before(rng, 400, 100), "by": manager} for person in others}
    return {"reviewed": _before(rng, 120), "cells": cells, "introductions": done}


def _contacts(rng: random.Random, cells: dict[str, Data]) -> list[Data]:
    """Most members met the people of their own row not long ago, the manager with them."""
    manager, *others = cells
    turns = [one for one in others for _ in range(2) if rng.random() < 0.9]
    days = sorted(_before(rng, 60) for _ in turns)
    return [
        {
            "id": f"c{number}",
            "date": day,
            "kind": rng.choice(("visit", "meeting", "call", "message", "event")),
            "ours": [manager, person],
            "theirs": rng.sample(list(cells[person]), min(len(cells[person]), rng.randint(2, 4))),
            "content": rng.choice(words.TALKS),
            "result": rng.choice(words.RESULTS),
            "leads_to": [rng.choice(("SO1", "WO1", "ST1"))] if rng.random() < 0.6 else [],
        }
        for number, (day, person) in enumerate(zip(days, turns, strict=True), 1)
    ]


def _swot(rng: random.Random, members: list[str], stakeholders: list[str]) -> Data:
    def inside(letter: str, rows: tuple[tuple[str, str, str], ...]) -> Data:
        return {
            f"{letter}{number}": {"area": area, "aspect": aspect, "text": text, "versus": ["rival-a"]}
            for number, (area, aspect, text) in enumerate(rows, 1)
        }

    def outside(letter: str, rows: tuple[tuple[str, str], ...]) -> Data:
        return {
            f"{letter}{number}": {"area": area, "text": text, "about": rng.sample(stakeholders, 2)}
            for number, (area, text) in enumerate(rows, 1)
        }

    actions: Data = {}
    for quadrant, text, uses in words.ACTIONS:
        number = 1 + sum(key.startswith(quadrant) for key in actions)
        actions[f"{quadrant}{number}"] = {
            "quadrant": quadrant,
            "text": text,
            "uses": list(uses),
            "for": rng.sample(stakeholders, 2),
            "owner": rng.choice(members),
            "due": AS_OF + timedelta(rng.randint(-20, 150)),
            "status": rng.choice(("open", "running", "done")),
        }
    return {
        "reviewed": _before(rng, 220),
        "contributors": members[:3],
        "strengths": inside("S", words.STRENGTHS),
        "weaknesses": inside("W", words.WEAKNESSES),
        "opportunities": outside("O", words.CHANCES),
        "threats": outside("T", words.THREATS),
        "actions": actions,
    }


def _goals(rng: random.Random, external: Data, members: list[str], stakeholders: list[str]) -> Data:
    internal = {
        "win-the-pilot": {
            "text": "拿下平台试点",
            "strategy": "先试用，再推广",
            "financial": {"measure": "revenue", "target": rng.randint(3, 90) * 100000, "due": _after(rng, 900)},
        }
    }
    some = members if rng.random() < 0.8 else members[:-1]
    told = [
        {"audience": "staff", "who": some, "date": _before(rng, 90), "how": "启动会", "version": 1},
        {"audience": "customer", "who": stakeholders[:2], "date": _before(rng, 90), "how": "拜访", "version": 1},
    ]
    return {"version": 1, "external": external, "internal": internal, "communicated": told}


def _roadmap(rng: random.Random, members: list[str]) -> Data:
    entries: Data = {}
    for number, (kind, text) in enumerate(
        (("communication", "领导到访总部"), ("education", "技术与成本研讨会"), ("incentive", "试点延保服务包")), 1
    ):
        starts = _after(rng, 240)
        entries[f"step-{number}"] = {
            "kind": kind,
            "text": text,
            "goal": rng.choice(("answer-in-a-day", "win-the-pilot")),
            "departments": rng.sample(["sales", "technical", "product-rnd"], 2),
            "owner": rng.choice(members),
            "deployed": _before(rng, 60),
            "starts": starts,
            "ends": starts + timedelta(rng.randint(1, 90)),
            "cost": rng.randint(1, 40) * 2000,
            "status": "planned",
        }
    signers = ("sales", "technical", "product-rnd")[: rng.choice((2, 3, 3, 3))]
    sign_offs = {key: {"by": company.HEADS[key], "date": _before(rng, 60), "version": 1} for key in signers}
    budget = {"2026": {"approved": 300000, "by": "gm-001", "date": _before(rng, 60)}}
    return {"version": 1, "entries": entries, "budgets": budget, "sign_offs": sign_offs}


def _learning(rng: random.Random, members: list[str]) -> Data:
    levels = {
        one: {"trade": rng.choice(("none", "aware", "proficient", "expert", "expert", "expert"))} for one in members
    }
    plan = [{"person": members[-1], "subject": "trade", "text": "到客户现场学习两天", "due": _after(rng, 120)}]
    subjects = {"trade": {"name": "客户行业知识", "groups": ["sales", "product", "presales", "management"]}}
    return {"subjects": subjects, "levels": levels, "plan": plan}


def main() -> None:
    """Write a playbook into a folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("--accounts", type=int, default=1000)
    given = parser.parse_args()
    write(given.root, given.accounts)


if __name__ == "__main__":
    main()
