"""`kam.yaml` as values: what the company asks of its accounts, with a default for everything it leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from kam.finding import SEVERITIES, Severity
from kam.language import CODES, Code
from kam.model import Waiver, day, waivers

Depth = Literal["essential", "standard", "thorough"]
TIERS: dict[str, int] = {"essential": 1, "standard": 2, "thorough": 3}

_LEVELS = ("1", "2", "3", "4", "5")
_CORE = ("profile", "team", "stakeholders", "matrix", "contacts", "swot")
_FULL = (*_CORE, "goals", "roadmap", "learning")


class ClassNeeds(NamedTuple):
    """What accounts of one class are checked for: the highest tier of rules, and sections that must be filled."""

    tier: int
    sections: tuple[str, ...]


class Health(NamedTuple):
    """Percentages that colour a health tile: below `red` it burns, from `green` on it is fine."""

    red: int = 70
    green: int = 95


class Config(NamedTuple):
    """The settings of a playbook repository."""

    company: str = ""
    languages: tuple[Code, ...] = ("zh",)
    as_of: date | None = None
    timezone: str = "Asia/Shanghai"
    edit_url: str | None = None
    account_levels: Mapping[int, str] = {}
    required_departments: tuple[str, ...] = ()
    cadence_days: Mapping[str, int] = {"close": 30, "keep": 90}
    classes: Mapping[str, ClassNeeds] = {
        "key": ClassNeeds(2, _FULL),
        "special": ClassNeeds(2, _FULL),
        "good": ClassNeeds(1, _CORE),
        "ordinary": ClassNeeds(1, ("team", "stakeholders")),
    }
    learning_standards: Mapping[str, str] = {
        "sales": "aware",
        "product": "proficient",
        "presales": "expert",
        "after-sales": "expert",
        "management": "aware",
        "other": "aware",
    }
    health: Health = Health()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = {}
    options: Mapping[str, Mapping[str, Any]] = {}
    mandatory: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()


class Selection(NamedTuple):
    """Which rules the command line asked for and how severe they count; empty: as `kam.yaml` says."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = {}


def wanted(rule: str, tier: int, depth: int, config: Config, selection: Selection) -> bool:
    """Whether a rule speaks: a rule beats its family, the command line `kam.yaml`, a selection the depth."""
    family = rule.partition(".")[0]
    for name in (rule, family):
        if name in selection.ignore:
            return False
        if name in selection.select:
            return True
    if selection.select or rule in config.ignore or family in config.ignore:
        return False
    return tier <= depth


def severity_of(rule: str, default: Severity, config: Config, selection: Selection) -> Severity:
    """The severity that counts: the rule's own entry, then its family's, command line first."""
    family = rule.partition(".")[0]
    for table in (selection.severity, config.severity):
        for name in (rule, family):
            if name in table:
                return table[name]
    return default


def config(data: Mapping[str, Any]) -> Config:
    """The settings in the data of a `kam.yaml` without its faulty values; defaults for what is missing."""
    base = Config()
    rules = data.get("rules") or {}
    classes = _filled(data.get("classes"))
    languages = tuple(code for code in data.get("languages") or (data.get("language"),) if code in CODES)
    return base._replace(
        company=data.get("company") or "",
        languages=tuple(dict.fromkeys(languages)) or base.languages,
        as_of=day(data.get("as_of")),
        timezone=data.get("timezone") or base.timezone,
        edit_url=data.get("edit_url"),
        account_levels={int(key): name for key, name in _filled(data.get("account_levels")).items() if key in _LEVELS},
        required_departments=_listed(data.get("required_departments")),
        cadence_days={**base.cadence_days, **_filled(data.get("cadence_days"))},
        classes={**base.classes, **{name: _needs(one) for name, one in classes.items() if name in base.classes}},
        learning_standards={**base.learning_standards, **_filled(data.get("learning_standards"))},
        health=Health(**{name: one for name, one in _filled(data.get("health")).items() if name in Health._fields}),
        ignore=_listed(rules.get("ignore")),
        severity={name: level for name, level in (rules.get("severity") or {}).items() if level in SEVERITIES},
        options={name: _filled(options) for name, options in (rules.get("options") or {}).items()},
        mandatory=_listed(rules.get("mandatory")),
        waivers=waivers(data.get("waivers") or ()),
    )


def _needs(data: Mapping[str, Any]) -> ClassNeeds:
    return ClassNeeds(TIERS[data.get("depth") or "essential"], _listed(data.get("sections")))


def _filled(data: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (data or {}).items() if value is not None}


def _listed(values: Sequence[Any] | None) -> tuple[Any, ...]:
    """The entries of a list without the faulty ones, which were taken out."""
    return tuple(one for one in values or () if one is not None)
