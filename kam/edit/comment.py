"""Comments at the end of a file: lines that say nothing to the program and something to whoever writes on."""

from __future__ import annotations

from collections.abc import Iterable

from kam import source
from kam.document import Document
from kam.edit.change import Refused, same
from kam.edit.layout import layout
from kam.finding import Message
from kam.language import N_
from kam.source import Kind


def commented(document: Document, lines: Iterable[str], kind: Kind) -> Document | Refused:
    """The document with comment lines (and empty ones) behind everything else, proved by reading it again."""
    text, habits = document.text, layout(document)
    end = habits.line_end
    begun = text if not text or text.endswith("\n") else f"{text}{end}"
    after = source.read((begun + "".join(f"{one}{end}" for one in lines)).encode(), document.name, kind)
    if after.data is not None and same(after.data, source.read(text.encode(), document.name, kind).data):
        return after
    return Refused(
        Message(N_("No comments can be added at the end of the file.")),
        Message(N_("Let the file end with a plain line, then try again.")),
    )
