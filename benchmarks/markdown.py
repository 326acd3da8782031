"""The same accounts as somebody without `kam` would publish them: Markdown tables under stock MkDocs Material."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.company import Data

CONFIG = """\
site_name: Benchmark
theme:
  name: material
  language: zh
  font: false
plugins: [search]
markdown_extensions: [tables, attr_list, toc]
nav: [index.md]
not_in_nav: "accounts/*"
"""
"""A short navigation: stock MkDocs is about twice as slow with every account in it."""


def write(root: Path, accounts: Iterable[tuple[str, Data]]) -> None:
    """A stock MkDocs project: one page an account, a list of all as its home page."""
    pages = root / "docs" / "accounts"
    pages.mkdir(parents=True)
    rows = []
    for id, account in accounts:
        (pages / f"{id}.md").write_text(page(account), "utf-8")
        rows.append((f"[{account['name']}](accounts/{id}.md)", account["class"], account["team"]["manager"]))
    home = "\n".join(["# 客户", "", *_table(("客户", "类别", "客户经理"), rows)])
    (root / "docs" / "index.md").write_text(home, "utf-8")
    (root / "mkdocs.yml").write_text(CONFIG, "utf-8")


def page(account: Data) -> str:
    """One account as Markdown: every part of it, without any finding or figure."""
    return "\n".join(_lines(account)) + "\n"


def _lines(account: Data) -> Iterator[str]:
    yield f"# {account['name']}\n\n状态 {account['status']} · 类别 {account['class']} · {account['profile']['since']}\n"
    team, matrix, swot = account["team"], account["matrix"], account["swot"]
    yield from _part("团队", ("成员", "角色", "起", "分工"), _rows(team["members"], "role", "since", "assignment"))
    people = account["stakeholders"]
    person = ("title", "name", "unit", "level", "stance", "influence", "approach", "channel", "topics")
    yield from _part("客户人员", ("编号", *person), _rows(people, *person))
    grid = ([who, *(row.get(one, "") for one in people)] for who, row in matrix["cells"].items())
    yield from _part("关系矩阵", ("成员", *people), grid)
    talks = (
        [one[key] for key in ("date", "kind", "ours", "theirs", "content", "result")] for one in account["contacts"]
    )
    yield from _part("联络记录", ("日期", "方式", "我方", "对方", "内容", "结果"), talks)
    yield from _part("竞争对手", ("编号", "名称", "产品"), _rows(account["competitors"], "name", "offers"))
    for name in ("strengths", "weaknesses", "opportunities", "threats"):
        yield from _part(name, ("编号", "方面", "内容"), _rows(swot[name], "area", "text"))
    action = ("text", "uses", "for", "owner", "due", "status")
    yield from _part("行动", ("编号", *action), _rows(swot["actions"], *action))
    yield from _part("目标", ("编号", "承诺", "期限"), _rows(account["goals"]["external"], "promise", "due"))
    entry = ("kind", "text", "goal", "departments", "owner", "starts", "ends", "cost", "status")
    yield from _part("路线图", ("编号", *entry), _rows(account["roadmap"]["entries"], *entry))
    yield from _part("学习", ("成员", "水平"), _rows(account["learning"]["levels"], "trade"))


def _part(title: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    yield f"\n## {title}\n"
    yield from _table(head, rows)


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    names = list(head)
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(map(_text, row))} |"


def _rows(things: Data, *fields: str) -> Iterator[list[object]]:
    for key, one in things.items():
        yield [key, *(one.get(field, "") for field in fields)]


def _text(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
