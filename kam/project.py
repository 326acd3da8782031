"""A playbook repository on the disk: its root, its files, and the analysis of its accounts, spread over processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kam import check, company_files, filenames, files, selection, spread
from kam.check import Analysis, Text
from kam.company_files import CompanyFiles
from kam.config import Config, Selection
from kam.finding import Finding, KamError, Message
from kam.language import N_
from kam.portfolio import Portfolio, Row
from kam.schema import custom

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kam.questions import Question

MARK, PEOPLE = company_files.SETTINGS, company_files.PEOPLE
Result = TypeVar("Result")


class Project(NamedTuple):
    """One state of a repository: its company, and which account files there are."""

    root: Path
    company: CompanyFiles
    accounts: tuple[str, ...]
    """Names of the account files, sorted: `accounts/north/x.yaml`."""
    faults: dict[str, Finding]
    """What is wrong with the name of an account file, or with a place that should be one; such a file is not read."""
    ignored: tuple[str, ...] = ()
    """Files below `accounts/` that look like accounts but are not read."""

    @property
    def config(self) -> Config:
        return self.company.company.config


class Checked(NamedTuple):
    """What remains of an analysis for a report: small, so that it travels between processes."""

    findings: tuple[Finding, ...]
    row: Row
    questions: tuple[Question, ...] = ()
    """What to ask next, where somebody wants to know."""
    lines: Mapping[int, str] = {}
    """The lines of the file that have findings, where somebody wants to see them."""


def root(start: Path, given: Path | None = None) -> Path:
    """The repository around a folder: `given`, else the nearest parent with kam.yaml. Raises KamError."""
    if given is not None:
        if not os.path.lexists(given / MARK):
            raise KamError(Message(N_("There is no kam.yaml in {folder}."), {"folder": str(given)}), Message(_INIT))
        return given.resolve()
    here = start.resolve()
    for folder in (here, *here.parents):
        if os.path.lexists(folder / MARK):
            return folder
    text = N_("There is no kam.yaml in {folder} or in a folder above it.")
    raise KamError(Message(text, {"folder": str(here)}), Message(_INIT))


_INIT = N_("Go to your playbook, name it with --root DIR, or begin one with `kam init`.")


_DEEPEST = 32
_LIKE_ACCOUNTS = (".yaml", ".yml", ".yaml.txt", ".yml.txt")
"""How files are called that somebody may take for accounts; some editors put `.txt` behind every name."""


def load(root: Path) -> Project:
    """Read the company's files and find the account files; `root` is resolved. Raises KamError for unknown rules."""
    own = (PurePosixPath(name) for name in listed(root, "company") if name.endswith(".yaml"))
    stems = frozenset(one.stem for one in own if not one.is_relative_to(company_files.PLAYS))
    texts = {name: files.read(root, name) for name in (company_files.SETTINGS, company_files.PEOPLE)}
    optional = (company_files.STANDARDS, custom.NAME)
    texts |= {name: files.read(root, name) for name in optional if os.path.lexists(root / name)}
    texts |= {name: _play(root, name, linked) for name, linked in _found(root, company_files.PLAYS)}
    company = company_files.read(texts, stems)
    selection.of_settings(company.company.config, company.settings.document)
    names, faults, ignored = [], {}, []
    for name, linked in _found(root, "accounts"):
        if linked:
            faults[name] = linked
        elif not name.endswith(".yaml"):
            ignored += [name] if name.lower().endswith(_LIKE_ACCOUNTS) else []
            continue
        names.append(name)
    names.sort()
    return Project(
        root,
        _dated(company),
        tuple(names),
        {**filenames.faults([one for one in names if one not in faults]), **faults},
        tuple(sorted(ignored)),
    )


def _play(root: Path, name: str, linked: Finding | None) -> Text:
    """The bytes of a play's file, or why it is none: its name is its id, and it lies in the folder itself."""
    path = PurePosixPath(name)
    if linked:
        return linked
    if path.suffix == ".yaml" and str(path.parent) == company_files.PLAYS and filenames.is_id(path.stem):
        return files.read(root, name)
    text = N_("“{name}” is not read: plays are the files {folder}/ID.yaml, the id in small letters.")
    values = {"name": name, "folder": company_files.PLAYS}
    return Finding("schema.pattern", "error", Message(text, values), Message(filenames.CURE), name)


def listed(root: Path, folder: str) -> list[str]:
    """The names of all files below a folder of the repository, sorted."""
    return sorted(name for name, _ in _found(root, folder))


def _found(root: Path, folder: str) -> Iterator[tuple[str, Finding | None]]:
    """Every file, and with its fault every folder that cannot be entered; hidden ones are nobody's business."""
    if folder.count("/") > _DEEPEST:
        text, fix = N_("Folders lie too deep within one another here."), N_("Put the files into folders higher up.")
        yield folder, files.unreadable(folder, text, fix)
        return
    try:
        inside = sorted(os.scandir(root / folder), key=lambda one: one.name)
    except FileNotFoundError:
        return
    except OSError as error:
        text, fix = N_("The folder cannot be read: {why}."), N_("Put the folder itself in this place, readable.")
        yield folder, files.unreadable(folder, text, fix, why=files.why(error))
        return
    for entry in inside:
        name = f"{folder}/{entry.name}"
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _found(root, name)
        elif entry.is_symlink() and Path(entry.path).is_dir():
            text, fix = (
                N_("The folder is a link; links to folders are not followed."),
                N_("Put the folder itself here."),
            )
            yield name, files.unreadable(name, text, fix)
        else:
            yield name, None


def _dated(company: CompanyFiles) -> CompanyFiles:
    """A time zone that nobody knows is a fault, and the default counts."""
    config = company.company.config
    if config.timezone == Config().timezone or _zone(config.timezone):
        return company
    text = N_("There is no time zone “{name}”.")
    fault = Finding(
        "schema.format",
        "error",
        Message(text, {"name": config.timezone}),
        Message(N_("Write it as in Asia/Shanghai or Europe/Berlin.")),
        MARK,
        company.settings.document.value_place(("timezone",)),
        "/timezone",
        "timezone",
    )
    settled = company.company._replace(config=config._replace(timezone=Config().timezone))
    settings = company.settings._replace(faults=(*company.settings.faults, fault))
    return company._replace(company=settled, settings=settings)


def _zone(name: str) -> ZoneInfo | None:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return None


def today(config: Config, asked: date | None, now: datetime) -> date:
    """The day as which everything is read: the one that was asked for, that of kam.yaml, else today in its zone."""
    return asked or config.as_of or now.astimezone(_zone(config.timezone)).date()


def checked(analysis: Analysis) -> Checked:
    """The part of an analysis that a report needs."""
    return Checked(analysis.findings, analysis.row)


def quoted(analysis: Analysis) -> Checked:
    """The same, with the lines of the findings."""
    document = analysis.document
    lines = {line: document.excerpt(line) for line in {one.place.line for one in analysis.findings}}
    return Checked(analysis.findings, analysis.row, (), lines)


def questioned(analysis: Analysis) -> Checked:
    """The same, with the questions whose answers would improve the plan most."""
    from kam import questions  # only the grouped report asks

    asked = questions.first(analysis.plan, analysis.findings) if analysis.plan else ()
    return Checked(analysis.findings, analysis.row, asked)


def analysed(
    project: Project,
    today: date,
    selection: Selection,
    take: Callable[[Analysis], Result],
    names: Sequence[str] | None = None,
    jobs: int | None = None,
    *,
    whole: bool = False,
) -> Iterator[Result]:
    """What `take` keeps of the analysis of each account, in the order of their names.

    `names`: only these; `whole`: with all that pages show; `jobs`: so many processes, None as many as there are
    processors. With more than one, `take` must be a function of a module (or a `partial` of one), and what it gives
    must be picklable.
    """
    names = project.accounts if names is None else names
    work = partial(_one, project.root, project.company, project.faults, today, selection, take, whole)
    return spread.over(work, names, min(jobs or spread.processors(), len(names) // (spread.MANY // 2)))


def _one(
    root: Path,
    company: CompanyFiles,
    faults: dict[str, Finding],
    today: date,
    selection: Selection,
    take: Callable[[Analysis], Result],
    whole: bool,
    name: str,
) -> Result:
    text = faults.get(name) or files.read(root, name)
    return take(check.analyse(text, name, company.company, today, selection, whole=whole))


def over_all(project: Project, today: date, selection: Selection, rows: Iterable[Row] | None) -> tuple[Finding, ...]:
    """What is to be said about the company's files and, where there are rows, about all accounts together."""
    portfolio = Portfolio(project.company.company, today, tuple(rows or ()))
    found = company_files.findings(project.company, portfolio, selection)
    # Without rows nobody can tell whether a waiver in kam.yaml is of use.
    return found if rows is not None else tuple(one for one in found if one.rule != "waiver.unused")
