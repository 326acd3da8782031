"""Whether data is as the schema wants it: yes or no, quickly, without reasons."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from kam.schema.files import FileKind, load


def is_valid(data: Mapping[str, Any], kind: FileKind) -> bool:
    """Whether data is as the schema of this kind of file wants it."""
    return _validator(kind).is_valid(data)


@cache
def _validator(kind: FileKind) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(dict(load(kind)), validate_formats=True, offline=True)
