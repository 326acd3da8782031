"""What can be asked: which rules a question answers, how it sounds, where the answer is written."""

from __future__ import annotations

from typing import NamedTuple

from kam.agenda.record import BLANK
from kam.language import N_
from kam.questions.thing import (
    Values,
    Write,
    beside,
    departments,
    field,
    finish,
    log,
    log_anybody,
    meeting,
    names,
    objects,
    put,
    titles,
)

PEOPLE, STALE, REST = 1, 2, 3
"""What comes first: who decides, who is against us or unknown, whom nobody covers; what is old; everything else."""


class Topic(NamedTuple):
    """A question that is asked when the first rule speaks; the answer settles the other rules too."""

    rank: int
    text: str
    values: Values
    write: Write
    rules: tuple[str, ...]


TOPICS = (
    Topic(
        PEOPLE,
        N_("Who looks after this customer?"),
        objects,
        put("team.manager"),
        ("portfolio.unassigned", "section.missing/team"),
    ),
    Topic(
        PEOPLE,
        N_("Whom do we know there?"),
        objects,
        field(f"stakeholders.{BLANK}.title"),
        ("section.missing/stakeholders", "stakeholders.no-decision-maker", "stakeholders.single"),
    ),
    Topic(
        PEOPLE,
        N_("Who decides in the end?"),
        objects,
        field(f"stakeholders.{BLANK}.buying_roles: [decision-maker]"),
        ("stakeholders.no-decision-maker", "stakeholder.buying-role-missing"),
    ),
    Topic(
        PEOPLE,
        N_("What would change the mind of {titles}, and who of us works on it?"),
        titles,
        field("swot.actions"),
        ("stakeholder.opponent-no-plan",),
    ),
    Topic(
        PEOPLE,
        N_("{titles}: for us or against us, and how do we know?"),
        titles,
        put("stakeholders.{object}.stance", why=True),
        ("stakeholder.stance-unknown",),
    ),
    Topic(
        PEOPLE,
        N_("Who there would speak up for us?"),
        objects,
        field(f"stakeholders.{BLANK}.stance: supporter"),
        ("stakeholders.no-supporter",),
    ),
    Topic(
        PEOPLE,
        N_("When does the account manager get to know {titles}?"),
        titles,
        put("matrix.cells.{manager}.{object}", "keep"),
        ("matrix.am-uncovered",),
    ),
    Topic(
        PEOPLE,
        N_("Can the account manager talk openly with {titles}?"),
        titles,
        put("stakeholders.{object}.acquaintance"),
        ("matrix.am-not-acquainted",),
    ),
    Topic(
        PEOPLE,
        N_("Which of our executives calls on {titles}?"),
        titles,
        field(f"matrix.cells.{BLANK}.{{object}}: keep"),
        ("matrix.top-without-executive",),
    ),
    Topic(
        PEOPLE,
        N_("Who of ours is really close to {titles}?"),
        titles,
        field(f"matrix.cells.{BLANK}.{{object}}: close"),
        ("matrix.no-close-contact",),
    ),
    Topic(
        PEOPLE,
        N_("Who of ours knows {titles} besides the one colleague?"),
        titles,
        field(f"matrix.cells.{BLANK}.{{object}}: keep"),
        ("matrix.single-thread",),
    ),
    Topic(
        PEOPLE,
        N_("Who comes after {titles}?"),
        titles,
        field(f"matrix.cells.{BLANK}.{{object}}"),
        ("stakeholder.gone-but-mapped",),
    ),
    Topic(
        PEOPLE,
        N_("Who else there has a say?"),
        objects,
        field(f"stakeholders.{BLANK}.title"),
        ("stakeholders.single",),
    ),
    Topic(
        PEOPLE,
        N_("Who buys there, and who works with what is bought?"),
        objects,
        field(f"stakeholders.{BLANK}.side"),
        ("stakeholders.one-side-only",),
    ),
    Topic(
        PEOPLE,
        N_("What is the part of {titles} in a purchase?"),
        titles,
        put("stakeholders.{object}.buying_roles"),
        ("stakeholder.buying-role-missing",),
    ),
    Topic(
        PEOPLE,
        N_("Which of us knows whom there?"),
        objects,
        field("matrix.cells"),
        ("section.missing/matrix",),
    ),
    Topic(
        REST,
        N_("What came out of the meeting of {names} with {titles} on {day}?"),
        meeting,
        beside("reported", value="{today}"),
        ("contact.executive-unreported",),
    ),
    Topic(
        REST,
        N_("What came out of the meeting of {names} with {titles} on {day}?"),
        meeting,
        beside("reported", value="{today}"),
        ("contact.am-not-informed",),
    ),
    Topic(
        REST,
        N_("What was the result of the contact of {names} with {titles} on {day}?"),
        meeting,
        beside("result"),
        ("contact.no-result",),
    ),
    Topic(
        PEOPLE,
        N_("Who introduced {names} to the customer?"),
        names,
        beside("by"),
        ("matrix.self-introduction",),
    ),
    Topic(
        PEOPLE,
        N_("Which account manager takes over from {names}?"),
        names,
        put("team.manager"),
        ("team.leader-not-account-manager",),
    ),
    Topic(
        REST,
        N_("{departments}: is the department behind the roadmap?"),
        departments,
        put("roadmap.sign_offs.{object}.by"),
        ("roadmap.sign-off-missing", "roadmap.sign-off-stale"),
    ),
    Topic(
        STALE,
        N_("When did we last talk to {titles}, and what came out?"),
        titles,
        log,
        ("contact.stale",),
    ),
    Topic(
        STALE,
        N_("{titles}: is the stance still the same?"),
        titles,
        put("stakeholders.{object}.stance", why=True),
        ("stakeholder.stance-stale",),
    ),
    Topic(
        STALE,
        N_("{names}: introduced by now?"),
        names,
        beside("done", value="{today}"),
        ("matrix.intro-overdue",),
    ),
    Topic(
        STALE,
        N_("{ids}: done by now, or what is in the way?"),
        objects,
        finish,
        ("swot.action-overdue",),
    ),
    Topic(
        STALE,
        N_("Is it still true who of us is in touch with whom?"),
        objects,
        put("matrix.reviewed", "{today}"),
        ("matrix.review-old",),
    ),
    Topic(
        STALE,
        N_("Do strengths, weaknesses, opportunities and threats still hold?"),
        objects,
        put("swot.reviewed", "{today}"),
        ("swot.stale",),
    ),
    Topic(
        REST,
        N_("Who introduces {names}, and when?"),
        names,
        put("matrix.introductions.{member}.planned"),
        ("matrix.intro-missing",),
    ),
    Topic(
        REST,
        N_("When did somebody last talk to them, and what came out?"),
        objects,
        log_anybody,
        ("section.missing/contacts",),
    ),
    Topic(
        REST,
        N_("Whom else are they talking to?"),
        objects,
        field(f"competitors.{BLANK}.name"),
        ("competitors.none",),
    ),
    Topic(
        REST,
        N_("What do they need most?"),
        objects,
        field(f"needs.{BLANK}.text"),
        ("section.missing/needs",),
    ),
    Topic(
        REST,
        N_("Why should they buy from us?"),
        objects,
        put("profile.positioning.why_us"),
        ("section.missing/profile",),
    ),
    Topic(
        REST,
        N_("How does one get through to {titles}?"),
        titles,
        put("stakeholders.{object}.approach"),
        ("stakeholder.no-approach",),
    ),
    Topic(
        REST,
        N_("{titles}: which way of contact is liked best?"),
        titles,
        put("stakeholders.{object}.channel"),
        ("stakeholder.no-preference",),
    ),
    Topic(
        REST,
        N_("Do we want to grow this customer, keep, watch or drop it?"),
        objects,
        put("profile.portfolio_decision"),
        ("value.class-missing/portfolio_decision",),
    ),
    Topic(
        REST,
        N_("How important is this customer: key, special, good or ordinary?"),
        objects,
        put("class"),
        ("value.class-missing/class",),
    ),
    Topic(
        REST,
        N_("What do we promise this customer, and until when?"),
        objects,
        field("goals.external"),
        ("goals.external-missing", "section.missing/goals"),
    ),
    Topic(
        REST,
        N_("What do we want to gain with this customer?"),
        objects,
        field("goals.internal"),
        ("goals.internal-missing",),
    ),
    Topic(
        REST,
        N_("Who takes on {ids}, and until when?"),
        objects,
        beside("owner", "due"),
        ("swot.action-no-owner",),
    ),
    Topic(
        REST,
        N_("What is the task of {names} at this customer?"),
        names,
        put("team.members.{object}.assignment"),
        ("team.member-without-assignment", "matrix.member-without-contact"),
    ),
    Topic(
        REST,
        N_("Who of {departments} joins the team?"),
        departments,
        field("team.members"),
        ("team.department-missing", "team.single-department", "team.single-person"),
    ),
    Topic(
        REST,
        N_("How much money is approved for {ids}?"),
        objects,
        put("roadmap.budgets.{object}.approved"),
        ("roadmap.no-budget", "roadmap.budget-short"),
    ),
    Topic(
        REST,
        N_("What must one know of their trade?"),
        objects,
        field("learning.subjects"),
        ("learning.no-subjects", "section.missing/learning"),
    ),
)
"""Rules without a topic ask for work at a desk, not for an answer; `rule/object` is a rule at one object only."""
