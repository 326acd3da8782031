"""The faults of a file in words; noted with offsets while reading, turned into findings at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from kam import encoding
from kam.finding import Finding, Message, Path, Severity, pointer
from kam.language import N_

MOST = 100
"""So many faults of one rule are listed for one file; the last one says how many more there are."""


class Noted(NamedTuple):
    """A fault with offsets instead of lines: cheap, because a hostile file makes very many."""

    rule: str
    start: int
    end: int
    message: Message
    fix: Message
    path: Path = ()
    severity: Severity = "error"


def findings(name: str, text: str, noted: Iterable[Noted]) -> tuple[Finding, ...]:
    """The faults of the file `name` in the order of its text; very many of one rule end in a count."""
    ordered = sorted(noted, key=lambda one: one.start)
    total = Counter(one.rule for one in ordered)
    listed: Counter[str] = Counter()
    found = []
    for one in ordered:
        listed[one.rule] += 1
        if listed[one.rule] == MOST and total[one.rule] > MOST:
            rest = {"count": total[one.rule] - MOST + 1}
            one = one._replace(message=Message(N_("{count} more faults of this kind follow from here on."), rest))
        if listed[one.rule] <= MOST:
            found.append(finding(name, text, one))
    return tuple(found)


def finding(name: str, text: str, one: Noted) -> Finding:
    """A fault at its line of the file `name`."""
    place, at = encoding.place(text, one.start, one.end), pointer(one.path)
    return Finding(one.rule, one.severity, one.message, one.fix, name, place, at, at[1:] or "/")


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


def conflict(start: int, end: int) -> Noted:
    """A mark of an unsolved merge."""
    return Noted(
        "source.conflict-marker",
        start,
        end,
        Message(N_("Git left the mark of a conflict here: two people changed the same lines.")),
        Message(N_("Keep the lines that are right, and delete the lines with <<<<<<<, ======= and >>>>>>>.")),
    )


def duplicate(name: str, start: int, end: int, line: int, path: Path) -> Noted:
    """A key that stands in its mapping already, on `line`."""
    return Noted(
        "source.duplicate-key",
        start,
        end,
        Message(
            N_("The key “{key}” stands here a second time; the first is on line {line}."),
            {"key": _short(name), "line": line},
        ),
        Message(N_("Delete one of the two, or give it another name; until then neither counts.")),
        path,
    )


def sharing(start: int, end: int, path: Path) -> Noted:
    """An anchor, an alias or a merge key."""
    return Noted(
        "source.sharing",
        start,
        end,
        Message(N_("Here &, * or << shares one part of the file with another; that is not used here.")),
        Message(N_('Write the part out where it is needed; if the sign belongs to a text, put it in quotes: "…".')),
        path,
    )


def tag(start: int, end: int, path: Path = ()) -> Noted:
    """An explicit tag."""
    return Noted(
        "source.tag",
        start,
        end,
        Message(N_("An exclamation mark at the beginning of a value is a YAML tag; tags are not used here.")),
        Message(N_('Delete the tag; if the exclamation mark belongs to the text, put the whole text in quotes: "…".')),
        path,
    )


def documents(start: int) -> Noted:
    """A second document."""
    return Noted(
        "source.documents",
        start,
        start + 1,
        Message(N_("A second document begins here; a file holds only one.")),
        Message(N_("Delete the line with --- or ..., or move what follows to a file of its own.")),
    )


def not_a_mapping(start: int, empty: bool) -> Noted:
    """An empty file, a list, a single value."""
    return Noted(
        "source.not-a-mapping",
        start,
        start,
        Message(N_("The file is empty.") if empty else N_("The file does not consist of lines “key: value”.")),
        Message(N_("Write one “key: value” to a line, each with a colon and a blank behind the key.")),
    )


def too_large(start: int, mebibytes: int, depth: int, nodes: int) -> Noted:
    """More bytes, levels or values than are read."""
    return Noted(
        "source.too-large",
        start,
        start,
        Message(
            N_("The file is too large: at most {size} MiB, {depth} levels and {nodes} keys and values are read."),
            {"size": mebibytes, "depth": depth, "nodes": f"{nodes:,}"},
        ),
        Message(N_("Divide the file, or take out what does not belong in it.")),
    )


def hidden(character: str, start: int, end: int, path: Path) -> Noted:
    """A control character anywhere, or an invisible one in a text."""
    control = encoding.is_control(character)
    said = (
        N_("A control character stands here: {character}.")
        if control
        else N_("A character that nobody sees stands in this text: {character}.")
    )
    return Noted(
        "source.control-character",
        start,
        end,
        Message(said, {"character": encoding.name_of(character)}),
        Message(N_("Delete the character; it often comes along when text is copied from a web page or a document.")),
        path,
        "error" if control else "warning",
    )


def hidden_in_key(character: str, start: int, end: int, path: Path) -> Noted:
    """A control or invisible character in a key."""
    return Noted(
        "source.control-character",
        start,
        end,
        Message(
            N_("A character that nobody sees stands in this key: {character}."),
            {"character": encoding.name_of(character)},
        ),
        Message(N_("Delete the key and type it again.")),
        path,
    )


def cut_by_hash(kept: str, cut: str, start: int, path: Path) -> Noted:
    """A text that ends before a `#` close to its next word."""
    return Noted(
        "source.cut-by-hash",
        start,
        start + 1 + len(cut),
        Message(
            N_("The text ends before the #: only “{kept}” is read, “{cut}” is taken for a comment."),
            {"kept": _short(kept), "cut": _short(cut)},
        ),
        Message(N_('Put the whole text in quotes: "…"; before a comment write two blanks, or a blank behind the #.')),
        path,
        "warning",
    )
