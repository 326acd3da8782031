"""The company beside its accounts: its people, its departments and its settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from kam.config import Config
from kam.finding import Path
from kam.model import Play
from kam.record import record


@record
class Person:
    """One of our own people."""

    id: str
    name: str
    function: str | None = None
    learning_group: str = "other"
    department: str | None = None
    level: int | None = None
    reports_to: str | None = None
    grade: str | None = None
    left: bool = False

    @property
    def path(self) -> Path:
        return ("people", self.id)


class Department(NamedTuple):
    """A department of ours and its head."""

    id: str
    name: str
    head: str | None = None


class Company(NamedTuple):
    """Everything about the company that an account is read with; plain values that travel between processes."""

    config: Config
    people: Mapping[str, Person] = {}
    departments: Mapping[str, Department] = {}
    known: bool = False
    """Whether `company/people.yaml` could be read: while it could not, nobody is called unknown."""
    files: frozenset[str] = frozenset()
    """The stems of the files that exist under `company/`."""
    max_accounts: Mapping[str, int] = {}
    """How many accounts one manager may have, by grade, where `company/standards.yaml` says so."""
    plays: Mapping[str, Play] = {}
    """The company's own plays, `company/plays/<id>.yaml`."""
    custom: str | None = None
    """The text of `company/custom.schema.json`, which says what the company's own fields may hold."""

    def person(self, id: str) -> Person:
        """The person of an id; somebody unknown is called by the id."""
        return self.people.get(id) or Person(id, id)

    def name(self, id: str) -> str:
        """What we call a person."""
        return self.person(id).name

    def department_name(self, id: str) -> str:
        """What we call a department."""
        department = self.departments.get(id)
        return department.name if department else id


def people(data: Mapping[str, Any]) -> dict[str, Person]:
    """The people in the data of `company/people.yaml`, by id."""
    return {key: _person(key, value or {}) for key, value in (data.get("people") or {}).items()}


def departments(data: Mapping[str, Any]) -> dict[str, Department]:
    """The departments in the data of `company/people.yaml`, by id."""
    found = data.get("departments") or {}
    return {
        key: Department(key, (value or {}).get("name") or key, (value or {}).get("head"))
        for key, value in found.items()
    }


def grades(data: Mapping[str, Any]) -> dict[str, int]:
    """The most accounts of each grade in the data of `company/standards.yaml`."""
    found = (data.get("certification") or {}).get("grades") or {}
    limits = {grade: (one or {}).get("max_accounts") for grade, one in found.items() if not grade.startswith("x-")}
    return {grade: limit for grade, limit in limits.items() if limit is not None}


def _person(id: str, data: Mapping[str, Any]) -> Person:
    return Person(
        id,
        data.get("name") or id,
        data.get("function"),
        data.get("learning_group") or "other",
        data.get("department"),
        data.get("level"),
        data.get("reports_to"),
        data.get("grade"),
        data.get("status") == "left",
    )
