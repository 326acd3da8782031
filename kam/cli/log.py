"""`kam log`: a contact that happened, in one line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import click

from kam import schema
from kam.cli import _complete, _daily
from kam.cli._ask import ask, listed
from kam.cli._edge import DAY, Edge
from kam.daily import NOTHING, Said, State, contact, fields, names
from kam.daily.draft import happened, said
from kam.days import NO_DAY, written
from kam.finding import KamError, Message
from kam.language import N_

Answer = TypeVar("Answer")
KINDS = tuple(schema.words("contact-kind"))


@click.command(
    "log",
    help=N_(
        "Write down a contact that happened: one line, into the account's file.\n\n"
        "ID: the account. People by id, name, title or pinyin, several with commas between them. "
        "Without options kam asks."
    ),
)
@click.argument("id", metavar="ID", shell_complete=_complete.accounts)
@click.option(
    "--with",
    "theirs",
    multiple=True,
    metavar="PERSON,…",
    shell_complete=_complete.stakeholders,
    help=N_("Who of the customer."),
)
@click.option(
    "--by",
    "ours",
    multiple=True,
    metavar="US,…",
    shell_complete=_complete.people,
    help=N_("Who of ours; otherwise whoever writes."),
)
@click.option("--kind", type=click.Choice(KINDS), help=N_("How; otherwise a visit."))
@click.option("--date", "day", type=DAY, metavar="YYYY-MM-DD", help=N_("When; otherwise today."))
@click.option("-m", "--message", metavar="TEXT", help=N_("What happened."))
@click.option("--result", metavar="TEXT", help=N_("What came out."))
@click.option(
    "--leads-to",
    multiple=True,
    metavar="ID,…",
    shell_complete=_complete.things,
    help=N_("Which actions, entries or goals follow; - for none."),
)
@click.option(
    "--stance",
    "stances",
    multiple=True,
    metavar="PERSON=STANCE",
    shell_complete=_complete.stances,
    help=N_("Somebody's stance as it is now, with --why."),
)
@click.option("--why", metavar="TEXT", help=N_("How we know the stance."))
@_daily.options
@click.pass_obj
def command(
    edge: Edge,
    id: str,
    theirs: tuple[str, ...],
    ours: tuple[str, ...],
    kind: str | None,
    day: date | None,
    message: str | None,
    result: str | None,
    leads_to: tuple[str, ...],
    stances: tuple[str, ...],
    why: str | None,
    writes_as: str | None,
    dry_run: bool,
    commit: bool,
    as_of: date | None,
) -> int:
    """Append the contact, asking for what is missing."""
    work = _daily.begun(edge, id, _daily.How(writes_as, dry_run, commit, as_of))
    told = Said(theirs, ours, kind or KINDS[0], day or work.today, message or "", result, leads_to, stances, why)
    if not theirs or message is None:
        told = _asked(work, told, not theirs and message is None)
    _daily.write(work, lambda state: contact(told, state))
    return 0


def _asked(work: _daily.Work, told: Said, everything: bool) -> Said:
    """What is told, with answers to what was left out; raises KamError where nobody can be asked."""
    if not sys.stdin.isatty():
        missing = "-m" if told.theirs else "--with"
        text = N_("{option} is missing: whom was the contact with, and what happened?")
        hint = N_('kam log ID --with PERSON -m "what happened"; on a terminal kam asks.')
        raise KamError(Message(text, {"option": missing}), Message(hint))
    state = _daily.now(work)
    if not told.theirs:
        told = told._replace(theirs=_whom(work, state))
    if everything:
        told = _circumstances(work, state, told)
    if not told.content:
        told = told._replace(content=ask(work.edge, N_("What happened"), lambda typed: said(typed, "-m")))
    return _outcome(work, state, told) if everything else told


def _whom(work: _daily.Work, state: State) -> tuple[str, ...]:
    known = names.stakeholders(state.plan)
    active = [one for one in known if one.id in state.plan.active]
    listed(work.edge, N_("At the customer:"), active)
    return ask(
        work.edge,
        N_("With whom"),
        lambda typed: _some(typed, lambda: _ids(typed, known, names.STAKEHOLDER)),
        None,
        active,
    )


def _ids(typed: str, known: list[names.Name], sort: names.Sort) -> tuple[str, ...]:
    return names.every((typed,), known, sort)


def _some(typed: str, found: Callable[[], Answer]) -> Answer:
    if not typed.strip(" ,，、"):
        raise KamError(Message(N_("At least one, please.")))
    return found()


def _circumstances(work: _daily.Work, state: State, told: Said) -> Said:
    """Who of ours, how and when."""
    edge, ours = work.edge, names.people(state.plan)
    if not told.ours:
        who = ask(
            edge,
            N_("Who of ours"),
            lambda typed: _some(typed, lambda: names.ours((typed,), state.plan)),
            state.author,
            ours,
        )
        told = told._replace(ours=who)
    kinds = [names.Name(one, tuple(label.values())) for one, label in schema.words("contact-kind").items()]
    listed(edge, N_("Kinds:"), [names.Name(one.id, (edge.language.word("contact-kind", one.id),)) for one in kinds])
    kind = ask(edge, N_("Kind"), lambda typed: names.understood(typed, kinds, names.KIND), told.kind, kinds)
    day = ask(edge, N_("When"), lambda typed: _day(typed, state), told.day.isoformat())
    return told._replace(kind=kind, day=day)


def _day(typed: str, state: State) -> date:
    if not (found := written(typed)):
        raise KamError(Message(NO_DAY, {"text": typed}))
    return happened(found, state.plan.today)


def _outcome(work: _daily.Work, state: State, told: Said) -> Said:
    """What came of it; every answer may be left out."""
    edge, leads, theirs = work.edge, names.leads(state.plan), names.stakeholders(state.plan)
    if told.result is None:
        told = told._replace(result=ask(edge, N_("What came out (Enter: nothing yet)"), lambda typed: typed, ""))
    if not told.leads_to and leads:
        text = N_("What follows, by id (Enter: not clear yet; -: nothing)")
        told = told._replace(leads_to=ask(edge, text, lambda typed: _leads(typed, leads), "", leads))
    if not told.stances:
        text = N_("Whose stance changed, as in cfo=supporter (Enter: nobody's)")
        told = told._replace(stances=ask(edge, text, lambda typed: _stances(typed, state), "", theirs))
    if told.stances and not told.why:
        told = told._replace(why=ask(edge, N_("How do we know"), lambda typed: said(typed, "--why")))
    return told


def _leads(typed: str, known: list[names.Name]) -> tuple[str, ...]:
    return (NOTHING,) if typed == NOTHING else _ids(typed, known, names.THING)


def _stances(typed: str, state: State) -> tuple[str, ...]:
    """The stances that were typed, each of somebody known and one that exists."""
    words = [names.Name(one, tuple(label.values())) for one, label in schema.words("stance").items()]
    known, found = names.stakeholders(state.plan), []
    for one in names.split((typed,)):
        who, _, value = one.partition("=")
        id = names.understood(who, known, names.STAKEHOLDER)
        found.append(f"{id}={names.understood(fields.word('stance', value), words)}")
    return tuple(found)
