"""`kam serve`: the site on this machine; a changed account is stamped anew, anything else makes everything new."""

from __future__ import annotations

import logging
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

log = logging.getLogger("mkdocs.kam")

HOST = "127.0.0.1"
INPUTS = ("accounts", "company", "docs", "templates", "kam.yaml", "mkdocs.yml")
_LOOK_EVERY = 0.15
_WAIT_FOR_MORE = 0.05

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

    def __init__(self, root: Path, site: Path, url: str, produce: Callable[[], Producer], again: Path) -> None:
        self.root, self.site, self.url, self.produce = root, site, url, produce
        self.stack = ExitStack()
        self.producer: Producer | None = None
        self.trees: Mapping[Code, Tree] = {}
        self.state: State = {}
        self.later: list[tuple[Code, Iterable[Page]]] = []
        self.again = again

    def renew(self) -> None:
        """Bring the site to the state of the files; what stands in the way is logged, the old site stays.

        After a change of accounts only their own pages are there at once: the browser asks for one of them. The
        others follow in a run of their own, which is asked for by touching a file.
        """
        before, self.state = self.state, _state(self.root)
        names = {name for name in {*before, *self.state} if before.get(name) != self.state.get(name)}
        try:
            if not names:
                self._finished()
            elif not (self.trees and self._restamped(names)):
                self._everything()
        except KamError as error:
            log.error(str(error))

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
        config.site_url = self.url
        plugin = plugin_of(config)
        plugin.producer, plugin.serving = self.producer, True
        run(config)
        self.trees = plugin.trees


@contextmanager
def prepared(root: Path, port: int, produce: Callable[[], Producer]) -> Iterator[LiveReloadServer]:
    """The server with a site behind it, ready for `.serve()`; port 0 takes a free one. Raises KamError."""
    with tempfile.TemporaryDirectory(prefix="kam-") as folder, ExitStack() as stack:
        site, again = Path(folder, "site"), Path(folder, "again")
        again.touch()
        server = _server(site, port)
        preview = _Preview(root.resolve(), site, server.url, produce, again)
        stack.callback(preview.stack.close)
        preview.state = _state(preview.root)
        preview._everything()
        server.builder = preview.renew
        server.watch(str(again))
        for name in INPUTS:
            if (root / name).exists():
                server.watch(str(root / name))
        yield server


def _server(site: Path, port: int) -> LiveReloadServer:
    server = _Server(builder=lambda: None, host=HOST, port=port, root=str(site), polling_interval=_LOOK_EVERY)
    server.build_delay = _WAIT_FOR_MORE
    server.error_handler = lambda code: (site / "404.html").read_bytes() if code == 404 else None
    return server


def serve(root: Path, port: int, produce: Callable[[], Producer], ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `ready` gets the address when the site can be seen. Raises KamError."""
    with prepared(root, port, produce) as server:
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


def _state(root: Path) -> State:
    return {name: (found.st_mtime_ns, found.st_size) for name, found in _files(root)}


def _files(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    for top in INPUTS:
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
