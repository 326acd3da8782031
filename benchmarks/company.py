"""An invented company of 300 people: `kam.yaml` and `company/people.yaml`."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from benchmarks import words

AS_OF = date(2026, 1, 15)
Data = dict[str, Any]

DEPARTMENTS = {
    "sales": "销售部",
    "presales": "售前技术部",
    "technical": "技术部",
    "product-rnd": "产品研发部",
    "commerce": "商务部",
    "administration": "行政部",
    "finance": "财务部",
    "management": "管理层",
}
JOBS = (
    ("am", "account-manager", "sales", "sales", 4, 90),
    ("sm", "sales-manager", "sales", "sales", 3, 24),
    ("sd", "sales-director", "sales", "sales", 2, 8),
    ("pse", "presales-engineer", "presales", "presales", 4, 60),
    ("tdm", "technical-manager", "presales", "technical", 3, 24),
    ("td", "technical-director", "management", "technical", 2, 8),
    ("pe", "product-engineer", "product", "product-rnd", 4, 50),
    ("pm", "product-manager", "product", "product-rnd", 3, 24),
    ("pd", "product-director", "product", "product-rnd", 2, 8),
    ("gm", "general-manager", "management", "management", 1, 4),
)
"""Prefix of the id, function, learning group, department, level, how many: 300 people."""
HEADS = {"sales": "sd-001", "presales": "tdm-001", "technical": "td-001", "product-rnd": "pd-001"}
BOSSES = {"am": "sm", "sm": "sd", "sd": "gm", "pse": "tdm", "tdm": "td", "td": "gm", "pe": "pm", "pm": "pd", "pd": "gm"}


def people() -> Data:
    """`company/people.yaml`: 300 people in eight departments."""
    rng = random.Random(1)
    found: Data = {}
    for prefix, function, group, department, level, count in JOBS:
        for number in range(1, count + 1):
            person: Data = {"name": name(rng), "function": function, "learning_group": group, "department": department}
            person["level"] = level
            if prefix in BOSSES:
                person["reports_to"] = pick(rng, BOSSES[prefix])
            if prefix == "am":
                person |= {"grade": rng.choice(("am", "advanced", "senior")), "groups": ["public-service"]}
            found[f"{prefix}-{number:03}"] = person
    departments = {key: {"name": label, "head": HEADS.get(key, "gm-001")} for key, label in DEPARTMENTS.items()}
    return {"version": 1, "departments": departments, "people": found}


def settings() -> Data:
    """`kam.yaml`."""
    core = ["profile", "team", "stakeholders", "matrix", "contacts", "swot"]
    whole = [*core, "goals", "roadmap", "learning"]
    return {
        "version": 1,
        "company": "示例公司",
        "languages": ["zh"],
        "as_of": AS_OF,
        "timezone": "Asia/Shanghai",
        "account_levels": {1: "高层", 2: "总监", 3: "经理", 4: "主管", 5: "基层"},
        "required_departments": ["sales", "technical", "product-rnd"],
        "cadence_days": {"close": 30, "keep": 90},
        "classes": {
            "key": {"depth": "standard", "sections": whole},
            "special": {"depth": "standard", "sections": whole},
            "good": {"depth": "standard", "sections": core},
            "ordinary": {"depth": "standard", "sections": ["team", "stakeholders"]},
        },
        "learning_standards": {"sales": "aware", "product": "proficient", "presales": "expert", "management": "aware"},
    }


def pick(rng: random.Random, prefix: str) -> str:
    """One of ours with this prefix."""
    return f"{prefix}-{rng.randint(1, next(job[5] for job in JOBS if job[0] == prefix)):03}"


def name(rng: random.Random) -> str:
    """A Chinese name."""
    return rng.choice(words.SURNAMES) + "".join(rng.sample(words.GIVEN, rng.randint(1, 2)))
