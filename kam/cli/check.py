"""`kam check`: what is wrong, thin or old."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import chain
from pathlib import Path

import click

from kam import encoding, files, reports
from kam.check import order
from kam.cli._edge import Edge, as_of, colours, paint, progress, show
from kam.cli._paths import chosen
from kam.finding import SEVERITIES, KamError, Message
from kam.language import N_, Language
from kam.project import MARK, Project, analysed, checked, over_all
from kam.reports import Report
from kam.selection import selection

NEVER = "never"
_FOR_PROGRAMS = ("json", "jsonl", "github")


@click.command(
    "check",
    help=N_(
        "Check accounts and say what is wrong, thin or old.\n\n"
        "PATH: account files or folders; without PATH all accounts, and rules that look at all of them together."
    ),
)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--select", multiple=True, metavar="RULE,…", help=N_("Only these rules or families, however deep."))
@click.option("--ignore", multiple=True, metavar="RULE,…", help=N_("Not these rules or families."))
@click.option("--severity", multiple=True, metavar="RULE=LEVEL", help=N_("Another severity: error, warning or info."))
@click.option(
    "--fail-on",
    type=click.Choice((*SEVERITIES, NEVER)),
    default="error",
    show_default=True,
    help=N_("Exit with 1 from this severity on."),
)
@click.option(
    "--output-format",
    type=click.Choice(reports.formats()),
    default="full",
    show_default=True,
    help=N_("How the findings are written."),
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help=N_("Write into a file.")
)
@click.option("--statistics", is_flag=True, help=N_("Only count the findings of each rule."))
@as_of
@click.pass_obj
def command(
    edge: Edge,
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: tuple[str, ...],
    fail_on: str,
    output_format: str,
    output: Path | None,
    statistics: bool,
    as_of: date | None,
) -> int:
    """Analyse, report; 1 if there are findings that count."""
    if statistics and output_format in _FOR_PROGRAMS:
        raise click.UsageError(_for_people(edge, output_format))
    asked = selection(select, ignore, severity)
    project = edge.project()
    names = chosen(project, paths, Path.cwd()) if paths else list(project.accounts)
    target = _target(project, output) if output else None
    today = edge.today(project, as_of)
    results = analysed(project, today, asked, checked, names)
    done = list(progress(results, len(names), edge.text(N_("Checking"))))
    company = over_all(project, today, asked, None if paths else [one.row for one in done])
    report = Report(
        tuple(sorted(chain(company, *(one.findings for one in done)), key=order)),
        today,
        len(names),
        {one.row.account: one.row.name for one in done},
        _reader(project.root),
        paint if colours() and not target else reports.plain,
    )
    lines = _statistics(report, edge.language) if statistics else reports.render(output_format, report, edge.language)
    _write(lines, target)
    return int(_counts(report, fail_on))


def _for_people(edge: Edge, name: str) -> str:
    return edge.text(N_("--statistics is for people: leave out --output-format {name}."), name=name)


def _counts(report: Report, fail_on: str) -> bool:
    """Whether there are findings at or above a severity."""
    return fail_on != NEVER and any(SEVERITIES.index(one.severity) <= SEVERITIES.index(fail_on) for one in report.told)


def _statistics(report: Report, language: Language) -> Iterator[str]:
    """The number of findings of each rule, the most frequent first."""
    found = Counter((one.rule, one.severity) for one in report.told)
    for (rule, severity), number in sorted(found.items(), key=lambda one: (-one[1], one[0])):
        said = report.paint(language.text(reports.SAID[severity]), severity)
        yield f"{number:>6}  {rule}  {said}"
    yield reports.summary(report, language)


def _reader(root: Path) -> Callable[[str, int], str]:
    """A function that gives a line of a file; findings come file by file, so one file is kept."""

    @lru_cache(maxsize=1)
    def text(name: str) -> str:
        raw = files.read(root, name)
        try:
            return encoding.decode(raw) if isinstance(raw, bytes) else ""
        except encoding.UnreadableError:
            return ""

    return lambda name, line: encoding.excerpt(text(name), line)


def _target(project: Project, output: Path) -> Path:
    """Where the report goes; never over what people wrote."""
    target = output.resolve()
    inputs = (project.root / "accounts", project.root / "company", project.root / MARK)
    if any(target.is_relative_to(one) for one in inputs):
        raise KamError(
            Message(N_("{file} is where customers and settings are kept, not reports."), {"file": str(output)}),
            Message(N_("Give another file with -o.")),
        )
    return output


def _write(lines: Iterable[str], target: Path | None) -> None:
    if target:
        files.write(target, "".join(f"{line}\n" for line in lines))
    else:
        show(lines)
