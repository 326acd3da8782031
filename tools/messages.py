"""Collect every text that `kam` says, compare with the Chinese in `kam/locale/zh/*.po`, compile the catalogue.

`make messages` writes what lacks a translation to `new.po`, with empty `msgstr`, for a translator to fill in.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileParser, write_po
from jinja2.ext import babel_extract

from kam import rules
from kam.cli._words import PLURALS

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "kam/locale/zh"
COMPILED = LOCALE / "LC_MESSAGES/kam.mo"
NEW = LOCALE / "new.po"
KEYWORDS = {"N_": None, "text": None, "Message": None, "hit": (3,)}
"""Functions whose first argument (`hit`: the third), when it is written out, is a text for the user."""


class Entry(NamedTuple):
    """One translation as a PO file has it."""

    english: str
    chinese: str
    fuzzy: bool
    file: str


class _Written(Catalog):
    """A catalogue that remembers every entry in the order of the file, also the second one of a kind."""

    def __init__(self) -> None:
        super().__init__(locale="zh_CN")
        self.written: list[tuple[str, str, bool]] = []

    def __setitem__(self, id: object, message: object) -> None:
        if id:
            self.written.append((message.id, message.string, message.fuzzy))  # type: ignore[attr-defined]  # Babel's own
        super().__setitem__(id, message)  # type: ignore[index, assignment]  # Babel's signature is narrower


class _Plain(Catalog):
    """A catalogue whose header says nothing about days or versions: the same texts give the same bytes."""

    mime_headers = [("Language", "zh_CN"), ("Content-Type", "text/plain; charset=utf-8")]  # noqa: RUF012


def collected() -> dict[str, str]:
    """Every English text, with the file that first says it."""
    found: dict[str, str] = {}
    for text, place in (*_from_code(), *_from_templates(), *_from_rules()):
        found.setdefault(text, place)
    return found


def entries() -> list[Entry]:
    """Every translation of every PO file."""
    return [entry for file in sorted(LOCALE.glob("*.po")) for entry in _read(file)]


def problems(texts: Mapping[str, str], found: Iterable[Entry]) -> Iterator[str]:
    """What is missing, fuzzy, obsolete, twice there, or names other placeholders than the English text."""
    seen: dict[str, Entry] = {}
    for entry in found:
        if entry.english in seen:
            yield f"twice: {entry.english!r} in {seen[entry.english].file} and {entry.file}"
        elif entry.fuzzy:
            yield f"fuzzy: {entry.english!r} in {entry.file}"
        elif entry.english not in texts:
            yield f"obsolete: {entry.english!r} in {entry.file}"
        elif entry.chinese and _names(entry.chinese) != _names(entry.english):
            yield f"placeholders differ: {entry.english!r} in {entry.file}"
        seen[entry.english] = entry
    for text in missing(texts, seen.values()):
        yield f"missing: {text!r} from {texts[text]}"


def missing(texts: Mapping[str, str], found: Iterable[Entry]) -> list[str]:
    """The texts without a translation."""
    said = {entry.english for entry in found if entry.chinese}
    return [text for text in texts if text not in said]


def compiled(found: Iterable[Entry]) -> bytes:
    """The binary catalogue of these translations."""
    catalogue = _Plain(locale="zh_CN", charset="utf-8")
    for entry in found:
        if entry.chinese and not entry.fuzzy:
            catalogue.add(entry.english, entry.chinese)
    for pair in PLURALS:
        said = [message.string for one in pair if (message := catalogue.get(one))]
        if len(said) == len(pair):
            catalogue.add(pair, tuple(map(str, said)))
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def _from_code() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "kam").rglob("*.py")):
        with file.open("rb") as lines:
            for _line, text, _comments, _context in extract("python", lines, KEYWORDS):
                if isinstance(text, str):
                    yield text, _name(file)


def _from_templates() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "templates").rglob("*.html")):
        with file.open("rb") as lines:
            for _line, _keyword, said, _comments in babel_extract(lines, ["_"], [], {"silent": "false"}):
                text = said[0] if isinstance(said, tuple) else said  # with values it is the first of several arguments
                if isinstance(text, str):
                    yield text, _name(file)


def _from_rules() -> Iterator[tuple[str, str]]:
    for family in rules.families().values():
        yield family.title, f"kam/rules/{family.name}"
    for rule in rules.load_all():
        for text in rule.texts[:4]:  # title, what, why, fix; examples are not translated
            yield text, f"rule {rule.id}"


def _read(file: Path) -> Iterator[Entry]:
    catalogue = _Written()
    with file.open("rb") as lines:
        PoFileParser(catalogue, abort_invalid=True).parse(lines)
    for english, chinese, fuzzy in catalogue.written:
        yield Entry(english, chinese or "", fuzzy, _name(file))


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _names(text: str) -> set[str]:
    return {name for _literal, name, _format, _conversion in Formatter().parse(text) if name is not None}


def _write_new(texts: Iterable[str]) -> None:
    catalogue = Catalog(locale="zh_CN")
    for entry in _read(NEW) if NEW.exists() else ():
        if entry.chinese:
            catalogue.add(entry.english, entry.chinese)
    for text in texts:
        catalogue.add(text)
    if len(catalogue):
        with NEW.open("wb") as out:
            write_po(out, catalogue, width=0)
    else:
        NEW.unlink(missing_ok=True)


def main() -> int:
    """Compile what is translated, write down what is not; 1 if anything is left to do."""
    texts = collected()
    _write_new(missing(texts, entries()))
    found = entries()
    COMPILED.parent.mkdir(parents=True, exist_ok=True)
    COMPILED.write_bytes(compiled(found))
    left = list(problems(texts, found))
    done = sum(bool(entry.chinese) for entry in found)
    print(*left, f"{len(texts)} texts, {done} translations, {len(left)} to look at.", sep="\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
