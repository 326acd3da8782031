"""`kam check`: what is wrong, thin or old."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import cast

import click

from kam import encoding, files, reports
from kam.check import order
from kam.cli import _baseline, _complete
from kam.cli._edge import Edge, as_of, colours, paint, progress, show
from kam.cli._paths import chosen
from kam.finding import SEVERITIES, KamError, Message, Severity
from kam.language import N_, Language
from kam.project import MARK, PEOPLE, Project, analysed, checked, over_all, questioned, quoted
from kam.reports import Report
from kam.selection import selection

NEVER = "never"
_COUNTED = ("full", "concise", "grouped", "json")
"""The formats that can hold counts instead of findings."""


@click.command(
    "check",
    help=N_(
        "Check accounts and say what is wrong, thin or old.\n\n"
        "PATH: account files or folders; without PATH all accounts, and rules that look at all of them together."
    ),
)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option(
    "--select",
    multiple=True,
    metavar="RULE,…",
    shell_complete=_complete.rules,
    help=N_("Only these rules or families, however deep."),
)
@click.option(
    "--ignore", multiple=True, metavar="RULE,…", shell_complete=_complete.rules, help=N_("Not these rules or families.")
)
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
@click.option(
    "--statistics",
    is_flag=True,
    help=N_("Instead of the findings, how many each rule has; also as --output-format json."),
)
@_baseline.options
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
    baseline: Path | None,
    update_baseline: bool,
    write_baseline: Path | None,
    as_of: date | None,
) -> int:
    """Analyse, report; 1 if there are findings that count."""
    if statistics and output_format not in _COUNTED:
        raise click.UsageError(edge.text(_UNCOUNTED, name=output_format))
    whole = not (paths or select or ignore)
    accepted = _baseline.Asked(baseline, update_baseline, write_baseline, output, whole)
    known = _baseline.known(edge, accepted)
    asked = selection(select, ignore, severity)
    project = edge.project()
    names = chosen(project, paths, Path.cwd()) if paths else list(project.accounts)
    target = _target(project, output) if output else None
    if write_baseline:
        _target(project, write_baseline)
    today = edge.today(project, as_of)
    # Questions stand for everything that is found, so not for a selection of rules.
    asks = output_format == "grouped" and not (select or ignore)
    take = questioned if asks else quoted if output_format == "full" else checked
    results = analysed(project, today, asked, take, names)
    done = list(progress(results, len(names), edge.text(N_("Checking"))))
    company = over_all(project, today, asked, None if paths else [one.row for one in done])
    found = tuple(sorted(chain(company, *(one.findings for one in done)), key=order))
    report = Report(
        _baseline.told(edge, accepted, known, found, project.config.mandatory),
        today,
        len(names),
        {one.row.account: one.row.name for one in done},
        _reader(project.root, {one.row.file: one.lines for one in done}),
        paint if colours() and not target else reports.plain,
        (MARK, PEOPLE, *names),
        _failing(fail_on),
        {one.row.file: one.questions for one in done},
    )
    write = _statistics if statistics else reports.render
    lines = write(output_format, report, edge.language)
    _write(lines, target)
    return int(any(one.severity in report.failing for one in report.told))


_UNCOUNTED = N_("--statistics goes with the formats full, concise, grouped and json, not with {name}.")


def _failing(fail_on: str) -> tuple[Severity, ...]:
    """The severities at or above one; none for `never`."""
    return () if fail_on == NEVER else SEVERITIES[: [*SEVERITIES].index(cast(Severity, fail_on)) + 1]


def _statistics(name: str, report: Report, language: Language) -> Iterator[str]:
    """The number of findings of each rule, the most frequent first."""
    found = Counter((one.rule, one.severity) for one in report.told)
    counts = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    if name == "json":
        from kam.reports.json import head, written

        rows = [{"rule": rule, "severity": severity, "number": number} for (rule, severity), number in counts]
        yield written({**head(report), "statistics": rows}, indent=2)
        return
    for (rule, severity), number in counts:
        said = report.paint(language.text(reports.SAID[severity]), severity)
        yield f"{number:>6}  {rule}  {said}"
    yield reports.summary(report, language)


def _reader(root: Path, known: Mapping[str, Mapping[int, str]]) -> Callable[[str, int], str]:
    """A function that gives a line of a file, known or read; findings come file by file, so one file is kept."""

    @lru_cache(maxsize=1)
    def text(name: str) -> str:
        raw = files.read(root, name)
        try:
            return encoding.decode(raw) if isinstance(raw, bytes) else ""
        except encoding.UnreadableError:
            return ""

    def found(name: str, line: int) -> str:
        quote = known.get(name, {}).get(line)
        return encoding.excerpt(text(name), line) if quote is None else quote

    return found


def _target(project: Project, output: Path) -> Path:
    """Where something is written; never over what people wrote."""
    target = output.resolve()
    inputs = (project.root / "accounts", project.root / "company", project.root / MARK)
    if any(target.is_relative_to(one) for one in inputs):
        raise KamError(
            Message(
                N_("{file} is where customers and settings are kept; nothing else is written there."),
                {"file": str(output)},
            ),
            Message(N_("Give another file.")),
        )
    return output


def _write(lines: Iterable[str], target: Path | None) -> None:
    if target:
        files.write(target, "".join(f"{line}\n" for line in lines))
    else:
        show(lines)
