"""What the YAML parser refuses, said for people who have never seen YAML: which line, what is wrong, what to do."""

from __future__ import annotations

from typing import NamedTuple

from kam import encoding, fault
from kam.fault import Noted
from kam.finding import Message
from kam.language import N_


class Refusal(NamedTuple):
    """Why and where the parser stopped (offsets into the text), and the last scalar it had read."""

    problem: str
    context: str
    at: int
    began: int
    """Where that began which could not be finished: a quote, a bracket, a key."""
    last: tuple[int, int, str] = (0, 0, "")
    """Start, end and style of the last scalar; style "" is plain."""
    bracket: int | None = None
    """Where the innermost bracket stands that was not closed yet."""


_QUOTE = N_('Put the whole text in quotes: "…".')
_INDENT = N_("Begin the line in the same column as its neighbours on the same level; use blanks only.")


WIDE_COLON = N_("The colon here is a full-width one (：); behind a key stands an ordinary colon and a blank.")
TYPE_AGAIN = N_("Type an ordinary blank, comma, colon, dash or bracket instead, as on an English keyboard.")


def explain(text: str, refusal: Refusal) -> Noted:
    """The refusal in our words, at the line that has to be changed."""
    problem, at = refusal.problem, refusal.at
    if (tab := _tab(text, at)) is not None:
        return _tabbed(tab)
    if "quoted scalar" in refusal.context:
        return _in_quotes(text, refusal)
    if (open_quote := _quote_left_open(text, refusal)) is not None:
        return open_quote
    if "tag" in refusal.context or "tag" in problem:
        return fault.tag(refusal.began, refusal.began + 1)
    if refusal.context.endswith(("an alias", "an anchor")):
        return begins(text, refusal.began)
    if "block scalar" in refusal.context:
        return _block(refusal)
    if problem == "could not find expected ':'":
        return _no_colon(text, refusal.began)
    if problem.startswith("mapping values"):
        return _second_colon(text, refusal)
    if problem.startswith("block sequence"):
        return _list_in_line(at)
    if "expected ',' or" in problem:
        return _bracket(text, refusal)
    if refusal.bracket is not None and at >= len(text.rstrip()):
        return _open_bracket(text, refusal.bracket)
    if "start any token" in problem or "node content" in problem or problem.startswith("mapping keys"):
        return begins(text, at)
    return _misplaced(text, at)


def _syntax(start: int, end: int, message: str, fix: str, **values: object) -> Noted:
    return Noted("source.syntax", start, end, Message(message, values), Message(fix, values))


def _wide(text: str, start: int, end: int) -> Noted | None:
    """A fault for the first sign in a part of the text that only looks like one of YAML."""
    for at in range(start, end):
        if text[at] in encoding.WIDE:
            sign = encoding.wide(text[at])
            return _syntax(at, at + 1, N_("{sign} stands here instead of the ordinary sign."), TYPE_AGAIN, sign=sign)
    return None


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[_line_start(text, at) : len(text) if end < 0 else end]


def _same_line(text: str, one: int, other: int) -> bool:
    return "\n" not in text[one:other]


def _tab(text: str, at: int) -> int | None:
    """The first tab among the blanks that the line begins with."""
    start, line = _line_start(text, at), _line(text, at)
    found = line[: len(line) - len(line.lstrip())].find("\t")
    return None if found < 0 else start + found


def _tabbed(at: int) -> Noted:
    return _syntax(
        at,
        at + 1,
        N_("The line is indented with a tab; only blanks are allowed."),
        N_("Replace the tab by blanks, as many as the neighbouring lines have."),
    )


def _in_quotes(text: str, refusal: Refusal) -> Noted:
    at = max(text.rfind("\\", 0, refusal.at + 1), refusal.began)
    if "invalid Unicode" in refusal.problem:
        return Noted(
            "source.control-character",
            at,
            at + 1,
            Message(N_("This code stands for half a character, which no text can hold.")),
            Message(N_("Write the character itself instead of its code.")),
        )
    if "escape" in refusal.problem or "hexdecimal" in refusal.problem:
        return _syntax(
            at,
            at + 1,
            N_("Between double quotes a backslash begins a special code, and this one does not exist."),
            N_("Use single quotes ('…'), or write two backslashes."),
        )
    return _unclosed_quote(text, refusal.began)


def _unclosed_quote(text: str, start: int) -> Noted:
    return _syntax(
        start,
        start + 1,
        N_("The quote {quote} is opened here and not closed where it should be."),
        N_("Close the text with {quote} on the same line, or take the quote away."),
        quote=text[start : start + 1],
    )


def _quote_left_open(text: str, refusal: Refusal) -> Noted | None:
    """A quote that closed at the next quote it met, lines below, or in the middle of its own line."""
    start, end, style = refusal.last
    if style not in ("'", '"') or end > refusal.at or not _same_line(text, end, refusal.at):
        return None
    if not _same_line(text, start, end):
        return _unclosed_quote(text, start)
    follows = text[refusal.at : refusal.at + 1]
    if text[end : refusal.at].strip() or follows in ("", ":"):
        return None
    if follows in ("'", '"', "[", "{") and "expected ',' or" in refusal.problem:  # the next entry of a list
        return None
    return _syntax(
        refusal.at,
        refusal.at + 1,
        N_("The text in quotes ends before this place, and more follows."),
        N_('Put the whole text in one pair of quotes; inside, use the other kind: "it\'s" or \'say "yes"\'.'),
    )


def begins(text: str, at: int) -> Noted:
    """A fault for a character that cannot begin a text."""
    if text.startswith(":", at):
        return no_key(at, at + 1)
    return _syntax(at, at + 1, N_("A text cannot begin with {character} here."), _QUOTE, character=text[at : at + 1])


def _block(refusal: Refusal) -> Noted:
    return _syntax(
        refusal.began,
        refusal.began + 1,
        N_("Behind | or > at the beginning of a value the line must end; the text follows below."),
        N_("Move the text to the next line, indented, or put the whole text in quotes."),
    )


def _no_colon(text: str, start: int) -> Noted:
    """The line at `start` is no `key: value`; the commonest reasons have their own words."""
    line = _line(text, start)
    body = line.lstrip()
    start = _line_start(text, start) + len(line) - len(body)
    body = body.rstrip()
    end = start + len(body)
    end_of_key = start + body.index(":") + 1 if ":" in body[:-1] else 0
    if "：" in body and ": " not in body:
        at = start + body.index("：")
        return _syntax(
            at,
            at + 1,
            WIDE_COLON,
            N_("Write an ordinary colon and a blank: “: ”."),
        )
    if wide := _wide(text, start, start + 1) or (_wide(text, end_of_key, end_of_key + 1) if end_of_key else None):
        return wide
    if body.startswith("-") and not body.startswith("- "):
        return _no_blank_behind_dash(start, end)
    if ":" in body:
        at = start + body.index(":")
        return _syntax(
            at, at + 1, N_("Behind the colon a blank is missing."), N_("Write a blank behind the colon: “key: value”.")
        )
    return _syntax(
        start,
        end,
        N_("The line has no colon: it is neither “key: value” nor the continuation of a text."),
        N_("Write “key: value”; if the line continues the text above, indent it more than that text's key."),
    )


def _no_blank_behind_dash(start: int, end: int) -> Noted:
    return _syntax(
        start, end, N_("Behind the dash of a list a blank is missing."), N_("Write a blank behind the dash: “- ”.")
    )


def _second_colon(text: str, refusal: Refusal) -> Noted:
    """A `: ` where no key can be: inside a text, below a text, or behind a line that was meant as a key."""
    start, end, style = refusal.last
    adjoins = end <= refusal.at and not text[end : refusal.at].strip()
    if adjoins and not style and not _same_line(text, start, end):
        before = text[_line_start(text, start) : start].lstrip()
        if before[:1] in ("－", "–", "—") or (before[:1] == "-" and before[1:2] != " "):
            return _wide(text, start - len(before), start) or _no_blank_behind_dash(start - len(before), start)
        if before:
            return _indented_below_text(text, refusal.at)
        return _no_colon(text, start)
    if adjoins and not style and (wide := _wide(text, start, start + 1)):  # where a bracket or a blank was meant
        return wide
    return _syntax(
        refusal.at,
        refusal.at + 1,
        N_("A colon and a blank stand inside a text; that makes it look like a key."),
        N_('Put the whole text in quotes: "…"; if it is a key of its own, move it to a line of its own.'),
    )


def _indented_below_text(text: str, at: int) -> Noted:
    start = _line_start(text, at)
    start += len(text[start:at]) - len(text[start:at].lstrip())
    return _syntax(
        start,
        at,
        N_("The line is indented below a key that already has its value on its own line."),
        N_("Begin the line in the column of the key above, or take the value above away."),
    )


def _list_in_line(at: int) -> Noted:
    return _syntax(
        at,
        at + 1,
        N_("A dash and a blank begin a list; a list cannot begin on the line of its key."),
        N_('Put each entry on a line of its own below the key; if it is a text, put it in quotes: "…".'),
    )


def _bracket(text: str, refusal: Refusal) -> Noted:
    opened = text[refusal.began : refusal.began + 1]
    closing = "]" if refusal.problem.endswith("']'") else "}"
    if opened in ("[", "{") and _same_line(text, refusal.began, refusal.at) and text[refusal.at :].strip():
        if wide := _wide(text, refusal.began, refusal.at):
            return wide
        return _syntax(
            refusal.at,
            refusal.at + 1,
            N_("Between the brackets a comma is missing before this place."),
            N_('Separate the entries by commas; put a text that has brackets or commas of its own in quotes: "…".'),
        )
    return _open_bracket(text, refusal.began, closing)


def _open_bracket(text: str, at: int, closing: str = "") -> Noted:
    opened = text[at : at + 1]
    return _syntax(
        at,
        at + 1,
        N_("The bracket {bracket} is opened here and not closed where it should be."),
        N_('Close it with {closing}; if the bracket belongs to a text, put the whole text in quotes: "…".'),
        bracket=opened or ("[" if closing == "]" else "{"),
        closing=closing or ("]" if opened == "[" else "}"),
    )


def _misplaced(text: str, at: int) -> Noted:
    before = text[_line_start(text, at) : at]
    if text[at : at + 1] == ":" and not before.strip(" -"):
        return no_key(at, at + 1)
    if before.rstrip().endswith(("]", "}")):
        return _syntax(
            at,
            at + 1,
            N_("Behind the closing bracket more text follows; a value in brackets is a list."),
            _QUOTE,
        )
    if not before.strip(" -"):
        return _syntax(at, at + 1, N_("The indentation of this line fits none of the lines above."), _INDENT)
    return _syntax(
        at,
        at + 1,
        N_("The file cannot be understood from this place on."),
        N_("Compare the line with its neighbours: quotes, brackets, colon and indentation."),
    )


def no_key(start: int, end: int) -> Noted:
    """A fault for a key without a name."""
    return _syntax(start, end, N_("Before the colon the key is missing."), N_("Write a key, then a colon and a blank."))


def not_a_word(start: int, end: int) -> Noted:
    """A fault for a list or a mapping in the place of a key."""
    return _syntax(start, end, N_("Here a list or a group of entries stands where a key should be."), _QUOTE)


def directive(at: int) -> Noted:
    """A fault for a line of instructions to YAML."""
    return _syntax(
        at,
        at + 1,
        N_("A line that begins with % is an instruction to YAML; such lines are not used here."),
        N_("Delete the line; if it is a key, put the key in quotes."),
    )


def behind_the_end(at: int) -> Noted:
    """A fault for text behind the end of the top mapping."""
    return _syntax(at, at + 1, N_("The line stands further left than the first line of the file."), _INDENT)
