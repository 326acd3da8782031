"""`kam agenda`: what it lists, that its commands settle what they are about, its formats, hostile texts, misuse."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from icalendar import Calendar
from markdown_it import MarkdownIt

from kam import agenda, check, project
from kam.agenda import record
from kam.cli import FINE, USAGE
from kam.config import Selection
from kam.plan import Plan
from tests.test_cli import Kam, kam, playbook

__all__ = ["kam", "playbook"]

AS_OF = date(2026, 1, 15)
ACCOUNTS = ("chengyuan-metro", "kestrel-bay-ports", "xinglan-roads-bureau")
HOSTILE = (
    "\\r\\nEND:VEVENT\\nBEGIN:VALARM\\nATTACH:http://evil.example",
    "\\e[31m red \\u202e turned",
    "[x](javascript:alert(1)) <img src=x> @everyone `code` https://evil.example",
    "; echo '$(id)' `id` | x",
)


def tasks(kam: Kam, *arguments: str) -> list[dict[str, Any]]:
    """The tasks as JSON has them."""
    done = kam("agenda", "--format", "json", *arguments)
    assert (done.code, done.err) == (FINE, "")
    value = json.loads(done.out)
    assert (value["version"], sorted(value)) == (1, ["as_of", "days", "tasks", "version"])
    found: list[dict[str, Any]] = value["tasks"]
    return found


def plan_of(name: str) -> Plan:
    loaded = project.load(Path(__file__).parents[1])
    found = project.analysed(loaded, AS_OF, Selection(), lambda one: one.plan, [f"accounts/{name}.yaml"])
    plan = next(iter(found))
    assert plan
    return plan


def neglect(playbook: Path) -> None:
    """Nothing on the worked example's roadmap is deployed, and its new version is not signed."""
    path = playbook / "accounts/xinglan-roads-bureau.yaml"
    text = re.sub(r"\n +deployed: .*", "", path.read_text("utf-8"))
    assert re.search(r"\nroadmap:\n  version: 1\n", text)
    path.write_text(text.replace("\nroadmap:\n  version: 1\n", "\nroadmap:\n  version: 2\n"), "utf-8")


@pytest.mark.parametrize(
    ("account", "day"), [(ACCOUNTS[0], "2026-01-15"), *((one, "2026-02-10") for one in ACCOUNTS[1:])]
)
def test_every_command_settles_its_task(
    kam: Kam, playbook: Path, monkeypatch: pytest.MonkeyPatch, account: str, day: str
) -> None:
    neglect(playbook)
    monkeypatch.setenv("KAM_AS_OF", day)
    asked = ("--account", account, "--days", "28")  # a contact of today is due again in 30
    kinds = list(dict.fromkeys(one["kind"] for one in tasks(kam, *asked) if one["command"]))
    for kind in kinds:
        line = next((one["command"] for one in tasks(kam, *asked) if one["kind"] == kind), None)
        if line is None:
            continue  # another command settled it too
        name, *words = shlex.split(line)
        told = kam(*(word.replace(record.BLANK, "we met and talked") for word in words))
        assert (name, told.code) == ("kam", FINE), (line, told.err)
        assert line not in {one["command"] for one in tasks(kam, *asked)}
    assert len(kinds) > 4


def test_everything_of_the_worked_example(kam: Kam, playbook: Path) -> None:
    found = tasks(kam, "--account", "xinglan-roads-bureau")
    assert [(one["kind"], one["group"], one["owner"], one["due"]) for one in found] == [
        ("contact", "overdue", "gm-he", "2026-01-08"),
        ("meeting", "week", "am-lin", "2026-01-17"),
        ("meeting", "week", "am-lin", "2026-01-21"),
        ("acquaint", "open", "am-lin", None),
        ("learning", "open", "am-lin", None),
    ]
    assert found[1]["why"] == "One meeting renews 14 cells that run out within 14 days."
    assert found[0]["command"] == (
        'kam log xinglan-roads-bureau --with deputy-business,deputy-technology,chief-engineer --by gm-he -m "…"'
    )


def test_every_sort_of_task_comes_up(kam: Kam, playbook: Path) -> None:
    neglect(playbook)
    found = {one["kind"] for day in ("2026-01-15", "2026-06-20") for one in tasks(kam, "--days", "90", "--as-of", day)}
    assert found == set(get_args(agenda.Kind))


@pytest.mark.parametrize("days", [1, 7, 14, 60])
@pytest.mark.parametrize("account", ACCOUNTS)
def test_it_looks_as_far_ahead_as_asked(account: str, days: int) -> None:
    plan = plan_of(account)
    found = agenda.within(plan, days)
    assert all(one.due is None or (one.due - plan.today).days < days for one in found)
    running_out = [one for one in plan.freshness.values() if not one.pending and one.fresh and (one.left or 0) < days]
    renewed = sum(int(str(one.why.values["n"])) for one in found if one.kind == "meeting")
    assert renewed == len(running_out)


def test_the_last_day_of_the_calendar_is_no_end_of_the_program() -> None:
    plan = plan_of("xinglan-roads-bureau")
    assert agenda.within(Plan(plan.account, plan.company, date(9999, 12, 20)), 3660)


def test_rows_of_many_accounts_carry_no_commands() -> None:
    plan = plan_of("chengyuan-metro")
    assert agenda.tasks(plan)
    assert not [one for one in agenda.tasks(plan) if one.record or one.ours or one.field]


@pytest.mark.parametrize("asked", ["am-lin", "lin", "林晓", "linxiao", "lx", "林"])
def test_people_are_found_by_id_name_and_pinyin(kam: Kam, playbook: Path, asked: str) -> None:
    mine = tasks(kam, "--for", asked)
    assert mine
    assert all(one["owner"] == "am-lin" or "am-lin" in one["with"] for one in mine)
    assert len(mine) < len(tasks(kam))


def test_whoever_takes_part_in_a_meeting_is_told(kam: Kam, playbook: Path) -> None:
    assert [one["kind"] for one in tasks(kam, "--for", "pse-tang")] == ["meeting"]


@pytest.mark.parametrize("asked", ["xinglan", "星澜州公路局", "星澜", "xinglanzhougongluju", "xlzglj"])
def test_accounts_are_found_by_id_name_and_pinyin(kam: Kam, playbook: Path, asked: str) -> None:
    assert {one["account"] for one in tasks(kam, "--account", asked)} == {"xinglan-roads-bureau"}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", ("Overdue: ", "Within a week: ", "No day set: ", "Record it: kam log ", "7 d overdue")),
        ("zh", ("逾期：", "一周之内：", "还没有定日子：", "记下来：kam log ", "逾期 7 天")),
    ],
)
def test_text_in_both_languages(kam: Kam, playbook: Path, code: str, said: tuple[str, ...]) -> None:
    done = kam("--lang", code, "agenda")
    assert (done.code, done.err) == (FINE, "")
    assert not [one for one in said if one not in done.out]


def test_markdown_can_be_ticked_off(kam: Kam, playbook: Path) -> None:
    out = kam("agenda", "--format", "markdown").out
    assert out.startswith("# As of 2026-01-15, to do within 14 days: ")
    assert out.count("- [ ] ") == len(tasks(kam))
    assert all(f"`{one['command']}`" in out for one in tasks(kam) if one["command"])


def events(kam: Kam, *arguments: str) -> tuple[bytes, list[Any]]:
    """A calendar as bytes, and its entries as a parser reads them."""
    done = kam("agenda", "--format", "ics", *arguments)
    assert done.code == FINE
    raw = done.out.encode()
    return raw, Calendar.from_ical(raw).walk("VEVENT") + Calendar.from_ical(raw).walk("VTODO")


def test_a_calendar_that_a_parser_reads(kam: Kam, playbook: Path) -> None:
    _, found = events(kam)
    by_id = {str(one["uid"]).removesuffix("@kam"): one for one in found}
    wanted = {one["id"]: one for one in tasks(kam)}
    assert by_id.keys() == wanted.keys()
    for id, one in by_id.items():
        task = wanted[id]
        assert one["summary"] == f"{task['what']} · {task['name']}"
        assert task["why"] in one["description"]
        assert (task["command"] or task["field"]) in one["description"]
        assert one["dtstamp"].to_ical() == b"20260115T000000Z"
        late = task["group"] == "overdue"
        day = date(2026, 1, 15) if late else date.fromisoformat(task["due"]) if task["due"] else None
        assert one.name == ("VEVENT" if day else "VTODO")
        assert not day or (one["dtstart"].dt, (one["dtend"].dt - day).days) == (day, 1)


def test_the_same_calendar_twice_and_the_same_ids_tomorrow(kam: Kam, playbook: Path) -> None:
    first, today = events(kam)
    assert first == events(kam)[0]
    _, tomorrow = events(kam, "--as-of", "2026-01-16")
    ids = {str(one["uid"]) for one in today}
    assert len(ids) == len(today)
    assert len(ids & {str(one["uid"]) for one in tomorrow}) > len(ids) // 2


def hostile(playbook: Path, text: str) -> None:
    quoted = '"' + text.replace('"', '\\"') + '"'
    (playbook / "accounts/hostile.yaml").write_text(
        f"version: 1\nname: {quoted}\nclass: key\nteam: {{manager: am-lin, members: {{am-lin: {{}}}}}}\n"
        f"stakeholders: {{a: {{title: {quoted}}}, b: {{title: B, stance: opponent}}}}\n"
        "matrix: {cells: {am-lin: {a: close}}}\n"
        "contacts: [{date: 2025-01-01, kind: visit, ours: [am-lin], theirs: [a]}]\n"
        f"swot: {{actions: {{SO1: {{quadrant: SO, text: {quoted}, owner: am-lin, due: 2026-01-01}}}}}}\n",
        "utf-8",
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_do_no_harm(kam: Kam, playbook: Path, text: str) -> None:
    hostile(playbook, text)
    wanted = tasks(kam, "--account", "hostile")
    assert {"contact", "result", "action", "cover"} <= {one["kind"] for one in wanted}
    raw, found = events(kam, "--account", "hostile")
    assert len(found) == len(wanted)
    assert raw.count(b"\nBEGIN:") == len(wanted)
    assert b"\nATTACH" not in raw
    for form in ("text", "markdown", "ics"):
        out = kam("agenda", "--account", "hostile", "--format", form).out
        assert not {"\x1b", "\u202e"} & set(out)
    page = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(
        kam("agenda", "--account", "hostile", "--format", "markdown").out
    )
    kinds = {token.type for block in page for token in (block, *(block.children or ()))}
    assert not kinds & {"link_open", "image", "html_inline", "html_block"}


def test_restricted_accounts_stay_out_of_calendars(kam: Kam, playbook: Path) -> None:
    path = playbook / "accounts/xinglan-roads-bureau.yaml"
    path.write_text(path.read_text("utf-8").replace("visibility: internal", "visibility: restricted"), "utf-8")
    done = kam("agenda", "--format", "ics")
    assert "xinglan" not in done.out
    assert done.err == "Restricted accounts left out of the calendar: 1.\n"
    assert "xinglan" in kam("agenda", "--format", "ics", "--include-restricted").out
    assert "xinglan" in kam("agenda").out


def test_accounts_that_rest_have_nothing_to_do(kam: Kam, playbook: Path) -> None:
    path = playbook / "accounts/xinglan-roads-bureau.yaml"
    path.write_text(path.read_text("utf-8").replace("status: prospect", "status: dormant"), "utf-8")
    assert not tasks(kam, "--account", "xinglan-roads-bureau")


def test_a_broken_account_is_said(kam: Kam, playbook: Path) -> None:
    (playbook / "accounts/broken.yaml").write_text("[", "utf-8")
    done = kam("agenda")
    assert (done.code, done.err.startswith("accounts/broken.yaml cannot be read")) == (FINE, True)
    assert "xinglan" in done.out


def test_without_the_library_there_is_a_way_out(kam: Kam, playbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    done = kam("agenda", "--format", "ics")
    assert (done.code, done.out) == (USAGE, "")
    assert "icalendar" in done.err
    assert "pip install 'kam-playbook[ics]'" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--for", "nobody-at-all"), "Nobody in company/people.yaml"),
        (("--for", "l"), "“l” can be several: am-lin (林晓), pm-luo (罗文)."),
        (("--for", ""), "Nobody in company/people.yaml"),
        (("--account", "nothing"), "There is no account “nothing”."),
        (("--account", "xinglan-road-bureau"), "Did you mean xinglan-roads-bureau"),
        (("--days", "0"), "0 is not in the range"),
        (("--days", "soon"), "'soon' is not a valid integer"),
        (("--format", "pdf"), "'pdf' is not one of"),
        (("--as-of", "tomorrow"), "is not a day"),
        (("everything",), "unexpected extra argument"),
    ],
)
def test_misuse_is_explained(kam: Kam, playbook: Path, arguments: tuple[str, ...], said: str) -> None:
    done = kam("agenda", *arguments)
    assert (done.code, done.out) == (USAGE, "")
    assert said in done.err


def test_it_starts_with_little(playbook: Path) -> None:
    heavy = ("icalendar", "jinja2", "mkdocs", "rich", "jsonschema", "pypinyin")
    code = (
        f"import sys; from kam.cli import run; run(['agenda']); print([one for one in {heavy} if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.rstrip().endswith("[]")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (record.log(("a", "b", "a"), ("c",), "visit"), 'kam log x --with a,b --by c --kind visit -m "…"'),
        (record.put(("a.b", "c"), ("d", record.BLANK), why=True), 'kam set x a.b=c d="…" --why "…"'),
        (record.put(("a", "it's $(id)")), """kam set x 'a=it'"'"'s $(id)'"""),
        (record.done("WO2"), "kam done x WO2"),
        ((), ""),
    ],
)
def test_commands_as_they_are_typed(words: record.Record, line: str) -> None:
    assert record.command("x", words) == line


def test_a_contact_that_is_late_is_not_called_missing() -> None:
    text = """version: 1
name: A
class: key
team: {manager: am-lin}
stakeholders: {met: {title: Met}, never: {title: Never}, fresh: {title: Fresh}}
matrix: {cells: {am-lin: {met: {level: close, every_days: 30}, never: keep, fresh: keep}}}
contacts:
- {date: 2025-11-01, kind: call, ours: [am-lin], theirs: [met]}
- {date: 2026-01-10, kind: call, ours: [am-lin], theirs: [fresh]}
"""
    company = project.load(Path(__file__).parents[1]).company.company

    def contact(text: str) -> agenda.Task:
        plan = check.analyse(text.encode(), "accounts/a.yaml", company, AS_OF).plan
        assert plan
        (found,) = [one for one in agenda.tasks(plan) if one.kind == "contact"]
        return found

    both = contact(text)
    assert both.due == date(2025, 12, 1)
    assert (both.why.values["days"], both.why.values["n"], both.why.values["never"]) == (75, 2, 1)
    assert "without any contact yet" in both.why.text
    never = contact(text.replace("2025-11-01", "2026-01-01"))
    assert never.due is None
    assert "No contact on record yet" in never.why.text
