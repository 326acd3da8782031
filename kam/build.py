"""`kam build`: the site of a repository through MkDocs, published whole or not at all."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kam import files
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
            pages = run(config)

    with _heard(warnings):
        publish(out, root, fill)
    return Built(pages, tuple(dict.fromkeys(warnings)))  # each language reads mkdocs.yml again


@contextmanager
def configured(root: Path, folder: Path, **settings: Any) -> Iterator[MkDocsConfig]:
    """The settings of a build: the repository's mkdocs.yml, or what stands for it; docs/ may be missing too."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort

    with tempfile.TemporaryDirectory(prefix="kam-") as empty:
        file = root / "mkdocs.yml"
        if not file.is_file():
            file = Path(empty, "mkdocs.yml")
            file.write_text("site_name: kam\nplugins: [kam]\n", "utf-8")
        Path(empty, "docs").mkdir()
        own = root / "docs" if (root / "docs").is_dir() else Path(empty, "docs")
        docs = None if _names_docs(file) else str(own)
        why: list[str] = []
        try:
            # The folder is never inside docs/, and MkDocs must not clean the old site.
            with _listening(why):
                config = load_config(str(file), site_dir=str(folder), docs_dir=docs, **settings)
        except Abort as error:
            values = {"file": file.name, "why": "; ".join(why)}
            raise KamError(Message(N_("MkDocs cannot use {file}: {why}"), values), Message(_NEEDED)) from error
        if "kam" not in config.plugins:
            raise KamError(Message(N_("{file} does not name the plugin kam."), {"file": file.name}), Message(_NEEDED))
        plugin_of(config).root = root
        try:
            yield config
        finally:
            plugin_of(config).reset()


_NEEDED = N_("It needs site_name and plugins: [kam].")


def _names_docs(file: Path) -> bool:
    """Whether a mkdocs.yml, or one that it inherits from, says itself where its pages are."""
    from mkdocs.utils.yaml import yaml_load

    try:
        with file.open("rb") as opened:
            return "docs_dir" in yaml_load(opened)
    except TypeError as error:  # the file is a number
        raise KamError(Message(N_("{file} does not name the plugin kam."), {"file": file.name})) from error


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
    except (OSError, UnicodeError) as error:  # of a page of the company's own
        if isinstance(error, OSError) and files.refused(error):
            raise
        raise KamError(Message(N_("MkDocs could not build the site: {why}"), {"why": str(error)})) from error
    return plugin_of(config).written


@contextmanager
def _listening(said: list[str]) -> Iterator[None]:
    """Warnings and errors of MkDocs go into a list too."""

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger, listener = logging.getLogger(_LOGGER), Listener(logging.WARNING)
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)


@contextmanager
def _heard(said: list[str]) -> Iterator[None]:
    """Warnings of MkDocs go into a list, not to the terminal."""
    logger = logging.getLogger(_LOGGER)
    before, logger.propagate = logger.propagate, False
    try:
        with _listening(said):
            yield
    finally:
        logger.propagate = before
