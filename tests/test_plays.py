"""Plays: the shipped library, conditions on figures, what fits an account, how far it is, and hostile files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam import check, company_files, language, model, pages, plays, resources, rules, schema, source
from kam.check import Analysis
from kam.cli import FINDINGS, FINE
from kam.company import Company
from kam.finding import Message
from kam.language import Language
from kam.model import Play
from kam.pages import Setting
from kam.pages.overview import overview
from kam.plays import steps
from kam.plays.condition import LONGEST, holds, parse
from kam.plays.figures import NAMES, OF_PLAYS, OF_STATS, figures
from kam.portfolio import Portfolio
from tests.markup import parsed as markup
from tests.test_cli import ROOT, Kam, kam, playbook

__all__ = ["kam", "playbook"]
TODAY = date(2026, 1, 15)
FILES = sorted((resources.path("templates") / "plays").glob("*.yaml"))
ASKED_FOR = (
    *("technical-opponent", "single-thread", "new-executive", "no-history", "price-attack", "champion-leaves"),
    *("silent-base", "renewal-near", "dropping-value", "before-tender", "lost-deal", "complaint"),
)
_HAN = re.compile("[\u4e00-\u9fff]")


def company() -> Company:
    names = ("kam.yaml", "company/people.yaml")
    return company_files.read({name: (ROOT / name).read_bytes() for name in names}).company


def analysed(text: str, of: Company | None = None) -> Analysis:
    raw = f"version: 1\nname: One\n{dedent(text)}".encode()
    return check.analyse(raw, "accounts/one.yaml", of or company(), TODAY)


def fitting(text: str) -> dict[str, plays.Fit]:
    return {one.play.id: one for one in plays.fitting(analysed(text), company())}


# ── the library ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_library_has_what_was_asked_for() -> None:
    assert set(ASKED_FOR) < set(plays.shipped())
    assert [file.stem for file in FILES] == list(plays.shipped())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_play_is_sound_and_speaks_both_languages(file: Path) -> None:
    document = schema.settle(source.read(file.read_bytes(), file.name, "company"), "play")
    assert (*document.faults, *schema.problems(document, "play"), *plays.problems(document)) == ()
    data = document.data or {}
    texts = [data[name] for name in ("name", "when", "why")]
    texts += [step[name] for step in data["steps"].values() for name in ("text", "good")]
    for one in texts:
        assert set(one) == {"en", "zh"}
        assert one["en"].isascii()
        assert _HAN.search(one["zh"])
        assert not re.search(
            "[\u4e00-\u9fff][,;:?!()]|[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]", one["zh"]
        )
    days = [step["day"] for step in data["steps"].values()]
    assert len(days) >= 4
    assert days == sorted(days)
    assert days[-1] <= 120


def test_every_shipped_play_fits_somewhere() -> None:
    """One account for each play that shows its signs."""
    people = "stakeholders: {a: {title: A, stance: opponent, buying_roles: [user]}}"
    signs = {
        "technical-opponent": people,
        "single-thread": """
            class: key
            team: {manager: am-lin}
            stakeholders: {a: {title: A, influence: high}}
            matrix: {cells: {am-lin: {a: close}}}
            """,
        "new-executive": "stakeholders: {a: {title: A, level: 1}}",
        "no-history": "status: prospect",
        "price-attack": """
            stakeholders: {a: {title: A, rivals: {r: close}}}
            competitors: {r: {name: R}}
            opportunities: {o: {amount: 5}}
            """,
        "champion-leaves": "stakeholders: {a: {title: A, stance: helper, status: left}}",
        "silent-base": "stakeholders: {a: {title: A, level: 4}, b: {title: B, level: 5}}",
        "renewal-near": "contracts: {c: {text: C, ends: 2026-07-14}}",
        "dropping-value": "value: {years: {2025: {revenue: 89}, 2024: {revenue: 100}}}",
        "before-tender": "opportunities: {o: {step: close}}",
        "lost-deal": "opportunities: {o: {outcome: lost, decided: 2025-12-01}}",
        "complaint": "services: {s: {kind: complaint, opened: 2026-01-02}}",
        "no-friend": "class: good\nstakeholders: {a: {title: A}, b: {title: B}}",
    }
    assert set(signs) == set(plays.shipped())
    assert {id for id, text in signs.items() if id not in fitting(text)} == set()


@pytest.mark.parametrize(
    ("play", "text"),
    [
        ("renewal-near", "contracts: {c: {text: C, ends: 2026-07-15}}"),
        ("renewal-near", "contracts: {c: {text: C, ends: 2026-01-14}}"),
        ("dropping-value", "value: {years: {2025: {revenue: 90}, 2024: {revenue: 100}}}"),
        ("dropping-value", "value: {years: {2025: {revenue: 1}, 2024: {revenue: 0}}}"),
        ("lost-deal", "opportunities: {o: {outcome: lost, decided: 2025-11-15}}"),
        ("lost-deal", "opportunities: {o: {outcome: lost, decided: 2026-01-16}}"),
        ("complaint", "services: {s: {kind: complaint, opened: 2026-01-02, closed: 2026-01-05}}"),
        ("before-tender", "opportunities: {o: {step: close, outcome: won}}"),
        ("champion-leaves", "stakeholders: {a: {title: A, stance: helper, status: left, successor: b}, b: {title: B}}"),
        ("technical-opponent", "status: closed\nstakeholders: {a: {title: A, stance: opponent}}"),
    ],
)
def test_just_beside_the_sign_a_play_does_not_fit(play: str, text: str) -> None:
    assert play not in fitting(text)


def test_accepted_findings_are_no_signs() -> None:
    text = """
        stakeholders: {a: {title: A, stance: opponent, buying_roles: [decision-maker]}}
        waivers: [{rule: stakeholder.opponent-no-plan, at: a, why: Known, by: am-lin, until: 2026-12-31}]
        """
    assert "technical-opponent" in fitting(text.partition("waivers")[0])
    assert "technical-opponent" not in fitting(text)


def test_what_fits_best_comes_first_and_what_runs_not_at_all() -> None:
    text = """
        class: key
        stakeholders:
          a: {title: A, stance: opponent, level: 4}
          b: {title: B, level: 4}
        contracts: {c: {text: C, ends: 2026-03-01}}
        """
    found = list(fitting(text))
    assert found.index("technical-opponent") < found.index("renewal-near")
    assert "renewal-near" not in fitting(text + "        actions: {x: {text: X, play: renewal-near}}\n")


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("stances.opponent > 0", True),
        ("stances.opponent>0", True),
        ("stances.opponent > 0 and contacts >= 3", True),
        ("stances.opponent > 0 and contacts > 3", False),
        ("contacts = 3", True),
        ("contacts != 3", False),
        ("fresh_cells < cells", True),
        ("revenue_change < -0.1", True),
        ("days_since_lost < 100", False),
        ("days_since_lost != 0", False),
    ],
)
def test_conditions(text: str, true: bool) -> None:
    known = {"stances.opponent": 1, "contacts": 3, "fresh_cells": 2, "cells": 5, "revenue_change": -0.2}
    found = parse(text, NAMES)
    assert not isinstance(found, Message), found
    assert holds(found, {**dict.fromkeys(NAMES), **known}) is true


@pytest.mark.parametrize(
    "text",
    [
        "",
        "contacts",
        "contacts >",
        "contacts >> 1",
        "contacts > 1 or contacts < 0",
        "contacts > 1 and",
        "not contacts > 1",
        "contacts > 1e9",
        "contacts > 9999999999999999999",
        "contacts > __import__('os').system('x')",
        "().__class__.__bases__ > 0",
        "contacts.__class__ > 0",
        "stances > 0",
        "Contacts > 0",
        "contacts > \uff10",
        "contacts > 1; contacts > 2",
        "contacts > 0 and " * 20 + "contacts > 0",
    ],
)
def test_nothing_else_is_a_condition(text: str) -> None:
    assert isinstance(parse(text, NAMES), Message)


@given(st.text(max_size=2 * LONGEST))
def test_any_text_is_a_condition_or_a_fault(text: str) -> None:
    found = parse(text, NAMES)
    assert isinstance(found, Message) or holds(found, dict.fromkeys(NAMES)) is False


def test_the_figures_have_the_names_that_conditions_know() -> None:
    raw = (ROOT / "accounts/xinglan-roads-bureau.yaml").read_bytes()
    found = check.analyse(raw, "accounts/xinglan-roads-bureau.yaml", company(), TODAY)
    assert found.plan
    known = figures(found.plan, found.row.figures or {})
    assert set(known) == NAMES == OF_STATS | OF_PLAYS
    assert [name for name in OF_STATS if known[name] is None] == []
    assert known["stances.opponent"] == 1
    assert known["contacts"] == len(found.plan.contacts)


# ── a company's own plays ────────────────────────────────────────────────────────────────────────────────────────────

OWN = """
version: 1
name: Year's end
fits: {rules: [contact.stale]}
steps:
  ask: {text: Ask}
"""


def own(root: Path, text: str, name: str = "year-end.yaml") -> None:
    (root / "company/plays").mkdir(exist_ok=True)
    (root / "company/plays" / name).write_text(dedent(text), "utf-8")


def faults(kam: Kam) -> list[dict[str, Any]]:
    found = json.loads(kam("check", "--output-format", "json").out)["findings"]
    return [cast("dict[str, Any]", one) for one in found if one["path"].startswith("company/plays")]


def test_a_companys_own_play_joins_the_library(kam: Kam, playbook: Path) -> None:
    own(playbook, OWN)
    assert faults(kam) == []
    assert "year-end            Year's end" in kam("play").out
    own(playbook, OWN.replace("Year's end", "Ours"), "complaint.yaml")
    listed = kam("play", "--list").out
    assert "Ours" in listed
    assert "An open complaint" not in listed


@pytest.mark.parametrize(
    ("old", "new", "rule", "pointer"),
    [
        ("contact.stale", "contact.stail", "schema.enum", "/fits/rules/0"),
        ("{rules: [contact.stale]}", "{figures: [contacts >]}", "schema.pattern", "/fits/figures/0"),
        ("{rules: [contact.stale]}", "{figures: [conacts > 1]}", "schema.pattern", "/fits/figures/0"),
        ("{text: Ask}", "{text: Ask, role: boss}", "schema.enum", "/steps/ask/role"),
        ("{text: Ask}", "{text: Ask, day: -1}", "schema.range", "/steps/ask/day"),
        ("{text: Ask}", "{}", "schema.missing-key", "/steps/ask"),
        ("steps:", "step:", "schema.missing-key", ""),
        ("name: Year's end", "name: {fr: Fin}", "schema.unknown-key", "/name/fr"),
        ("version: 1", "version: 2", "schema.enum", "/version"),
        ("  ask:", "  Ask it:", "schema.pattern", "/steps/Ask it"),
        ("version: 1", "version: 1\nname: Twice", "source.duplicate-key", "/name"),
        ("{text: Ask}", "{text: *x}", "source.sharing", "/steps/ask/text"),
        ("{text: Ask}", "{text: [", "source.syntax", ""),
    ],
)
def test_faults_of_a_play_have_a_place(kam: Kam, playbook: Path, old: str, new: str, rule: str, pointer: str) -> None:
    assert old in OWN
    own(playbook, OWN.replace(old, new))
    assert (rule, pointer) in {(one["rule"], one["pointer"]) for one in faults(kam)}
    assert kam("play", "--list").code == FINE
    assert kam("check").code == FINDINGS


@pytest.mark.parametrize(
    "name", ["Year.yaml", "a b.yaml", "year.yml", "con.yaml", "x-own.yaml", "deep/year.yaml", "notes.txt"]
)
def test_a_file_that_is_no_play_is_said(kam: Kam, playbook: Path, name: str) -> None:
    (playbook / "company/plays/deep").mkdir(parents=True)
    own(playbook, OWN, name)
    assert [(one["rule"], one["path"]) for one in faults(kam)] == [("schema.pattern", f"company/plays/{name}")]


def test_a_play_that_leads_out_of_the_repository_is_not_read(kam: Kam, playbook: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text(OWN.replace("Year's end", "Secret"), "utf-8")
    (playbook / "company/plays").mkdir(exist_ok=True)
    (playbook / "company/plays/year-end.yaml").symlink_to(tmp_path / "secret.yaml")
    assert [one["rule"] for one in faults(kam)] == ["source.unreadable"]
    assert "Secret" not in kam("play").out


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe", b"\x00", b"- 1\n", b"[" * 5000, "\u202eabc: 1\n".encode(), b"a: &x 1\nb: *x\n"]
)
def test_any_bytes_are_a_fault_and_nothing_worse(kam: Kam, playbook: Path, raw: bytes) -> None:
    own(playbook, "")
    (playbook / "company/plays/year-end.yaml").write_bytes(raw)
    assert faults(kam)
    assert kam("play", "xinglan-roads-bureau").code == FINE


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(["name", "when", "fits", "rules", "figures", "steps", "a", "text", "en", "zh", "day"]),
                inner,
                max_size=4,
            ),
        ),
        max_leaves=12,
    )
)
def test_whatever_the_data_a_play_is_read(data: Any) -> None:
    raw = json.dumps({"version": 1, "name": "X", "steps": {}, **data} if isinstance(data, dict) else data).encode()
    names = ("kam.yaml", "company/people.yaml")
    texts: Mapping[str, Any] = {name: (ROOT / name).read_bytes() for name in names}
    found = company_files.read({**texts, "company/plays/odd.yaml": raw}).company.plays
    for play in found.values():
        assert set(play.name) == {"en", "zh"}
        plays.fitting(analysed("stakeholders: {a: {title: A}}", company()._replace(plays=found)), company())


# ── runs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fields", "state", "done", "left"),
    [
        (("", ""), "running", 0, 2),
        ((", status: done", ""), "running", 1, 1),
        ((", status: done", ", status: dropped"), "ended", 1, 0),
        ((", status: done", ", status: done, outcome: worked"), "worked", 2, 0),
        (("", ", outcome: failed"), "failed", 0, 2),
        ((", outcome: failed", ", outcome: worked"), "worked", 0, 2),
    ],
)
def test_how_far_a_run_is(fields: tuple[str, str], state: str, done: int, left: int) -> None:
    lines = (f"  s{n}: {{text: S, play: p, begun: 2026-01-01{more}}}" for n, more in enumerate(fields))
    (run,) = analysed("actions:\n" + "\n".join(lines) + "\n").row.plays
    assert (run.play, run.begun, run.actions, run.state, run.done, run.left) == (
        "p", date(2026, 1, 1), ("s0", "s1"), state, done, left,
    )  # fmt: skip


def test_two_runs_are_told_apart_by_their_day() -> None:
    found = analysed("""
        actions:
          a: {text: A, play: p, begun: 2025-01-01, outcome: failed}
          b: {text: B, play: p, begun: 2026-01-01}
          c: {text: C}
        """).row.plays
    assert [(one.begun, one.state) for one in found] == [(date(2025, 1, 1), "failed"), (date(2026, 1, 1), "running")]


def _play(*rows: tuple[str, str, int, str | None]) -> Play:
    both = {"en": "T", "zh": "文"}
    made = tuple(model.PlayStep(id, both, role, day, target, None) for id, role, day, target in rows)
    return Play("p", both, None, None, (), (), made)


def test_owners_targets_days_and_ids_of_steps() -> None:
    found = analysed("""
        team: {manager: am-lin, sponsor: sd-zhou, members: {am-lin: {}, pse-tang: {}}}
        stakeholders:
          boss: {title: Boss, buying_roles: [decision-maker], stance: supporter}
          clerk: {title: Clerk, buying_roles: [user], stance: opponent}
          gone: {title: Gone, stance: opponent, status: left}
        actions: {p-a: {text: Mine}}
        """)
    assert found.plan
    play = _play(
        ("a", "account-manager", 0, "opponents"),
        ("b", "sponsor", 3, "decision-makers"),
        ("c", "presales-engineer", 10, "named"),
        ("d", "marketing", 40, None),
    )
    planned = steps.planned(play, found.plan, TODAY, {"clerk", "boss"}, "zh")
    told = [
        (one.id, one.action["owner"], str(one.action["due"]), one.action.get("for"), one.stands_in) for one in planned
    ]
    assert told == [
        ("p-a-2", "am-lin", "2026-01-15", ["clerk"], False),
        ("p-b", "sd-zhou", "2026-01-18", ["boss"], False),
        ("p-c", "pse-tang", "2026-01-25", ["boss", "clerk"], False),
        ("p-d", "am-lin", "2026-02-24", None, True),
    ]  # fmt: skip
    assert planned[0].action["text"] == "文"


def test_ids_of_steps_are_never_too_long() -> None:
    found = analysed("")
    assert found.plan
    play = _play(("a" * 60, "sponsor", 0, None), ("a" * 63, "sponsor", 0, None))._replace(id="p" * 60)
    ids = [one.id for one in steps.planned(play, found.plan, TODAY, (), "en")]
    assert len(set(ids)) == 2
    assert all(
        len(id) <= steps.LONGEST
        and schema.is_valid({"version": 1, "name": "X", "actions": {id: {"text": "T"}}}, "account")
        for id in ids
    )


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_library_page_shows_steps_and_where_a_play_ran(code: language.Code) -> None:
    ran = analysed("actions: {x: {text: X, play: complaint, begun: 2026-01-02, outcome: worked}}").row
    hidden = ran._replace(account="hidden", name="Hidden firm", restricted=True)
    setting = Setting(company(), Language(code), TODAY)
    shown = overview(Portfolio(company(), TODAY, (ran, hidden)), (), (), ())
    (page,) = (one for one in pages.single_pages(shown, setting) if one.kind == "plays")
    body = markup(page.body)
    section = body.one("section", id="play-complaint")
    assert [one.text for one in section.all("a") if one.attrs["href"].startswith("../accounts")] == ["One"]
    assert "Hidden firm" not in page.body
    assert len(section.one("tbody").all("tr")) == 5
    assert [one.id for one in page.headings] == [f"play-{id}" for id in plays.shipped()]
    assert bool(_HAN.search(section.one("tbody").text)) == (code == "zh")


def test_hostile_texts_stay_texts() -> None:
    evil = "<script>alert(1)</script>{{ 7*7 }}"
    both = {"en": evil, "zh": evil}
    play = Play("evil", both, both, both, ("x<b>",), ("<i>",), (model.PlayStep("a", both, "sponsor", 1, None, both),))
    setting = Setting(company()._replace(plays={"evil": play}), Language("en"), TODAY)
    shown = overview(Portfolio(setting.company, TODAY, ()), (), (), ())
    (page,) = (one for one in pages.single_pages(shown, setting) if one.kind == "plays")
    assert "<script" not in page.body
    assert "<i>" not in page.body
    assert "{{ 7*7 }}" in page.body


@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_customers_page_suggests_few_plays_with_their_reason(code: language.Code) -> None:
    raw = (ROOT / "accounts/chengyuan-metro.yaml").read_bytes()
    found = check.analyse(raw, "accounts/chengyuan-metro.yaml", company(), TODAY)
    page = pages.account_page(found, Setting(company(), Language(code), TODAY))
    assert page
    lines = markup(page.body).one("section", id="plays").all("li")
    assert [one.one("a").attrs["href"] for one in lines] == [
        f"../../plays/#play-{id}" for id in ("no-friend", "technical-opponent", "champion-leaves")
    ]
    assert "plays" in [one.id for one in page.headings]
    assert all(one.one("small").text for one in lines)
    assert len(str(page.body.split('<section id="plays">')[1].split("</section>")[0]).encode()) < 1500


def test_rules_and_findings_lead_to_the_plays() -> None:
    raw = (ROOT / "accounts/chengyuan-metro.yaml").read_bytes()
    found = check.analyse(raw, "accounts/chengyuan-metro.yaml", company(), TODAY)
    setting = Setting(company(), Language("en"), TODAY)
    shown = overview(Portfolio(company(), TODAY, (found.row,)), found.findings, (), ())
    every = {
        one.address: one.body for one in (*pages.single_pages(shown, setting), *pages.stamped_pages(shown, setting))
    }
    assert 'href="../plays/#play-champion-leaves"' in every["findings/"]
    assert 'href="../../../plays/#play-single-thread"' in every["rules/matrix/single-thread/"]
    assert "#play-" not in every["rules/matrix/copied-example/"]


def test_plays_that_answer_a_rule_name_rules_that_exist() -> None:
    assert set(plays.by_rule(company())) <= set(rules.ids())


def test_checking_does_not_load_the_library() -> None:
    """The start of `kam check` stays quick: the shipped plays are for those who ask for them."""
    code = (
        "import sys; from kam import plays; from kam.cli import run\n"
        "run(['check', '--fail-on', 'never', '--output-format', 'json'])\n"
        "print(plays.shipped.cache_info().currsize, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.strip().splitlines()[-1] == "0"
