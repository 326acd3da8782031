"""`kam agenda`: what is to be done, by whom, until when, why, and how it is written down."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import NamedTuple

import click

from kam import agenda
from kam.check import RESTING, Analysis
from kam.cli import _agenda, _complete, _names
from kam.cli._agenda import Agenda, Item
from kam.cli._edge import Edge, as_of, colours, paint, progress, show
from kam.config import Selection
from kam.language import N_
from kam.project import Project, analysed
from kam.reports import plain, shown

FORMATS = (*_agenda.FORMATS, "ics")


class Found(NamedTuple):
    """What one account has to be done."""

    file: str
    readable: bool
    restricted: bool
    items: tuple[Item, ...]


@click.command(
    "agenda",
    help=N_(
        "What is to be done: contacts, introductions, results, actions, learning, signatures, reviews.\n\n"
        "People and accounts are found by id, by name or by pinyin, also by the beginning of it."
    ),
)
@click.option(
    "--for",
    "people",
    multiple=True,
    metavar="PERSON",
    shell_complete=_complete.people,
    help=N_("Only what this person of ours has to do."),
)
@click.option(
    "--account",
    "accounts",
    multiple=True,
    metavar="ID",
    shell_complete=_complete.accounts,
    help=N_("Only this account."),
)
@click.option(
    "--days",
    type=click.IntRange(1, 3660),
    default=14,
    show_default=True,
    help=N_("Look so many days ahead; today is the first. What is late is always there."),
)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help=N_("How it is written.")
)
@click.option(
    "--include-restricted", is_flag=True, help=N_("Also put restricted accounts into a calendar; others may read it.")
)
@as_of
@click.pass_obj
def command(
    edge: Edge,
    people: tuple[str, ...],
    accounts: tuple[str, ...],
    days: int,
    form: str,
    include_restricted: bool,
    as_of: date | None,
) -> int:
    """Collect the tasks of the accounts, keep those that were asked for, write them."""
    project = edge.project()
    names = sorted({_names.account(project, one) for one in accounts}) if accounts else list(project.accounts)
    asked = {_names.person(project, one) for one in people}
    today = edge.today(project, as_of)
    found = list(_found(edge, project, today, days, names))
    _complain(edge, found)
    hidden = [one for one in found if one.restricted and form == "ics" and not include_restricted]
    if hidden:
        edge.note(N_("Restricted accounts left out of the calendar: {n}."), n=len(hidden))
    items = _kept((one for one in found if one not in hidden), asked)
    painted = paint if colours() and form == "text" else plain
    whole = Agenda(items, today, days, project.company.company, edge.language, painted)
    _write(whole, form, project, asked)
    return 0


def _found(edge: Edge, project: Project, today: date, days: int, names: list[str]) -> Iterable[Found]:
    results = analysed(project, today, Selection(), partial(take, days), names)
    return progress(results, len(names), edge.text(N_("Reading")))


def take(days: int, analysis: Analysis) -> Found:
    """The tasks of an account that is worked on."""
    row, plan = analysis.row, analysis.plan
    working = plan is not None and row.status not in RESTING
    tasks = agenda.within(plan, days) if plan and working else ()
    items = (Item(f"{one.kind}@{row.account}/{one.object}", row.account, row.name, row.file, one) for one in tasks)
    return Found(row.file, plan is not None, row.restricted, tuple(_agenda.numbered(items)))


def _complain(edge: Edge, found: Iterable[Found]) -> None:
    for one in found:
        if not one.readable:
            edge.note(
                N_("{file} cannot be read, so nothing of it is here; `kam check` says why."), file=shown(one.file)
            )


def _kept(found: Iterable[Found], asked: set[str]) -> tuple[Item, ...]:
    """What these people have to do, all of it if nobody was asked for; by the day."""
    every = [one for account in found for one in account.items]
    mine = [one for one in every if not asked or not asked.isdisjoint((one.task.owner, *one.task.ours))]
    return tuple(sorted(mine, key=lambda one: (one.task.due or date.max, one.account)))


def _write(whole: Agenda, form: str, project: Project, asked: set[str]) -> None:
    if form != "ics":
        show(_agenda.FORMATS[form](whole))
        return
    from kam.ics import calendar

    names = [project.company.company.name(one) for one in sorted(asked)] or [project.config.company]
    title = " · ".join(filter(None, ("kam", *names)))
    # Bytes as they are: a calendar's lines end in CRLF and its text is UTF-8 whatever the terminal speaks.
    click.echo(calendar(title, _agenda.as_events(whole), whole.today), nl=False, file=sys.stdout)
