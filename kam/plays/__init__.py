"""Plays: which there are, which fit an account, and what is wrong with a company's own ones.

The shipped library lies in `templates/plays/`; a company's own plays, `company/plays/<id>.yaml`, go before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kam import resources, rules, schema, source
from kam.document import Document
from kam.finding import SEVERITIES, Finding, Message, pointer
from kam.language import N_
from kam.model import Play, Run, State, read_play
from kam.plays.condition import Condition, holds, parse
from kam.plays.figures import NAMES, figures

if TYPE_CHECKING:
    from kam.check import Analysis
    from kam.company import Company

RESTING = ("dormant", "closed")
STATE_WORDS: Mapping[State, str] = {
    "running": N_("running"),
    "ended": N_("ended, outcome open"),
    "worked": N_("worked"),
    "failed": N_("did not work"),
}


class Fit(NamedTuple):
    """A play that fits an account, and the signs of it."""

    play: Play
    findings: tuple[Finding, ...]
    conditions: tuple[str, ...]


@cache
def shipped() -> Mapping[str, Play]:
    """The plays that come with this `kam`, by id."""
    return {
        file.stem: _read(file.stem, file.read_bytes())
        for file in sorted(resources.path("templates").glob("plays/*.yaml"))
    }


def _read(id: str, raw: bytes) -> Play:
    document = schema.settle(source.read(raw, f"{id}.yaml", "company"), "play")
    return read_play(id, document.data or {})


def library(company: Company) -> Mapping[str, Play]:
    """Every play by id: the shipped ones, and the company's own, which go before a shipped one of the same id."""
    return {**shipped(), **company.plays}


def fitting(analysis: Analysis, company: Company) -> tuple[Fit, ...]:
    """The plays that fit an account and do not run there yet, those with the gravest findings first."""
    plan = analysis.plan
    if plan is None or plan.account.status in RESTING:
        return ()
    running = {one.play for one in analysis.row.plays if one.state == "running"}
    known = figures(plan, analysis.row.figures or {})
    found = [one for one in _fits(library(company), analysis.findings, known) if one.play.id not in running]
    return tuple(sorted(found, key=_weight))


def fit(play: Play, analysis: Analysis) -> Fit | None:
    """The signs of one play on an account; None where there are none."""
    known = figures(analysis.plan, analysis.row.figures or {}) if analysis.plan else {}
    return next(_fits({play.id: play}, analysis.findings, known), None)


def _fits(plays: Mapping[str, Play], findings: Iterable[Finding], known: Mapping[str, float | None]) -> Iterator[Fit]:
    by_rule: dict[str, list[Finding]] = {}
    for one in findings:
        if not one.waived:
            by_rule.setdefault(one.rule, []).append(one)
    for play in plays.values():
        signs = tuple(one for rule in play.rules for one in by_rule.get(rule, ()))
        true = tuple(text for text in play.figures if _true(text, known))
        if signs or true:
            yield Fit(play, signs, true)


def _true(text: str, known: Mapping[str, float | None]) -> bool:
    found = _parsed(text)
    return not isinstance(found, Message) and holds(found, known)


@cache
def _parsed(text: str) -> Condition | Message:
    return parse(text, NAMES)


def _weight(one: Fit) -> tuple[int, int, str]:
    worst = min((SEVERITIES.index(found.severity) for found in one.findings), default=1)
    return worst, -len(one.findings) - len(one.conditions), one.play.id


def progress(run: Run) -> Message:
    """How far a run is."""
    values = {"state": Message(STATE_WORDS[run.state]), "done": run.done, "of": len(run.actions)}
    text = N_("{state}, {done} of {of} steps done, begun on {day}")
    return Message(text, {**values, "day": run.begun or "–"})


def by_rule(company: Company) -> Mapping[str, tuple[Play, ...]]:
    """The plays that answer a rule's findings."""
    found: dict[str, tuple[Play, ...]] = {}
    for play in library(company).values():
        for rule in play.rules:
            found[rule] = (*found.get(rule, ()), play)
    return found


def problems(document: Document) -> tuple[Finding, ...]:
    """What the schema cannot say about a settled play: rules that there are not, conditions that nobody can read."""
    return (*_unknown_rules(document), *_wrong_conditions(document))


def _unknown_rules(document: Document) -> Iterator[Finding]:
    for one in schema.references(document.data or {}, "play"):
        if one.id not in rules.ids():
            text, fix = N_("There is no rule “{name}”."), N_("`kam rule` lists all rules.")
            yield _finding("schema.enum", Message(text, {"name": one.id}), Message(fix), document, one.path)


def _wrong_conditions(document: Document) -> Iterator[Finding]:
    fits = (document.data or {}).get("fits")
    texts = fits.get("figures") if isinstance(fits, dict) else None
    for number, text in enumerate(texts if isinstance(texts, list) else ()):
        if isinstance(text, str) and isinstance(wrong := _parsed(text), Message):
            said = Message(N_("This condition cannot be read: {why}."), {"why": wrong})
            fix = Message(
                N_("Write it as in stances.opponent > 0 and contacts >= 3. Figures: {names}."),
                {"names": tuple(sorted(NAMES))},
            )
            yield _finding("schema.pattern", said, fix, document, ("fits", "figures", number))


def _finding(rule: str, message: Message, fix: Message, document: Document, path: tuple[str | int, ...]) -> Finding:
    place, at = document.value_place(path), pointer(path)
    return Finding(rule, "error", message, fix, document.name, place, at, at[1:])
