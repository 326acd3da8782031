"""`kam init`, `kam new`, `kam schema`, `kam rule`: a playbook from nothing, in both languages, from first to last."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

from kam import rules, schema
from kam.cli import FINE, USAGE
from kam.cli.init import person_id
from kam.schema.files import written
from tests.test_cli import ROOT, Kam, kam, playbook

__all__ = ["kam", "playbook"]
MADE = {
    "kam.yaml",
    "company/people.yaml",
    "accounts/first-customer.yaml",
    "mkdocs.yml",
    ".gitignore",
    "docs/.gitkeep",
    ".vscode/settings.json",
    *(f"schema/{kind}.schema.json" for kind in schema.KINDS),
}


def made(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def begin(kam: Kam, root: Path, *arguments: str) -> None:
    given = ("--company", 'Tea & "Sons": #1', "--manager", "林晓")
    assert kam("init", str(root), *given, *arguments).code == FINE


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("preset", ["small", "key"])
def test_a_new_playbook_is_whole_and_sound(
    kam: Kam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, preset: str
) -> None:
    root = tmp_path / "playbook"
    begin(kam, root, "--lang", code, "--preset", preset)
    assert made(root) == MADE
    monkeypatch.chdir(root)
    done = kam("check", "--output-format", "json")
    found = json.loads(done.out)
    assert (done.code, found["summary"]["error"]) == (FINE, 0)
    assert found["summary"]["warning"] == 0 or preset == "key"
    assert not [one for one in found["findings"] if one["path"] != "accounts/first-customer.yaml"]
    figures = json.loads(kam("stats", "--format", "json").out)["accounts"]["first-customer"]
    assert figures["members"] == 1
    people = (root / "company/people.yaml").read_text("utf-8")
    assert "am-linxiao:" in people
    assert people.splitlines()[1].isascii() is (code == "en")
    assert 'company: "Tea & \\"Sons\\": #1"' in (root / "kam.yaml").read_text("utf-8")


@pytest.mark.parametrize(("ci", "file"), [("github", ".github/workflows/kam.yml"), ("gitlab", ".gitlab-ci.yml")])
def test_a_build_server_checks_every_change(kam: Kam, tmp_path: Path, ci: str, file: str) -> None:
    begin(kam, tmp_path / "p", "--ci", ci)
    assert made(tmp_path / "p") == MADE | {file}
    text = (tmp_path / "p" / file).read_text("utf-8")
    assert "kam check" in text
    assert "$" not in text
    begin(kam, tmp_path / "q", "--ci", ci, "--lang", "zh")
    for name in (file, ".gitignore"):
        lines = (tmp_path / "q" / name).read_text("utf-8").splitlines()
        assert all(re.search("[一-鿿]", line.partition("# ")[2]) for line in lines if "# " in line), name
    assert "kam build --strict" in text


@pytest.mark.parametrize(("code", "title"), [("zh", "客户"), ("en", "Account")])
def test_editors_get_the_schemas_in_the_language_of_the_company(
    kam: Kam, tmp_path: Path, code: str, title: str
) -> None:
    folder = tmp_path / "p"
    assert kam("init", str(folder), "--yes", "--lang", code).code == FINE
    files = {kind: folder / f"schema/{kind}.schema.json" for kind in schema.KINDS}
    begun = {kind: file.read_text("utf-8") for kind, file in files.items()}
    assert begun == {kind: written(schema.localised(kind, code)) for kind in schema.KINDS}
    assert json.loads(begun["account"])["title"] == title
    settings = json.loads((folder / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert settings.keys() == {f"schema/{kind}.schema.json" for kind in schema.KINDS}
    files["account"].unlink()
    assert kam("--root", str(folder), "schema", "--write").code == FINE
    assert {kind: file.read_text("utf-8") for kind, file in files.items()} == begun


def test_the_schemas_of_kam_itself_stay_in_both_languages(kam: Kam) -> None:
    assert kam("--root", str(ROOT), "schema", "--write").code == FINE
    for kind in schema.KINDS:
        text = (ROOT / f"schema/{kind}.schema.json").read_text("utf-8")
        assert text == written(schema.load(kind))
        assert "x-zh" in text


def test_init_overwrites_nothing(kam: Kam, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("mine", "utf-8")
    (tmp_path / ".gitignore").write_text("mine", "utf-8")
    done = kam("init", str(tmp_path), "--yes")
    assert done.code == USAGE
    assert "mkdocs.yml" in done.err
    assert made(tmp_path) == {"mkdocs.yml", ".gitignore"}
    (tmp_path / "mkdocs.yml").unlink()
    assert kam("init", str(tmp_path), "--yes").code == FINE
    assert made(tmp_path) == MADE
    assert (tmp_path / ".gitignore").read_text("utf-8") == "mine"


def test_yes_takes_every_default(kam: Kam, tmp_path: Path) -> None:
    assert kam("init", str(tmp_path / "acme"), "--yes").code == FINE
    assert "company: acme\n" in (tmp_path / "acme/kam.yaml").read_text("utf-8")
    assert "languages: [en]" in (tmp_path / "acme/kam.yaml").read_text("utf-8")


def test_init_asks_on_a_terminal(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    env = os.environ | {"KAM_LANG": "zh", "PYTHONPATH": str(ROOT), "TERM": "dumb"}
    program = [sys.executable, "-m", "kam", "init", "p"]
    running = subprocess.Popen(program, cwd=tmp_path, stdin=follower, stdout=follower, stderr=follower, env=env)
    os.close(follower)
    os.write(leader, "zh\n星海科技\n林晓\nkey\nnone\n".encode())
    out = b""
    while select.select([leader], [], [], 60)[0]:
        try:
            out += os.read(leader, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
    assert running.wait(60) == FINE, out.decode()
    os.close(leader)
    assert "公司名称" in out.decode()
    assert "company: 星海科技" in (tmp_path / "p/kam.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("林晓", "am-linxiao"),
        ("单小明", "am-shanxiaoming"),
        ("Ann B. O'Neil", "am-ann-b-o-neil"),
        ("Ørsted", "am-rsted"),
        ("!!", "am-1"),
    ],
)
def test_the_id_of_the_first_account_manager(name: str, id: str) -> None:
    assert person_id(name) == id


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("class_", ["ordinary", "good", "special", "key"])
def test_a_new_account_lacks_only_what_its_class_asks_for(
    kam: Kam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, class_: str, code: str
) -> None:
    begin(kam, tmp_path / "p", "--preset", "key")
    monkeypatch.chdir(tmp_path / "p")
    sections = ("--with", ",".join(schema.sections()))
    done = kam("--lang", code, "new", "harbour-hospital", "--name", "海港 #1", "--class", class_, *sections)
    assert done.code == FINE
    text = Path("accounts/harbour-hospital.yaml").read_text("utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    assert [line.partition(":")[0] for line in lines[:6]] == [
        "version",
        "name",
        "class",
        "team",
        "stakeholders",
        "matrix",
    ]
    assert all(line.startswith("  # ") or line.endswith(":") for line in lines[6:])
    found = json.loads(kam("check", "accounts/harbour-hospital.yaml", "--output-format", "json").out)["findings"]
    assert not [one for one in found if one["severity"] == "error"]
    if class_ == "ordinary":
        assert not found
    # An empty section is not faulty: rules about its content are silent, only what the class asks for is missing.
    asked = {"section", "stakeholders", "team", "matrix", "value", "competitors", "account"}
    assert {one["rule"].partition(".")[0] for one in found} <= asked


def test_the_matrix_of_a_new_account_is_empty_but_for_the_manager(kam: Kam, playbook: Path) -> None:
    assert kam("new", "north/harbour", "--manager", "am-lin").code == FINE
    text = (playbook / "accounts/north/harbour.yaml").read_text("utf-8")
    assert "matrix: {cells: {am-lin: {first-contact: keep}}}\n" in text
    assert text.startswith("# yaml-language-server: $schema=../../schema/account.schema.json\n")
    assert "name: Harbour\n" in text


@pytest.mark.parametrize("other", ["harbour.yaml", "north/harbour.yaml", "Harbour.yaml"])
def test_a_new_account_takes_no_name_that_is_taken(kam: Kam, playbook: Path, other: str) -> None:
    path = playbook / "accounts" / other
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine", "utf-8")
    done = kam("new", "harbour", "--manager", "林晓")  # by name, as everywhere
    assert (done.code, "already an account" in done.err) == (USAGE, True)
    assert path.read_text("utf-8") == "mine"


def test_schemas_are_printed_and_renewed(kam: Kam, playbook: Path) -> None:
    for kind in schema.KINDS:
        assert json.loads(kam("schema", kind).out) == schema.load(kind)
    assert [line.split()[0] for line in kam("schema").out.splitlines()] == list(schema.KINDS)
    assert kam("schema", "--write").code == FINE
    assert {path.name for path in (playbook / "schema").iterdir()} == {f"{kind}.schema.json" for kind in schema.KINDS}


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_rule_is_explained(kam: Kam, code: str) -> None:
    listed = kam("--lang", code, "rule").out
    whole = kam("--lang", code, "rule", "--all").out
    value = json.loads(kam("--lang", code, "rule", "--output-format", "json").out)
    assert [one["id"] for one in value["rules"]] == list(rules.ids())
    for one in value["rules"]:
        assert f"  {one['id']} " in listed
        assert f"{one['id']}: {one['title']}" in whole
        assert (code == "en") or not one["what"].isascii()


def test_a_rule_and_a_family_are_explained(kam: Kam) -> None:
    one = kam("rule", "matrix.review-old").out
    assert one.startswith("matrix.review-old: ")
    for part in ("What", "Why it matters", "How to fix", "days: 90", "Bad", "Good", "# <- here"):
        assert part in one
    family = kam("rule", "matrix").out
    assert one in family
    assert "contact.stale: " not in family


def test_nothing_is_written_through_a_link_that_leads_outside(kam: Kam, playbook: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (playbook / "accounts/north").symlink_to(outside)
    (playbook / "schema").mkdir(exist_ok=True)
    (playbook / "schema/account.schema.json").unlink(missing_ok=True)
    (playbook / "schema/account.schema.json").symlink_to(outside / "mine.json")
    for words in (("new", "north/harbour", "--manager", "am-lin"), ("schema", "--write")):
        done = kam(*words)
        assert (done.code, "out of the repository" in done.err) == (USAGE, True), words
    assert not list(outside.iterdir())
