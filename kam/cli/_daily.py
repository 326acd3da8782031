"""What the commands that write an account have in common: who writes, what is shown, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import click

from kam import check, files, lock, questions, writer
from kam.agenda.record import command as command_line
from kam.check import Analysis
from kam.cli import _complete
from kam.cli._edge import Decorated, Edge, as_of, colours, paint, show
from kam.cli._names import account, person
from kam.daily import Draft, State
from kam.document import Document
from kam.finding import Finding, KamError, Message
from kam.language import N_, Language
from kam.project import Project
from kam.reports import message, plain, shown
from kam.writer import Comments, Written

_MOST = 5
"""Findings that are shown of each sort."""


class How(NamedTuple):
    """The options of every command that writes."""

    writes_as: str | None
    dry_run: bool
    commit: bool
    as_of: date | None


class Work(NamedTuple):
    """One account that is to be written."""

    edge: Edge
    project: Project
    file: str
    today: date
    author: str | None
    """Who of ours writes, as far as anybody knows; otherwise it is taken to be the account manager."""
    how: How

    def state(self, document: Document) -> State | None:
        """The account as a document has it; None where it cannot be read."""
        plan = analysis(self, document).plan
        return State(plan, document.data or {}, self.author or plan.manager) if plan else None


def options(command: Decorated) -> Decorated:
    """The options of every command that writes: --as, --dry-run, --commit, --as-of."""
    for decorate in (
        as_of,
        click.option(
            "--commit", is_flag=True, help=N_("Make a git commit of this file, with a sentence that says it.")
        ),
        click.option("--dry-run", is_flag=True, help=N_("Show the difference, write nothing.")),
        click.option(
            "--as",
            "writes_as",
            metavar="PERSON",
            envvar="KAM_AS",
            show_envvar=True,
            shell_complete=_complete.people,
            help=N_("Who of ours writes; otherwise whom git's settings name, otherwise the account manager."),
        ),
    ):
        command = decorate(command)
    return command


def begun(edge: Edge, id: str, how: How) -> Work:
    """The account that is meant, and who writes. Raises KamError."""
    project = edge.project()
    file = account(project, id)
    if fault := project.faults.get(file):
        raise KamError(fault.message, fault.fix)
    return Work(edge, project, file, edge.today(project, how.as_of), _author(project, how.writes_as), how)


def _author(project: Project, asked: str | None) -> str | None:
    """Who writes, by --as or by git's settings; None where neither says it."""
    from kam import commit

    company = project.company.company
    if asked is not None:
        return person(project, asked)
    people: Mapping[str, Any] = project.company.people.data.get("people") or {}
    who = commit.identity(project.root) if people else commit.Identity()
    mail, name = who.email.casefold(), who.name.casefold()
    for id, one in people.items():
        if mail and mail == str((one or {}).get("email") or "").casefold():
            return id
    found = [id for id in people if name and name in (id, company.name(id).casefold())]
    return found[0] if len(found) == 1 else None


def now(work: Work) -> State:
    """The account as it is, for questions about it. Raises KamError where it cannot be read."""
    raw = files.read(work.project.root, work.file)
    if isinstance(raw, Finding):
        raise KamError(raw.message, raw.fix)
    found = check.analyse(raw, work.file, work.project.company.company, work.today)
    state = work.state(found.document)
    if state is None:
        text = N_("{file} cannot be read, so nothing is written to it.")
        raise KamError(
            Message(text, {"file": work.file}), Message(N_("First put right what `kam check` says about it."))
        )
    return state


def analysis(work: Work, document: Document) -> Analysis:
    """What is to be said about one state of the file."""
    raw = document.text.encode("utf-8", "surrogatepass")
    return check.analyse(raw, work.file, work.project.company.company, work.today)


def write(work: Work, drafted: Callable[[State], Draft], comments: Comments | None = None) -> Written:
    """Plan, write, say what was written, what it solved and what comes next; or only show the difference."""
    drafts: list[Draft] = []

    def plan(document: Document) -> Iterable[Any]:
        state = work.state(document)
        if state is None:
            return ()  # the writer says why nothing can be written
        drafts.append(drafted(state))
        return drafts[-1].changes

    ask = (work.project.root, work.file, plan, "account", *((comments,) if comments else ()))
    if work.how.dry_run:
        written = writer.preview(*ask)
        show(_coloured(written.difference().splitlines()))
        return written
    with_file = written = writer.write(*ask)
    if not with_file.changed:
        work.edge.note(N_("{file} says so already; nothing was written."), file=work.file)
        return written
    _tell(work, written)
    if work.how.commit:
        _commit(work, drafts[-1].sentence)
    return written


def _commit(work: Work, sentence: Message) -> None:
    """A commit in the language of the playbook, one at a time."""
    from kam import commit

    said = shown(Language(work.project.config.languages[0]).say(sentence))
    with lock.held(work.project.root):
        commit.commit(work.project.root, work.file, said)
    work.edge.note(N_("Committed: {sentence}"), sentence=said)


def _tell(work: Work, written: Written) -> None:
    language = work.edge.language
    work.edge.note(N_("Written: {files}."), files=work.file)
    show(_coloured(line for line in written.difference().splitlines()[2:] if line[:1] in "+-"))
    before, after = (_open(analysis(work, one)) for one in written)
    show(_listed(N_("Solved"), [one for id, one in before.items() if id not in after], language))
    show(_listed(N_("New"), [one for id, one in after.items() if id not in before], language))
    show(_next(work, analysis(work, written.after)))


def _open(found: Analysis) -> dict[str, Finding]:
    return {one.id: one for one in found.findings if not one.waived}


def _coloured(lines: Iterable[str]) -> Iterator[str]:
    kinds = {"+": "info", "-": "quiet"} if colours() else {}
    for line in lines:
        said = shown(line[1:])
        yield paint(line[:1] + said, kinds[line[0]]) if line[:1] in kinds else line[:1] + said


def _listed(title: str, found: list[Finding], language: Language) -> Iterator[str]:
    if found:
        yield ""
        yield (paint if colours() else plain)(
            language.text(N_("{title} ({n})"), title=language.text(title), n=len(found)), "strong"
        )
        for one in found[:_MOST]:
            yield f"  {message(one, language)} [{one.rule}]"
        if len(found) > _MOST:
            yield "  " + language.text(N_("{n} more"), n=len(found) - _MOST)


def _next(work: Work, found: Analysis) -> Iterator[str]:
    """The next question to ask, and how its answer is written down."""
    asked = questions.first(found.plan, found.findings, 1) if found.plan else ()
    for one in asked:
        language, id = work.edge.language, check.account_id(work.file)
        yield ""
        yield (paint if colours() else plain)(language.text(N_("Next question")), "strong")
        yield f"  {shown(language.say(one.text))}"
        yield f"  {shown(command_line(id, one.record) or one.field)}"
