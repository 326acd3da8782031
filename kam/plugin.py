"""The MkDocs plugin: `plugins: [kam]` and `mkdocs build`, `mkdocs serve` and `kam build` give the same site."""

from __future__ import annotations

import logging
import os
import tempfile
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from markupsafe import escape
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.nav import Section

from kam import compiling, files, git, guides, links, listing, project, search, slim, spread, stamping, theme, website
from kam.days import NO_DAY, written
from kam.finding import KamError, Message
from kam.language import N_, Code, Language
from kam.language import language as language_of
from kam.page import Producer
from kam.publish import MARKER
from kam.renewal import Renewal, Shown, State
from kam.renewal import state as state_of
from kam.website import Tree

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page as MkPage
    from mkdocs.utils.templates import TemplateContext

log = logging.getLogger("mkdocs.plugins.kam")

WATCHED = ("accounts", "company", "templates", "kam.yaml")
_EPOCH = "SOURCE_DATE_EPOCH"


def produce(root: Path) -> Producer:
    """The pages of the repository at a root, as of KAM_AS_OF, else of kam.yaml, else of today."""
    from kam import render
    from kam.playbook import produce as read

    render.environment.cache_clear()  # in a preview, templates may have changed
    demanded = os.environ.get("KAM_AS_OF")
    day = written(demanded) if demanded else None
    if demanded and not day:
        raise KamError(Message(NO_DAY, {"text": demanded}), Message(N_("Correct the environment variable KAM_AS_OF.")))
    history = git.history(root)
    if isinstance(history, Message):
        log.info(history.text.format(**history.values))
    # By its name: the command line imports this module to build, so this one must not import it.
    known = import_module("kam.cli._reference").commands
    known_history = None if isinstance(history, Message) else history
    return read(root, day, datetime.now(UTC), history=known_history, commands=known)


class KamPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # MkDocs' own class, without settings of ours
    """MkDocs' events, in the order in which they come; what they do stands in kam.website."""

    def __init__(self) -> None:
        self.stamped: Iterator[listing.Written] = iter(())
        """The pages that exist many times, as they are stamped."""
        self.reset()

    def reset(self) -> None:
        """Forget everything: MkDocs keeps its plugins for as long as the process lives."""
        self.serving = False
        self.producer: Producer | None = None
        """Who gives the pages; `kam build` and `kam serve` set theirs before MkDocs starts."""
        self.root: Path | None = None
        """The repository, where it is not around mkdocs.yml."""
        self.follow_links = False
        self.jobs: int | None = None
        """So many processes stamp; None: one for each processor."""
        self.language: Code | None = None
        """The language of this run; None for the first one, which then starts the others."""
        self.trees: dict[Code, Tree] = {}
        self.inputs: tuple[str, ...] = ()
        self.state: State = {}
        """What a preview was made of, before anything was read."""
        self.written = 0
        self._end_processes()  # an interrupted build leaves them: they must not write into a folder that goes away
        self.stamped = iter(())
        self.error: Exception | None = None
        """What stopped the build; MkDocs itself only says that something did."""
        self._set_epoch = False
        self.folder: tempfile.TemporaryDirectory[str] | None = None
        """Of a preview by `mkdocs serve`."""

    # MkDocs keeps the plugin from one rebuild to the next because this method exists.
    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether this is a preview."""
        del dirty
        self.serving = command == "serve"

    @event_priority(50)  # before the search plugin, which this one may add
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the repository once, set up the theme."""
        with _refusing():
            self._settle(config)
        return config

    def _settle(self, config: MkDocsConfig) -> None:
        if sum(isinstance(one, KamPlugin) for one in config.plugins.values()) > 1:
            raise KamError(Message(N_("mkdocs.yml names the plugin kam twice; once is right.")))
        self.home = self.root or project.root(Path(config.config_file_path).parent)
        if self.serving and not self.producer:
            self.inputs = (*WATCHED, config.docs_dir, config.config_file_path, *map(str, config.watch))
            self.state = state_of(self.home, self.inputs)
        self.source = self.producer or produce(self.home)
        about = self.source.about
        self.spoken = language_of(self.language or about.languages[0])
        if self.language is None:
            self.trees, self.written = {}, 0
            self._set_epoch = _EPOCH not in os.environ
            if self._set_epoch:
                midnight = datetime.combine(about.as_of, time(), UTC)
                stamp = about.timestamp if about.timestamp is not None else int(midnight.timestamp())
                os.environ[_EPOCH] = str(min(max(stamp, 0), 2**32 - 1))  # as far as packed files know time
        theme.settle(config, self.spoken, about, self.home)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add our pages that exist once, the company's own and the guides of this language."""
        with _refusing():
            theme.demand_addresses(config)
        self.titles = self.source.single_titles(self.spoken.code)
        ours = [website.file(config, address) for address in self.titles]
        for refused in guides.refused(files, config, self.home, {one.dest_uri for one in ours}):
            log.warning(refused.src_uri + self.spoken.text(N_(": not in the site: outside the repository, or taken")))
            files.remove(refused)
        for one in ours:
            files.append(one)
        own, shipped = guides.localise(files, config, self.spoken.code)
        if config.nav is None:
            config.nav = [*website.navigation(self.titles), *own, *shipped]
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Escape the titles of sections and links; those of pages follow when their files have been read."""
        del config, files
        for item in _items(nav.items):
            if not item.is_page:
                title = self.spoken.text(str(item.title)) if isinstance(item, Section) else str(item.title)
                item.title = theme.title(title)
        self.nav = nav
        return nav

    def on_page_content(self, html: str, *, page: MkPage, config: MkDocsConfig, files: Files) -> str:
        """Make the titles of all pages safe; ours are filled later, past Markdown."""
        del config, files
        if page.file.generated_by == website.OURS:
            page.title = escape(self.titles[page.url])
            return html
        plain = page.meta.get("title")
        page.title = escape(plain) if plain is not None and page.title == plain else theme.title(str(page.title or ""))
        for name in ("title", "description", "author", "subtitle", "source"):
            if name in page.meta:
                page.meta[name] = escape(str(page.meta[name]))
        page.edit_url = website.edit_url(self.source.about, guides.source_of(page.file, self.home))
        return html

    @event_priority(-100)  # after whoever adds to the environment
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Everything is read: from here on any page can be drawn, and other processes begin to, beside this one."""
        about, env.bytecode_cache = self.source.about, compiling.of_the_theme()
        self.trees[self.spoken.code] = Tree(
            self.spoken,
            about,
            self.home,
            self.serving,
            config,
            env,
            files,
            self.nav,
            website.folders_of(files),
            frames={},
            tocs={},
            policies={},
        )
        tree, follow = self._tree(config), self.follow_links or config.strict
        # Else every process would load for itself the theme's templates and, for titles in Chinese, how they are read.
        website.warm(tree)
        if self.spoken.code == "zh":
            search.load()
        with _refusing():
            self._stamp(tree, follow)
            pages = {page.address: page for page in self.source.single_pages(self.spoken.code)}
        for address in self.titles:
            if drawn := website.known(tree, address):  # another plugin may have taken it out
                website.dress(about, drawn, pages[address])
        self.singles = listing.Written.of(pages.values(), follow)
        return env

    def _stamp(self, tree: Tree, follow: bool) -> None:
        lots = self.source.stamped_pages(self.spoken.code)
        jobs = min(self.jobs or spread.processors(), len(lots) // 2)
        self.stamped = spread.within(partial(stamping.write_lot, tree, follow), lots, jobs)

    def on_page_context(
        self, context: TemplateContext, *, page: MkPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the theme parts what is ours."""
        del nav
        tree = self._tree(config)
        exists = {}
        if page.file.generated_by != website.OURS:
            exists = {code: guides.has(page.file, config, code) for code in tree.about.languages}
        return _with(context, website.view(tree, page.url, context["base_url"], exists), tree.language)

    def on_post_page(self, output: str, *, page: MkPage, config: MkDocsConfig) -> str:
        """Take the blanks of the theme's templates out of a page."""
        return slim.page(output)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """The same for pages that have no file, such as the one for a wrong address."""
        del template_name
        tree = self._tree(config)
        return _with(context, website.view(tree, "", context["base_url"], {}), tree.language)

    def _tree(self, config: MkDocsConfig) -> Tree:
        """The tree of a configuration; a preview draws pages of one language after the other is built."""
        return self.trees[config.theme["language"]]

    @event_priority(50)  # before the search plugin writes its index
    def _on_pages(self, *, config: MkDocsConfig) -> None:
        """List the pages that exist many times once they are stamped, follow links where that was asked for."""
        tree, singles = self._tree(config), self.singles
        with _refusing():
            stamped = list(self.stamped)
        addresses = [address for lot in stamped for address in lot.addresses]
        taken = {one.page.url for one in tree.files.documentation_pages() if one.page}
        if twice := [address for address, n in Counter((*taken, *addresses)).items() if n > 1]:
            raise PluginError(f"kam: two pages at {twice[0]}")
        for lot in (singles, *stamped):
            listing.add_to_search(tree, lot.entries)
        listing.add_to_sitemap(tree, addresses)
        self.written += len(singles.addresses) + len(addresses)
        followed = (link for lot in (singles, *stamped) for link in lot.links)
        for link in links.broken(followed, Path(config.site_dir)):
            text = N_("{page} links to {url}, which does not exist.")
            log.warning(self.spoken.text(text, page=f"/{link.page}", url=link.url))

    @event_priority(-100)  # after everything of this language is written
    def _on_end(self, *, config: MkDocsConfig) -> None:
        """The first language marks the folder as ours and starts the others, over the same pages."""
        if self.language is not None:
            return
        Path(config.site_dir, MARKER).write_text("kam\n", "utf-8")
        for code in self.source.about.languages[1:]:
            _build_other(config, self, code)
        self._restore()

    on_post_build = CombinedEvent(_on_pages, _on_end)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the environment as it was, and remember why."""
        self.error = error
        self._end_processes()
        if self.language is None:
            self._restore()

    @event_priority(-100)  # the others may still name the builder that MkDocs gave them
    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Under `mkdocs serve` changed accounts are stamped anew too; any other change makes everything new."""
        del config, builder
        for name in WATCHED:
            if (self.home / name).exists():
                server.watch(str(self.home / name))
        self.jobs = 1  # beside the thread of a server, no process may start as a copy of this one
        mkdocs = server.builder
        self.folder = tempfile.TemporaryDirectory(prefix="kam-")

        def everything() -> Shown:
            mkdocs()
            return self._shown()

        following = Renewal(self.home, Path(self.folder.name), server, everything, _log, alone=False)
        following.shown = self._shown()
        server.builder = lambda: following.renew(datetime.now(UTC))
        return server

    def on_shutdown(self) -> None:
        """Clear up after a preview."""
        if self.folder:
            self.folder.cleanup()

    def _shown(self) -> Shown:
        return Shown(self.source, self.trees, self.inputs, self.state)

    def _end_processes(self) -> None:
        if isinstance(self.stamped, Generator):
            self.stamped.close()

    def _restore(self) -> None:
        if self._set_epoch:
            os.environ.pop(_EPOCH, None)
        self._set_epoch = False


def _build_other(first: MkDocsConfig, caller: KamPlugin, code: Code) -> None:
    """The tree of one more language, in its folder within the first one's."""
    base = first.site_url and first.site_url.rstrip("/") + f"/{code}/"
    config = load_config(
        first.config_file_path, site_dir=str(Path(first.site_dir, code)), docs_dir=first.docs_dir, strict=first.strict
    )
    config.site_url = base
    # MkDocs keeps one plugin for all the configurations that it loads in a process: this is the very one that calls.
    assert config.plugins["kam"] is caller
    before = caller.producer, caller.language
    caller.producer, caller.language = caller.source, code
    try:
        build(config, serve_url=base if caller.serving else None)
    finally:
        caller.producer, caller.language = before


def _with(context: TemplateContext, shown: dict[str, Any], language: Language) -> TemplateContext:
    ours = {"kam": shown, "_": language.text}
    return cast("TemplateContext", {**context, **ours})


def _items(items: list[StructureItem]) -> Iterator[StructureItem]:
    for item in items:
        yield item
        yield from _items(getattr(item, "children", None) or [])


@contextmanager
def _refusing() -> Iterator[None]:
    """MkDocs ends a build without a traceback at its own errors only."""
    try:
        yield
    except KamError as error:
        raise PluginError(_said(error)) from error
    except OSError as error:
        if refused := files.refused(error):
            raise PluginError(_said(refused)) from refused
        raise


def _log(error: KamError) -> None:
    log.error(_said(error))


def _said(error: KamError) -> str:
    language = language_of(os.environ.get("KAM_LANG", ""))
    hint = f" {language.say(error.hint)}" if error.hint else ""
    return language.say(error.message) + hint
