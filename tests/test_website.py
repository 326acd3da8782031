"""Stamped pages are what MkDocs would have written, whatever stands in them."""

from __future__ import annotations

import gzip
import json
import re
from datetime import date
from pathlib import Path

import pytest

from kam import frame
from kam.build import build
from kam.finding import KamError
from kam.page import Heading, Page, link
from tests import invented

LANGUAGES = {"zh": "", "en": "en/"}

# Ordinary Markdown pages of a company, and the same as pages of ours.
ORDINARY = {
    "accounts/full.md": (
        "---\ndescription: 12 people & 3 <goals>\nsource: docs/accounts/full.md\nupdated: 2026-01-12\n---\n"
        "# 湖滨 & Co {#top}\n\n## 接下来 {#next}\n\nText & more\n\n### Deep {#deep}\n\n## People {#people}\n\nText\n"
    ),
    "people/plain.md": "---\nsource: docs/people/plain.md\nhide: [toc]\n---\nNo heading at all\n",
    "rules/matrix/flat.md": "---\nsource: docs/rules/matrix/flat.md\n---\n# Flat {#top}\n\nText\n",
}
STAMPED = (
    Page(
        "accounts/full/",
        "account",
        "湖滨 & Co",
        '<h1 id="top">湖滨 &amp; Co</h1>\n<h2 id="next">接下来</h2>\n<p>Text &amp; more</p>\n<h3 id="deep">Deep</h3>\n'
        '<h2 id="people">People</h2>\n<p>Text</p>',
        "12 people & 3 <goals>",
        (
            Heading("top", "湖滨 & Co", 1),
            Heading("next", "接下来"),
            Heading("deep", "Deep", 3),
            Heading("people", "People"),
        ),
        source="docs/accounts/full.md",
        updated=date(2026, 1, 12),
    ),
    Page("people/plain/", "person", "Plain", "<p>No heading at all</p>", source="docs/people/plain.md", hide_toc=True),
    Page(
        "rules/matrix/flat/",
        "rule",
        "Flat",
        '<h1 id="top">Flat</h1>\n<p>Text</p>',
        headings=(Heading("top", "Flat", 1),),
        source="docs/rules/matrix/flat.md",
    ),
)
SETTINGS = "site_url: https://kam.example.org/book/\nnot_in_nav: |\n  full.md\n  plain.md\n  flat.md\n"


def built(root: Path, docs: dict[str, str] | None = None, extra: tuple[Page, ...] = ()) -> Path:
    written = {**(docs or {}), "rules/matrix/notes.md": "# Notes\n\nA page in the navigation, near stamped ones\n"}
    invented.repository(root, SETTINGS, {f"docs/{name}": text for name, text in written.items()})
    result = build(root, root / "site", invented.Invented(root, invented.ABOUT, extra))
    assert result.warnings == ()
    return root / "site"


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("ordinary"), ORDINARY)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("stamped"), extra=STAMPED)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", STAMPED, ids=lambda page: page.kind)
def test_a_stamped_page_is_the_page_of_mkdocs_byte_for_byte(
    ordinary: Path, site: Path, page: Page, language: str
) -> None:
    name = f"{LANGUAGES[language]}{page.address}index.html"
    assert (site / name).read_bytes() == (ordinary / name).read_bytes()
    # The comparison means something: these are in there.
    html = (site / name).read_text("utf-8")
    for part in (page.body, page.address, f"https://git.example.org/edit/main/{page.source}", "2026-01-15", "7f3c2a1"):
        assert part in html
    assert all(f'href="#{heading.id}"' in html for heading in page.headings)


def test_hostile_text_is_text_in_every_place(site: Path) -> None:
    for file in site.rglob("*.html"):
        html = file.read_text("utf-8")
        outside = html.replace("<b>&lt;i&gt;", "")  # the body of a Markdown page, which may hold markup
        assert "<script>alert" not in outside, file
        assert "<img src=x" not in outside, file
        assert "Co <b>" not in outside, file
        assert "Kunden &amp;amp;" not in outside, file
    html = (site / "accounts/hostile/index.html").read_text("utf-8")
    safe = (
        "&lt;/title&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&#34;&#39;&gt;&lt;img src=x onerror=alert(1)&gt;"
    )
    assert f"<title>{safe} &amp; {{{{7*7}}}} - Kunden &amp; Co &lt;b&gt;</title>" in html
    assert "采购总监 $&\\1 {{ 7*7 }}" in html
    search = json.loads((site / "search/search_index.json").read_text("utf-8"))
    assert not [entry for entry in search["docs"] if "<script" in entry["title"] + entry["text"]]


def test_every_page_keeps_to_itself(site: Path) -> None:
    pages = [file.read_text("utf-8") for file in site.rglob("*.html")]
    assert len(pages) > 20
    for html in pages:
        assert '<meta name="robots" content="noindex, nofollow">' in html
        assert "default-src 'none'; script-src 'self' 'sha256-" in html
        loaded = re.findall(r'<(?:script|img|iframe)[^>]* src="([^"]*)"', html)
        loaded += re.findall(r'<link rel="(?:stylesheet|preconnect)" href="([^"]*)"', html)
        assert loaded
        assert not [url for url in loaded if url.startswith(("http", "//"))]
        assert "Made with" not in html


def test_each_language_has_its_pages_and_leads_to_the_same_page_of_the_other(site: Path) -> None:
    for address, name in (("accounts/lakeside/", "湖滨公司"), ("", "今天"), ("accounts/", "客户")):
        zh, en = ((site / prefix / address / "index.html").read_text("utf-8") for prefix in ("", "en"))
        assert '<html lang="zh"' in zh
        assert '<html lang="en"' in en
        assert name in zh
        up = "../" * address.count("/") or "./"
        assert f'href="{up}en/{address}" hreflang="en"' in zh
        assert f'href="{up}../{address}" hreflang="zh"' in en
    assert not (site / "zh").exists()
    assert "流程" in (site / "process/index.html").read_text("utf-8")
    assert (site / "team/index.html").is_file()
    assert (site / "en/team/index.html").is_file()


def test_the_navigation_lists_our_pages_first_then_the_companys(site: Path) -> None:
    html = (site / "index.html").read_text("utf-8")
    listed = [re.sub(r"\s+", " ", name).strip() for name in re.findall(r'md-ellipsis">(.*?)</span>', html, re.DOTALL)]
    wanted = ["今天", "客户", "问题", "流程 &lt;i&gt;", "Team"]
    assert [name for name in listed[listed.index("今天") :] if name in wanted][-5:] == wanted
    assert "湖滨公司" not in html
    assert "kam" + "0" not in html


def test_the_sitemap_lists_stamped_pages_and_no_frame(site: Path) -> None:
    for prefix in LANGUAGES.values():
        text = (site / prefix / "sitemap.xml").read_text("utf-8")
        places = re.findall(r"<loc>https://kam.example.org/book/(.*)</loc>", text)
        found = {f"{file.parent.relative_to(site).as_posix()}/" for file in (site / prefix).rglob("index.html")}
        found = {"" if name == "./" else name for name in found if prefix or not name.startswith("en/")}
        assert sorted(places) == sorted(found)
        assert set(re.findall("<lastmod>(.*)</lastmod>", text)) == {"2026-01-15"}
        assert gzip.decompress((site / prefix / "sitemap.xml.gz").read_bytes()).decode() == text


def test_the_index_has_our_entries_and_not_the_bodies(site: Path) -> None:
    docs = json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]
    places = [entry["location"] for entry in docs]
    assert "accounts/lakeside/" in places
    assert "accounts/lakeside/#people" in places
    assert "people/chen/" in places
    assert len(places) == len(set(places))
    assert "no heading of its own" not in json.dumps(docs)
    assert any(entry["location"].startswith("process/") and "文字" in entry["text"] for entry in docs)


def test_a_theme_part_of_the_company_wins_and_may_use_the_title(tmp_path: Path) -> None:
    files = {"templates/theme/partials/copyright.html": "<p>Ours: {{ page.title }}</p>", "docs/index.md": "# Mine"}
    root = invented.repository(tmp_path, docs=files)
    result = build(root, root / "site", invented.Invented(root, invented.ABOUT._replace(languages=("en",))))
    assert "<p>Ours: Lakeside</p>" in (root / "site/accounts/lakeside/index.html").read_text("utf-8")
    assert len(result.warnings) == 1
    assert "index.md" in result.warnings[0]
    assert "Mine" not in (root / "site/index.html").read_text("utf-8")


def test_a_theme_part_that_changes_the_title_is_refused(tmp_path: Path) -> None:
    part = {"templates/theme/partials/copyright.html": "{{ page.title | upper if page }}"}
    root = invented.repository(tmp_path, docs=part)
    with pytest.raises(KamError, match="theme part"):
        build(root, root / "site", invented.Invented(root))
    assert not (root / "site").exists()


def test_what_a_page_holds_cannot_pass_for_a_place_in_the_frame() -> None:
    made = frame.model(frame.shape(STAMPED[2], {"rules/"}))
    toc = f"<nav>{made.page.headings[0].title}</nav>"
    html = f"<title>{made.page.title}</title>{toc}<main>{made.page.body}</main>"
    cut = frame.cut(html, made, toc, None)
    values = {"title": made.page.body, "body": made.page.title, "toc": "{title}"}
    assert frame.stamp(cut, values) == f"<title>{made.page.body}</title>{{title}}<main>{made.page.title}</main>"


@pytest.mark.parametrize(
    ("here", "there", "anchor", "url"),
    [
        ("", "", "", "./"),
        ("", "accounts/x/", "", "accounts/x/"),
        ("accounts/x/", "", "", "../../"),
        ("accounts/x/", "people/y/", "late", "../../people/y/#late"),
        ("accounts/x/", "accounts/x/", "late", "#late"),
    ],
)
def test_links_are_relative(here: str, there: str, anchor: str, url: str) -> None:
    assert link(here, there, anchor) == url
