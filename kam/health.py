"""The health of an account: six areas, each a figure with its base and a light; read from the figures of a row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Literal, NamedTuple

from kam.config import Health
from kam.finding import Finding, path_of

Name = Literal["people", "coverage", "freshness", "swot", "roadmap", "learning"]
Light = Literal["red", "amber", "green", "none"]
NAMES: tuple[Name, ...] = ("people", "coverage", "freshness", "swot", "roadmap", "learning")

# The section without which an area has nothing to say.
SECTION: dict[Name, str] = {
    "people": "matrix",
    "coverage": "matrix",
    "freshness": "matrix",
    "swot": "swot",
    "roadmap": "roadmap",
    "learning": "learning",
}
_BY_FAMILY: dict[str, Name] = {"matrix": "coverage", "contact": "freshness"}
_BY_SECTION: dict[str, Name] = {
    "stakeholders": "people",
    "matrix": "coverage",
    "contacts": "freshness",
    "competitors": "swot",
    "swot": "swot",
    "goals": "roadmap",
    "roadmap": "roadmap",
    "learning": "learning",
}


class Area(NamedTuple):
    """One area: `n` of `of`, and its light; `none` where the class does not ask for it and nothing is there."""

    name: Name
    n: int
    of: int
    light: Light

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 means all."""
        return self.n * 100 // self.of if self.of else 0


def area_of(finding: Finding) -> Name | None:
    """The area that a finding belongs to, by the family of its rule, else by the section where it stands."""
    if finding.rule == "matrix.am-not-acquainted":
        return "people"
    section = (path_of(finding.pointer) or ("",))[0]
    return _BY_FAMILY.get(finding.family) or _BY_SECTION.get(section)


def wrong(findings: Iterable[Finding]) -> tuple[Name, ...]:
    """The areas with an error that nobody accepted."""
    found = {area_of(one) for one in findings if one.severity == "error" and not one.waived}
    return tuple(name for name in NAMES if name in found)


def areas(
    figures: Mapping[str, Any], wrong: Collection[str], asked: Collection[str], limits: Health
) -> tuple[Area, ...]:
    """The six areas; `wrong`: those with an error; `asked`: the sections that the account's class asks for."""
    return tuple(_area(name, *_counts(name, figures), wrong, asked, limits) for name in NAMES)


def _counts(name: Name, figures: Mapping[str, Any]) -> tuple[int, int]:
    if name == "people":
        # Whom the manager should know, the matrix says: without one nobody asks.
        return figures["manager_acquainted"], figures["active_stakeholders"] if figures["cells"] else 0
    if name == "coverage":
        return figures["manager_covered"], figures["active_stakeholders"] if figures["cells"] else 0
    if name == "freshness":
        return figures["fresh_cells"], figures["due_cells"]
    if name == "learning":
        return figures["learning_at_standard"], figures["learning_levels"]
    found = figures[name]
    if not found:
        return 0, 0
    if name == "swot":
        return found["factors_used"], sum(
            found[field] for field in ("strengths", "weaknesses", "opportunities", "threats")
        )
    return found["sign_offs_given"], found["sign_offs_needed"]


def _area(name: Name, n: int, of: int, wrong: Collection[str], asked: Collection[str], limits: Health) -> Area:
    if name in wrong:
        return Area(name, n, of, "red")
    if not of:
        return Area(name, 0, 0, "amber" if SECTION[name] in asked else "none")
    percent = n * 100 // of
    return Area(name, n, of, "red" if percent < limits.red else "green" if percent >= limits.green else "amber")


def worst(found: Iterable[Area]) -> Light:
    """The worst light of some areas."""
    lights = {one.light for one in found}
    return next((light for light in ("red", "amber", "green") if light in lights), "none")
