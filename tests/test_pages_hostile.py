"""No text of a file becomes an element, an attribute, a script, a template or a link that it must not."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from kam import check, company_files, compiling, pages, render
from kam.language import Language
from kam.pages import Overview, Setting
from kam.portfolio import Portfolio
from tests.markup import Element, parsed

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 1, 15)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{7*7}}{% for x in (1,) %}{{x}}{% endfor %}",
    "javascript:alert(1)",
    "[x](javascript:alert(1)) ![i](https://evil.example/i.png) <b onclick=x>b</b>",
    "[y](//evil.example) <https://evil.example> [z](data:text/html,x)",
    "</title></svg></table></div><svg onload=alert(1)>",
    "{name} {0} %s",
    "&lt;script&gt;&#60;i&#62;",
)
TAGS = frozenset(
    """
    div section h1 h2 h3 h4 p span b i s u small br a dl dt dd ul ol li table caption colgroup col thead tbody
    tfoot tr th td nav time figure details summary code pre strong em button output svg defs symbol g
    use rect path circle text tspan title desc
    """.split()  # noqa: SIM905 - a list of so many words is read more easily so
)
ATTRIBUTES = frozenset(
    """
    id class href title scope colspan tabindex role aria-label aria-labelledby aria-hidden aria-pressed
    datetime rel type focusable viewbox preserveaspectratio width height x y d cx cy r rx fill stroke
    stroke-width stroke-dasharray transform opacity data-f data-for data-v data-sort data-class
    data-manager data-region data-state data-none hidden
    """.split()  # noqa: SIM905 - a list of so many words is read more easily so
)
SAFE_LINK = re.compile(
    r"#[\w.-]+|(\.\./)+[a-z0-9/-]*(#[\w.-]+)?|[a-z][a-z0-9/-]*/(#[\w.-]+)?|https://evil\.example[/\w.]*"
)


def _settings() -> Setting:
    files = company_files.read({name: (ROOT / name).read_bytes() for name in ("kam.yaml", "company/people.yaml")})
    return Setting(files.company, Language("en"), AS_OF)


def _poisoned(value: Any, poison: str, path: tuple[str, ...] = ()) -> Any:
    """The data with every text that is no id, date or word of a list replaced by the poison."""
    if isinstance(value, dict):
        return {key: _poisoned(one, poison, (*path, str(key))) for key, one in value.items()}
    if isinstance(value, list):
        return [_poisoned(one, poison, path) for one in value]
    return poison if isinstance(value, str) and _free(value, path) else value


def _free(value: str, path: tuple[str, ...]) -> bool:
    """Whether a field takes any text, so that the poison gets through to the page."""
    word = (path[-1] == "source" and "information" not in path) or (path[-1] == "purpose" and "actions" in path)
    return path[-1] in PROSE and not word


PROSE = frozenset(
    """
    name text title unit why approach topics role assignment project content result offers aspect promise measure
    how strategy answer evidence reason source response aim shows guests domain why_us why_them for_customer dress
    manners greeting taboos product timing information mode_reason phone place time background verdict what
    user_opinion how_known data notes x-segment x-plants x-likes purpose steps expect commitment
    """.split()  # noqa: SIM905 - as above
)


FILES = (ROOT / "accounts/xinglan-roads-bureau.yaml", ROOT / "tests/data/pages/everything.yaml")


def _assert_clean(body: str) -> Element:
    tree = parsed(body)
    for one in tree.walk():
        assert not one.tag or one.tag in TAGS, one.tag
        assert one.attrs.keys() <= ATTRIBUTES, one.attrs
        href = one.attrs.get("href")
        assert href is None or SAFE_LINK.fullmatch(href), href
    return tree


@pytest.mark.parametrize("poison", HOSTILE)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_hostile_texts_stay_texts(file: Path, poison: str) -> None:
    data = _poisoned(yaml.safe_load(re.sub(r": (\d{4}-\d\d-\d\d)", r": '\1'", file.read_text("utf-8"))), poison)
    raw = yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode()
    setting = _settings()
    analysis = check.analyse(raw, f"accounts/{file.name}", setting.company, AS_OF)
    assert analysis.plan
    assert analysis.plan.account.name == poison
    page = pages.account_page(analysis, setting)
    assert page
    tree = _assert_clean(page.body)
    assert tree.one("h1").text == " ".join(poison.split())
    assert "49" not in tree.one("h1").text
    rows = Portfolio(setting.company, AS_OF, (analysis.row,))
    for single in pages.single_pages(Overview(rows, analysis.findings), setting):
        _assert_clean(single.body)


def test_hostile_names_of_our_people_stay_texts() -> None:
    poison = HOSTILE[1]
    people = re.sub(r"name: \S+", f"name: '{poison}'", (ROOT / "company/people.yaml").read_text("utf-8"))
    files = company_files.read({"kam.yaml": (ROOT / "kam.yaml").read_bytes(), "company/people.yaml": people.encode()})
    setting = Setting(files.company, Language("zh"), AS_OF)
    file = ROOT / "accounts/xinglan-roads-bureau.yaml"
    page = pages.account_page(check.analyse(file.read_bytes(), f"accounts/{file.name}", files.company, AS_OF), setting)
    assert page
    tree = _assert_clean(page.body)
    assert poison in tree.text


@pytest.mark.parametrize("poison", HOSTILE)
def test_hostile_keys_and_broken_files_stay_texts(poison: str) -> None:
    setting = _settings()
    quoted = poison.replace("'", "''")
    for raw in (
        f"name: X\n'{quoted}': 1\nstakeholders: {{'{quoted}': {{title: T, '{quoted}': 2}}}}\n",
        f"name: X\nx-a: {{'{quoted}': ['{quoted}']}}\n",
        f"team: {{manager: '{quoted}', members: {{'{quoted}': {{role: r}}}}}}\n",
        f"name: [{poison}\n  {poison}: - x\n",
    ):
        page = pages.account_page(check.analyse(raw.encode(), "accounts/x.yaml", setting.company, AS_OF), setting)
        assert page
        _assert_clean(page.body)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain text, nothing else", "plain text, nothing else"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("**bold** and `code`", "<strong>bold</strong> and <code>code</code>"),
        ("<b>raw</b>", "&lt;b&gt;raw&lt;/b&gt;"),
        (
            "![i](https://x.example/i.png)",
            '!<a href="https://x.example/i.png" rel="noopener noreferrer nofollow">i</a>',
        ),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](https://x.example)", '<a href="https://x.example" rel="noopener noreferrer nofollow">x</a>'),
        ("[x](mailto:a@x.example)", '<a href="mailto:a@x.example" rel="noopener noreferrer nofollow">x</a>'),
        ("[x](//x.example)", '<a rel="noopener noreferrer nofollow">x</a>'),
        ("[x](relative/)", '<a rel="noopener noreferrer nofollow">x</a>'),
        ("[x](data:text/html,1)", "[x](data:text/html,1)"),
        ("[x](ftp://x.example)", '<a rel="noopener noreferrer nofollow">x</a>'),
        ("# Big", "<h4>Big</h4>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("two\nlines", "two<br>\nlines"),
        ("two\n\nparagraphs", "<p>two</p>\n<p>paragraphs</p>"),
        ("1. first", "<ol>\n<li>first</li>\n</ol>"),
        ("2026 is a year", "2026 is a year"),
    ],
)
def test_markdown_is_a_safe_subset(text: str, html: str) -> None:
    assert render.markdown(text) == html


def test_a_table_has_a_class_that_keeps_the_theme_off() -> None:
    tree = parsed(render.markdown("| a |\n|---|\n| b |"))
    assert tree.one("table", "t").text == "a b"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("https://x.example/a?b=c", True),
        ("http://x.example", True),
        ("HTTPS://x.example", True),
        ("mailto:a@x.example", True),
        ("tel:+4912", True),
        ("javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("//x.example", False),
        ("relative", False),
        ("", False),
        (None, False),
    ],
)
def test_only_harmless_urls_are_links(text: str | None, safe: bool) -> None:
    assert render.url(text) == (text if safe else None)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.booleans(), st.text().map(Markup)))
def test_quick_escaping_is_escaping(value: object) -> None:
    assert compiling.escaped(value) == escape(value)


def test_templates_escape_whatever_they_are_given(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    template = (
        "{{ a }}{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m(a) }}{{ _('{name} has left.', name=a) }}{{ _('Yes') }}"
    )
    (tmp_path / "pages/x.html").write_text(template, "utf-8")
    said = render.body("x.html", Language("en"), tmp_path, a='<b>"x"</b>')
    assert said.count("&lt;b&gt;&#34;x&#34;&lt;/b&gt;") == 3
    assert "<b>" not in said
