"""`kam serve`: the site on this machine, in the state of its files."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

from kam import files, render, renewal
from kam.build import configured, plugin_of, run
from kam.finding import KamError, Message
from kam.language import N_
from kam.page import Producer
from kam.renewal import Refused, Renewal, Shown

HOST = "127.0.0.1"
INPUTS: tuple[str, ...] = ("accounts", "company", "docs", "templates", "kam.yaml", "mkdocs.yml")
_LOOK_EVERY = 0.15
_WAIT_FOR_MORE = 0.05


class _Server(LiveReloadServer):
    """MkDocs' server, for this machine's own browser only."""

    def serve_request(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer only to this machine's name: a foreign one is a page elsewhere that had its name point here."""
        if environ.get("HTTP_HOST", "").partition(":")[0] not in (HOST, "localhost"):
            start_response("421 Misdirected Request", [("Content-Type", "text/plain")])
            return [b"421\n"]
        return super().serve_request(environ, start_response)


class _Preview:
    """Makes the whole site in a folder, and keeps open what its pages are stamped with."""

    def __init__(self, root: Path, site: Path, server: LiveReloadServer, produce: Callable[[], Producer]) -> None:
        self.root, self.site, self.server, self.produce = root, site, server, produce
        self.stack = ExitStack()

    def everything(self) -> Shown:
        """The site of the files as they are."""
        self.stack.close()
        render.environment.cache_clear()  # templates may have changed
        state = renewal.state(self.root, INPUTS)
        producer = self.produce()
        config = self.stack.enter_context(configured(self.root, self.site))
        config.site_url = self.server.url
        plugin = plugin_of(config)
        plugin.producer, plugin.serving = producer, True
        # Beside the thread of a server, no process may start as a copy of this one.
        plugin.jobs = 1 if self.server.serve_thread.is_alive() else None
        inputs = INPUTS
        if (docs := Path(config.docs_dir)).is_relative_to(self.root):  # the company's own pages may lie elsewhere
            inputs = tuple(dict.fromkeys((*INPUTS, docs.relative_to(self.root).as_posix())))
        for name in inputs:
            if (self.root / name).exists():
                self.server.watch(str(self.root / name))
        state = {**renewal.state(self.root, inputs), **state}
        run(config)
        return Shown(producer, plugin.trees, inputs, state)


@contextmanager
def prepared(root: Path, port: int, produce: Callable[[], Producer], refused: Refused) -> Iterator[LiveReloadServer]:
    """The server with a site behind it, ready for `.serve()`; port 0 takes a free one. Raises KamError.

    `refused` is told what stands in the way of a change.
    """
    with tempfile.TemporaryDirectory(prefix="kam-") as folder, ExitStack() as stack:
        site = Path(folder, "site")
        server = _server(site, port)
        preview = _Preview(root.resolve(), site, server, produce)
        stack.callback(lambda: preview.stack.close())
        following = Renewal(preview.root, Path(folder), server, preview.everything, refused, alone=True)
        following.shown = preview.everything()
        server.builder = lambda: following.renew(datetime.now(UTC))
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
    with _taking(port), _server(root, port) as probe:
        probe.server_bind()  # before anything is drawn
    with prepared(root, port, produce, refused) as server:
        ready(server.url)
        try:
            with _taking(port):
                server.serve()  # type: ignore[no-untyped-call]  # MkDocs' own
        except KeyboardInterrupt:
            pass
        finally:
            server.shutdown()


@contextmanager
def _taking(port: int) -> Iterator[None]:
    """A port that cannot be used is the user's to change."""
    try:
        yield
    except OSError as error:
        raise KamError(
            Message(N_("Port {port} cannot be used: {why}"), {"port": port, "why": files.why(error)}),
            Message(N_("Name another one: kam serve --port 8001")),
        ) from error
