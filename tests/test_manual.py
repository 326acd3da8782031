"""The manual is true: its commands run, what it shows is what comes out, its examples are valid, its recipes work.

A page is played from top to bottom in a playbook of its own: a block that names a file in its first line is written
into that file, a block `console` or `bash` is run. `python -m tests.test_manual` writes the real output into the
pages; read the difference before you commit it.
"""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from itertools import zip_longest
from pathlib import Path
from time import sleep
from typing import Any, NamedTuple
from unittest.mock import patch
from urllib.error import URLError

import pytest
import yaml
from mkdocs.config import load_config
from mkdocs.structure.files import Files

from kam import config, guides, rules, schema, source
from kam.cli import run as kam
from kam.language import Code

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
CODES = ("en", "zh")
NAMES = sorted(path.name for path in (DOCS / "en").glob("*.md"))
TODAY = "2026-01-15"
CORE = (
    "profile",
    "team",
    "stakeholders",
    "matrix",
    "contacts",
    "competitors",
    "swot",
    "goals",
    "roadmap",
    "learning",
    "waivers",
)
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r'(?:(?:#|<!--|\{#-?|/\*) |\{\s*"\$comment": ")([\w./-]+\.\w+)\b')
_VERSION = re.compile(r"==[0-9][0-9a-z.]*")
_BLANK = re.compile(r'"…"|\.…\.')
"""Where kam itself writes `…`: what is still to be said. Every other `…` of a page leaves something out."""
_HAN = re.compile("[\u4e00-\u9fff]")
_BEGIN = "kam init playbook --company {company} --manager {manager} --lang {code} --yes"
_WHO = {"en": ('"Example Company"', "Lin"), "zh": ("示例公司", "林")}

pages = pytest.mark.parametrize("name", NAMES)
languages = pytest.mark.parametrize("code", CODES)


class Block(NamedTuple):
    """A fenced block of a page."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def file(self) -> str | None:
        """The file that the block is, by its first line."""
        found = _FILE.match(self.text)
        return found[1] if found else None


class Shown(NamedTuple):
    """A command of a page, what the page shows of its output, and what really came out."""

    command: str
    shown: str
    real: str
    code: int
    block: Block


def page(name: str, code: str) -> str:
    return (DOCS / code / name).read_text("utf-8")


def blocks(text: str) -> list[Block]:
    return [Block(one[1], one[2], one.start(2), one.end(2)) for one in _FENCE.finditer(text)]


# ── playing a page ───────────────────────────────────────────────────────────────────────────────────────────────────


def played(text: str, code: str, folder: Path) -> Iterator[Shown]:
    """Write the files of a page and run its commands, from top to bottom, in a playbook below a folder."""
    environment = {**os.environ, **_environment(folder, code)}
    with patch.dict(os.environ, environment, clear=True):
        place = folder
        if not re.search(r"^(?:\$ )?kam init", text, re.MULTILINE):
            company, manager = _WHO[code]
            assert run(_BEGIN.format(company=company, manager=manager, code=code), folder)[1] == 0
            place = folder / "playbook"
        for block in blocks(text):
            if block.file:
                put(place / block.file, block.text)
            elif block.kind in ("console", "bash"):
                for command, shown in commands(block):
                    words = shlex.split(command)
                    ours = words[0] in ("kam", "git")
                    yield Shown(command, shown, *(run(command, place) if ours else (shown, 0)), block)
                    if words[0] == "cd":
                        place = place / words[1]


def _environment(home: Path, code: str) -> dict[str, str]:
    who = {f"GIT_{one}_{what}": value for one in ("AUTHOR", "COMMITTER") for what, value in _COMMITTER.items()}
    return {
        "KAM_AS_OF": TODAY,
        "KAM_LANG": code,
        "HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C.UTF-8",
        **who,
    }


_COMMITTER = {"NAME": "Lin", "EMAIL": "lin@example.com", "DATE": f"{TODAY}T09:00:00+00:00"}


def commands(block: Block) -> Iterator[tuple[str, str]]:
    """The command lines of a block, and what is shown below each."""
    if block.kind == "bash":
        for line in block.text.splitlines():
            if command := line.partition(" #")[0].strip():
                yield command, ""
    else:
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            yield command, shown


def run(command: str, place: Path) -> tuple[str, int]:
    """What a command prints, and its exit code."""
    words = shlex.split(command)
    if words[:2] == ["kam", "serve"]:
        return served(place)
    # MkDocs would leave its loggers behind, a calendar is written as bytes.
    if words[:2] == ["kam", "build"] or words[0] == "git" or words[-1] == "ics":
        program = ["git"] if words[0] == "git" else [sys.executable, "-m", "kam"]
        done = subprocess.run(
            [*program, *words[1:]], cwd=place, stdout=-1, stderr=subprocess.STDOUT, encoding="utf-8", check=False
        )
        return done.stdout, done.returncode
    out = StringIO()
    with chdir(place), redirect_stdout(out), redirect_stderr(out):
        exit_code = kam(words[1:])
    return out.getvalue(), exit_code


def served(place: Path) -> tuple[str, int]:
    """What `kam serve` says once the site is there; then it is stopped."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    command = [sys.executable, "-m", "kam", "serve", "--port", str(port)]
    said = ""
    with subprocess.Popen(command, cwd=place, stderr=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stderr
        for line in process.stderr:
            said += line
            if str(port) in line:
                break
        try:
            assert _answers(f"http://127.0.0.1:{port}/")
        finally:
            process.terminate()
    return said.replace(str(port), "8000"), 0


def _answers(url: str) -> bool:
    """Whether somebody serves the page, now or very soon: the address is said a moment before."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(url) as answer:
                return bool(answer.status == 200)
        except URLError:
            sleep(0.1)
    return False


def put(path: Path, text: str) -> None:
    """Write a whole file; a part of a YAML file that is there already replaces the sections that it names."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.suffix == ".yaml" and not re.search("^version:", text, re.MULTILINE):
        fresh = _sections(text)
        fresh.pop("", None)
        text = "".join({**_sections(path.read_text("utf-8")), **fresh}.values())
    path.write_text(text, "utf-8")


def _sections(text: str) -> dict[str, str]:
    """The lines of a YAML file by their top key; comments at the top under ""."""
    parts = re.split(r"^(?=[a-z])", text if text.endswith("\n") else text + "\n", flags=re.MULTILINE)
    return {part.partition(":")[0] if part[:1].isalpha() else "": part for part in parts if part}


def same(shown: str, real: str) -> bool:
    """Whether the output is the one shown: a line `…` stands for any lines, `…` within a line for any text."""
    parts = re.split(r"^[ ]*…\n", shown, flags=re.MULTILINE)
    pattern = "(?:.*\n)*?".join(".*".join(map(re.escape, part.split("…"))) for part in parts)
    return re.fullmatch(pattern, real) is not None


@languages
@pages
def test_what_a_page_shows_is_what_comes_out(name: str, code: str, tmp_path: Path) -> None:
    for one in played(page(name, code), code, tmp_path):
        if one.block.kind == "bash":
            assert one.code == 0, f"{one.command}\n{one.real}"
        else:
            assert same(one.shown, one.real), f"$ {one.command}\n{one.real}"


# ── examples ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@languages
@pages
def test_examples_have_no_faults(name: str, code: str) -> None:
    for block in blocks(page(name, code)):
        file = block.file or "accounts/example.yaml"
        if block.kind == "yaml" and (kind := _kind(file)):
            assert _faults(block.text, kind) == [], block.text


def _kind(file: str) -> schema.FileKind | None:
    kinds: dict[str, schema.FileKind] = {"kam.yaml": "kam", "company/people.yaml": "people"}
    return kinds.get(file) or ("account" if file.startswith("accounts/") else None)


def _faults(text: str, kind: schema.FileKind) -> list[str]:
    """The faults of an example; what every file of its kind must have is filled in."""
    needed = {"account": ("version: 1", "name: X"), "kam": ("version: 1", "company: X"), "people": ("version: 1",)}
    missing = [line for line in needed[kind] if not re.search(f"^{line.partition(' ')[0]}", text, re.MULTILINE)]
    whole = "\n".join((*missing, text))
    document = schema.settle(source.read(whole.encode(), "x.yaml", "account" if kind == "account" else "company"), kind)
    return [one.rule for one in (*document.faults, *schema.problems(document, kind))]


@languages
def test_every_core_section_is_shown(code: str) -> None:
    text = "\n".join(block.text for block in blocks(page("writing-an-account.md", code)) if block.kind == "yaml")
    assert [name for name in CORE if not re.search(f"^{name}:", text, re.MULTILINE)] == []


@languages
@pages
def test_rules_and_families_exist(name: str, code: str) -> None:
    named = re.findall(r"`([a-z]+\.[a-z]+(?:-[a-z]+)*)`", page(name, code))
    ours = [one for one in named if one.partition(".")[0] in rules.families() and not one.endswith((".html", ".md"))]
    assert [one for one in ours if not rules.find(one)] == []


# ── both languages ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_both_languages_have_the_same_pages() -> None:
    assert sorted(path.name for path in (DOCS / "zh").glob("*.md")) == NAMES
    assert set(guides.ORDER) == set(NAMES)


@languages
def test_the_navigation_has_them_in_their_order(code: Code, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Manual\nplugins: []\n", "utf-8")
    settings = load_config(str(tmp_path / "mkdocs.yml"))
    assert guides.localise(Files([]), settings, code) == ([], [{guides.SECTIONS[0]: list(guides.ORDER)}])


@pages
def test_both_languages_have_the_same_headings(name: str) -> None:
    prose = [_FENCE.sub("", page(name, code)) for code in CODES]
    found = [re.findall(r"^(#+) .*\{#([a-z][a-z0-9-]*)\}$", one, re.MULTILINE) for one in prose]
    assert found[0] == found[1]
    assert [len(one) for one in found] == [len(re.findall("^#+ ", one, re.MULTILINE)) for one in prose]


@pages
def test_both_languages_have_the_same_code(name: str) -> None:
    english, chinese = (blocks(page(name, code)) for code in CODES)
    files = [[(one.kind, one.file) for one in found] for found in (english, chinese)]
    assert [(kind, file and file.replace("docs/en/", "docs/zh/")) for kind, file in files[0]] == files[1]
    for one, other in zip(english, chinese, strict=True):
        if one.kind == "yaml":
            assert _differences(_loaded(one), _loaded(other)) == []
        elif one.kind in ("console", "bash"):
            here, there = ([shlex.split(command) for command, _ in commands(block)] for block in (one, other))
            assert _differences(here, there) == []


def _loaded(block: Block) -> Any:
    return yaml.load(block.text, yaml.BaseLoader)


def _differences(one: Any, other: Any) -> list[tuple[Any, Any]]:
    """Pairs that are not the same and are not a text and its Chinese."""
    if isinstance(one, dict) and isinstance(other, dict) and list(one) == list(other):
        return [pair for key in one for pair in _differences(one[key], other[key])]
    if isinstance(one, list) and isinstance(other, list):
        return [pair for both in zip_longest(one, other) for pair in _differences(*both)]
    said = one == other or (one, other) == CODES or (isinstance(other, str) and _HAN.search(other))
    return [] if said else [(one, other)]


@languages
@pages
def test_links_lead_to_headings(name: str, code: str) -> None:
    for target, anchor in re.findall(r"\]\(([^)#:]*)#([^)]*)\)", _FENCE.sub("", page(name, code))):
        assert f"{{#{anchor}}}" in page(target or name, code), f"{target}#{anchor}"


# ── figures and recipes ──────────────────────────────────────────────────────────────────────────────────────────────


@languages
def test_limits_are_the_real_ones(code: str) -> None:
    text = page("hostile-input.md", code)
    for limits in source.LIMITS.values():
        for number in (f"{limits.mebibytes} MiB", f"{limits.nodes:,}", str(limits.depth)):
            assert number in text, number


@languages
def test_defaults_are_the_real_ones(code: str) -> None:
    """What the page about settings says of classes is what counts when kam.yaml says nothing."""
    shown = next(one for one in blocks(page("configuring-rules.md", code)) if "classes:" in one.text)
    said = config.config(yaml.safe_load(shown.text))
    assert said.classes == config.Config().classes
    assert said.cadence_days == config.Config().cadence_days


def test_recipes_work(tmp_path: Path) -> None:
    """Every shell part of every recipe runs through in a playbook; only what would install something is a stand-in.

    In English: another test says that the Chinese page has the same recipes.
    """
    code = "en"
    recipes = [one for one in blocks(page("ci.md", code)) if one.kind == "yaml" and (one.file or "").endswith(".yml")]
    assert {one.file for one in recipes} >= {".github/workflows/kam.yml", ".gitlab-ci.yml"}
    tools = tmp_path / "bin"
    tools.mkdir()
    _program(tools / "kam", f'exec "{sys.executable}" -m kam "$@"')
    for name in ("pip", "apt-get"):
        _program(tools / name, "exit 0")
    for number, recipe in enumerate(recipes):
        home = tmp_path / str(number)
        home.mkdir()
        environment = {**os.environ, **_environment(home, code), "PATH": f"{tools}:{os.environ['PATH']}"}
        environment["GITHUB_STEP_SUMMARY"] = str(home / "summary.md")
        scripts = list(_shell(_loaded(recipe)))
        assert any("kam check" in one for one in scripts)
        with patch.dict(os.environ, environment, clear=True):
            company, manager = _WHO[code]
            for command in (_BEGIN.format(company=company, manager=manager, code=code), *_COMMITTED):
                place = home if "kam init" in command else home / "playbook"
                said, exit_code = run(command, place)
                assert exit_code == 0, said
        for script in scripts:
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", script],
                cwd=home / "playbook",
                env=environment,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"


@languages
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_line_for_each_shell_brings_its_completion(code: str, shell: str, tmp_path: Path) -> None:
    """Each line is in the page; what the program then prints is the script for that shell, and bash takes it."""
    line = re.search(rf"^- {shell}\b.*`(.*{shell}_source kam.*)`$", page("daily-loop.md", code), re.MULTILINE)
    assert line
    _program(tmp_path / "kam", f'exec "{sys.executable}" -m kam "$@"')
    asked = line[1] if shell == "bash" else line[1].replace("eval ", "echo ").replace("| source", "")
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["bash", "--norc", "-c", f"{asked}\n{'complete -p kam' if shell == 'bash' else ''}"],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert ("-F _kam_completion kam" if shell == "bash" else f"_KAM_COMPLETE={shell}_complete") in done.stdout


_COMMITTED = ("git init -q", "git add .", 'git commit -q -m "Begin"')


def _program(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
    path.chmod(0o755)


def _shell(recipe: Any) -> Iterator[str]:
    """The shell parts of a recipe: `run` of GitHub's steps, `before_script` and `script` of GitLab's jobs."""
    if isinstance(recipe, dict):
        for key, value in recipe.items():
            if key == "run":
                yield value
            elif key in ("before_script", "script", "after_script"):
                yield "\n".join(value) if isinstance(value, list) else value
            else:
                yield from _shell(value)
    elif isinstance(recipe, list):
        for one in recipe:
            yield from _shell(one)


@languages
def test_the_first_recipes_are_what_init_writes(code: str, tmp_path: Path) -> None:
    company, manager = _WHO[code]
    for server in ("github", "gitlab"):
        begin = _BEGIN.format(company=company, manager=manager, code=code).replace("playbook", server)
        with patch.dict(os.environ, _environment(tmp_path, code)):
            assert run(f"{begin} --ci {server}", tmp_path)[1] == 0
        file = {"github": ".github/workflows/kam.yml", "gitlab": ".gitlab-ci.yml"}[server]
        shown = next(one for one in blocks(page("ci.md", code)) if one.file == file)
        written = (tmp_path / server / file).read_text("utf-8")
        assert _loaded(shown) == yaml.load(_VERSION.sub("==0.1.0", written), yaml.BaseLoader)


# ── writing the pages' output ────────────────────────────────────────────────────────────────────────────────────────


def _refresh(path: Path, code: str) -> None:
    """Put the real output of each command into a page; where `…` stands and no longer fits, say so."""
    text = path.read_text("utf-8")
    fresh: dict[Block, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for one in played(text, code, Path(folder)):
            if one.block.kind == "bash":
                if one.code:
                    print(f"{path}: {one.command}: {one.code}\n{one.real}")
                continue
            kept = same(one.shown, one.real) or "…" in _BLANK.sub("", one.shown)
            if kept and not same(one.shown, one.real):
                print(f"{path}: $ {one.command}\n{one.real}")
            said = one.shown if kept else one.real
            fresh[one.block] = fresh.get(one.block, "") + f"$ {one.command}\n{said}"
    for block in sorted(fresh, key=lambda one: -one.start):
        text = text[: block.start] + fresh[block] + text[block.end :]
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    for _code in CODES:
        for _name in sys.argv[1:] or NAMES:
            if (DOCS / _code / _name).is_file():
                _refresh(DOCS / _code / _name, _code)
