"""`kam stats`: the figures of accounts and of all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import click

from kam import reports, schema
from kam.cli import _complete, _names
from kam.cli._edge import Edge, as_of, colours, paint, progress, show
from kam.config import Selection
from kam.figures import total
from kam.language import N_, Language
from kam.portfolio import Row
from kam.project import analysed, checked
from kam.reports import shown
from kam.reports.json import written

_LABELS = {
    "stances": N_("stances"),
    "swot": N_("SWOT"),
    "roadmap": N_("roadmap"),
    "findings": N_("findings"),
    "best_meeting": N_("best meeting"),
    "strengths": N_("strengths"),
    "weaknesses": N_("weaknesses"),
    "opportunities": N_("opportunities"),
    "threats": N_("threats"),
    "factors_used": N_("factors used"),
    "actions": N_("actions"),
    "actions_open": N_("open"),
    "actions_overdue": N_("overdue"),
    "lead_months": N_("months of preparation"),
    "starting_in_3_to_6_months": N_("starting in 3 to 6 months"),
    "years": N_("years"),
    "cost": N_("cost"),
    "approved": N_("approved"),
    "sign_offs_needed": N_("signatures needed"),
    "sign_offs_given": N_("given"),
    "contact": N_("contact"),
    "number": N_("cells that it renews"),
    "error": N_("errors"),
    "warning": N_("warnings"),
    "info": N_("notes"),
    "waived": N_("accepted"),
    "cells": N_("cells"),
    "close": N_("close contact"),
    "keep": N_("kept in touch"),
    "active_stakeholders": N_("active stakeholders"),
    "manager_covered": N_("covered by the account manager"),
    "manager_acquainted": N_("known to the account manager"),
    "stakeholders_with_close": N_("stakeholders with close contact"),
    "members": N_("members"),
    "members_with_contact": N_("members with contact"),
    "due_cells": N_("cells that need contact"),
    "fresh_cells": N_("of these fresh"),
    "cells_due_in_7_days": N_("due within 7 days"),
    "learning_levels": N_("levels of knowledge"),
    "learning_at_standard": N_("of these at the standard"),
}


@click.command(
    "stats", help=N_("The figures of accounts.\n\nID: these accounts; without ID all, and what they add up to.")
)
@click.argument("ids", metavar="[ID]...", nargs=-1, shell_complete=_complete.accounts)
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help=N_("Text or JSON.")
)
@click.option("--include-restricted", is_flag=True, help=N_("Count accounts with visibility: restricted too."))
@as_of
@click.pass_obj
def command(edge: Edge, ids: tuple[str, ...], form: str, include_restricted: bool, as_of: date | None) -> int:
    """Print figures; accounts that cannot be read have none, and that is said."""
    project = edge.project()
    names = sorted({_names.account(project, id) for id in ids}) if ids else list(project.accounts)
    today = edge.today(project, as_of)
    rows = list(
        progress(
            (one.row for one in analysed(project, today, Selection(), checked, names)),
            len(names),
            edge.text(N_("Counting")),
        )
    )
    if not (ids or include_restricted):  # an account that is named is asked for
        rows = _open(edge, rows)
    for row in rows:
        if row.figures is None:
            edge.note(N_("{file} cannot be read and has no figures; `kam check` says why."), file=shown(row.file))
    sums = total(dict(row.figures) for row in rows if row.figures is not None)
    show(_text(rows, sums, today, edge.language) if form == "text" else _json(rows, sums, today))
    return 0


def _open(edge: Edge, rows: Sequence[Row]) -> list[Row]:
    """The accounts that everybody may see; that there are others is said."""
    found = [row for row in rows if not row.restricted]
    if len(found) < len(rows):
        text = N_("Left out, because they are restricted: {n}; `--include-restricted` counts them too.")
        edge.note(text, n=len(rows) - len(found))
    return found


def _json(rows: Sequence[Row], sums: Mapping[str, Any], today: date) -> Iterator[str]:
    accounts = {row.account: row.figures for row in reversed(rows)}  # of two files with one id the first counts
    value = {"version": 1, "as_of": today.isoformat(), "accounts": dict(reversed(accounts.items())), "portfolio": sums}
    yield written(value, indent=2)


def _text(rows: Sequence[Row], sums: Mapping[str, Any], today: date, language: Language) -> Iterator[str]:
    """A block for each account, and one for all of them where there are several."""
    colour = paint if colours() else reports.plain
    yield language.text(N_("As of {date}"), date=today)
    for row in rows:
        if row.figures is not None:
            yield ""
            yield f"{colour(shown(row.name), 'strong')} {colour(shown(row.account), 'quiet')}"
            yield from _block(row.figures, language)
    if len(rows) > 1:
        yield ""
        yield colour(language.text(N_("All accounts: {n}"), n=len(rows)), "strong")
        yield from _block(sums, language)


def _block(figures: Mapping[str, Any], language: Language) -> Iterator[str]:
    colon = "：" if language.code == "zh" else ": "
    for key, value in figures.items():
        yield f"  {_label(key, language)}{colon}{_said(value, language)}"


def _label(key: str, language: Language) -> str:
    """What a figure is called; years and ids stand for themselves."""
    return language.text(_LABELS[key]) if key in _LABELS else shown(schema.word("stance", key, language.code))


def _said(value: Any, language: Language, *, inside: bool = False) -> str:
    """A figure in short; figures within figures in brackets."""
    comma = "，" if language.code == "zh" else ", "
    if isinstance(value, Mapping):
        parts = [f"{_label(str(key), language)} {_said(one, language, inside=True)}" for key, one in value.items()]
    elif isinstance(value, list | tuple):
        parts = [_said(one, language, inside=True) for one in value]
    else:
        return "–" if value is None else shown(f"{value:,}" if isinstance(value, int | float) else str(value))
    text = comma.join(parts) or "–"
    return f"({text})" if inside else text
