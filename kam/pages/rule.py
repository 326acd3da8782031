"""The page of one rule: what it checks, why, how to fix it, an example that it reports and one that it accepts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kam import plays as library
from kam import render, rules
from kam.finding import Finding
from kam.language import N_
from kam.page import Heading, Page, SearchEntry, link
from kam.pages import Overview, Setting, plays, rule_address
from kam.pages.account.scene import Who
from kam.pages.findings import Line, line
from kam.pages.rules import DEPTHS, severity
from kam.rules import Rule

ORDER = 9
TITLES = {
    "what": N_("What it checks"),
    "why": N_("Why it matters"),
    "fix": N_("How to fix it"),
    "now": N_("Where it speaks now"),
    "examples": N_("Examples"),
    "options": N_("Settings"),
}
_HERE = "# <- here"


class Option(NamedTuple):
    """A setting of a rule."""

    name: str
    default: str
    ours: str
    changed: bool


def addresses(setting: Setting) -> Iterator[str]:
    """The address of every rule's page."""
    del setting  # every company has all rules
    return (rule_address(id) for id in rules.ids())


def pages(overview: Overview, setting: Setting) -> Iterator[Page]:
    """The page of every rule."""
    names = {row.account: row.name for row in overview.portfolio.rows}
    found: dict[str, list[Finding]] = {}
    for fired in overview.fired:
        found.setdefault(fired.rule, []).extend(fired.first)
    answers = library.by_rule(setting.company)
    for one in rules.load_all():
        here = rule_address(one.id)
        if overview.asks(here):
            lines = tuple(line(finding, names, setting, here) for finding in found.get(one.id, ()))
            yield _page(one, here, lines, overview, setting, plays.links(answers.get(one.id, ()), setting, here))


def _page(
    one: Rule, here: str, lines: tuple[Line, ...], overview: Overview, setting: Setting, answers: tuple[Who, ...]
) -> Page:
    say = setting.language.text
    name, word, off = severity(one, setting)
    options = tuple(_options(one, setting))
    empty = {"options": not options, "now": not lines}
    titles = {key: say(title) for key, title in TITLES.items() if not empty.get(key)}
    now = overview.by_rule.get(one.id, 0)
    title = say(one.texts.title)
    values = {
        "up": link(here, "rules/"),
        "family": say(rules.families()[one.family].title),
        "family_href": link(here, "rules/", one.family),
        "id": one.id,
        "title": title,
        "severity": name,
        "word": word,
        "off": off,
        "depth": say(DEPTHS[one.tier]),
        "rows": one.rows,
        "now": now if overview.by_rule else None,
        "lines": lines,
        "more": now - len(lines),
        "titles": titles,
        "texts": {
            "what": _paragraphs(say(one.texts.what)),
            "why": _paragraphs(say(one.texts.why)),
            "fix": _paragraphs(say(one.texts.fix)),
        },
        "bad": tuple((line, _HERE in line) for line in one.texts.bad.rstrip("\n").split("\n")),
        "good": one.texts.good,
        "options": options,
        "plays": answers,
    }
    body = render.body("rule.html", setting.language, setting.templates, **values)
    headings = tuple(Heading(key, text) for key, text in titles.items())
    return Page(
        here, "rule", title, body, description=one.id, headings=headings, search=(SearchEntry("", f"{title} {one.id}"),)
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n\n"))


def _options(one: Rule, setting: Setting) -> Iterator[Option]:
    given = setting.company.config.options.get(one.id, {})
    for name, default in one.options.items():
        ours = given.get(name, default)
        yield Option(name, _value(default), _value(ours), ours != default)


def _value(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
