"""Words for the search: Chinese is found by any two characters in a row, a name by its pinyin too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape

from kam.page import Page, SearchEntry

BREAK = "\u200b"
SEPARATOR = r"[\s\u200b\-/_.,:;!?()\[\]\"'、，。：；！？（）《》「」“”·]+"
"""A JavaScript expression: what stands between two words of the index and of a query."""

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_LONGEST_NAME = 4

# Surnames that are read otherwise than the same character in other words.
_SURNAMES = {
    name: reading.split()
    for name, reading in (
        ("单于", "chan yu"),
        ("乐正", "yue zheng"),
        ("曾", "zeng"),
        ("单", "shan"),
        ("解", "xie"),
        ("仇", "qiu"),
        ("区", "ou"),
        ("查", "zha"),
        ("盖", "ge"),
        ("朴", "piao"),
        ("乐", "yue"),
        ("缪", "miao"),
        ("翟", "zhai"),
        ("覃", "qin"),
        ("种", "chong"),
        ("繁", "po"),
        ("折", "she"),
        ("黑", "he"),
        ("秘", "bi"),
        ("员", "yun"),
    )
}


def pairs(text: str) -> str:
    """The Chinese of a text as overlapping pairs: 采购总监 gives 采购, 购总, 总监, with a zero-width blank between."""
    return BREAK.join(pair for run in _HAN.findall(text) for pair in _pairs(run))


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def pinyin(text: str) -> str:
    """The Chinese of a short text in Latin letters: each run whole and by its initials, a surname as it is read."""
    return " ".join(dict.fromkeys(word for run in _HAN.findall(text) for word in _readings(run)))


def load() -> None:
    """Load what `pinyin` needs; it takes most of a second, so whoever will need it may choose when."""
    import pypinyin  # noqa: F401


@lru_cache(maxsize=1 << 16)
def _readings(run: str) -> tuple[str, ...]:
    from pypinyin.seg.simpleseg import seg

    usual = [syllable for word in seg(run) for syllable in _syllables(word)]
    surname = next((known for known in (run[:2], run[:1]) if known in _SURNAMES), "")
    if surname and len(run) <= _LONGEST_NAME:
        return (*_words(usual), *_words([*_SURNAMES[surname], *usual[len(surname) :]]))
    return tuple(_words(usual))


@lru_cache(maxsize=1 << 14)
def _syllables(word: str) -> tuple[str, ...]:
    """How a word is read; names are made of few characters, and reading takes much longer than finding the words."""
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(word))


def _words(syllables: list[str]) -> Iterator[str]:
    yield "".join(syllables)
    if len(syllables) > 1:
        yield "".join(syllable[0] for syllable in syllables)


def entries(page: Page) -> list[dict[str, str]]:
    """The entries of a page as Material's search index wants them: location, title and text in HTML."""
    found = page.search if any(not entry.anchor for entry in page.search) else (_whole(page), *page.search)
    return [
        {
            "location": page.address + (f"#{entry.anchor}" if entry.anchor else ""),
            "title": escape(entry.title) + _hidden(f"{pairs(entry.title)} {pinyin(entry.title)}"),
            "text": escape(entry.text) + _hidden(pairs(entry.text)),
        }
        for entry in found
    ]


def _whole(page: Page) -> SearchEntry:
    return SearchEntry("", page.title, page.description)


def _hidden(words: str) -> str:
    """Words that the index reads and nobody sees: results show the text beside them."""
    words = words.strip()
    return f'<span class="kam-keys" hidden> {words}</span>' if words else ""
