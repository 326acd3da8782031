"""Data as YAML text the way people write it: short lists and small mappings on one line, no quotes without need."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_PLAIN = re.compile(r"[A-Za-z一-鿿][0-9A-Za-z一-鿿 ，。、；（）%/_-]*")
_WIDE = 88


def text(data: Mapping[str, Any]) -> str:
    """A whole file."""
    return "\n".join(_block(data, "")) + "\n"


def _block(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        flow = _flow(value)
        if not isinstance(value, Mapping | list) or not value or (indent and len(indent + key + flow) < _WIDE):
            yield f"{indent}{key}: {flow}"
        elif isinstance(value, Mapping):
            yield f"{indent}{key}:"
            yield from _block(value, indent + "  ")
        elif all(isinstance(one, Mapping) for one in value):
            yield f"{indent}{key}:"
            for one in value:
                first, *rest = _block(one, indent + "    ")
                yield f"{indent}  - {first.strip()}"
                yield from rest
        else:
            yield f"{indent}{key}: {flow}"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) and value.strip() == value else json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
