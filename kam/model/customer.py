"""One customer: the sections put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

from kam.finding import Path
from kam.model.contacts import Contact, read_contacts
from kam.model.goals import Goals, read_goals
from kam.model.learning import Learning, read_learning
from kam.model.matrix import Matrix, read_matrix
from kam.model.people import Stakeholder, read_stakeholder
from kam.model.reading import Faulty, Reader, day, empty, items, mappings
from kam.model.roadmap import Roadmap, read_roadmap
from kam.model.swot import Action, Competitor, Swot, read_action, read_competitor, read_swot
from kam.model.team import Team, read_team
from kam.model.waiver import Waiver, waivers
from kam.record import record

Part = TypeVar("Part")


class Handover(NamedTuple):
    """A change of the account manager."""

    date: date | None
    giver: str | None


@record
class Account:
    """One customer. Sections that the file lacks are None or empty; `data` holds the rest as it was read."""

    id: str
    name: str
    status: str
    class_: str | None
    currency: str
    restricted: bool
    example: bool
    profile: Mapping[str, Any]
    team: Team | None
    stakeholders: dict[str, Stakeholder]
    matrix: Matrix | None
    contacts: tuple[Contact, ...]
    competitors: dict[str, Competitor]
    swot: Swot | None
    goals: Goals | None
    roadmap: Roadmap | None
    learning: Learning | None
    actions: dict[str, Action]
    handovers: tuple[Handover, ...]
    waivers: tuple[Waiver, ...]
    data: Mapping[str, Any]
    sections: frozenset[str]
    faulty: Faulty
    taken: Mapping[Path, Faulty]
    """The names of all values that were taken out because they are faulty, by the path of their parent."""

    @property
    def path(self) -> Path:
        return ()


def account(id: str, data: Mapping[str, Any], faults: Mapping[Path, Faulty] | None = None) -> Account:
    """The account in data that the schema accepts, apart from what `faults` names (parent path to field names)."""
    read = Reader(faults or {})

    def part(section: str, make: Callable[[Mapping[str, Any], Reader], Part]) -> Part | None:
        """A section; one of which only faulty values stood in the file is there all the same."""
        there = data.get(section)
        return make(there or {}, read) if there or read.faulty(section) else None

    return Account(
        id=id,
        name=data.get("name") or id,
        status=data.get("status") or "active",
        class_=data.get("class"),
        currency=data.get("currency") or "CNY",
        restricted=data.get("visibility") == "restricted" or "visibility" in read.faulty(),  # in doubt nobody sees it
        example=bool(data.get("example")),
        profile=data.get("profile") or {},
        team=part("team", read_team),
        stakeholders={key: read_stakeholder(key, value or {}, read) for key, value in items(data.get("stakeholders"))},
        matrix=part("matrix", read_matrix),
        contacts=read_contacts(data.get("contacts") or (), read),
        competitors={key: read_competitor(key, value or {}) for key, value in items(data.get("competitors"))},
        swot=part("swot", read_swot),
        goals=part("goals", read_goals),
        roadmap=part("roadmap", read_roadmap),
        learning=part("learning", read_learning),
        actions={
            key: read_action(key, "actions", value or {}, read.faulty("actions", key))
            for key, value in items(data.get("actions"))
        },
        handovers=tuple(Handover(day(one.get("date")), one.get("from")) for one in mappings(data.get("handovers"))),
        waivers=waivers(data.get("waivers") or ()),
        data=data,
        sections=frozenset(key for key, value in data.items() if not empty(value) or read.faulty(key)),
        faulty=read.faulty(),
        taken=read.faults,
    )
