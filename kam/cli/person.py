"""`kam person`: the customer's people come, go and follow one another."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from kam import schema
from kam.cli import _complete, _daily
from kam.cli._edge import Edge
from kam.daily import Draft, State, person
from kam.finding import KamError, Message
from kam.language import N_

ADD, LEFT, REPLACE = DEEDS = ("add", "left", "replace")


@click.command(
    "person",
    help=N_(
        "The customer's people: who is new, who left, who follows.\n\n"
        "kam person ID add NEW --title TITLE: somebody new, by an id of your choice.\n\n"
        "kam person ID left WHO [--successor OTHER]: somebody left; perhaps somebody known follows.\n\n"
        "kam person ID replace WHO NEW: somebody left and somebody new has the position; the matrix moves along."
    ),
)
@click.argument("id", metavar="ID", shell_complete=_complete.accounts)
@click.argument("deed", metavar="add|left|replace", type=click.Choice(DEEDS))
@click.argument("who", metavar="WHO", shell_complete=_complete.stakeholders)
@click.argument("new", metavar="[NEW]", required=False)
@click.option("--title", metavar="TEXT", help=N_("The position."))
@click.option("--name", metavar="TEXT", help=N_("The name."))
@click.option("--unit", metavar="TEXT", help=N_("The department or office."))
@click.option("--level", type=click.IntRange(1, 5), help=N_("1, the top, to 5."))
@click.option(
    "--reports-to", metavar="PERSON", shell_complete=_complete.stakeholders, help=N_("To whom the person reports.")
)
@click.option(
    "--influence", type=click.Choice(tuple(schema.words("influence"))), help=N_("How much the person weighs.")
)
@click.option("--side", type=click.Choice(tuple(schema.words("side"))), help=N_("On the buying or the using side."))
@click.option(
    "--role", "buying_roles", multiple=True, metavar="ROLE,…", help=N_("What the person does when something is bought.")
)
@click.option("--stance", type=click.Choice(tuple(schema.words("stance"))), help=N_("The stance, with --why."))
@click.option("--why", metavar="TEXT", help=N_("How we know the stance."))
@click.option(
    "--successor", metavar="PERSON", shell_complete=_complete.stakeholders, help=N_("Who follows somebody who left.")
)
@_daily.options
@click.pass_obj
def command(
    edge: Edge,
    /,
    id: str,
    deed: str,
    who: str,
    new: str | None,
    why: str | None,
    successor: str | None,
    writes_as: str | None,
    dry_run: bool,
    commit: bool,
    as_of: date | None,
    **fields: Any,
) -> int:
    """Write who is there now."""
    given = {name: value for name, value in fields.items() if value not in (None, ())}
    _fits(edge, deed, new, successor, bool(given or why))
    work = _daily.begun(edge, id, _daily.How(writes_as, dry_run, commit, as_of))

    def drafted(state: State) -> Draft:
        if deed == ADD:
            return person.added(who, given, why, state)
        if deed == LEFT:
            return person.left(who, successor, state)
        return person.replaced(who, str(new), given, why, state)

    _daily.write(work, drafted)
    return 0


def _fits(edge: Edge, deed: str, new: str | None, successor: str | None, described: bool) -> None:
    """Refuse what does not go together."""
    if deed == REPLACE and not new:
        raise click.UsageError(edge.text(N_("Who follows? kam person ID replace WHO NEW, an id of your choice.")))
    if deed != REPLACE and new:
        raise click.UsageError(edge.text(N_("Only replace takes a second person.")))
    if successor and deed != LEFT:
        raise click.UsageError(edge.text(N_("--successor goes with left.")))
    if deed == LEFT and described:
        raise KamError(
            Message(N_("Whoever left needs no description.")),
            Message(N_("Somebody new has the position? kam person ID replace WHO NEW")),
        )
