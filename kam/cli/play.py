"""`kam play`: which plays there are and fit, the steps of one as actions, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import PurePosixPath

import click

from kam import check, files, plays, project, schema
from kam.check import Analysis
from kam.cli import _complete, _daily
from kam.cli._edge import DAY, Edge, as_of, show
from kam.config import Selection
from kam.daily import Draft, State, names
from kam.daily.draft import said
from kam.edit import Put
from kam.finding import Finding, KamError, Message
from kam.language import N_, Language
from kam.model import Play, Run
from kam.plays import steps
from kam.project import Project
from kam.reports import message, shown

OUTCOMES = tuple(schema.words("play-outcome"))
_PLAY = names.Sort(N_("There is no play “{name}”."), N_("`kam play --list` names all plays."))


@click.command(
    "play",
    help=N_(
        "What to do in a situation that comes back: its steps become actions, with owners from the team and dates.\n\n"
        "ID: the account; alone, the plays that fit it. PLAY: the play. Without both, or with --list, all plays and "
        "where they run."
    ),
)
@click.argument("id", metavar="[ID]", required=False, shell_complete=_complete.accounts)
@click.argument("play", metavar="[PLAY]", required=False, shell_complete=_complete.plays)
@click.option("--list", "everything", is_flag=True, help=N_("All plays, and where each runs or has run."))
@click.option("--from", "start", type=DAY, metavar="YYYY-MM-DD", help=N_("When it begins; otherwise today."))
@click.option("--outcome", type=click.Choice(OUTCOMES), help=N_("Say how it ended; open steps are dropped."))
@click.option("--lesson", metavar="TEXT", help=N_("With --outcome: what we learned."))
@click.option("--dry-run", is_flag=True, help=N_("Show the difference, write nothing."))
@click.option("--commit", is_flag=True, help=N_("Make a git commit of this file, with a sentence that says it."))
@as_of
@click.pass_obj
def command(
    edge: Edge,
    id: str | None,
    play: str | None,
    everything: bool,
    start: date | None,
    outcome: str | None,
    lesson: str | None,
    dry_run: bool,
    commit: bool,
    as_of: date | None,
) -> int:
    """List, suggest, begin or end."""
    _fitting_together(edge, id, play, everything, (start, outcome, lesson, dry_run, commit))
    if id is None:
        found = edge.project()
        show(_list(found, _rows(found, edge.today(found, as_of)), edge.language))
        return 0
    work = _daily.begun(edge, id, _daily.How(None, dry_run, commit, as_of))
    if play is None:
        show(_suggested(work))
    elif outcome:
        _end(work, _meant(work.project, play), outcome, said(lesson, "--lesson") if lesson is not None else None)
    else:
        _begin(work, _meant(work.project, play), start or work.today)
    return 0


def _fitting_together(
    edge: Edge, id: str | None, play: str | None, everything: bool, options: tuple[object, ...]
) -> None:
    """Refuse words that say nothing together."""
    start, outcome, lesson, *_ = options
    if everything and id:
        raise click.UsageError(edge.text(N_("--list shows all customers: leave out ID.")))
    if play is None and any(options):
        raise click.UsageError(edge.text(N_("Say which account and which play: kam play ID PLAY.")))
    if start and outcome:
        raise click.UsageError(edge.text(N_("--from begins a play, --outcome ends it: give one of the two.")))
    if lesson is not None and not outcome:
        raise click.UsageError(edge.text(N_("--lesson goes with --outcome.")))


def _meant(found: Project, asked: str) -> Play:
    library = plays.library(found.company.company)
    known = [names.Name(one.id, tuple(dict.fromkeys(one.name.values()))) for one in library.values()]
    return library[names.understood(asked, known, _PLAY)]


def _begin(work: _daily.Work, play: Play, start: date) -> None:
    fit = plays.fit(play, _analysis(work))
    written: list[steps.Planned] = []
    code = work.project.config.languages[0]  # what stands in a file is in the team's language

    def drafted(state: State) -> Draft:
        found = steps.named(fit.findings if fit else (), state.plan)
        written[:] = steps.planned(play, state.plan, start, found, code)
        values = {"name": state.plan.account.name, "play": play.name, "n": len(written)}
        return Draft(
            tuple(Put(("actions", one.id), one.action) for one in written),
            Message(N_("{name}: begin the play “{play}”, {n} steps"), values),
        )

    _daily.write(work, drafted)
    if fit is None:
        work.edge.note(N_("Nothing in this account asks for the play; it was begun all the same."))
    for role in dict.fromkeys(one.role for one in written if one.stands_in):
        text = N_("Nobody in the team is {role}: the account manager stands in. Bring somebody into the team.")
        work.edge.note(text, role=schema.word("play-role", role, work.edge.language.code))


def _end(work: _daily.Work, play: Play, outcome: str, lesson: str | None) -> None:
    sentences = {
        "worked": N_("{name}: the play “{play}” worked"),
        "failed": N_("{name}: the play “{play}” did not work"),
    }

    def drafted(state: State) -> Draft:
        values = {"name": state.plan.account.name, "play": play.name}
        return Draft(steps.ended(play.id, state.plan, outcome, lesson), Message(sentences[outcome], values))

    _daily.write(work, drafted)


_UNREADABLE = N_("{file} cannot be read, so no play can be found for it.")


def _analysis(work: _daily.Work) -> Analysis:
    raw = files.read(work.project.root, work.file)
    if isinstance(raw, Finding):
        raise KamError(raw.message, raw.fix)
    analysis = check.analyse(raw, work.file, work.project.company.company, work.today)
    if analysis.plan is None:
        raise KamError(Message(_UNREADABLE, {"file": work.file}), Message(N_("`kam check` says why.")))
    return analysis


def _suggested(work: _daily.Work) -> Iterator[str]:
    """The plays that were begun on an account, and those that fit it, with their signs."""
    found, language = _analysis(work), work.edge.language
    library = plays.library(work.project.company.company)
    for run in found.row.plays:
        yield f"{run.play}: {language.say(plays.progress(run))}"
    fitting = plays.fitting(found, work.project.company.company)
    if not fitting:
        yield language.text(N_("No play fits {name} now."), name=shown(found.row.name))
    for one in fitting:
        yield f"{one.play.id}: {shown(library[one.play.id].name[language.code])}"
        yield from (f"  {line}" for line in reasons(one, language))
    if fitting:
        account = PurePosixPath(work.file).stem
        yield ""
        yield language.text(N_("To begin one: kam play {account} {play}"), account=account, play=fitting[0].play.id)


def reasons(fit: plays.Fit, language: Language) -> tuple[str, ...]:
    """Why a play fits: the situation, and the first finding."""
    when = (shown(fit.play.when[language.code]),) if fit.play.when and fit.conditions else ()
    signs = tuple(f"{message(one, language)} [{one.rule}]" for one in fit.findings[:1])
    return (*when, *signs) or tuple(map(shown, fit.conditions[:1]))


def _rows(found: Project, today: date) -> Iterable[tuple[str, tuple[Run, ...]]]:
    return project.analysed(found, today, Selection(), _begun, whole=True)


def _begun(analysis: Analysis) -> tuple[str, tuple[Run, ...]]:
    return analysis.row.account, analysis.row.plays


def _list(found: Project, rows: Iterable[tuple[str, tuple[Run, ...]]], language: Language) -> Iterator[str]:
    """Every play, and below each the accounts with their progress."""
    library = plays.library(found.company.company)
    where: dict[str, list[tuple[str, Run]]] = {id: [] for id in library}
    for account, runs in rows:
        for run in runs:
            where.setdefault(run.play, []).append((account, run))
    width = max(map(len, where))
    for id, ran in where.items():
        name = library[id].name[language.code] if id in library else language.text(N_("no longer in the library"))
        yield f"{shown(id):<{width}}  {shown(name)}"
        yield from chain(f"  {account}: {language.say(plays.progress(run))}" for account, run in ran)
