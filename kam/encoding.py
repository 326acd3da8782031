"""Bytes to text: UTF-8 only, and the characters that nobody sees but that change what a file says."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache

from kam.finding import Message, Place
from kam.language import N_

BOM = b"\xef\xbb\xbf"
_WIDE = ((b"\xff\xfe\0\0", "UTF-32"), (b"\0\0\xfe\xff", "UTF-32"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
_SAVE = N_("Open the file in your editor and save it with the encoding UTF-8.")

CONTROL = "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff"
"""Never allowed, as a regular expression's set: C0 but tab and line ends, DEL, C1, line separators, surrogates."""
INVISIBLE = "\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Allowed in texts with a warning: marks that turn the reading direction, characters without width."""

_PICTURE = "\u200d\u2190-\u2bff\u3030-\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f"
# Emoji are joined by U+200D; Arabic and Indic scripts need both joiners inside words: there they are spelling.
_SPELLING = f"(?<=[{_PICTURE}])\u200d(?=[{_PICTURE}])|(?<=[\u0600-\u1cff])[\u200c\u200d]"
_NAMES = {"\0": "NUL", "\t": "TAB", "\n": "LINE FEED", "\x1b": "ESCAPE", "\x7f": "DELETE", "\x85": "NEXT LINE"}
_ANY_HIDDEN = re.compile(f"[{CONTROL}{INVISIBLE}]")
_C0 = bytes(code for code in range(128) if _ANY_HIDDEN.match(chr(code)))
_CONTROL = f"[{CONTROL}]"
_IN_KEY = f"[\n\r\t{CONTROL}{INVISIBLE}]"
_HIDDEN = f"{_SPELLING}|([{CONTROL}{INVISIBLE}])"
"""Compiled when a file needs them: few do, and it takes as long as a module takes to load."""
_LINE_END = re.compile("\n")
_LONE_CR = re.compile("\r(?!\n)")
_CONFLICT = re.compile(r"^[ \t]*(?:<{7}|>{7}) ", re.MULTILINE)


class UnreadableError(Exception):
    """The bytes are not a text that people and git read alike: what is wrong, where, what to do."""

    def __init__(self, message: Message, fix: Message, place: Place) -> None:
        super().__init__(message.text)
        self.message, self.fix, self.place = message, fix, place


def decode(raw: bytes) -> str:
    """The text without its byte order mark; raises UnreadableError with the line that the bytes count to."""
    for mark, name in _WIDE:
        if raw.startswith(mark):
            raise _foreign(name, Place(1, 1, 1, 1))
    if wide := _looks_wide(raw):
        raise _foreign(wide, Place(1, 1, 1, 1))
    raw = raw.removeprefix(BOM)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise _undecodable(raw, error) from None
    if "\r" in text and (lone := _LONE_CR.search(text)):
        raise UnreadableError(
            Message(N_("A line ends in the old Macintosh way (CR only); git and editors do not see a line end there.")),
            Message(N_("Let your editor save the file with the line ends LF or CRLF.")),
            place(text, lone.start(), lone.start()),
        )
    return text


def _looks_wide(raw: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of ASCII letters is NUL, and never the other one; UTF-32: most are."""
    few, many = sorted((raw[:2000:2].count(0), raw[1:2000:2].count(0)))
    size = min(len(raw), 2000)
    if few * 3 > size // 2 and many * 3 > size:
        return "UTF-32"
    return "UTF-16" if few == 0 and many >= 3 and many * 10 > size else None


def _undecodable(raw: bytes, error: UnicodeDecodeError) -> UnreadableError:
    start = error.start
    begins = raw.rfind(b"\n", 0, start) + 1
    number, column = raw.count(b"\n", 0, start) + 1, len(raw[begins:start].decode()) + 1
    here = Place(number, column, number, column + 1)
    broken_off = error.reason == "unexpected end of data"
    if not broken_off and max(raw[:start].decode(), default="") < "\u0800" and _looks_chinese(raw):
        return _foreign("GBK", here)
    return UnreadableError(
        Message(N_("The file is not UTF-8: the byte {byte} cannot stand here."), {"byte": f"0x{raw[start]:02X}"}),
        Message(_SAVE),
        here,
    )


def _foreign(name: str, here: Place) -> UnreadableError:
    return UnreadableError(
        Message(N_("The file is not UTF-8; it looks like {encoding}."), {"encoding": name}), Message(_SAVE), here
    )


def _looks_chinese(raw: bytes) -> bool:
    """GB 18030 reads almost any bytes; only everyday characters (those of GB 2312) make it likely."""
    try:
        wide = [char for char in raw.decode("gb18030") if char > "\x7f"]
    except UnicodeDecodeError:
        return False
    return len("".join(wide).encode("gb2312", "ignore")) // 2 * 10 >= len(wide) * 8


def place(text: str, start: int, end: int) -> Place:
    """Line and column of two offsets into the text; lines end by LF and CRLF only."""
    starts = _line_starts(text)
    first, last = bisect_right(starts, start), bisect_right(starts, end)
    return Place(first, start - starts[first - 1] + 1, last, end - starts[last - 1] + 1)


@lru_cache(maxsize=8)
def _line_starts(text: str) -> list[int]:
    return [0, *[end.end() for end in _LINE_END.finditer(text)]]


def line(text: str, at: int) -> int:
    """The line of an offset, counted from 1."""
    return bisect_right(_line_starts(text), at)


def excerpt(text: str, number: int) -> str:
    """The source of one line, counted from 1, without its line end; empty behind the last line."""
    starts = _line_starts(text)
    if not 1 <= number <= len(starts):
        return ""
    end = starts[number] if number < len(starts) else len(text)
    return text[starts[number - 1] : end].removesuffix("\n").removesuffix("\r")


def conflicts(text: str) -> list[tuple[int, int]]:
    """The offsets of git's marks of an unsolved merge."""
    if "<<<<<<< " not in text and ">>>>>>> " not in text:
        return []
    return [(found.end() - 8, found.end() - 1) for found in _CONFLICT.finditer(text)]


def hidden(text: str) -> list[int]:
    """The offsets of control and invisible characters; those that belong to an emoji or a script are left out."""
    # Nearly always there is none, and the pattern that knows scripts takes ten times as long to say so.
    if not (len(text.encode().translate(None, _C0)) < len(text) if text.isascii() else _ANY_HIDDEN.search(text)):
        return []
    return [found.start() for found in re.finditer(_HIDDEN, text) if found[1]]


def hidden_in_key(key: str) -> list[str]:
    """The characters of a key that nobody sees."""
    return re.findall(_IN_KEY, key)


def is_control(character: str) -> bool:
    """Whether the character may not stand in any text."""
    return re.match(_CONTROL, character) is not None


def shown(text: str) -> str:
    """The text with a replacement character for each control character."""
    return re.sub(_CONTROL, "\ufffd", text)


def shown_key(key: str) -> str:
    """The key with a replacement character for each control character, tab and line end."""
    return re.sub("[\n\r\t]", "\ufffd", shown(key))


def parsable(text: str) -> str:
    """As `shown`, and without a byte order mark inside, of the same length: what the parser can take."""
    return shown(text).replace("\ufeff", "\u2060")  # U+2060 is what Unicode gives for U+FEFF inside a text


WIDE = frozenset("，：｛｝［］－–—＃、\u3000\xa0")
"""Signs that look like those of YAML and are none: an input method for Chinese writes them, or a word processor."""


def wide(text: str) -> str | None:
    """How to speak of the first sign of a text that only looks like one of YAML; None where there is none."""
    found = next((one for one in text if one in WIDE), None)
    return found and (name_of(found) if found.isspace() else found)


@cache
def name_of(character: str) -> str:
    """How to speak of a character that nobody sees: `U+200B ZERO WIDTH SPACE`."""
    name = _NAMES.get(character) or unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()
