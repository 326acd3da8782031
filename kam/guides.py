"""The company's own Markdown pages and the guides that come with `kam`, each language's in its tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File, file_sort_key, set_exclusions
from mkdocs.utils import nest_paths

from kam import resources
from kam.language import CODES, N_, Code

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

SECTIONS = (N_("Guides"), N_("Decisions"))
"""Titles of folders under docs/ that the navigation says in the site's language; others stand as they are named."""

ORDER = (
    "getting-started.md",
    "small-firm.md",
    "writing-an-account.md",
    "daily-loop.md",
    "matrix.md",
    "swot-and-roadmap.md",
    "using-plays.md",
    "reading-the-site.md",
    "configuring-rules.md",
    "ci.md",
    "make-it-yours.md",
    "hostile-input.md",
)
"""The shipped guides as they are read; what is not named here follows by its name."""


def refused(files: Files, config: MkDocsConfig, root: Path, ours: set[str]) -> list[File]:
    """The company's files that the site cannot take: links that lead out of the repository, addresses of our pages."""
    own = [file for file in files if file.src_dir == config.docs_dir and file.inclusion.is_included()]  # type: ignore[no-untyped-call]
    return [file for file in own if _address(file) in ours or not _inside(file, root)]


def _address(file: File) -> str:
    """Where a file lies in its language's tree."""
    code, _, rest = file.dest_uri.partition("/")
    return rest if code in CODES and rest else file.dest_uri


def _inside(file: File, root: Path) -> bool:
    return Path(str(file.abs_src_path)).resolve().is_relative_to(root)


def localise(files: Files, config: MkDocsConfig, language: Code) -> tuple[list[Any], list[Any]]:
    """Move `zh/x.md` or `en/x.md` to `x.md` in their language's tree, out of the other; add the shipped guides.

    Gives the navigation of the company's pages and of the guides. A file without a language is in every tree.
    """
    written = [file for file in files if file.src_dir == config.docs_dir]
    own = {file.src_uri for file in written if file.src_uri.split("/")[0] not in CODES}
    for file in written:
        code, _, rest = file.src_uri.partition("/")
        if code in CODES and rest:
            files.remove(file)
            if code == language and not file.inclusion.is_excluded():  # type: ignore[no-untyped-call]  # MkDocs' own
                own.add(rest)
                _put(files, config, rest, Path(config.docs_dir, code))
    named = set(_shipped(language))
    for name in sorted(named):
        if files.get_file_from_path(name) is None:
            _put(files, config, name, resources.path("docs") / language)
    set_exclusions(files, config)
    guides = _nested(files, named)
    return _nested(files, own - named), [{SECTIONS[0]: guides}] if guides else []


def _put(files: Files, config: MkDocsConfig, name: str, folder: Path) -> None:
    if known := files.get_file_from_path(name):
        files.remove(known)
    files.append(File(name, str(folder), config.site_dir, config.use_directory_urls))


def _shipped(language: Code) -> Iterator[str]:
    folder = resources.path("docs") / language
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            yield name


def _nested(files: Files, names: Iterable[str]) -> list[Any]:
    found = [file for name in names if (file := files.get_file_from_path(name)) and file.is_documentation_page()]
    listed = [file for file in found if file.inclusion.is_in_nav()]  # type: ignore[no-untyped-call]
    paths = [file.src_uri for file in sorted(sorted(listed, key=file_sort_key), key=_rank)]
    return nest_paths(paths)  # type: ignore[no-untyped-call, no-any-return]


def _rank(file: File) -> int:
    return ORDER.index(file.src_uri) if file.src_uri in ORDER else len(ORDER)


def source_of(file: File, root: Path) -> str | None:
    """The path from the root of a Markdown page's file; None for a guide from elsewhere."""
    if file.abs_src_path is None:
        return None
    path = Path(file.abs_src_path).resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else None


def has(file: File, config: MkDocsConfig, language: Code) -> bool:
    """Whether the tree of another language has this page too."""
    folders = (Path(config.docs_dir), Path(config.docs_dir, language), resources.path("docs") / language)
    return any((folder / file.src_uri).is_file() for folder in folders)
