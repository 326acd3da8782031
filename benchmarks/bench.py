"""Measure what we promise: ratios to other tools, taken on the same input in the same run.

`make bench` takes some minutes. `python -m benchmarks.bench --accounts 100` is a quick look, `--large 20000` adds
what only `kam` has to bear. Exit 1 when a promise is broken; ratios are promised for 1,000 accounts and more, where the
fixed cost of a start no longer counts.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks import generate, serving
from benchmarks.measure import Run, mean, run

ROOT = Path(__file__).parents[1]
SCRIPTS = Path(sysconfig.get_path("scripts"))
KAM = SCRIPTS / "kam"
IMPORTS = "import click, yaml, jsonschema_rs"
PROMISED = 1000
BESIDE = 3
"""So often `kam` runs before another tool, and again after it: a machine's speed changes within minutes, and the other
one's long run sees more of them."""
FINDINGS = (0, 1)
"""Exit codes of a check that ran: without and with findings."""


class Row(NamedTuple):
    """One promise: what was measured, the figure, and the bound that it must keep."""

    what: str
    figure: float
    unit: str
    bound: float
    at_least: bool
    detail: str

    @property
    def kept(self) -> bool:
        return self.figure >= self.bound if self.at_least else self.figure <= self.bound


def start_up(rounds: int) -> Iterator[Row]:
    """Checking one file beside merely importing what reads it; medians of alternating runs."""
    check: list[str | Path] = [KAM, "check", ROOT / "accounts/xinglan-roads-bureau.yaml"]
    pairs = [(run(check, ROOT, FINDINGS).cpu, run([sys.executable, "-c", IMPORTS]).cpu) for _ in range(rounds + 1)]
    ours, theirs = (statistics.median(side) for side in zip(*pairs[1:], strict=True))  # the first one compiles
    detail = f"{ours * 1000:.0f} ms, bare imports {theirs * 1000:.0f} ms CPU"
    yield Row("check one file / imports", ours / theirs, "x", 2.5, False, detail)


def many_files(root: Path, accounts: int) -> Iterator[Row]:
    """Checking a whole playbook beside check-jsonschema on the same files."""
    files = sorted((root / "accounts").glob("*.yaml"))
    schema = ROOT / "schema/account.schema.json"
    ours = [run([KAM, "check"], root, FINDINGS) for _ in range(BESIDE)]
    theirs = run([SCRIPTS / "check-jsonschema", "--schemafile", schema, *files])
    ours += [run([KAM, "check"], root, FINDINGS) for _ in range(BESIDE)]
    detail = f"{_said(mean(ours))}; check-jsonschema {_said(theirs)}"
    yield Row(f"check-jsonschema / check of {accounts}", theirs.wall / mean(ours).wall, "x", 10, True, detail)


def site(root: Path, stock: Path, accounts: int) -> Iterator[Row]:
    """Building the site beside stock MkDocs Material on the same pages as Markdown; the weight of a page.

    Nothing is deleted before a run: for minutes after, some file systems take long to make new files.
    """
    sites = [root / f"site-{n}" for n in range(2 * BESIDE)]
    ours = [run([KAM, "build", "--output", one], root) for one in sites[:BESIDE]]
    theirs = run([SCRIPTS / "mkdocs", "build", "--quiet"], stock)
    ours += [run([KAM, "build", "--output", one], root) for one in sites[BESIDE:]]
    _demand_same(_pages(sites[-1]), _pages(stock / "site"))
    detail = f"{_said(mean(ours))}; MkDocs {_said(theirs)}"
    yield Row(f"stock MkDocs / build of {accounts}", theirs.wall / mean(ours).wall, "x", 8, True, detail)
    pages = [page.read_bytes() for page in (sites[-1] / "accounts").glob("*/index.html")]
    if len(pages) != accounts:
        sys.exit(f"kam build wrote {len(pages)} account pages of {accounts}")
    yield Row("largest account page", max(map(len, pages)) / 1024, "KB", 100, False, f"of {len(pages)}")
    packed = max(len(gzip.compress(page)) for page in pages) / 1024
    yield Row("largest account page, compressed", packed, "KB", 20, False, f"of {len(pages)}")


def _pages(folder: Path) -> set[str]:
    """The addresses of a site's pages."""
    return {file.parent.relative_to(folder).as_posix() for file in folder.rglob("index.html")}


def _demand_same(ours: set[str], theirs: set[str]) -> None:
    if ours != theirs:
        sys.exit(f"the sites differ: {sorted(ours ^ theirs)[:5]}")


def preview(root: Path, rounds: int) -> Iterator[Row]:
    """A change while the site is shown, the server's own waiting included."""
    commands: dict[str, tuple[list[str | Path], float]] = {
        "kam serve": ([KAM, "serve", "--port", str(serving.PORT)], 0.5),
        "mkdocs serve": ([SCRIPTS / "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{serving.PORT}"], 2),
    }
    for name, (command, bound) in commands.items():
        taken = serving.change(command, root, generate.name(1), rounds)
        yield Row(f"saved file to page, {name}", taken, "s", bound, False, f"median of {rounds} changes")


def large(root: Path, accounts: int) -> Iterator[Row]:
    """What a very large company bears; the bounds are for 20,000 accounts and grow with their number."""
    share = accounts / 20_000
    check = run([KAM, "check"], root, FINDINGS)
    yield Row(f"check of {accounts}", check.wall, "s", 60 * share, False, _said(check))
    build = run([KAM, "build"], root)
    yield Row(f"build of {accounts}", build.wall, "s", 150 * share, False, _said(build))
    yield Row(f"memory of building {accounts}", build.memory, "MiB", 1536, False, "largest process")


def _said(measured: Run) -> str:
    return f"{measured.wall:.2f} s ({measured.cpu:.2f} s CPU, {measured.memory:.0f} MiB)"


def _line(row: Row) -> str:
    bound = f"{'≥' if row.at_least else '≤'} {row.bound:g} {row.unit}"
    return f"{row.what:36} {row.figure:8.2f} {row.unit:4} {bound:10} {'kept' if row.kept else 'missed':7} {row.detail}"


def _playbook(root: Path, accounts: int) -> None:
    """A playbook as it is in use: under git, so that its pages say commit and days."""
    generate.write(root, accounts)
    run(["git", "init", "--quiet"], root)
    run(["git", "add", "--all"], root)
    run(["git", "-c", "user.name=kam", "-c", "user.email=kam@localhost", "commit", "--quiet", "--message=all"], root)


def _rows(given: argparse.Namespace, folder: Path) -> Iterator[Row]:
    yield from start_up(given.rounds)
    root, stock = folder / "playbook", folder / "stock"
    _playbook(root, given.accounts)
    run([sys.executable, "-m", "benchmarks.markdown", root, stock], ROOT)
    yield from many_files(root, given.accounts)
    yield from site(root, stock, given.accounts)
    yield from preview(root, 5)
    if given.large:
        _playbook(folder / "large", given.large)
        yield from large(folder / "large", given.large)


def main() -> int:
    """Measure, print a table, and say whether every promise is kept."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--accounts", type=int, default=1000, help="accounts beside other tools")
    parser.add_argument("--large", type=int, default=0, metavar="N", help="also N accounts with kam alone")
    parser.add_argument("--rounds", type=int, default=11, help="runs of the start-up pair")
    given = parser.parse_args()
    print(f"{'':36} {'measured':>13} {'promised':10}")
    kept = True
    with tempfile.TemporaryDirectory() as folder:
        for row in _rows(given, Path(folder)):
            print(_line(row), flush=True)
            kept = kept and row.kept
    if given.accounts < PROMISED:
        print(f"A quick look: promises are for {PROMISED} accounts.")
    return 0 if kept or given.accounts < PROMISED else 1


if __name__ == "__main__":
    sys.exit(main())
