"""The engine: rules over things, faults and waivers over hits. It knows neither accounts nor companies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from keyword import iskeyword
from typing import Any, NamedTuple

from kam import config
from kam.config import Config, Selection
from kam.document import Document
from kam.finding import Finding, Message, Waived
from kam.model import Waiver
from kam.rules import Hit, Rule

Things = Callable[[type], Iterable[Any]]
"""What there is of a model type."""


class Found(NamedTuple):
    """A hit of a rule with its place in a document."""

    rule: Rule
    hit: Hit
    pointer: str
    object: str


def chosen(class_: str | None, tier: int, settings: Config, selection: Selection) -> Callable[[Rule], bool]:
    """Tells which rules speak for accounts of a class; None for company files, which have no class."""
    options = settings.options
    named = bool(selection.select or selection.ignore or settings.ignore)  # hardly ever, and it is asked for each rule

    def speaks(rule: Rule) -> bool:
        own = options.get(rule.id)
        classes = own["classes"] if own and "classes" in own else rule.options.get("classes")
        if class_ and classes is not None and class_ not in classes:
            return False
        return config.wanted(rule.id, rule.tier, tier, settings, selection) if named else rule.tier <= tier

    return speaks


def in_turn(asked: Iterable[Rule]) -> list[Rule]:
    """Rules as `run` wants them: those about ids first, for an unknown one silences the others."""
    return sorted(asked, key=lambda one: one.family != "ref")


def run(asked: Iterable[Rule], things: Things, plan: Any, document: Document, faulty: set[str]) -> list[Found]:
    """Run rules over things, `in_turn`; a value with a fault or an unknown id silences all rules at its pointer."""
    found: list[tuple[Rule, Hit, str]] = []
    silent = set(faulty)
    options = plan.company.config.options
    for rule in asked:
        own = options.get(rule.id)
        given = {key + "_" * iskeyword(key): value for key, value in own.items() if key in rule.options} if own else {}
        for thing in things(rule.on):
            for hit in rule.check(thing, plan, **given):
                pointer = document.pointer(hit.path)
                if pointer not in silent or not pointer:
                    found.append((rule, hit, pointer))
        if rule.family == "ref":
            silent.update(pointer for _, _, pointer in found)
    return _numbered(found, document)


def _numbered(found: list[tuple[Rule, Hit, str]], document: Document) -> list[Found]:
    """Give the second hit of a rule on the same object `#2` behind its name, the third `#3`, in file order."""
    seen: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, (rule, hit, _) in enumerate(found):
        seen[rule.id, hit.object].append(index)
    names = {}
    for (_, object), indexes in seen.items():
        if len(indexes) > 1:
            indexes.sort(key=lambda index: document.place(found[index][1].path))
        for number, index in enumerate(indexes, 1):
            names[index] = object if number == 1 else f"{object}#{number}"
    return [Found(rule, hit, pointer, names[index]) for index, (rule, hit, pointer) in enumerate(found)]


def matches(
    found: Iterable[Found], waivers: Sequence[Waiver], mandatory: Sequence[str], today: date
) -> dict[tuple[str, str], tuple[Waiver, ...]]:
    """The waivers that accept each hit, by rule and object; hits that none accepts are left out."""
    live: dict[tuple[str, str], list[Waiver]] = defaultdict(list)
    for one in waivers:
        if one.until >= today and one.rule.partition(".")[0] not in mandatory:
            live[one.rule, one.at.rstrip("/") if one.at.startswith("/") else one.at].append(one)
    accepted = ((hit, tuple(_accepting(hit, live))) for hit in found) if live else ()
    return {(hit.rule.id, hit.object): those for hit, those in accepted if those}


def _accepting(found: Found, live: Mapping[tuple[str, str], Sequence[Waiver]]) -> Iterator[Waiver]:
    """The waivers for a rule or its family at a hit's object, its pointer, or a pointer above it."""
    keys = found.pointer.split("/")
    places = (found.object, *("/".join(keys[:length]) for length in range(1, len(keys) + 1)))
    for rule in (found.rule.id, found.rule.family):
        for place in places:
            yield from live.get((rule, place), ())


@cache
def _cure(text: str) -> Message:
    """The cure that a rule names, each time the same one: findings of many accounts travel between processes."""
    return Message(text)


def finding(
    found: Found,
    document: Document,
    settings: Config,
    selection: Selection,
    waivers: Sequence[Waiver],
    account: str | None = None,
) -> Finding:
    """A hit as a finding: its place, its severity, the first of the waivers that accept it; its account, if any."""
    rule, waiver = found.rule, next(iter(waivers), None)
    return Finding(
        rule.id,
        config.severity_of(rule.id, rule.severity, settings, selection),
        found.hit.message,
        _cure(rule.texts.fix),
        document.name,
        document.place(found.hit.path),
        found.pointer,
        found.object,
        account,
        Waived(waiver.why, waiver.by, waiver.until) if waiver else None,
    )
