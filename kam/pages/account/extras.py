"""The company's own fields (`x-…`), wherever they stand in a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from kam.pages.account import fields, spec
from kam.pages.account.scene import Scene
from kam.pages.account.spec import Spec


class Extra(NamedTuple):
    """A field of the company's own: where, its key, its value."""

    where: str
    key: str
    value: str


def possible(scene: Scene) -> bool:
    """Whether the file can have such a field: nobody need walk through one that cannot."""
    text = scene.analysis.document.text
    return "x-" in text or "\\" in text


def in_sections(scene: Scene, *names: str) -> tuple[Extra, ...]:
    """The company's own fields (`x-…`) anywhere in some sections."""
    return tuple(one for name in names for one in _extras(scene, scene.account.data.get(name), spec.at(name), ()))


def of_file(scene: Scene) -> tuple[Extra, ...]:
    """The company's own fields at the head of the file."""
    own = ((key, value) for key, value in scene.account.data.items() if key.startswith("x-"))
    return tuple(Extra("", key, fields.told(scene, value)) for key, value in own)


def _extras(scene: Scene, data: Any, said: Spec, where: tuple[str, ...]) -> Iterator[Extra]:
    if isinstance(data, list):
        for at, one in enumerate(data, 1):
            yield from _extras(scene, one, said.below(""), (*where, fields.called(one) or str(at)))
    for key, value in data.items() if isinstance(data, dict) else ():
        below = said.below(key)
        if key.startswith("x-"):
            yield Extra(" · ".join(where), key, fields.told(scene, value))
        else:
            name = fields.title(scene, below, key) if key in said.fields else fields.called(value) or key
            yield from _extras(scene, value, below, (*where, name))
