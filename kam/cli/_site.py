"""What `kam build` and `kam serve` share: the playbook drawn as pages, with what git knows of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from kam.cli._edge import Edge
from kam.finding import Message
from kam.language import N_

if TYPE_CHECKING:
    from kam.playbook import Playbook
    from kam.project import Project


def drawn(
    edge: Edge, project: Project, as_of: date | None, jobs: int | None = None, restricted: bool = False
) -> Playbook:
    """All pages of the playbook; what git does not know is said. Raises KamError."""
    from kam import git, playbook
    from kam.cli._reference import commands
    from kam.reports import shown

    known = git.history(project.root)
    history = None if isinstance(known, Message) else known
    if isinstance(known, Message):
        edge.note("{message}", message=shown(edge.language.say(known)))
    elif known.shallow:
        edge.note(N_("The history of this clone was cut off: some pages do not show when they last changed."))
    return playbook.produce(
        project.root,
        as_of,
        datetime.now(UTC),
        jobs=jobs,
        restricted=restricted,
        history=history,
        commands=commands,
    )
