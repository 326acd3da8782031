"""`kam serve`: the site on this machine; a changed account is stamped anew, anything else makes everything new."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.livereload import LiveReloadServer

from kam import files, render, stamping
from kam.build import configured, plugin_of, run
from kam.finding import KamError, Message
from kam.language import N_
from kam.page import Page, Producer

if TYPE_CHECKING:
    from kam.language import Code
    from kam.website import Tree

HOST = "127.0.0.1"
INPUTS = ("accounts", "company", "docs", "templates", "kam.yaml", "mkdocs.yml")
_LOOK_EVERY = 0.15
_WAIT_FOR_MORE = 0.05

Refused = Callable[[KamError], None]
"""Is told what stands in the way of showing a change; the last state stays in the browser."""

State = Mapping[str, tuple[int, int]]
"""Every input file by its name from the root: when it was changed, in nanoseconds, and its size in bytes."""


class _Server(LiveReloadServer):
    """MkDocs' server, for this machine's own browser only."""

    def serve_request(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer only to this machine's name: a foreign one is a page elsewhere that had its name point here."""
        if environ.get("HTTP_HOST", "").rpartition(":")[0] not in (HOST, "localhost"):
            start_response("421 Misdirected Request", [("Content-Type", "text/plain")])
            return [b"421\n"]
        return super().serve_request(environ, start_response)


class _Preview:
    """What lies between two changes: the producer, the trees that it filled and the state of the files then."""

    def __init__(
        self, root: Path, folder: Path, server: LiveReloadServer, produce: Callable[[], Producer], refused: Refused
    ) -> None:
        self.root, self.site, self.again, self.server = root, folder / "site", folder / "again", server
        self.produce, self.refused = produce, refused
        self.again.touch()
        server.watch(str(self.again))
        self.inputs: tuple[str, ...] = ()
        self.state: State = {}
        self._follow(*INPUTS)
        self.stack = ExitStack()
        self.producer: Producer | None = None
        self.trees: Mapping[Code, Tree] = {}
        self.later: list[tuple[Code, Iterable[Page]]] = []

    def renew(self) -> None:
        """Bring the site to the state of the files; what stands in the way is said, the old site stays.

        After a change of accounts only their own pages are there at once: the browser asks for one of them. The
        others follow in a run of their own, which is asked for by touching a file.
        """
        before, self.state = self.state, _state(self.root, self.inputs)
        names = {name for name in {*before, *self.state} if before.get(name) != self.state.get(name)}
        try:
            if not names:
                self._finished()
            elif not (self.trees and self._restamped(names)):
                self._everything()
        except KamError as error:
            self.refused(error)
        except OSError as error:
            if not (refused := files.refused(error)):
                raise
            self.refused(refused)

    def _finished(self) -> None:
        """Write what was left for later."""
        while self.later:
            code, pages = self.later.pop(0)
            for page in pages:
                stamping.write(self.trees[code], page)

    def _restamped(self, names: set[str]) -> bool:
        if self.producer is None or not all(name.startswith("accounts/") for name in names):
            return False
        pages = self.producer.changed(sorted(names))
        for code, changed in (pages or {}).items():
            for page in changed.own:
                stamping.write(self.trees[code], page)
            self.later.append((code, changed.others))
        if pages:
            self.again.touch()
        return pages is not None

    def _everything(self) -> None:
        self.stack.close()
        render.environment.cache_clear()  # templates may have changed
        self.later.clear()
        self.trees, self.producer = {}, self.produce()
        config = self.stack.enter_context(configured(self.root, self.site))
        config.site_url = self.server.url
        plugin = plugin_of(config)
        plugin.producer, plugin.serving = self.producer, True
        if (docs := Path(config.docs_dir)).is_relative_to(self.root):  # the company's own pages may lie elsewhere
            self._follow(docs.relative_to(self.root).as_posix())
        run(config)
        self.trees = plugin.trees

    def _follow(self, *names: str) -> None:
        """From now on a change of these files and folders counts."""
        for name in names:
            if name not in self.inputs and (self.root / name).exists():
                self.server.watch(str(self.root / name))
        self.inputs = tuple(dict.fromkeys((*self.inputs, *names)))
        self.state = {**_state(self.root, names), **self.state}


@contextmanager
def prepared(root: Path, port: int, produce: Callable[[], Producer], refused: Refused) -> Iterator[LiveReloadServer]:
    """The server with a site behind it, ready for `.serve()`; port 0 takes a free one. Raises KamError.

    `refused` is told what stands in the way of a change.
    """
    with tempfile.TemporaryDirectory(prefix="kam-") as folder, ExitStack() as stack:
        server = _server(Path(folder, "site"), port)
        preview = _Preview(root.resolve(), Path(folder), server, produce, refused)
        stack.callback(preview.stack.close)
        preview._everything()
        server.builder = preview.renew
        yield server


def _server(site: Path, port: int) -> LiveReloadServer:
    server = _Server(builder=lambda: None, host=HOST, port=port, root=str(site), polling_interval=_LOOK_EVERY)
    server.build_delay = _WAIT_FOR_MORE
    server.error_handler = lambda code: (site / "404.html").read_bytes() if code == 404 else None
    return server


def serve(
    root: Path, port: int, produce: Callable[[], Producer], ready: Callable[[str], None], refused: Refused
) -> None:
    """Serve until interrupted; `ready` gets the address when the site can be seen. Raises KamError."""
    with prepared(root, port, produce, refused) as server:
        ready(server.url)
        try:
            server.serve()  # type: ignore[no-untyped-call]  # MkDocs' own
        except KeyboardInterrupt:
            pass
        except OSError as error:
            raise KamError(
                Message(N_("Port {port} cannot be used: {why}"), {"port": port, "why": files.why(error)}),
                Message(N_("Name another one: kam serve --port 8001")),
            ) from error
        finally:
            server.shutdown()


def _state(root: Path, inputs: Iterable[str]) -> State:
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
                    yield file.relative_to(root).as_posix(), file.stat()
                except OSError:
                    continue  # gone meanwhile: then it is a change
