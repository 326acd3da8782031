"""The command line: `kam [--root DIR] [--lang zh|en] COMMAND`. One command a file; only the one that runs is imported.

A command module has a click command called `command`; its callback gets an `Edge` and gives the exit code: 0 fine,
1 findings, 2 the user or the environment, 3 a fault of kam, 130 interrupted, 141 nobody reads the output any more.
"""

from __future__ import annotations

import gc
import os
import pkgutil
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import copy
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import cast

import click

from kam import __version__
from kam.cli import _complete, _words
from kam.cli._edge import Edge, complain, say
from kam.finding import KamError, Message
from kam.language import CODES, N_, Language

FINE, FINDINGS, USAGE, BUG, INTERRUPTED, CLOSED = 0, 1, 2, 3, 130, 141


class Commands(click.Group):
    """A group whose commands are the modules of this folder."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands; imports none."""
        names = (module.name for module in pkgutil.iter_modules(__path__))
        return sorted(name.replace("_", "-") for name in names if not name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; its texts are those of the language in use."""
        known = self.list_commands(ctx)
        if cmd_name not in known:
            if cmd_name.startswith("-"):
                return None
            raise click.NoSuchCommand(cmd_name, possibilities=known, ctx=ctx)
        command: click.Command = import_module(f"{__name__}.{cmd_name.replace('-', '_')}").command
        return told(command, ctx.ensure_object(Edge).language)


def told(command: click.Command, language: Language) -> click.Command:
    """The command with its help in a language."""
    said = copy(command)
    said.help = language.text(command.help) if command.help else None
    said.options_metavar = language.text(N_("[OPTIONS]"))
    said.params = [_option(one, language) for one in command.params]
    if isinstance(said, click.Group):
        said.subcommand_metavar = language.text(N_("COMMAND [ARGS]..."))
    return said


def _option(one: click.Parameter, language: Language) -> click.Parameter:
    if isinstance(one, click.Option) and one.help:
        said = copy(one)
        said.help = language.text(one.help)
        return said
    return one


@click.group(
    cls=Commands,
    help=N_("Key account plans as text files: write, check, look at them."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=N_("The playbook; otherwise the nearest folder above with kam.yaml."),
)
@click.option("--lang", type=click.Choice(CODES), expose_value=False, help=N_("The language that kam speaks."))
@click.version_option(__version__, message="%(prog)s %(version)s", help=N_("Show the version and exit."))
@click.pass_context
def group(ctx: click.Context, root: Path | None) -> None:
    """Remember the root for the command that follows."""
    ctx.obj = ctx.ensure_object(Edge)._replace(given=root)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line, None for that of the process; the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _settle_streams()
    language = _words.language(words)

    def work() -> object:
        edge = Edge(None, language)
        args = None if arguments is None else words
        return cast(click.Group, told(group, language)).main(args, prog_name="kam", standalone_mode=False, obj=edge)

    with _words.spoken(language):
        return _complete.answer(work) if _complete.asked() else _guarded(work, language)


def main() -> None:
    """The program `kam`."""
    # A short life with many small values and hardly a circle among them: looking for circles costs a tenth of the time.
    gc.set_threshold(100_000, 50, 50)
    for asked in {"SIGTERM", "SIGHUP"} & set(dir(signal)):  # whoever ends us, we clear up as after Ctrl-C
        if signal.getsignal(number := signal.Signals[asked]) is signal.SIG_DFL:  # `nohup` has it ignored
            signal.signal(number, signal.default_int_handler)
    code = run()
    gc.freeze()  # nor is anything gained by looking for them once more before it all goes away
    sys.exit(code)


def _guarded(work: Callable[[], object], language: Language) -> int:
    """Everything that can go wrong ends here, as a message and an exit code."""
    try:
        code = work()
        sys.stdout.flush()
        return code if isinstance(code, int) else FINE
    except click.ClickException as error:
        error.show(sys.stderr)
        return USAGE
    except KamError as error:
        complain(error, language)
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        say(language.text(N_("Interrupted.")))
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click makes the second of the first
        _silence()
        return CLOSED
    except (OSError, MemoryError) as error:
        if refused := _refused(error):
            complain(refused, language)
            return USAGE
        return _bug(error, language)
    except Exception as error:  # whatever it is, it is ours
        return _bug(error, language)


def _refused(error: OSError | MemoryError) -> KamError | None:
    """What to say where the system does not give what we need; None where it need not."""
    from kam import files

    if isinstance(error, MemoryError):
        return KamError(Message(N_("There is not enough memory.")))
    if isinstance(error, FileNotFoundError) and _nowhere():
        gone = Message(N_("The folder in which you are is no longer there."))
        return KamError(gone, Message(N_("Go to another one.")))
    return files.refused(error)


def _nowhere() -> bool:
    """Whether somebody removed the folder in which we are."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


def _bug(error: Exception, language: Language) -> int:
    """Say how to report a fault of kam; the traceback is for those who ask for it."""
    if os.environ.get("KAM_DEBUG"):
        import traceback

        say(traceback.format_exc())
    values = {"version": __version__, "kind": type(error).__name__}
    complain(KamError(Message(_FAULT, values), Message(_REPORT)), language)
    return BUG


_FAULT = N_("this is a fault of kam {version}, not yours ({kind}).")
_REPORT = N_(
    "Please report it: run the same command with KAM_DEBUG=1 and send us what it prints; "
    "look first that it names nobody."
)


def _settle_streams() -> None:
    """What a terminal cannot show is spelled out instead of stopping us; on Windows we write UTF-8.

    Where the output or what is said beside it was closed, it goes nowhere.
    """
    nowhere = Path(os.devnull).open  # stays open as long as the program runs
    sys.stdout, sys.stderr = (stream or nowhere("w") for stream in (sys.stdout, sys.stderr))
    encoding = "utf-8" if sys.platform == "win32" else None
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _silence() -> None:
    """Python would complain about the closed pipe once more when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
