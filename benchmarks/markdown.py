"""The same site as somebody without `kam` would publish it: every page's words as Markdown, under stock MkDocs.

The Markdown is made from kam's own pages, so that both sites say the same: headings, lists, tables and links, the
guides as they are, and the same navigation. Drawings are left out, which is in the other tool's favour.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

from kam import playbook, resources
from kam.cli._reference import commands
from kam.guides import ORDER
from kam.page import Page, of_lots
from kam.website import navigation

CONFIG = """\
site_name: Benchmark
theme:
  name: material
  language: zh
  font: false
plugins: [search]
markdown_extensions: [tables, attr_list, toc]
not_in_nav: "*/**"
nav: """
"""The navigation follows: ours, which is short. Stock MkDocs is about twice as slow with every account in it."""

_BLOCKS = frozenset(
    [
        "address",
        "blockquote",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figure",
        "footer",
        "header",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
    ]
)
_HEADS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### "}


def main() -> None:
    """Write the pages of a playbook, in Chinese, as a stock MkDocs project: `python -m benchmarks.markdown FROM TO`."""
    source, target = map(Path, sys.argv[1:])
    made = playbook.produce(source, None, datetime.now(UTC), commands=commands)
    every = (*made.single_pages("zh"), *of_lots(made.stamped_pages("zh")))
    write(target, every, made.single_titles("zh"), resources.path("docs") / "zh")


def write(root: Path, pages: Iterable[Page], titles: Mapping[str, str], guides: Path) -> None:
    """Write a stock MkDocs project with a Markdown file for each page and guide.

    `titles`: by their address the pages in the navigation, where the guides follow.
    """
    shutil.copytree(guides, root / "docs")
    for page in pages:
        file = root / "docs" / page.address / "index.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {page.title}\n\n{text(page.body)}", "utf-8")
    shown = [*navigation(titles), {"Guides": list(ORDER)}]
    (root / "mkdocs.yml").write_text(CONFIG + json.dumps(shown, ensure_ascii=False) + "\n", "utf-8")


def text(body: str) -> str:
    """The Markdown of a page's HTML."""
    reader = _Reader()
    reader.feed(body)
    reader.close()
    reader.block()
    return "\n".join(reader.lines) + "\n"


class _Reader(HTMLParser):
    """Collects the words of a page: blocks of text, list items, and tables as rows of cells."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.words: list[str] = []
        self.lead = ""
        self.rows: list[list[str]] | None = None
        self.drawing = 0
        self.target: list[str | None] = []

    def block(self, lead: str = "") -> None:
        """End a block of text, and begin one with another mark before it."""
        said = " ".join("".join(self.words).split())
        self.words.clear()
        if said and self.rows is None:
            self.lines += [self.lead + said, ""]
        elif said and self.rows:
            row = self.rows[-1]
            row[-1:] = [f"{row[-1]} {said}".strip() if row else said]
        self.lead = lead

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "svg":
            self.drawing += 1
        elif tag in _HEADS:
            self.block(_HEADS[tag])
        elif tag == "li":
            self.block("- ")
        elif tag == "table":
            self.block()
            self.rows = []
        elif tag == "tr" and self.rows is not None:
            self.block()  # end tags of cells may be left out
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.block()
            self.rows[-1].append("")
        elif tag in _BLOCKS or tag == "br":
            self.block()
        elif tag == "a":
            self.target.append(dict(attrs).get("href"))
            self.words.append("[")
        elif tag in ("b", "strong"):
            self.words.append("**")

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self.drawing -= 1
        elif tag == "table" and self.rows is not None:
            self.block()
            self.lines += _table(self.rows)
            self.rows = None
        elif tag in _HEADS or tag in _BLOCKS or tag in ("li", "td", "th"):
            self.block()
        elif tag == "a" and self.target:
            self.words.append(f"]({_file(self.target.pop() or '#')})")
        elif tag in ("b", "strong"):
            self.words.append("**")

    def handle_data(self, data: str) -> None:
        if not self.drawing:
            self.words.append(re.sub(r"([|*\[\]<>_`])", r"\\\1", data))


def _file(target: str) -> str:
    """The Markdown file behind a link to an address."""
    path, mark, anchor = target.partition("#")
    return (path + "index.md" if path.endswith("/") else path) + mark + anchor


def _table(rows: list[list[str]]) -> list[str]:
    width = max(map(len, rows), default=0)
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    return [*lines[:1], "|" + "---|" * width, *lines[1:], ""] if width else []


if __name__ == "__main__":
    main()
