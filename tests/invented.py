"""An invented playbook for the tests of the site: pages without accounts, rules or figures behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from kam.language import Code
from kam.page import STAMPED, About, Changed, Heading, Lot, Page, SearchEntry, link

HOSTILE = """</title><script>alert('x')</script>"'><img src=x onerror=alert(1)> & {{7*7}}"""

ABOUT = About(
    company="Example Company",
    languages=("zh", "en"),
    as_of=date(2026, 1, 15),
    commit="7f3c2a1",
    timestamp=1768435200,
    edit_url="https://git.example.org/edit/main/{path}?a=1&b=2",
)


def account(name: str, title: str, language: Code = "zh", note: str = "") -> Page:
    """An invented account page that links to two others and to a place in itself."""
    here = f"accounts/{name}/"
    headings = (Heading("next", "接下来" if language == "zh" else "Next"), Heading("people", "人员 & people"))
    body = (
        f'<div class="kam"><h1 id="top">{name} {note}</h1>'
        f'<p><a href="{link(here, "people/chen/")}">Chen</a> <a href="#people">…</a></p>'
        f'<p><a href="{link(here, "rules/matrix/am-uncovered/", "why")}">rule</a></p>'
        '<h2 id="next">…</h2><h2 id="people">…</h2><p>采购总监 $&\\1 {{ 7*7 }}</p></div>'
    )
    search = (
        SearchEntry("", title, "采购总监和技术总监都在这里"),
        SearchEntry("people", "欧阳靖仪", "采购总监"),
    )
    day = date(2026, 1, 12)
    return Page(here, "account", title, body, f"{title}: 12 people", headings, search, f"accounts/{name}.yaml", day)


def pages(language: Code) -> list[Page]:
    """A page of every kind."""
    zh = language == "zh"
    home = '<div class="kam"><h1>Today</h1><p><a href="accounts/">…</a></p></div>'
    rows = '<div class="kam"><h1>…</h1><p><a href="../accounts/lakeside/#people">…</a></p></div>'
    why = '<div class="kam"><h1 id="top">…</h1><h2 id="why">…</h2><p>…</p></div>'
    return [
        Page("", "home", "今天" if zh else "Today", home),
        Page("accounts/", "accounts", "客户" if zh else "Accounts", rows, hide_toc=True),
        Page("findings/", "findings", "问题" if zh else "Findings", '<div class="kam"><h1>…</h1></div>', hide_toc=True),
        account("lakeside", "湖滨公司" if zh else "Lakeside", language),
        account("hostile", HOSTILE, language),
        Page("people/chen/", "person", "陈晨", "<p>no heading of its own</p>", source="company/people.yaml"),
        Page("rules/matrix/am-uncovered/", "rule", "matrix.am-uncovered", why, headings=(Heading("why", "Why"),)),
    ]


class Invented(NamedTuple):
    """A producer of pages that were made up."""

    root: Path
    about: About = ABOUT
    extra: tuple[Page, ...] = ()

    def single_titles(self, language: Code) -> Mapping[str, str]:
        """Addresses and titles of the pages that exist once."""
        return {page.address: page.title for page in self.single_pages(language)}

    def single_pages(self, language: Code) -> Iterable[Page]:
        """The pages that exist once."""
        return [page for page in pages(language) if page.kind not in STAMPED]

    def stamped_pages(self, language: Code) -> list[Lot]:
        """The others, a lot each."""
        return [partial(tuple, [page]) for page in (*pages(language), *self.extra) if page.kind in STAMPED]

    def changed(self, names: Collection[str], now: datetime) -> Mapping[Code, Changed] | None:
        """An account's page says what stands in its file; any other file changes everything."""
        if not all(name.startswith("accounts/") for name in names):
            return None
        del now
        notes = {name: (self.root / name).read_text("utf-8") for name in sorted(names)}
        home = Page("", "home", "Changed", f"<h1>{' '.join(notes.values())}</h1>")
        return {
            code: Changed([account(Path(name).stem, "New", code, note) for name, note in notes.items()], [home])
            for code in self.about.languages
        }


def repository(root: Path, mkdocs: str = "", docs: Mapping[str, str] | None = None) -> Path:
    """A playbook repository with little in it."""
    files = {
        "kam.yaml": "company: Example Company\n",
        "mkdocs.yml": f"site_name: Kunden & Co <b>\nplugins: [kam]\n{mkdocs}",
        "accounts/lakeside.yaml": "first",
        "docs/zh/process.md": "# 流程 <b>&lt;i&gt;\n\n## 第一步\n\n文字\n",
        "docs/en/process.md": "---\ntitle: \"Process </title><script>alert('t')</script>\"\n---\n# Process\n\nText\n",
        "docs/team.md": "# Team\n\nBoth languages\n",
        **(docs or {}),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


@contextmanager
def produced(about: About = ABOUT, extra: tuple[Page, ...] = ()) -> Iterator[None]:
    """Within this, the plugin gets its pages from here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kam.plugin.produce", lambda root: Invented(root, about, extra))
        yield
