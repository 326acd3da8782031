"""Saying messages in both languages."""

from __future__ import annotations

import pytest

from kam.finding import Message, Word
from kam.language import Language, language

ZH, EN = Language("zh"), Language("en")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": "石岩", "whom": "Shift planner"}, "把石岩引见给 Shift planner"),
        ({"name": "Ann", "whom": "局长"}, "把 Ann 引见给局长"),
        ({"name": "{whom}", "whom": "“Q”"}, "把{whom}引见给“Q”"),
    ],
)
def test_latin_values_stand_apart_from_han_characters(values: dict[str, str], said: str) -> None:
    assert ZH.text("Introduce {name} to {whom}", **values) == said


def test_values_may_be_words_messages_and_lists() -> None:
    message = Message("Contact {titles}", {"titles": ("甲", Word("stance", "helper"), Message("{n} more", {"n": 2}))})
    assert ZH.say(message) == "联系甲、帮助者、另外 2 位"
    assert EN.say(message) == "Contact 甲, Helper, 2 more"


def test_a_text_without_values_keeps_its_braces() -> None:
    assert EN.text("{n} more") == "{n} more"


@pytest.mark.parametrize(("code", "known"), [("zh_CN.UTF-8", "zh"), ("en-GB", "en"), ("fr", "en"), ("", "en")])
def test_unknown_languages_are_english(code: str, known: str) -> None:
    assert language(code).code == known
