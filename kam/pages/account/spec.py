"""What the schema says about each field of an account, as far as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from kam import schema
from kam.language import Language


class Spec(NamedTuple):
    """What the schema says about one field, references resolved."""

    title: Mapping[str, str] = {}
    fields: Mapping[str, Spec] = {}
    """The fields of a thing with fixed keys."""
    each: Spec | None = None
    """What stands under every other key, or in every place of a list."""
    words: Mapping[str, Mapping[str, str]] = {}
    ref: str = ""
    key_ref: str = ""
    rich: bool = False
    share: bool = False

    def below(self, key: str) -> Spec:
        return self.fields.get(key) or self.each or NOTHING


NOTHING = Spec()


@cache
def root() -> Spec:
    """The schema of an account."""
    return _spec(schema.load("account"))


def _spec(node: Mapping[str, Any]) -> Spec:
    merged: dict[str, Any] = dict(node)
    share = False
    while reference := merged.pop("$ref", None):
        name = reference.rpartition("/")[2]
        share = share or name == "share"
        merged = {**schema.load("account")["$defs"][name], **merged}
    for choice in merged.get("anyOf", ()):
        merged = {**choice, **merged}
    each = merged.get("additionalProperties") or merged.get("items")
    english = merged.get("title", "")
    return Spec(
        {"en": english, "zh": merged.get("x-zh", {}).get("title", english)},
        {key: _spec(one) for key, one in merged.get("properties", {}).items()},
        _spec(each) if isinstance(each, Mapping) else None,
        merged.get("x-words", {}),
        merged.get("x-ref", ""),
        merged.get("x-key-ref", ""),
        merged.get("contentMediaType") == "text/markdown",
        share,
    )


def at(*path: str) -> Spec:
    """The schema of what stands at a path of keys."""
    spec = root()
    for key in path:
        spec = spec.below(key)
    return spec


def section_title(name: str, language: Language) -> str:
    """The title of a section of the file."""
    return at(name).title.get(language.code) or name
