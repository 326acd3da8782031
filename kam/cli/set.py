"""`kam set`: fields of an account, one value each."""

from __future__ import annotations

from datetime import date

import click

from kam import schema
from kam.cli import _complete, _daily
from kam.cli._edge import Edge
from kam.daily import Draft, State, setting
from kam.daily.needs import Needs, comments, needs
from kam.document import Document
from kam.language import N_, Language
from kam.writer import Written


@click.command(
    "set",
    help=N_(
        "Set fields of an account.\n\n"
        "ID: the account. PATH=VALUE: stakeholders.cfo.influence=high, or shorter cfo.influence=high; "
        "stance cfo=supporter, with --why; matrix.cells.am-lin.cfo=close; WO2.due=2026-03-31; class=key. "
        "Nothing behind = takes the field away."
    ),
)
@click.argument("id", metavar="ID", shell_complete=_complete.accounts)
@click.argument("words", metavar="PATH=VALUE...", nargs=-1, required=True, shell_complete=_complete.fields)
@click.option("--why", metavar="TEXT", help=N_("How we know a stance."))
@_daily.options
@click.pass_obj
def command(
    edge: Edge,
    id: str,
    words: tuple[str, ...],
    why: str | None,
    writes_as: str | None,
    dry_run: bool,
    commit: bool,
    as_of: date | None,
) -> int:
    """Set the fields; another class brings what it asks for as comments."""
    work = _daily.begun(edge, id, _daily.How(writes_as, dry_run, commit, as_of))
    before: list[str | None] = []

    def drafted(state: State) -> Draft:
        before[:] = [state.plan.account.class_]
        return setting(words, why, state)

    def wanted(after: Document) -> list[str]:
        class_ = _class(after)
        if not class_ or class_ == before[0]:
            return []
        config = work.project.config
        return comments(after, class_, config, Language(config.languages[0]))  # of the team, as all the file

    _explain(work, _daily.write(work, drafted, wanted))
    return 0


def _explain(work: _daily.Work, written: Written) -> None:
    """What the plan needs now that the customer is of another class."""
    old, new = map(_class, written)
    if not new or old == new:
        return
    edge, found = work.edge, needs(written.after, new, work.project.config)
    edge.note(N_("The customer is now: {class_}."), class_=edge.language.word("class", new))
    edge.note(_DEPTHS[found.depth])
    _missing(edge, found)


def _class(document: Document) -> str:
    """The class that a file names; nothing where that is none."""
    said = (document.data or {}).get("class")
    return said if isinstance(said, str) and said in schema.words("class") else ""


_DEPTHS = {
    "essential": N_("It is checked for the essentials."),
    "standard": N_("It is checked by the standard rules too: `kam rule` says for each from which depth on."),
    "thorough": N_("It is checked by all rules."),
}


def _missing(edge: Edge, found: Needs) -> None:
    if not found.missing:
        edge.note(N_("The plan has every section that this class asks for."))
        return
    titles = (schema.label("account", (name,))[edge.language.code] for name in found.missing)
    edge.note(
        N_("The plan now needs: {sections}. At the end of the file they stand as comments; fill in what you know."),
        sections=("、" if edge.language.code == "zh" else ", ").join(titles),
    )
