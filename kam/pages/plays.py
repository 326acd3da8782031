"""The library of plays: when each fits, its steps, and where it runs or has run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kam import plays, render, schema
from kam.language import N_
from kam.model import STATES, Both, Play, PlayStep, Run
from kam.page import Heading, Page, SearchEntry, link
from kam.pages import Overview, Setting, account_address
from kam.pages.account.findings import rule_link
from kam.pages.account.scene import Who

ORDER = 7
HERE = "plays/"
TITLE = N_("Plays")
RUNS = 20
"""Runs of one play that are named; the others are counted."""


class Step(NamedTuple):
    """One step in the words of the page."""

    text: str
    role: str
    day: int
    target: str
    good: str


class Ran(NamedTuple):
    """Where a play runs or has run."""

    account: str
    href: str
    state: str
    words: str


class Line(NamedTuple):
    """One play."""

    id: str
    anchor: str
    name: str
    own: bool
    when: str
    why: str
    rules: tuple[Who, ...]
    figures: tuple[str, ...]
    steps: tuple[Step, ...]
    runs: tuple[Ran, ...]
    more: int
    counts: tuple[int, ...]
    """Runs by state: running, ended, worked, failed."""


def titles(setting: Setting) -> dict[str, str]:
    """The address and title of the page."""
    return {HERE: setting.language.text(TITLE)}


def pages(overview: Overview, setting: Setting) -> Iterator[Page]:
    """The library."""
    say = setting.language.text
    where: dict[str, list[tuple[str, str, Run]]] = {}
    for row in overview.portfolio.rows:
        for run in row.plays:
            where.setdefault(run.play, []).append((row.account, row.name, run))
    lines = tuple(_line(one, where.get(one.id, ()), setting) for one in plays.library(setting.company).values())
    title = say(TITLE)
    values = {
        "title": title,
        "lines": lines,
        "played": tuple(one for one in lines if any(one.counts)),
        "states": tuple(say(plays.STATE_WORDS[state]) for state in STATES),
    }
    body = render.body("plays.html", setting.language, setting.templates, **values)
    found = (SearchEntry(one.anchor, one.name, one.when) for one in lines)
    headings = tuple(Heading(one.anchor, one.name) for one in lines)
    yield Page(HERE, "plays", title, body, headings=headings, search=(SearchEntry("", title), *found))


def _line(play: Play, ran: Iterable[tuple[str, str, Run]], setting: Setting) -> Line:
    every = tuple(_ran(*one, setting) for one in ran)
    states = [one.state for one in every]
    return Line(
        play.id,
        anchor(play.id),
        play.name[setting.language.code],
        play.id in setting.company.plays,
        _said(play.when, setting),
        _said(play.why, setting),
        tuple(Who(id, rule_link(id, HERE)) for id in play.rules),
        play.figures,
        tuple(_step(one, setting) for one in play.steps),
        every[:RUNS],
        len(every[RUNS:]),
        tuple(states.count(state) for state in STATES),
    )


def _step(step: PlayStep, setting: Setting) -> Step:
    code = setting.language.code
    target = schema.word("play-target", step.target, code) if step.target else ""
    role = schema.word("play-role", step.role, code)
    return Step(step.text[code], role, step.day, target, _said(step.good, setting))


def _ran(account: str, name: str, run: Run, setting: Setting) -> Ran:
    words = setting.language.say(plays.progress(run))
    return Ran(name, link(HERE, account_address(account), "actions"), run.state, words)


def _said(text: Both | None, setting: Setting) -> str:
    return text[setting.language.code] if text else ""


def anchor(play: str) -> str:
    """The place of a play on its page."""
    return f"play-{play}"


def links(found: Iterable[Play], setting: Setting, here: str) -> tuple[Who, ...]:
    """Plays by name, with the way to them from an address."""
    return tuple(Who(one.name[setting.language.code], link(here, HERE, anchor(one.id))) for one in found)


def answering(setting: Setting, here: str) -> Mapping[str, tuple[Who, ...]]:
    """The plays that answer each rule's findings."""
    return {rule: links(found, setting, here) for rule, found in plays.by_rule(setting.company).items()}
