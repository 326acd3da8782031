"""Every text that a user sees is there in both languages, once, with the same placeholders, and compiled."""

from __future__ import annotations

from io import BytesIO

import pytest
from babel.messages.mofile import read_mo

from tools import messages
from tools.messages import Entry

REMEDY = "run `make messages`, translate what stands in kam/locale/zh/new.po, run it again"


def test_the_catalogue_is_whole() -> None:
    left = list(messages.problems(messages.collected(), messages.entries()))
    assert not left, "\n".join([*left, REMEDY])


def test_the_compiled_catalogue_is_current() -> None:
    assert messages.COMPILED.read_bytes() == messages.compiled(messages.entries()), REMEDY


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([Entry("{n} days", "{n} 天", False, "a.po")], []),
        ([], ["missing: '{n} days' from x.py"]),
        ([Entry("{n} days", "", False, "a.po")], ["missing: '{n} days' from x.py"]),
        ([Entry("{n} days", "{n} 天", True, "a.po")], ["fuzzy: '{n} days' in a.po"]),
        ([Entry("{n} days", "{m} 天", False, "a.po")], ["placeholders differ: '{n} days' in a.po"]),
        (
            [Entry("{n} days", "{n} 天", False, "a.po"), Entry("old", "旧", False, "a.po")],
            ["obsolete: 'old' in a.po"],
        ),
        (
            [Entry("{n} days", "{n} 天", False, "a.po"), Entry("{n} days", "{n} 日", False, "b.po")],
            ["twice: '{n} days' in a.po and b.po"],
        ),
    ],
)
def test_what_is_wrong_with_a_catalogue_is_said(entries: list[Entry], said: list[str]) -> None:
    assert list(messages.problems({"{n} days": "x.py"}, entries)) == said


def test_compiling_leaves_out_what_is_fuzzy_or_empty() -> None:
    entries = [Entry("a", "甲", False, "a.po"), Entry("b", "乙", True, "a.po"), Entry("c", "", False, "a.po")]
    catalogue = read_mo(BytesIO(messages.compiled(entries)))
    assert {message.id: message.string for message in catalogue if message.id} == {"a": "甲"}


def test_texts_are_collected_from_code_templates_and_rules() -> None:
    places = set(messages.collected().values())
    assert any(place.startswith("kam/cli") for place in places)
    assert any(place.startswith("templates/") for place in places)
    assert any(place.startswith("rule ") for place in places)
