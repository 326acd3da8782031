"""`kam rule`: what a rule checks, why it matters, how to fix what it finds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import click

from kam import rules
from kam.cli import _complete
from kam.cli._edge import Edge, colours, paint, show
from kam.config import TIERS
from kam.finding import KamError, Message
from kam.language import N_, Language
from kam.reports import SAID, plain
from kam.rules import Rule
from kam.selection import FAULTS, NO_RULE, near


@click.command(
    "rule",
    help=N_(
        "What a rule checks, why it matters, how to fix what it finds.\n\n"
        "ID: a rule or a family of rules; without ID a list of all rules."
    ),
)
@click.argument("id", metavar="[ID]", required=False, shell_complete=_complete.rules)
@click.option("--all", "everything", is_flag=True, help=N_("All rules in full."))
@click.option(
    "--output-format", type=click.Choice(("text", "json")), default="text", show_default=True, help=N_("Text or JSON.")
)
@click.pass_obj
def command(edge: Edge, id: str | None, everything: bool, output_format: str) -> int:
    """Print pages of rules, or the list."""
    if id and everything:
        raise click.UsageError(edge.text(N_("Either ID or --all, not both.")))
    chosen = list(_chosen(id))
    if output_format == "json":
        value = {"version": 1, "rules": [_json(one, edge.language) for one in chosen]}
        show([json.dumps(value, ensure_ascii=False, indent=2)])
    elif id or everything:
        show(_joined(_page(one, edge.language) for one in chosen))
    else:
        show(_list(chosen, edge.language))
    return 0


def _chosen(id: str | None) -> Iterable[Rule]:
    if id is None:
        return rules.load_all()
    if id in rules.families():
        return rules.family(id)
    if found := rules.find(id):
        return (found,)
    if id.partition(".")[0] in FAULTS:
        raise KamError(Message(NO_RULE, {"name": id}), Message(N_("`kam check` says below each fault how to mend it.")))
    nearest = near(id, (*rules.ids(), *rules.families()))
    hint = (
        Message(N_("Did you mean {name}?"), {"name": nearest})
        if nearest
        else Message(N_("`kam rule` lists all rules."))
    )
    raise KamError(Message(N_("There is no rule “{name}”."), {"name": id}), hint)


def _list(chosen: Iterable[Rule], language: Language) -> Iterator[str]:
    """One line a rule, family by family."""
    colour, family = paint if colours() else plain, ""
    for one in chosen:
        if one.family != family:
            yield from ([""] if family else [])
            family = one.family
            yield colour(language.text(rules.families()[family].title), "strong")
        yield f"  {one.id:<36} {language.text(one.texts.title)}"


def _joined(pages: Iterable[Iterable[str]]) -> Iterator[str]:
    for number, page in enumerate(pages):
        yield from ([""] if number else [])
        yield from page


def _page(one: Rule, language: Language) -> Iterator[str]:
    """The page of a rule as text."""
    colour, say, texts = paint if colours() else plain, language.text, one.texts
    yield f"{colour(one.id, 'strong')}: {say(texts.title)}"
    severity = colour(say(SAID[one.severity]), one.severity)
    yield say(N_("{severity}, checked from depth {depth} on"), severity=severity, depth=_depth(one))
    yield from _part(N_("What"), say(texts.what), language)
    yield from _part(N_("Why it matters"), say(texts.why), language)
    yield from _part(N_("How to fix"), say(texts.fix), language)
    if one.options:
        options = "\n".join(f"{name}: {_written(value)}" for name, value in one.options.items())
        yield from _part(N_("Options, with what counts if kam.yaml says nothing else"), options, language)
    yield from _part(N_("Bad"), texts.bad, language)
    yield from _part(N_("Good"), texts.good, language)


def _part(title: str, text: str, language: Language) -> Iterator[str]:
    colour = paint if colours() else plain
    yield ""
    yield colour(language.text(title), "strong")
    yield from (f"  {line}".rstrip() for line in text.rstrip().split("\n"))


def _depth(one: Rule) -> str:
    return next(name for name, tier in TIERS.items() if tier == one.tier)


def _written(value: Any) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, tuple | list | frozenset) else str(value)


def _json(one: Rule, language: Language) -> dict[str, Any]:
    texts = one.texts
    return {
        "id": one.id,
        "title": language.text(texts.title),
        "severity": one.severity,
        "depth": _depth(one),
        "options": {
            name: list(value) if isinstance(value, tuple | frozenset) else value for name, value in one.options.items()
        },
        "what": language.text(texts.what),
        "why": language.text(texts.why),
        "fix": language.text(texts.fix),
        "bad": texts.bad,
        "good": texts.good,
    }
