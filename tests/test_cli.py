"""The command line itself: exit codes, languages, help, errors, terminals, what a command loads."""

from __future__ import annotations

import ast
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple

import click
import pytest

from kam import project
from kam.cli import BUG, CLOSED, FINDINGS, FINE, INTERRUPTED, USAGE, _words, run
from kam.finding import KamError, Message

ROOT = Path(__file__).parents[1]
COMMANDS = tuple(
    sorted(file.stem.replace("_", "-") for file in (ROOT / "kam/cli").glob("*.py") if not file.name.startswith("_"))
)


class Done(NamedTuple):
    """What a command line did."""

    code: int
    out: str
    err: str


Kam = Callable[..., Done]


@pytest.fixture
def kam(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Kam:
    """Run a command line in this process, in English unless it says otherwise."""
    monkeypatch.setenv("KAM_LANG", "en")

    def call(*arguments: str) -> Done:
        code = run(arguments)
        return Done(code, *capsys.readouterr())

    return call


@pytest.fixture
def playbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example company in a folder of its own, which is the current one."""
    root = tmp_path / "playbook"
    for name in ("accounts", "company"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "kam.yaml", root)
    monkeypatch.chdir(root)
    return root


def process(
    *arguments: str, cwd: Path = ROOT, env: dict[str, str] | None = None, stdout: int | IO[str] = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KAM_")}
    command = (sys.executable, "-m", "kam", *arguments)
    # The code under test is that of this checkout, wherever the process runs.
    paths = {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment | paths | (env or {}),
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        encoding="utf-8",
        timeout=120,
    )


def test_there_is_a_command_for_each_file(kam: Kam) -> None:
    done = kam("--help")
    assert done.code == FINE
    listed = done.out.partition("Commands:\n")[2].split("\n")
    assert tuple(line.split()[0] for line in listed if line.strip() and not line.startswith("    ")) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_both_languages(kam: Kam, command: str) -> None:
    english, chinese = kam("--lang", "en", command, "--help"), kam("--lang", "zh", command, "--help")
    assert (english.code, chinese.code) == (FINE, FINE)
    assert english.out.startswith(f"Usage: kam {command} [OPTIONS]")
    assert chinese.out.startswith(f"用法： kam {command} [选项]")
    for line in chinese.out.split("\n")[1:]:
        says = line.partition("  ")[2].strip()
        assert not says.isascii() or not says.replace(" ", "").isalpha(), line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Usage: kam"),
        (("chek",), "Did you mean"),
        (("--nonsense",), "No such option"),
        (("check", "--fail-on", "never", "--nonsense"), "No such option"),
        (("--lang", "fr", "check"), "'fr' is not one of"),
        (("--root", "no-such-folder", "check"), "no kam.yaml"),
        (("check", "--fail-on", "sometimes"), "'sometimes' is not one of"),
        (("check", "--output-format", "xml"), "'xml' is not one of"),
        (("check", "--select"), "requires an argument"),
        (("check", "--select", "contact.stal"), "Did you mean contact.stale?"),
        (("check", "--ignore", "nonsense"), "`kam rule` lists all rules."),
        (("check", "--severity", "contact.stale"), "contact.stale=error"),
        (("check", "--severity", "contact.stale=loud"), "severities are"),
        (("check", "--as-of", "yesterday"), "2026-01-15"),
        (("check", "--as-of", "2026-02-30"), "2026-01-15"),
        (("check", "--as-of", "0001-01-01"), "2026-01-15"),
        (("check", "--as-of", "2026-W03-4"), "2026-01-15"),
        (("check", "--statistics", "--output-format", "jsonl"), "--statistics goes with"),
        (("check", "nothing.yaml"), "no file or folder"),
        (("check", "accounts/xinglan-road-bureau.yaml"), "Did you mean accounts/xinglan-roads-bureau.yaml?"),
        (("check", "/"), "outside the playbook"),
        (("check", "-o", "accounts/report.txt"), "settings are kept"),
        (("rule", "matrix.single-tread"), "Did you mean matrix.single-thread?"),
        (("rule", "--all", "matrix"), "Either ID or --all"),
        (("rule", "a", "b"), "unexpected extra argument"),
        (("rule", "--output-format", "yaml"), "'yaml' is not one of"),
        (("rule", "source.tag"), "a fault of a file, not a rule"),
        (("stats", "nobody"), "no account"),
        (("stats", "xinglan-rods-bureau"), "Did you mean xinglan-roads-bureau"),
        (("stats", "--format", "xml"), "'xml' is not one of"),
        (("stats", "--as-of", "1"), "is not a day"),
        (("stats", "--nonsense"), "No such option"),
        (("schema", "acount"), "'acount' is not one of"),
        (("schema", "account", "--write"), "leave out KIND"),
        (("schema", "account", "kam"), "unexpected extra argument"),
        (("schema", "--writ"), "Did you mean '--write'?"),
        (("new",), "Missing argument"),
        (("new", "Harbour"), "cannot be the id"),
        (("new", "../evil", "--manager", "am-lin"), "cannot be the id"),
        (("new", "index", "--manager", "am-lin"), "choose another one"),
        (("new", "con", "--manager", "am-lin"), "choose another one"),
        (("new", "xinglan-roads-bureau", "--manager", "am-lin"), "already an account"),
        (("new", "harbour", "--manager", "am-linn"), "Did you mean am-lin"),
        (("new", "harbour"), "Say it with --manager"),
        (("new", "harbour", "--manager", "am-lin", "--with", "swott"), "Did you mean swot?"),
        (("new", "harbour", "--class", "big"), "'big' is not one of"),
        (("init", "."), "already has"),
        (("init", "new", "--preset", "huge"), "'huge' is not one of"),
        (("init", "new"), "nobody is there to answer"),
        (("init", "new", "--ci", "jenkins"), "'jenkins' is not one of"),
        (("init", "kam.yaml"), "is a file"),
        (("build", "--jobs", "0"), "is not in the range"),
        (("build", "--jobs", "many"), "is not a valid integer"),
        (("build", "--output", "kam.yaml"), "is a file"),
        (("build", "--as-of", "2026"), "is not a day"),
        (("build", "extra"), "unexpected extra argument"),
        (("serve", "--port", "0"), "is not in the range"),
        (("serve", "--port", "http"), "is not a valid integer"),
        (("serve", "--host", "0.0.0.0"), "No such option"),
        (("serve", "--as-of", "x"), "is not a day"),
        (("serve", "extra"), "unexpected extra argument"),
    ],
)
def test_what_is_wrong_on_the_command_line_is_said(
    kam: Kam, playbook: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = sorted(playbook.rglob("*"))
    done = kam(*arguments)
    assert done.code == USAGE
    assert said in done.err
    assert done.out == ""
    assert "Traceback" not in done.err
    assert sorted(playbook.rglob("*")) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chek",), "没有命令 'chek'。"),
        (("check", "--fail-on", "x"), "不在可选值之内"),
        (("check", "--select"), "后面要写一个值"),
        (("check", "-x"), "没有选项 '-x'。"),
        (("rule", "a", "b"), "多了一个参数（b）"),
        (("rule", "a", "b", "c"), "多了几个参数（b c）"),
        (("new",), "缺少参数 'ID'"),
        (("check", "nothing"), "错误：没有 nothing 这个文件或目录。"),
        (("rule", "matrix.single-tread"), "是不是想写 matrix.single-thread？"),
        (("serve", "--port", "x"), "不是有效的"),
    ],
)
def test_errors_are_said_in_chinese_too(kam: Kam, playbook: Path, arguments: tuple[str, ...], said: str) -> None:
    done = kam("--lang", "zh", *arguments)
    assert done.code == USAGE
    assert said in done.err


def test_click_goes_back_to_its_own_language(kam: Kam) -> None:
    before = os.environ.get("LANGUAGE")
    kam("--lang", "zh", "--help")
    assert os.environ.get("LANGUAGE") == before
    assert click.UsageError("x").format_message() == "x"
    assert "No such option" in kam("--lang", "en", "-x").err


def test_everything_that_click_says_is_known() -> None:
    """What click hands to gettext, in the modules that this program uses, stands in our list."""
    said = set()
    for name in ("core", "decorators", "exceptions", "formatting", "parser", "types"):
        tree = ast.parse((Path(click.__file__).parent / f"{name}.py").read_text("utf-8"))
        calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)]
        for call in (one for one in calls if one.func.id in ("_", "ngettext")):  # type: ignore[attr-defined]
            said |= {one.value for one in call.args[:2] if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    assert not said - set(_words.CLICK) - UNUSED


UNUSED = {
    "%(prog)s, version %(version)s",
    "(dynamic)",
    "Aborted!",
    "Argument {name!r} takes {nargs} values.",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Choice({choices})",
    "Confirm the action without prompting.",
    "Could not determine name for option with declarations {decls!r}",
    "Could not open file {filename!r}: {message}",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "Do you want to continue?",
    "Error: {message}",
    "Invalid start character for option ({option})",
    "Name '{name}' defined twice",
    (
        "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? "
        "Did you mean to pass '--{name}'?"
    ),
    "Show the version and exit.",
    "Takes {nargs} values but 1 was given.",
    "Takes {nargs} values but {len} were given.",
    "Value must be an iterable.",
    "deprecated",
    "unknown error",
    "{len_type} values are required, but {len_value} was given.",
    "{len_type} values are required, but {len_value} were given.",
    "{name} {filename!r} is not executable.",
    "{value!r} does not match the format {format}.",
    "{value!r} does not match the formats {formats}.",
    "{value!r} is not a valid UUID.",
    "{value!r} is not a valid boolean. Recognized values: {states}",
}
"""What click never says here: its feature is not used, or the text is among our own."""


@pytest.mark.parametrize(
    ("arguments", "environment", "settings", "code"),
    [
        (("--lang", "en"), {"KAM_LANG": "zh"}, "[zh]", "en"),
        (("--lang=zh",), {"KAM_LANG": "en"}, "[en]", "zh"),
        ((), {"KAM_LANG": "en"}, "[zh]", "en"),
        ((), {}, "[en, zh]", "en"),
        ((), {"LANG": "en_US.UTF-8"}, "[zh, en]", "zh"),
        ((), {"LANG": "zh_CN.UTF-8"}, None, "zh"),
        ((), {"LC_ALL": "en_GB", "LANG": "zh_CN.UTF-8"}, None, "en"),
        ((), {"LANG": "fr_FR"}, None, "en"),
        (("check", "--lang"), {"KAM_LANG": "zh"}, None, "zh"),
    ],
)
def test_the_language_to_speak(
    arguments: tuple[str, ...],
    environment: dict[str, str],
    settings: str | None,
    code: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    if settings:
        (tmp_path / "kam.yaml").write_text(f"version: 1\ncompany: C\nlanguages: {settings}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert _words.language(arguments).code == code


def broken(error: BaseException) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (
            KamError(Message("it {what}", {"what": "rains\n::error ::x"}), Message("wait")),
            USAGE,
            "Error: it rains\\n::error ::x\nwait\n",
        ),
        (KeyboardInterrupt(), INTERRUPTED, "Interrupted."),
        (click.Abort(), INTERRUPTED, "Interrupted."),
        (
            PermissionError(errno.EACCES, "Permission denied", "site/x"),
            USAGE,
            "Error: site/x cannot be used: you have no right to.\nMake room",
        ),
        (OSError(errno.EROFS, "Read-only", "a", None, "b"), USAGE, "b cannot be used: it can only be read."),
        (FileNotFoundError(errno.ENOENT, "None", "secret"), BUG, "a fault of kam"),
        (ZeroDivisionError("secret"), BUG, "a fault of kam"),
        (RecursionError(), BUG, "KAM_DEBUG=1"),
        (MemoryError(), USAGE, "Error: There is not enough memory."),
        (OSError(errno.EMFILE, "Too many"), USAGE, "too many files are open.\nAllow more"),
    ],
)
def test_whatever_goes_wrong_has_its_exit_code(
    kam: Kam, playbook: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    monkeypatch.setattr(project, "load", broken(error))
    done = kam("check")
    assert done.code == code
    assert said in done.err
    assert "Traceback" not in done.err
    assert "secret" not in done.err


def test_the_traceback_is_for_those_who_ask(kam: Kam, playbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "load", broken(ZeroDivisionError("secret")))
    monkeypatch.setenv("KAM_DEBUG", "1")
    assert "ZeroDivisionError: secret" in kam("check").err


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a device that is always full")
def test_a_full_disk_is_no_fault_of_ours() -> None:
    with Path("/dev/full").open("w") as full:
        done = process("--lang", "en", "check", stdout=full)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        USAGE,
        "Error: The system refuses: the disk is full.",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no folder that is in use")
def test_a_folder_that_is_gone_and_an_output_that_is_closed(tmp_path: Path) -> None:
    gone = f"cd {tmp_path} && mkdir gone && cd gone && rmdir ../gone && exec {sys.executable} -m kam --lang en check"
    closed = f"exec {sys.executable} -m kam check --fail-on never >&-"
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(["sh", "-c", gone], env=env, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        USAGE,
        "Error: The folder in which you are is no longer there.",
    )
    done = subprocess.run(["sh", "-c", closed], cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (FINE, "", "")


def test_the_program_ends_with_the_exit_code() -> None:
    assert process("check", "--fail-on", "never").returncode == FINE
    assert process("check").returncode == FINDINGS
    assert process("check", "--nonsense").returncode == USAGE
    assert process("--version").stdout.startswith("kam ")


def test_a_terminal_that_knows_only_ascii_gets_everything_spelled_out() -> None:
    done = process("--lang", "zh", "check", "--fail-on", "never", env={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (FINE, "")
    assert done.stdout.isascii()
    assert "\\u5ba2\\u6237" in done.stdout
    done = process("--lang", "zh", "chek", env={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stdout) == (USAGE, "")
    assert "Traceback" not in done.stderr


def test_nobody_who_reads_the_output_is_no_error() -> None:
    command = f"{sys.executable} -m kam rule --all | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, capture_output=True, check=False, encoding="utf-8", timeout=120
    )
    assert done.returncode == CLOSED
    assert done.stderr == ""


@pytest.mark.parametrize(
    "command", [("check", "accounts/kestrel-bay-ports.yaml", "--output-format", "concise"), ("--help",)]
)
def test_a_command_loads_only_what_it_needs(command: tuple[str, ...]) -> None:
    heavy = (
        "jinja2",
        "mkdocs",
        "rich",
        "multiprocessing",
        "concurrent.futures",
        "jsonschema",
        "babel",
        "subprocess",
        "asyncio",
        "tempfile",
    )
    program = (
        "import sys; from kam.cli import run; "
        f"code = run({list(command)!r}); "
        f"print(code, [name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False, encoding="utf-8", timeout=120
    )
    assert done.stderr == "0 []\n"


def test_listing_commands_imports_none() -> None:
    program = "import sys, click; from kam import cli; cli.group.list_commands(click.Context(cli.group)); "
    program += (
        "print([name for name in sys.modules if name.startswith('kam.cli.') and not name.startswith('kam.cli._')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, encoding="utf-8", timeout=120
    )
    assert done.stdout == "[]\n"


def test_the_commands_of_the_first_evening_are_there() -> None:
    assert {"build", "check", "init", "new", "rule", "schema", "serve", "stats"} <= set(COMMANDS)
