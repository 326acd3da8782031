"""While a site is shown: changed accounts are stamped anew, after any other change everything is made new."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kam import files, listing, stamping
from kam.finding import KamError
from kam.page import Changed, Page, Producer

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

    from kam.language import Code
    from kam.website import Tree

State = Mapping[str, tuple[int, int]]
"""Every input file by its name: when it was changed, in nanoseconds, and its size in bytes."""

Refused = Callable[[KamError], None]
"""Is told what stands in the way of showing a change; the last state stays in the browser."""


class Shown(NamedTuple):
    """A site that is shown: who made its pages, the trees that they fill, and what they were made of."""

    producer: Producer
    trees: Mapping[Code, Tree]
    inputs: tuple[str, ...]
    """Files and folders; what lies in the repository counts from its root, with forward slashes."""
    state: State
    """Of the inputs, before the first of them was read."""


class Renewal:
    """Brings a site to the state of its files, whenever the server has noticed a change."""

    def __init__(
        self,
        root: Path,
        folder: Path,
        server: LiveReloadServer,
        everything: Callable[[], Shown],
        refused: Refused,
        *,
        alone: bool,
    ) -> None:
        """`folder`: an empty one of ours; `alone`: the server watches nothing but the inputs of what is shown."""
        self.root, self.everything, self.refused, self.alone = root, everything, refused, alone
        self.shown: Shown | None = None
        self.later: list[tuple[Tree, Changed]] = []
        self.again = folder / "again"
        self.again.touch()
        server.watch(str(self.again))

    def renew(self, now: datetime) -> None:
        """Bring the site to the state of the files; what stands in the way is said, the old site stays.

        After a change of accounts only their own pages are there at once: the browser asks for one of them. The
        others follow in a run of their own, which is asked for by touching a file.
        """
        try:
            self._renew(now)
        except KamError as error:
            self.refused(error)
        except OSError as error:
            if not (refused := files.refused(error)):
                raise
            self.refused(refused)

    def _renew(self, now: datetime) -> None:
        if shown := self.shown:
            names, state = changes(self.root, shown)
            if names and self._restamped(shown, names, now):
                self.shown = shown._replace(state=state)
                return
            if not names and (self.later or self.alone):
                self._finish()
                return
        self.later.clear()
        self.shown = None  # what follows may stop half-way
        self.shown = self.everything()

    def _finish(self) -> None:
        """Write what was left for later, and have all of it found by the search."""
        shown, self.shown = self.shown, None  # if this stops half-way, the next run makes everything
        while self.later:
            tree, (own, others) = self.later.pop(0)
            pages = (*own, *_written(tree, others))
            listing.renew_search(tree, listing.Written.of(pages, follow=False))
        self.shown = shown

    def _restamped(self, shown: Shown, names: set[str], now: datetime) -> bool:
        if not all(name.startswith("accounts/") for name in names):
            return False
        pages = shown.producer.changed(sorted(names), now)
        for code, changed in (pages or {}).items():
            tree = shown.trees[code]
            self.later.append((tree, changed._replace(own=tuple(_written(tree, changed.own)))))
        if pages:
            self.again.touch()
        return pages is not None


def _written(tree: Tree, pages: Iterable[Page]) -> Iterator[Page]:
    for page in pages:
        stamping.write(tree, page)
        yield page


def changes(root: Path, shown: Shown) -> tuple[set[str], State]:
    """The names of the inputs that are new, gone or different, and how all of them are now."""
    before, now = shown.state, state(root, shown.inputs)
    return {name for name in {*before, *now} if before.get(name) != now.get(name)}, now


def state(root: Path, inputs: Iterable[str]) -> State:
    """How the files are; an input that does not exist has none."""
    return {name: (found.st_mtime_ns, found.st_size) for name, found in _files(root, inputs)}


def _files(root: Path, inputs: Iterable[str]) -> Iterator[tuple[str, os.stat_result]]:
    for top in inputs:
        path = root / top
        if path.is_file():
            yield top, path.stat()
        for folder, _folders, names in os.walk(path):
            for name in names:
                file = Path(folder, name)
                try:
                    yield f"{top}/{file.relative_to(path).as_posix()}", file.stat()
                except OSError:
                    continue  # gone meanwhile: then it is a change
