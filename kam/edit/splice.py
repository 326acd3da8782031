"""One step between two states of a file's data, as other text for stretches of its text."""

from __future__ import annotations

import re
from typing import NamedTuple

from kam import span as spans
from kam.document import Document
from kam.edit import mark, piece, scalar
from kam.edit.change import Refused, Step
from kam.edit.layout import Layout, column
from kam.edit.piece import Piece
from kam.finding import Message, Path, pointer
from kam.language import N_
from kam.span import Span

_COMMA = re.compile(r"[ \t]*,")
_HEADER = re.compile(r"[|>][-+0-9]*")
_BLANK_LINES = re.compile(r"(?:[ \t]*\r?\n)*")


class Splice(NamedTuple):
    """Other text for a stretch of the text."""

    start: int
    end: int
    text: str


class StuckError(Exception):
    """The step cannot be made without touching more than it should."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.message.text)
        self.refused = refused


def spliced(text: str, splices: list[Splice]) -> str:
    """The text with the splices made; they do not overlap, and those at the same offset stand in their order."""
    parts, at = list[str](), 0
    for one in sorted(splices, key=lambda one: one.start):
        parts += (text[at : one.start], one.text)
        at = one.end
    return "".join((*parts, text[at:]))


def splices(document: Document, step: Step, layout: Layout) -> list[Splice]:
    """What to do to the text for a step; raises StuckError."""
    *above, own = mark.chain(document, step.path if step.kind == "replace" else step.path[:-1])
    if step.kind == "replace":
        bracketed = not above or any(map(mark.in_brackets, above))
        return _replace_in_brackets(document, own, step) if bracketed else _replace(document, step, layout)
    bracketed = any(map(mark.in_brackets, (*above, own)))
    if step.kind == "insert":
        return (_insert_in_brackets if bracketed else _insert)(document, own, step, layout)
    return (_remove_in_brackets if bracketed else _remove)(document, own, step)


def by_hand(document: Document, path: Path) -> StuckError:
    """The place is laid out in a way that is better changed by a person."""
    text = N_("{path} on line {line} cannot be changed without touching what stands around it.")
    return _stuck(text, document, path)


def _comments(document: Document, path: Path) -> StuckError:
    return _stuck(N_("Comments stand inside {path} on line {line}; they would be lost."), document, path)


def _stuck(text: str, document: Document, path: Path) -> StuckError:
    values = {"path": pointer(path) or "/", "line": document.place(path).line}
    return StuckError(Refused(Message(text, values), Message(N_("Change this place in your editor.")), path))


def _replace(document: Document, step: Step, layout: Layout) -> list[Splice]:
    text, path = document.text, step.path
    *_, parent, own = mark.chain(document, path)
    start, end, sign = own[2], mark.end(text, own), mark.after_sign(text, own)
    kept, literal = "", mark.is_literal(text, own)
    if literal:  # the comment behind the sign stays
        header = text[start : mark.line_end(text, start)]
        kept = header[len(_HEADER.match(header)[0]) :].rstrip()  # type: ignore[index]  # it begins so
    elif mark.comment_within(document, path, start, end):
        raise _comments(document, path)
    found = _piece(text, own, step, layout)
    head = found.head
    if start == end or (isinstance(path[-1], str) and (not head or mark.in_lines(own))):
        if "#" in text[sign:start]:
            raise _comments(document, path)
        start, head = sign, head and f" {head}"
    lines = _lines(found.lines, column(text, parent[2]), layout)
    if literal or not lines:
        return [Splice(start, end, head + kept + lines)]
    tail = _tail(document, end, path)
    return [Splice(start, end, head), Splice(tail, tail, lines)]


def _piece(text: str, own: Span, step: Step, layout: Layout) -> Piece:
    """The new value in the place of an old one."""
    if isinstance(step.path[-1], str):
        quote = text[own[2] : own[3]][:1] if len(own) == 4 else ""
        return piece.piece(step.value, step.path, layout, quote if quote and quote in "\"'" else "")
    width = max(own[2] - mark.after_sign(text, own) + 1, 2)
    first, *rest = piece.item(step.value, step.path, layout._replace(width=width))
    return Piece(first[width:], tuple(rest))


def _replace_in_brackets(document: Document, own: Span, step: Step) -> list[Splice]:
    start, end = own[2], spans.end(own)
    if mark.comment_within(document, step.path, start, end):
        raise _comments(document, step.path)
    written = piece.inline(step.value)
    if start == end:
        written = f" {written}" if document.text[start - 1 : start] == ":" else f": {written}"
    return [Splice(start, end, written)]


def _insert(document: Document, parent: Span, step: Step, layout: Layout) -> list[Splice]:
    text, key, after = document.text, step.path[-1], step.after
    at, begin = column(text, parent[2]), int(parent[2])
    if isinstance(key, str):
        rows = piece.entry(key, step.value, step.path, layout)
        if after is None and mark.comment_above(text, begin):
            after = mark.first(parent)
    else:
        rows = piece.item(step.value, step.path, layout._replace(width=_width(text, parent, layout)))
    if after is None:
        return [Splice(begin, begin, rows[0] + _lines(tuple(rows[1:]), at, layout) + layout.line_end + " " * at)]
    own, (before, behind) = parent[4][after], mark.neighbours(parent, after)
    last = mark.end(text, own)
    blank = before is not None and mark.blank_line(text, mark.end(text, before), own[0])
    if len(rows) > 1 and behind is not None:
        blank = blank or mark.blank_line(text, last, behind[0])
    tail = _tail(document, last, (*step.path[:-1], after))
    others = behind is not None or at == 0 or _flush(document, step.path[:-1], at)
    end = mark.below(text, tail, at + 1 if others else at)
    return [Splice(end, end, layout.line_end * blank + _lines(tuple(rows), at, layout))]


def _insert_in_brackets(document: Document, parent: Span, step: Step, layout: Layout) -> list[Splice]:
    text, key = document.text, step.path[-1]
    written = piece.inline(step.value)
    if isinstance(key, str):
        written = f"{scalar.key(key, True)}: {written}"
    if step.after is None:
        start = parent[4][mark.first(parent)][0]
        return [Splice(start, start, f"{written}, ")]
    own = parent[4][step.after]
    at, margin = spans.end(own), text[own[0] - column(text, own[0]) : own[0]]
    comma = _COMMA.match(text, at)
    rest = mark.TAIL.match(text, comma.end() if comma else at)
    if margin.strip() or not rest:
        return [Splice(at, at, f", {written}")]
    tail, below = rest.end(), f"{layout.line_end}{margin}{written}"
    return [Splice(tail, tail, f"{below},")] if comma else [Splice(at, at, ","), Splice(tail, tail, below)]


def _remove(document: Document, parent: Span, step: Step) -> list[Splice]:
    text, path, key = document.text, step.path, step.path[-1]
    start, end = mark.start(text, parent, key), mark.end(text, parent[4][key])
    alone = not text[start - column(text, start) : start].strip()
    if len(parent[4]) > 1:
        if alone:
            return [_without_lines(document, start, end, path)]
        _, behind = mark.neighbours(parent, key)
        if behind is None or "#" in text[end : behind[0]]:
            raise by_hand(document, path)
        return [Splice(start, behind[0] if isinstance(key, str) else mark.start(text, parent, 1), "")]
    if len(path) == 1:
        raise by_hand(document, path)
    nothing = "{}" if isinstance(key, str) else "[]"
    if not alone:
        return [Splice(start, end, nothing)]
    sign = mark.after_sign(text, mark.chain(document, path[:-1])[-1])
    return [Splice(sign, sign, f" {nothing}"), _without_lines(document, start, end, path)]


def _remove_in_brackets(document: Document, parent: Span, step: Step) -> list[Splice]:
    text, own = document.text, parent[4][step.path[-1]]
    before, behind = mark.neighbours(parent, step.path[-1])
    if before is not None:
        start, end = spans.end(before), spans.end(own)
    elif behind is not None:
        start, end = own[0], behind[0]
    else:
        start, end = parent[2] + 1, spans.end(parent) - 1
    if "#" in text[start : own[0]] + text[spans.end(own) : end]:
        raise _comments(document, step.path[:-1])
    return [Splice(start, end, "")]


def _without_lines(document: Document, start: int, end: int, path: Path) -> Splice:
    """Takes out whole lines, and one of the two gaps around them."""
    text = document.text
    start -= column(text, start)
    end = _tail(document, end, path)
    if end == len(text):  # no line end here: the one before goes, so that the file still ends as it did
        return Splice(len(text[:start].removesuffix("\n").removesuffix("\r")), end, "")
    end = text.index("\n", end) + 1
    gap = _BLANK_LINES.match(text, end)
    if gap and (not start or mark.blank_line(text, max(0, start - 3), start)):
        end = gap.end()
    return Splice(start, end, "")


def _tail(document: Document, end: int, path: Path) -> int:
    """The end of the line on which a value ends; only a comment may follow there."""
    found = mark.TAIL.match(document.text, end)
    if not found:
        raise by_hand(document, path)
    return found.end()


def _flush(document: Document, path: Path, at: int) -> bool:
    """Whether a list stands no deeper than the key above it."""
    return bool(path) and column(document.text, mark.chain(document, path[:-1])[-1][2]) == at


def _width(text: str, parent: Span, layout: Layout) -> int:
    """Columns from the dash of the last item to its value."""
    value = parent[4][-1]
    gap = text[mark.start(text, parent, len(parent[4]) - 1) : value[2]]
    return len(gap) if value[2] < spans.end(value) and "\n" not in gap else layout.width


def _lines(lines: tuple[str, ...], columns: int, layout: Layout) -> str:
    return "".join(layout.line_end + (" " * columns + line if line else "") for line in lines)
