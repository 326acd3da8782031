"""`kam build`: the site of a repository through MkDocs, published whole or not at all."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kam.finding import KamError, Message
from kam.language import N_
from kam.page import Producer
from kam.publish import publish

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from kam.plugin import KamPlugin

_LOGGER = "mkdocs"


class Built(NamedTuple):
    """What a build has to say: how many pages of ours were written, and what MkDocs and the link check warn of."""

    pages: int
    warnings: tuple[str, ...]


def build(root: Path, out: Path, producer: Producer, strict: bool = False, jobs: int | None = None) -> Built:
    """Build the site of all languages into a folder; `strict` follows every link. Raises KamError.

    Broken links and the like are warnings, not a reason to keep the old site: the caller decides what they count.
    """
    warnings: list[str] = []
    pages = 0

    def fill(folder: Path) -> None:
        nonlocal pages
        with ExitStack() as stack:
            config = stack.enter_context(configured(root, folder))
            plugin = plugin_of(config)
            plugin.producer, plugin.follow_links, plugin.jobs = producer, strict, jobs
            plugin.serving = False  # MkDocs keeps its plugins for as long as the process lives
            pages = run(config)

    with _heard(warnings):
        publish(out, root, fill)
    return Built(pages, tuple(warnings))


@contextmanager
def configured(root: Path, folder: Path, **settings: Any) -> Iterator[MkDocsConfig]:
    """The settings of a build: the repository's mkdocs.yml, or what stands for it; docs/ may be missing too."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort
    from mkdocs.utils.yaml import yaml_load

    with tempfile.TemporaryDirectory(prefix="kam-") as empty:
        file = root / "mkdocs.yml"
        if not file.is_file():
            file = Path(empty, "mkdocs.yml")
            file.write_text("site_name: kam\nplugins: [kam]\n", "utf-8")
        Path(empty, "docs").mkdir()
        why: list[str] = []
        try:
            with file.open("rb") as opened:
                named = "docs_dir" in yaml_load(opened)
            docs = None if named or (root / "docs").is_dir() else str(Path(empty, "docs"))
            # The folder is never inside docs/, and MkDocs must not clean the old site.
            with _heard(why, logging.ERROR):
                config = load_config(str(file), site_dir=str(folder), docs_dir=docs, **settings)
            plugin_of(config).root = root
        except (Abort, KeyError, TypeError) as error:  # TypeError: the file is a number
            text = N_("MkDocs cannot use {file}: {why}") if why else N_("{file} does not name the plugin kam.")
            raise KamError(
                Message(text, {"file": file.name, "why": "; ".join(why)}),
                Message(N_("It needs site_name and plugins: [kam].")),
            ) from error
        try:
            yield config
        finally:
            plugin_of(config).reset()


def plugin_of(config: MkDocsConfig) -> KamPlugin:
    """The plugin of a configuration; KeyError when mkdocs.yml does not name it."""
    from kam.plugin import KamPlugin

    plugin = config.plugins["kam"]
    assert isinstance(plugin, KamPlugin)
    return plugin


def run(config: MkDocsConfig) -> int:
    """Let MkDocs build; the number of pages of ours. Raises KamError."""
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.exceptions import Abort, MkDocsException

    try:
        mkdocs_build(config)
    except (Abort, MkDocsException) as error:
        why = plugin_of(config).error or error
        if isinstance(why.__cause__, KamError):
            raise why.__cause__ from error
        raise KamError(Message(N_("MkDocs could not build the site: {why}"), {"why": str(why)})) from error
    return plugin_of(config).written


@contextmanager
def _heard(said: list[str], level: int = logging.WARNING) -> Iterator[None]:
    """What MkDocs has to say from a level on goes into a list, not to the terminal."""

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger, listener = logging.getLogger(_LOGGER), Listener(level)
    before = logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.propagate = before
