"""The two languages of `kam`: English texts are the message ids, Chinese comes from the compiled catalogue.

The words of enumerations stand in the schemas, under `x-words`, and nowhere else.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Literal, NamedTuple, cast, get_args

from kam import resources
from kam.finding import Message, Word

Code = Literal["zh", "en"]
CODES: tuple[Code, ...] = get_args(Code)


def N_(text: str) -> str:  # noqa: N802 - the usual gettext mark for "translate later"
    """Mark a text for translation without translating it."""
    return text


class Language(NamedTuple):
    """One language that `kam` speaks."""

    code: Code

    def text(self, text: str, /, **values: object) -> str:
        """The text in this language, its `{names}` filled."""
        if not values:
            return _translated(self.code, text) if text else ""
        if self.code == "zh":
            return _spaced(_pieces(text), values)
        return text.format(**values)

    def say(self, message: Message) -> str:
        """The message in this language; values that are messages or `{"en", "zh"}` are said too."""
        return self.text(message.text, **{name: self._word(value) for name, value in message.values.items()})

    def word(self, kind: str, value: str) -> str:
        """What a word of one of the schema's enumerations is called; the word itself where the schema has no name."""
        return _words(kind).get(value, {}).get(self.code, value)

    def _word(self, value: object) -> object:
        if type(value) in _PLAIN:  # nearly all are
            return value
        if isinstance(value, Message):
            return self.say(value)
        if isinstance(value, Mapping):  # a label of the schema
            return value[self.code]
        if isinstance(value, Word):
            return self.word(*value)
        if isinstance(value, tuple):
            return ("、" if self.code == "zh" else ", ").join(str(self._word(one)) for one in value)
        return value


_PLAIN = frozenset({str, int, date})


class _Kinds(dict[str, int]):
    """Of a character: 1 for Han, 2 for a Latin letter or a digit, else 0; looked up for every text on every page."""

    def __missing__(self, sign: str) -> int:
        kind = 1 if "\u4e00" <= sign <= "\u9fff" else 2 if sign.isascii() and sign.isalnum() else 0
        self[sign] = kind
        return kind


_KIND = _Kinds()
_TOUCH = 3
"""Han beside Latin: the kinds are bits."""


def _spaced(pieces: _Pieces, values: Mapping[str, object]) -> str:
    """Chinese text with its `{names}` filled, a blank where a Latin value would touch a Han character."""
    said, last, kind = [], 0, _KIND
    for before, first, final, name, layout in pieces:
        if before:
            if last | first == _TOUCH:
                said.append(" ")
            said.append(before)
            last = final
        if name is not None:
            value = values[name]
            if part := value if type(value) is str and not layout else format(value, layout):
                if last | kind[part[0]] == _TOUCH:
                    said.append(" ")
                said.append(part)
                last = kind[part[-1]]
    return "".join(said)


_Pieces = tuple[tuple[str, int, int, str | None, str], ...]


@cache
def _pieces(text: str) -> _Pieces:
    """The literal parts of a text in Chinese: kinds of the first and last character, the name behind it, its layout."""
    said = _translated("zh", text) if text else ""
    return tuple(
        (before, _KIND[before[:1]], _KIND[before[-1:]], name, layout or "")
        for before, name, layout, _ in Formatter().parse(said)
    )


@cache
def _words(kind: str) -> Mapping[str, Mapping[str, str]]:
    """The words of an enumeration by value; a schema is read only if those before it do not know the enumeration."""
    for file in resources.schemas():
        if words := resources.schema(file)["$defs"].get(kind, {}).get("x-words"):
            return cast(Mapping[str, Mapping[str, str]], words)
    return {}


@cache
def _translated(code: Code, text: str) -> str:
    return _catalogue(code).gettext(text)


@cache
def _catalogue(code: Code) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    return gettext.translation("kam", Path(__file__).parent / "locale", [code])


def language(code: str) -> Language:
    """The language of a code such as `zh`, `zh_CN.UTF-8`, `en-GB`; anything unknown is English."""
    short = code[:2].lower()
    return Language(short if short in CODES else "en")
