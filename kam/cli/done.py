"""`kam done`: something of the plan is done."""

from __future__ import annotations

from datetime import date

import click

from kam.cli import _complete, _daily
from kam.cli._edge import DAY, Edge
from kam.daily import finished
from kam.language import N_


@click.command(
    "done",
    help=N_(
        "Say that something of the plan is done.\n\n"
        "ID: the account. WHAT: an action (WO2), an entry of the roadmap, an item of the learning plan "
        "(PERSON/SUBJECT), an introduction (PERSON or PERSON/CUSTOMER)."
    ),
)
@click.argument("id", metavar="ID", shell_complete=_complete.accounts)
@click.argument("what", metavar="WHAT", shell_complete=_complete.things)
@click.option("--date", "day", type=DAY, metavar="YYYY-MM-DD", help=N_("Since when; otherwise today."))
@_daily.options
@click.pass_obj
def command(
    edge: Edge,
    id: str,
    what: str,
    day: date | None,
    writes_as: str | None,
    dry_run: bool,
    commit: bool,
    as_of: date | None,
) -> int:
    """Write that it is done, and since when."""
    work = _daily.begun(edge, id, _daily.How(writes_as, dry_run, commit, as_of))
    _daily.write(work, lambda state: finished(what, day or work.today, state))
    return 0
