"""mkdocs build, mkdocs build --strict, mkdocs serve and kam build give the same site, in the same bytes everywhere."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

import pytest
from jinja2 import Environment
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError

from kam import compiling
from kam.build import build
from kam.finding import KamError
from kam.language import Code, Language
from kam.links import Link, broken, links
from kam.page import Lot, Page
from tests import invented

# `python -c` with this runs the mkdocs command over invented pages.
MKDOCS = "from tests.invented import produced\nwith produced():\n    from mkdocs.__main__ import cli\n    cli()"
BROKEN = Page("accounts/broken/", "account", "Broken", '<h1>…</h1><a href="../gone/">a</a><a href="#none">b</a>')


def contents(folder: Path) -> dict[str, str]:
    """Every file under a folder with a digest of its bytes."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def mkdocs(root: Path, *arguments: str, cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the mkdocs command in a process of its own."""
    top = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(top), "NO_MKDOCS_2_WARNING": "1", **variables}
    command = [sys.executable, "-c", MKDOCS, *arguments, "-f", str(root / "mkdocs.yml")]
    return subprocess.run(command, cwd=cwd or root, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = invented.repository(tmp_path_factory.mktemp("playbook"))
    assert build(made, made / "site", invented.Invented(made), strict=True).warnings == ()
    return made


def test_mkdocs_build_strict_gives_the_site_of_kam_build(root: Path, tmp_path: Path) -> None:
    place = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    done = mkdocs(root, "build", "--strict", "-q", "-d", str(tmp_path / "site"), cwd=tmp_path, **place)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert contents(tmp_path / "site") == contents(root / "site")
    assert len(contents(root / "site")) > 60


def test_the_default_theme_and_a_named_material_are_the_same(root: Path, tmp_path: Path) -> None:
    named = invented.repository(tmp_path, "theme: material\n")
    build(named, named / "site", invented.Invented(named))
    assert contents(named / "site") == contents(root / "site")


def test_it_needs_neither_mkdocs_yml_nor_docs(tmp_path: Path) -> None:
    (tmp_path / "kam.yaml").write_text("company: x\n", "utf-8")
    built = build(tmp_path, tmp_path / "site", invented.Invented(tmp_path))
    assert (built.pages, built.warnings) == (14, ())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kam.yaml", "site"]


def test_the_names_of_our_pages_can_stand_in_a_nav(tmp_path: Path) -> None:
    nav = "nav:\n  - findings/index.md\n  - Our <i>people</i>:\n    - accounts/index.md\n"
    root = invented.repository(tmp_path, nav, {"docs/zh/process.md": "# P\n\n[a](accounts/index.md)\n"})
    assert build(root, root / "site", invented.Invented(root), strict=True).warnings == ()
    html = (root / "site/accounts/index.html").read_text("utf-8")
    assert "Our people" in html
    assert html.index("问题") < html.index("Our people")
    assert 'href="../accounts/"' in (root / "site/process/index.html").read_text("utf-8")


def test_a_broken_link_of_ours_is_a_warning_and_stops_strict(tmp_path: Path) -> None:
    root = invented.repository(tmp_path)
    producer = invented.Invented(root, invented.ABOUT._replace(languages=("en",)), (BROKEN,))
    wanted = (
        "/accounts/broken/ links to #none, which does not exist.",
        "/accounts/broken/ links to ../gone/, which does not exist.",
    )
    assert build(root, root / "site", producer).warnings == ()
    assert build(root, root / "site", producer, strict=True).warnings == wanted
    with invented.produced(producer.about, (BROKEN,)), pytest.raises(Abort, match="2 warnings"):
        mkdocs_build(load_config(str(root / "mkdocs.yml"), strict=True))


def test_links_are_found_in_tags_only_and_followed_to_their_ids(tmp_path: Path) -> None:
    html = (
        """<a href="../y/?q=1#a%20b" id='x'>href="../no/"</a><img src=".././../p.png"><a href="https://x.org/">"""
        """<a href="#x"><a href="mailto:a@b.c">"""
    )
    found = list(links("p/x/", html))
    assert found == [
        Link("p/x/", "../y/?q=1#a%20b", "p/y/index.html", "a b"),
        Link("p/x/", ".././../p.png", "p.png", ""),
        Link("p/x/", "#x", "p/x/index.html", "x"),
    ]
    for name, text in {"p/y/index.html": '<b id="a b">', "p/x/index.html": "<b id='z'>", "p.png": ""}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert list(broken(found, tmp_path)) == [found[2]]


def test_a_file_from_outside_the_repository_is_not_published(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret\n", "utf-8")
    root = invented.repository(tmp_path / "book")
    (root / "docs/leak.md").symlink_to(secret)
    built = build(root, root / "site", invented.Invented(root))
    assert built.warnings[0].startswith("leak.md")
    assert not (root / "site/leak").exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_disk_that_is_full_while_pages_are_stamped_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    class Full(invented.Invented):
        def stamped_pages(self, language: Code) -> list[Lot]:
            def lot() -> Iterator[Page]:
                raise OSError(errno.ENOSPC, "No space left on device", "site/x")

            return [*super().stamped_pages(language), lot]

    root = invented.repository(tmp_path)
    monkeypatch.setenv("KAM_LANG", "zh")
    with pytest.raises(KamError) as raised:
        build(root, root / "site", Full(root), jobs=jobs)
    assert Language("zh").say(raised.value.message) == "site/x 用不了：磁盘满了。"
    monkeypatch.setattr("kam.plugin.produce", Full)
    with pytest.raises(Abort):
        mkdocs_build(load_config(str(root / "mkdocs.yml")))


def test_another_theme_is_refused_and_a_missing_kam_yaml_said(tmp_path: Path) -> None:
    root = invented.repository(tmp_path, "theme: readthedocs\n")
    with pytest.raises(KamError, match="Material"):
        build(root, root / "site", invented.Invented(root))
    (root / "kam.yaml").unlink()
    with invented.produced(), pytest.raises((PluginError, Abort)):
        mkdocs_build(load_config(str(root / "mkdocs.yml")))
    assert "SOURCE_DATE_EPOCH" not in os.environ


def test_a_day_in_the_environment_that_is_none_is_said(root: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-f", str(root / "mkdocs.yml"), "-d", str(tmp_path / "site")],
        env={**os.environ, "KAM_AS_OF": "soon", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    assert "“soon” is not a day" in done.stderr
    assert "KAM_AS_OF" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("settings", ["plugins: [kam]\nuse_directory_urls: false\n", "plugins: [offline, kam]\n"])
def test_pages_named_html_are_refused_whoever_asks_for_them(tmp_path: Path, settings: str) -> None:
    root = invented.repository(tmp_path)
    (root / "mkdocs.yml").write_text(f"site_name: x\ntheme: material\n{settings}", "utf-8")
    with pytest.raises(KamError, match="use_directory_urls"):
        build(root, root / "site", invented.Invented(root))
    assert not (root / "site").exists()


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ("plugins: [kam]\n", "site_name"),
        ("site_name: x\nplugins: [search]\n", "does not name the plugin kam"),
        ("site_name: x\nplugins: [kam, elsewhere]\n", "elsewhere"),
        ("site_name: x\nplugins: [kam]\nnav: 5\n", "nav"),
        ("site_name: x\nplugins: [kam]\nstrict: true\ncolour: red\n", "colour"),
        ("site_name: x\nplugins: [kam, kam]\n", "twice"),
        ("5\n", "does not name the plugin kam"),
    ],
)
def test_why_mkdocs_refuses_its_settings_is_said(tmp_path: Path, settings: str, why: str) -> None:
    root = invented.repository(tmp_path)
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    with pytest.raises(KamError, match=why):
        build(root, root / "site", invented.Invented(root))


def test_pages_in_a_folder_that_mkdocs_yml_names_are_there_without_docs(tmp_path: Path) -> None:
    root = invented.repository(tmp_path, "docs_dir: handbook\n")
    (root / "docs").rename(root / "handbook")
    build(root, root / "site", invented.Invented(root))
    assert (root / "site/process/index.html").is_file()


def test_settings_of_the_company_stay_but_for_what_would_leak_or_run(tmp_path: Path) -> None:
    settings = (
        "theme: {name: material, features: [content.tooltips, navigation.sections], font: {text: Lato}}\n"
        "repo_url: https://github.com/example/book\nextra: {social: []}\n"
    )
    root = invented.repository(tmp_path, settings)
    one = invented.ABOUT._replace(languages=("en",))
    built = build(root, root / "site", invented.Invented(root, one))
    assert built.warnings == ("content.tooltips is left out: it shows the texts of pages as markup.",)
    html = (root / "site/index.html").read_text("utf-8")
    assert "content.tooltips" not in html
    assert "navigation.sections" in html
    assert "github.com" not in html
    assert "fonts.g" not in html
    assert 'hreflang="zh"' not in html


def test_mkdocs_yml_without_the_plugin_is_said(tmp_path: Path) -> None:
    root = invented.repository(tmp_path)
    (root / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    with pytest.raises(KamError, match=r"mkdocs\.yml"):
        build(root, root / "site", invented.Invented(root))


def test_the_templates_of_the_theme_are_compiled_once(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setattr(compiling, "cache_from_source", lambda file: str(kept / Path(file).name))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert not compiling.of_the_theme().get_cache_key("x.html", str(tmp_path / "x.html"))
    compiled: list[str] = []
    plainly = Environment._compile

    def counted(environment: Environment, source: str, filename: str) -> CodeType:
        compiled.append(filename)
        return plainly(environment, source, filename)

    monkeypatch.setattr(Environment, "_compile", counted)
    build(root, tmp_path / "first", invented.Invented(root))
    of_theme = [file for file in compiled if "material" in file]
    assert len(of_theme) == len(set(of_theme)) > 20
    compiled.clear()
    build(root, tmp_path / "second", invented.Invented(root))
    assert not [file for file in compiled if "material" in file]
    assert contents(tmp_path / "first") == contents(tmp_path / "second")


@pytest.mark.parametrize("name", ["index.md", "accounts/index.md", "en/index.md", "zh/accounts/index.md"])
def test_a_page_of_ones_own_at_an_address_of_ours_is_said(tmp_path: Path, name: str) -> None:
    root = invented.repository(tmp_path, docs={f"docs/{name}": "# Mine\n\nnobody reads this\n"})
    built = build(root, root / "site", invented.Invented(root))
    assert any(f"{name}: " in one for one in built.warnings), built.warnings
    assert "nobody reads this" not in "".join(file.read_text("utf-8") for file in root.glob("site/**/index.html"))
