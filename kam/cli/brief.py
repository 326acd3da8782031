"""`kam brief`: one sheet before a visit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import click

from kam import briefing
from kam.briefing import Sheet, Visit
from kam.check import Analysis
from kam.cli import _complete, _names
from kam.cli._edge import DAY, Edge, as_of, colours, paint, show
from kam.config import Selection
from kam.finding import KamError, Message
from kam.language import N_, Language
from kam.plan import Plan
from kam.project import Project, analysed
from kam.reports import colon, plain, shown
from kam.reports.markdown import code, text

FORMATS = ("text", "markdown", "html")
_LINKED = re.compile(r"://|www\.|@|\bmailto:", re.IGNORECASE)
_LEADING = re.compile(r"\A([0-9]{1,9}(?=[.)])|(?=[-+=]))")


@click.command(
    "brief",
    help=N_(
        "One sheet before a visit: whom I meet, stance and how we know, latest contacts, objections, actions, "
        "and what to find out first.\n\n"
        "ID: the account, by id, by name or by pinyin."
    ),
)
@click.argument("id", metavar="ID", shell_complete=_complete.accounts)
@click.option(
    "--for", "person", metavar="PERSON", help=N_("For one of ours who goes, or about one of the customer's people.")
)
@click.option("--visit", type=DAY, metavar="YYYY-MM-DD", help=N_("For the contact that is planned for this day."))
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help=N_("How it is written.")
)
@as_of
@click.pass_obj
def command(edge: Edge, id: str, person: str | None, visit: date | None, form: str, as_of: date | None) -> int:
    """Read the account, choose whom it is about, write the sheet."""
    if person and visit:
        raise click.UsageError(edge.text(N_("--for and --visit exclude each other: the contact says who goes.")))
    project = edge.project()
    today = edge.today(project, as_of)
    analysis = _analysed(project, _names.account(project, id), today)
    plan = analysis.plan
    if plan is None:
        text = N_("{file} cannot be read, so there is nothing to say about it.")
        raise KamError(Message(text, {"file": analysis.row.file}), Message(N_("`kam check` says why.")))
    if visit and visit < today:
        text = N_("{day} is over; a sheet is for a visit that is to come.")
        raise KamError(Message(text, {"day": visit}), Message(N_("With --as-of it can be seen as on an earlier day.")))
    found = briefing.sheet(plan, analysis.findings, _visit(project, plan, person, visit), edge.language)
    show(_written(found, form, edge.language, project.root))
    return 0


def _analysed(project: Project, name: str, today: date) -> Analysis:
    return next(iter(analysed(project, today, Selection(), _whole, [name], whole=True)))


def _whole(analysis: Analysis) -> Analysis:
    return analysis


def _visit(project: Project, plan: Plan, person: str | None, day: date | None) -> Visit:
    if day:
        return briefing.of_day(plan, day)
    if not person:
        return briefing.everybody(plan)
    theirs = {id: tuple(filter(None, (one.title, one.name))) for id, one in plan.active.items()}
    ours = {id: (one.name,) for id, one in plan.company.people.items()}
    found = _names.either(person, {**ours, **theirs})
    return briefing.of_stakeholder(plan, found) if found in theirs else briefing.of_member(plan, found)


def _written(sheet: Sheet, form: str, language: Language, root: Path) -> Iterable[str]:
    if form == "html":
        from kam import render

        own = root / "templates"
        return render.body("brief.html", language, own if own.is_dir() else None, sheet=sheet).rstrip("\n").split("\n")
    return _text(sheet, language) if form == "text" else _markdown(sheet, language)


def _text(sheet: Sheet, language: Language) -> Iterator[str]:
    colour = paint if colours() else plain
    yield colour(shown(sheet.title), "strong")
    yield from (shown(one) for one in _pairs(sheet.about, language))
    for section in sheet.sections:
        yield ""
        yield colour(section.title, "strong")
        for item in section.items:
            yield f"  {shown(item.head)}"
            yield from (f"    {shown(one)}" for one in _pairs(item.notes, language))


def _pairs(pairs: Iterable[tuple[str, str]], language: Language) -> Iterator[str]:
    return (f"{label}{colon(language)}{said}" if label else said for label, said in pairs)


def _markdown(sheet: Sheet, language: Language) -> Iterator[str]:
    """Texts of files are escaped; those that a platform would make links or names of stand as code."""
    yield f"# {_plainly(sheet.title)}"
    yield ""
    yield from (f"- {one}" for one in _noted(sheet.about, language))
    for section in sheet.sections:
        yield ""
        yield f"## {text(section.title)}"
        yield ""
        for item in section.items:
            yield f"- {_plainly(item.head)}"
            yield from (f"  - {one}" for one in _noted(item.notes, language))


def _noted(pairs: Iterable[tuple[str, str]], language: Language) -> Iterator[str]:
    for label, said in pairs:
        yield f"{text(label)}{colon(language)}{_plainly(said)}" if label else _plainly(said)


def _plainly(said: str) -> str:
    return code(said) if _LINKED.search(said) else _LEADING.sub(r"\1\\", text(said))
