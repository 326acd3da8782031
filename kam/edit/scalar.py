"""Texts, numbers and keys as they are written in a file: quoted only where the reader would not give them back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from kam import encoding, source
from kam.document import Document
from kam.edit.change import same


class Literal(NamedTuple):
    """A text of several lines behind `|`."""

    header: str
    lines: list[str]
    """Without indentation."""


def hidden(text: str) -> str | None:
    """The first character of a text that no file may hold."""
    return next((char for char in text if encoding.is_control(char) or char == "\ufeff"), None)


def number(value: float | bool | None) -> str:
    """Empty values, switches and numbers; never with an exponent, which would be a text."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    written = format(Decimal(repr(value)), "f")
    return written if "." in written or not written.lstrip("-").isdigit() else f"{written}.0"


@lru_cache(maxsize=4096)
def text(value: str, flow: bool, quote: str = "") -> str:
    """A text on one line; `flow`: inside brackets; `quote`: the mark to use if one is free to choose."""
    *_, last = written = list(_written(value))
    if quote:
        written.sort(key=lambda one: not one.startswith(quote))
    return next((one for one in written if _reads(one, value, flow)), last)


@lru_cache(maxsize=4096)
def key(value: str, flow: bool) -> str:
    """A key; text whatever it looks like."""
    *_, last = written = list(_written(value))
    return next((one for one in written if _reads_as_key(one, value, flow)), last)


def _written(value: str) -> Iterator[str]:
    """The ways to write a text on one line, the plainest first."""
    if value and "\n" not in value and "\r" not in value:
        yield value
        if '"' not in value and "\\" not in value:
            yield f'"{value}"'
        yield "'" + value.replace("'", "''") + "'"
    yield json.dumps(value, ensure_ascii=False)


def _reads(written: str, value: str, flow: bool) -> bool:
    if flow:
        return _gives(f"{{k: {written}, l: [{written}, {written}]}}\n", {"k": value, "l": [value, value]})
    return _gives(f"k: {written}\nl:\n- {written}\nz: 1\n", {"k": value, "l": [value], "z": 1})


def _reads_as_key(written: str, value: str, flow: bool) -> bool:
    if flow:
        return _gives(f"{{{written}: 1}}\n", {value: 1})
    return _gives(f"{written}: 1\n", {value: 1}) and _gives(f"l:\n- {written}: 1\n", {"l": [{value: 1}]})


def literal(value: str) -> Literal | None:
    """A text of several lines behind `|`, where that gives it back; None where only quotes would."""
    body = value.removesuffix("\n")
    if (body == value and "\n" not in value) or body.endswith("\n") or not body or "\r" in value:
        return None
    found = Literal("|" if body != value else "|-", body.split("\n"))
    below = "".join(f"  {line}\n" if line else "\n" for line in found.lines)
    return found if _gives(f"k: {found.header}\n{below}z: 1\n", {"k": value, "z": 1}) else None


def _gives(text: str, data: Any) -> bool:
    """Whether the reader finds this data, and nothing odd but what lies in the characters themselves."""
    document = source.read(text.encode("utf-8", "surrogatepass"), "", "company")
    odd = [one for one in document.faults if one.rule != "source.control-character"]
    return not odd and same(document.data, data) and all(isinstance(one, int) for one in _numbers(document))


def _numbers(document: Document) -> Iterator[Any]:
    """What the plain scalars that need care were read as; a text among them looks like yes or no."""
    for one in document.plain:
        value: Any = document.data
        for part in one.path:
            value = value[part]
        yield value
