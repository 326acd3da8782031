"""The questions whose answers would improve the plan most, as somebody who sells can answer them.

A question stands for findings of certain rules or, where an account says too little for rules to speak, for what every
plan lacks at first. How a file is written is never asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kam.agenda.record import Record
from kam.finding import Finding, Message
from kam.model import blank
from kam.plan import Plan
from kam.questions.thing import Thing, thing
from kam.questions.topics import TOPICS, Topic

__all__ = ["MOST", "TOPICS", "Question", "first"]

MOST = 3
"""Questions at a time: who is asked thirty things answers none."""
WRONG = 0
"""The rank of what is an error."""
RESTING = ("dormant", "closed")


class Question(NamedTuple):
    """One question, and how the answer is written down."""

    rule: str
    """The rule that asks."""
    text: Message
    record: Record
    """The command without the account, as `kam.agenda.record` makes it; empty where there is none."""
    field: str
    """The field to fill by hand, dots between its keys, where there is no command."""
    unlocks: int
    """How many findings the answer settles; 0 where no rule asks yet."""


def first(plan: Plan, findings: Iterable[Finding], most: int = MOST) -> tuple[Question, ...]:
    """The questions that help most; none about accounts that rest. Accepted findings are not asked about."""
    if plan.account.status in RESTING:
        return ()
    every = tuple(findings)
    found = list(_of_findings(plan, [thing(one) for one in every if not one.waived], most))
    known = {one.rule for one in every} | {one.rule for one in found}
    rest = [one for one in _gaps(plan) if one.rule not in known and _key(one) not in known]
    for topic, things in _ranked(rest)[: most - len(found)]:
        found.append(_question(plan, topic, things)._replace(unlocks=0))
    return tuple(found)


def _of_findings(plan: Plan, things: list[Thing], most: int) -> Iterator[Question]:
    """The best question first; what its answer settles is out of the race for the next."""
    for _ in range(most):
        ranked = _ranked(things)
        if not ranked:
            return
        topic, those = ranked[0]
        yield _question(plan, topic, those)
        things = [one for one in things if one not in those]


def _ranked(things: Sequence[Thing]) -> list[tuple[Topic, list[Thing]]]:
    """The topics that these things raise, with what each settles; the most important first."""
    named: dict[str, list[int]] = {}
    for index, one in enumerate(things):
        named.setdefault(one.rule, []).append(index)
        named.setdefault(_key(one), []).append(index)
    found = []
    for topic in TOPICS:
        if topic.rules[0] in named:
            indexes = sorted({index for name in topic.rules for index in named.get(name, ())})
            found.append((topic, [things[index] for index in indexes]))
    return sorted(found, key=lambda pair: (_rank(*pair), -len(pair[1])))


def _key(one: Thing) -> str:
    return f"{one.rule}/{one.object}"


def _rank(topic: Topic, things: Iterable[Thing]) -> int:
    return WRONG if any(one.wrong for one in things) else topic.rank


def _question(plan: Plan, topic: Topic, things: list[Thing]) -> Question:
    about = [one for one in things if topic.rules[0] in (one.rule, _key(one))]
    record, field = topic.write(plan, about)
    return Question(about[0].rule, Message(topic.text, topic.values(plan, about)), record, field, len(things))


def _gaps(plan: Plan) -> Iterator[Thing]:
    """What every plan lacks at first, whatever its class asks for."""
    account = plan.account
    if not plan.active and "stakeholders" not in account.sections:
        yield Thing("section.missing", "stakeholders")
    elif not any("decision-maker" in one.buying_roles for one in plan.active.values()):
        yield Thing("stakeholders.no-decision-maker", "stakeholders")
    for one in plan.active.values():
        if one.stance == "unknown" or blank(one, "stance"):
            yield Thing("stakeholder.stance-unknown", one.id)
    for section in ("contacts", "needs", "profile"):
        if section not in account.sections:
            yield Thing("section.missing", section)
