"""How templates become Python: Jinja's own compiler, but for what costs most where a page has thousands of outputs.

For every template: fixed texts are said once and for all, a text is not wrapped to be escaped, an `if` inside an
output chooses between outputs, and what a template says is gathered before it is handed on. For those that come with
`kam` also: attributes and calls are plain Python, since we know that they need nothing of Jinja's. The HTML stays the
same.
"""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, cast

import jinja2
from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, MacroRef
from jinja2.runtime import Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from kam import resources

try:
    # What `escape` wraps as markup; private, so it may go.
    from markupsafe import _escape_inner as _escaped_text  # type: ignore[attr-defined]
except ImportError:

    def _escaped_text(text: str, /) -> str:
        return str(escape(text))


def escaped(value: Any) -> str:
    """What `markupsafe.escape` gives, but a text is not wrapped as markup; a page has thousands of them."""
    kind = type(value)
    if kind is str:
        return _escaped_text(value)
    if kind is Markup:
        return cast(Markup, value)
    return str(value) if kind is int else escape(value)


class _Folding(NodeTransformer):
    """Fixed texts and icons become constants, which Jinja writes into the markup around them."""

    def __init__(self, environment: Environment) -> None:
        self.say = cast(Callable[[str], str], environment.globals["_"])
        self.icons = cast(dict[str, str], environment.globals["icon"])

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's name, as the others below
        match node:
            case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=text)], kwargs=[]):
                return nodes.Const(self.say(text), lineno=node.lineno)
        return self.generic_visit(node)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        match node:
            case nodes.Getattr(node=nodes.Name(name="icon"), attr=name) if name in self.icons:
                return nodes.Const(self.icons[name], lineno=node.lineno)
        return self.generic_visit(node)

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:  # noqa: N802
        """`{{ x if y }}` as `{% if y %}{{ x }}{% endif %}`: what is not said costs nothing, what is fixed no escape."""
        made: list[nodes.Node] = []
        for child in cast(nodes.Output, self.generic_visit(node)).nodes:
            if isinstance(child, nodes.CondExpr):
                made.append(_chosen(child))
            elif made and isinstance(made[-1], nodes.Output):
                made[-1].nodes.append(child)
            else:
                made.append(nodes.Output([child], lineno=node.lineno))
        return made


def _chosen(child: nodes.Expr | None) -> nodes.Node:
    if not isinstance(child, nodes.CondExpr):
        return nodes.Output([child] if child else [], lineno=child.lineno if child else 0)
    otherwise = [_chosen(child.expr2)] if child.expr2 else []
    return nodes.If(child.test, [_chosen(child.expr1)], [], otherwise, lineno=child.lineno)


class _Macro(Macro):
    """A macro that is called with all its parameters, and nothing else, goes without the search for them."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if kwargs or len(args) != self._argument_count or self.caller or self.catch_varargs or self.catch_kwargs:
            return super().__call__(*args, **kwargs)
        return _marked(self._func(*args))


_marked = partial(str.__new__, Markup)
"""Markup of a text that needs no second look."""


class _Generator(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802
        self.ours = bool(self.filename) and _is_ours(str(self.filename))
        self.writeline("escaped, escaped_text, call_plainly = environment.helpers")
        super().visit_Template(_Folding(self.environment).visit(node), frame)

    def blockvisit(self, parts: Iterable[nodes.Node], frame: Any) -> None:
        if not (frame.rootlevel and frame.toplevel):
            return super().blockvisit(parts, frame)
        self.buffer(frame)
        super().blockvisit(parts, frame)
        self.writeline(f"yield concat({frame.buffer})")
        frame.buffer = None
        return None

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        if _escapes(frame, finalize):
            self.write("(escaped_text(said) if type(said := (")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: Any, frame: Any, finalize: Any) -> None:
        super()._output_child_post(node, frame, finalize)
        if _escapes(frame, finalize):
            self.write(") is str else escaped(said))")

    def macro_def(self, macro_ref: MacroRef, frame: Any) -> None:
        self.write("environment.")
        super().macro_def(macro_ref, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Any) -> None:  # noqa: N802
        if self.ours and node.attr.isidentifier():
            self.write("(")
            self.visit(node.node, frame)
            self.write(f").{node.attr}")
        else:
            super().visit_Getattr(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Any, forward_caller: bool = False) -> None:  # noqa: N802
        if self.ours:
            self.write("call_plainly(")
            self.visit(node.node, frame)
            self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
            self.write(")")
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)


def _escapes(frame: Any, finalize: Any) -> bool:
    """Whether an output is escaped and nothing else, which is known before the page is made."""
    return frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None


class _Beside(FileSystemBytecodeCache):
    """What installed templates became, beside the compiled modules of `kam`; nothing is kept where those are not.

    Jinja uses it only while text, Jinja and Python are the same. A template of a repository is compiled each time.
    """

    def __init__(self) -> None:
        super().__init__(str(Path(cache_from_source(__file__)).parent), "%s.template.pyc")

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return _digest(f"{name}|{filename}".encode()) if filename and _is_installed(filename) else ""

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key:
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.key and not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


class _Kept(_Beside):
    """The same of the templates that come with `kam`.

    What they become hangs on the texts and icons too that are folded into them, and on how they are compiled: the files
    that say so are in the checksum.
    """

    def __init__(self, code: str) -> None:
        super().__init__()
        here = Path(__file__)
        files = (here, here.with_name("render.py"), here.parent / "locale" / code / "LC_MESSAGES/kam.mo")
        self.code, self.salt = code, "".join(_digest(file.read_bytes()) for file in files if file.is_file())

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return _digest(f"{self.code}|{name}|{filename}".encode()) if filename and _is_ours(filename) else ""

    def get_source_checksum(self, source: str) -> str:
        return _digest(f"{self.salt}{source}".encode())


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=20).hexdigest()


def _is_installed(file: str) -> bool:
    """Whether a file is of the environment: it came with `kam` or lies where Jinja lies."""
    return _is_ours(file) or Path(file).is_relative_to(Path(jinja2.__file__).parents[1])


def _is_ours(file: str) -> bool:
    return Path(file).is_relative_to(resources.path("templates"))


class Pages(Environment):
    """Jinja's environment with the compiler above."""

    code_generator_class = _Generator

    def __init__(self, code: str, **options: Any) -> None:
        super().__init__(**options, autoescape=True, bytecode_cache=_Kept(code))

    helpers = escaped, _escaped_text, operator.call
    Macro = _Macro


def of_the_theme() -> BytecodeCache:
    """Keeps the templates of MkDocs' theme, which it would compile for each language of each build."""
    return _Beside()
