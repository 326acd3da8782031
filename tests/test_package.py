"""What is published is whole: the wheel alone makes and builds a playbook, and so does an editable install."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist of this repository."""
    folder = tmp_path_factory.mktemp("dist")
    _build(ROOT, folder)
    return folder


def _build(source: Path, folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", folder], cwd=source, check=True, capture_output=True
    )


def _wheel_names(folder: Path) -> set[str]:
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def _shipped() -> set[str]:
    """The files of the repository that a user needs, by their name in the wheel."""
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "kam", "schema", "templates", "docs/en", "docs/zh"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    return {name if name.startswith("kam/") else f"kam/_data/{name}" for name in tracked if name}


def test_the_wheel_carries_everything_shipped(built: Path) -> None:
    shipped = _shipped()
    assert {"kam/_data/schema/account.schema.json", "kam/locale/zh/LC_MESSAGES/kam.mo"} <= shipped
    assert any(name.startswith("kam/_data/templates/") for name in shipped)
    assert {f"kam/_data/docs/{code}/getting-started.md" for code in ("en", "zh")} <= shipped
    assert not shipped - _wheel_names(built)


def test_the_sdist_builds_the_same_wheel(built: Path, tmp_path: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    _build(next(tmp_path.glob("kam_playbook-*")), tmp_path / "again")
    assert _wheel_names(tmp_path / "again") == _wheel_names(built)


def test_no_file_of_the_wheel_lies_outside_the_package(built: Path) -> None:
    assert {name.partition("/")[0] for name in _wheel_names(built) if ".dist-info/" not in name} == {"kam"}


def _environment(folder: Path, *what: str | Path) -> Path:
    """A fresh environment that has the libraries of this one, and of `kam` only what is installed now; its programs."""
    venv.create(folder, symlinks=True)
    programs, libraries = (
        Path(sysconfig.get_path(name, vars={"base": str(folder)})) for name in ("scripts", "purelib")
    )
    (libraries / "libraries.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install", "--quiet", "--no-index"]
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", *what], check=True, capture_output=True)
    return programs


def _say(programs: Path, *command: str, cwd: Path) -> str:
    done = subprocess.run([programs / command[0], *command[1:]], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("how", ["wheel", "editable"])
def test_an_installed_kam_makes_and_builds_a_playbook(how: str, built: Path, tmp_path: Path) -> None:
    what = [next(built.glob("*.whl"))] if how == "wheel" else ["--editable", ROOT]
    programs = _environment(tmp_path / "env", *what)
    home = _say(programs, "python", "-c", "import kam; print(kam.__file__)", cwd=tmp_path).strip()
    assert Path(home).is_relative_to(tmp_path / "env" if how == "wheel" else ROOT)

    _say(programs, "kam", "init", "book", "--company", "示例公司", "--lang", "zh", "--yes", cwd=tmp_path)
    _say(programs, "kam", "new", "harbour-hospital", cwd=tmp_path / "book")
    _say(programs, "kam", "check", "--fail-on", "warning", cwd=tmp_path / "book")
    assert "technical-opponent" in _say(programs, "kam", "play", "--list", cwd=tmp_path / "book")
    _say(programs, "kam", "build", cwd=tmp_path / "book")
    site = tmp_path / "book" / "site"
    assert "示例公司" in (site / "index.html").read_text("utf-8")
    assert (site / "accounts" / "harbour-hospital" / "index.html").is_file()
    assert (site / "getting-started" / "index.html").is_file()
