"""All rules, family by family."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kam import config, render, rules
from kam.config import Selection
from kam.language import N_
from kam.page import Heading, Page, SearchEntry
from kam.pages import Overview, Setting
from kam.pages.account.findings import SEVERITY_WORDS, rule_link
from kam.rules import Rule

ORDER = 8
HERE = "rules/"
TITLE = N_("Rules")
DEPTHS = {1: N_("essential"), 2: N_("standard"), 3: N_("thorough")}


class Line(NamedTuple):
    """A rule in its family."""

    id: str
    href: str
    title: str
    severity: str
    word: str
    depth: str
    off: bool
    now: int


class Family(NamedTuple):
    """A family of rules."""

    id: str
    title: str
    lines: tuple[Line, ...]


def titles(setting: Setting) -> dict[str, str]:
    """The address and title of the page."""
    return {HERE: setting.language.text(TITLE)}


def pages(overview: Overview, setting: Setting) -> Iterator[Page]:
    """The list of all rules."""
    title = setting.language.text(TITLE)
    families = tuple(
        Family(
            one.name,
            setting.language.text(one.title),
            tuple(_line(rule, overview, setting) for rule in rules.family(one.name)),
        )
        for one in rules.families().values()
    )
    filled = tuple(one for one in families if one.lines)
    values = {
        "title": title,
        "families": filled,
        "counted": bool(overview.by_rule),
        "n": sum(len(one.lines) for one in filled),
    }
    body = render.body("rules.html", setting.language, setting.templates, **values)
    headings = tuple(Heading(one.id, one.title) for one in filled)
    yield Page(HERE, "rules", title, body, headings=headings, search=(SearchEntry("", title),))


def severity(rule: Rule, setting: Setting) -> tuple[str, str, bool]:
    """The severity that counts in this company, its word, and whether the rule is switched off."""
    settings = setting.company.config
    name = config.severity_of(rule.id, rule.severity, settings, Selection())
    off = rule.id in settings.ignore or rule.family in settings.ignore
    return name, setting.language.text(SEVERITY_WORDS[name]), off


def _line(rule: Rule, overview: Overview, setting: Setting) -> Line:
    name, word, off = severity(rule, setting)
    say = setting.language.text
    return Line(
        rule.id,
        rule_link(rule.id, HERE) or "",
        say(rule.texts.title),
        name,
        word,
        say(DEPTHS[rule.tier]),
        off,
        overview.by_rule.get(rule.id, 0),
    )
