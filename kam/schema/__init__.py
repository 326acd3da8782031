"""JSON Schema: is a file as the format wants it, what is wrong if not, and what its fields are called."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from kam.document import Document
from kam.finding import Finding
from kam.schema.files import KINDS, FileKind, Label, field, label, load, localised, sections, word, words, written
from kam.schema.plain import settle
from kam.schema.shape import Known, Reference, Uses, collect, uses
from kam.schema.valid import is_valid

__all__ = [
    "KINDS",
    "FileKind",
    "Label",
    "Reference",
    "Uses",
    "field",
    "is_valid",
    "label",
    "load",
    "localised",
    "problems",
    "references",
    "sections",
    "settle",
    "word",
    "words",
    "written",
]


def problems(document: Document, kind: FileKind) -> tuple[Finding, ...]:
    """The faults of family schema in a settled document, in the order of the file; none where it could not be read."""
    if document.data is None or is_valid(document.data, kind):
        return ()
    from kam.schema import invalid  # the slow library is for files that have faults

    return invalid.findings(document, kind)


def references(data: Mapping[str, Any], kind: FileKind, known: Known | None = None) -> list[Reference]:
    """Every use of an id in the data that is not among the known ones."""
    found: list[Reference] = []
    if where := _uses(kind):
        collect(data, (), where, known or {}, found)
    return found


@cache
def _uses(kind: FileKind) -> Uses | None:
    schema = load(kind)
    return uses(schema, schema["$defs"])
