"""Reads the source of pages: which expression is rendered as Markdown and may hold text from elsewhere as it came."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_LABELLED = [
    "markdown",
    "caption",
    "write",
    "error",
    "warning",
    "info",
    "success",
    "toast",
    "title",
    "header",
    "subheader",
    "badge",
    "metric",
    "button",
    "download_button",
    "form_submit_button",
    "link_button",
    "checkbox",
    "toggle",
    "text_input",
    "text_area",
    "number_input",
    "slider",
    "select_slider",
    "selectbox",
    "multiselect",
    "date_input",
    "time_input",
    "datetime_input",
    "radio",
    "segmented_control",
    "pills",
    "expander",
    "popover",
    "tabs",
    "status",
    "spinner",
    "file_uploader",
    "dialog",
]
RENDERED: dict[str, tuple[int, ...]] = dict.fromkeys(_LABELLED, (0,)) | {  # which positions are Markdown
    "metric": (0, 1, 2), "progress": (1,), "write": tuple(range(9)),
}  # fmt: skip
WRAPPERS = {"link": (1, "label"), "simulated_mark": (0, "help"), "score_column": (0, "help")}  # they pass Markdown on
_NAMED = {"help", "label", "body", "text", "delta"}
_OPTIONS = {"radio", "segmented_control", "pills"}  # whose options are Markdown
SAFE = {  # what they return holds no text from elsewhere as it came
    "textual", "literal", "badge_text", "movement", "summary", "how_often",
    "count", "plural", "share", "percent", "duration", "moment", "minute", "per_cent", "day",
    "len", "int", "float", "round", "range",
    "said",  # the formatter of durations that the page of performance passes on
}  # fmt: skip
NUMBERS = {"version", "log_version", "number", "cases", "count", "events", "variants", "activities", "rows"}
Found = tuple[int, str]


def unescaped(source: str) -> list[Found]:
    """Line and text of every argument that is rendered as Markdown and is not known to be safe."""
    tree = ast.parse(source)
    reader = _Reader(tree)
    found = []
    for function, call in reader.calls():
        found += [(a.lineno, ast.unparse(a)) for a in _rendered(call) if not reader.safe(a, function)]
    return sorted(set(found))


def _rendered(call: ast.Call) -> Iterator[ast.expr]:
    """The arguments of a call that are rendered as Markdown."""
    name, options = _name(call.func), {k.arg: k.value for k in call.keywords}
    if isinstance(call.func, ast.Name):
        if name in WRAPPERS:
            place, named = WRAPPERS[name]
            yield from call.args[place : place + 1]
            yield from (value for key, value in options.items() if key == named)
        else:
            yield from (value for key, value in options.items() if key == "help")
    elif name in RENDERED:
        yield from (call.args[n] for n in RENDERED[name] if n < len(call.args))
        yield from (value for key, value in options.items() if key in _NAMED)
    else:
        yield from (
            value for key, value in options.items() if key == "help" or (key == "label" and name == "page_link")
        )
    if name in _OPTIONS and isinstance(call.func, ast.Attribute):
        shown = options.get("format_func")
        if shown is None or not _tells(shown):
            yield from [*call.args[1:2], *(value for key, value in options.items() if key == "options")]
        else:
            yield shown


def _tells(shown: ast.expr) -> bool:
    """Whether a `format_func` says itself how an option reads; `str.capitalize` leaves what the option holds."""
    return not (isinstance(shown, ast.Attribute) and isinstance(shown.value, ast.Name) and shown.value.id == "str")


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


class _Reader:
    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._functions = {n.name: n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
        self._open: set[tuple[int, str]] = set()

    def calls(self) -> Iterator[tuple[ast.AST, ast.Call]]:
        """Every call with the function that it stands in, the outermost one."""
        for top in ast.iter_child_nodes(self._tree):
            yield from ((top, node) for node in ast.walk(top) if isinstance(node, ast.Call))

    def safe(self, node: ast.AST | None, within: ast.AST) -> bool:
        """Whether the value of an expression within a function holds nothing from elsewhere as it came."""
        match node:
            case None | ast.Constant() | ast.Compare():
                return True
            case ast.JoinedStr(values=values):
                return all(self.safe(v, within) for v in values)
            case ast.FormattedValue(value=value, format_spec=spec):
                return _numeric(spec) or self.safe(value, within)
            case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
                return self.safe(one, within) and self.safe(other, within)
            case ast.BoolOp(values=values) | ast.Tuple(elts=values) | ast.List(elts=values) | ast.Set(elts=values):
                return all(self.safe(v, within) for v in values)
            case ast.Dict(keys=keys, values=values):
                return all(self.safe(v, within) for v in [*keys, *values])
            case ast.Starred(value=value) | ast.Lambda(body=value) | ast.NamedExpr(value=value):
                return self.safe(value, within)
            case ast.GeneratorExp(elt=elt) | ast.ListComp(elt=elt):
                return self.safe(elt, within)
            case ast.Attribute(attr=attr, value=value):
                return attr in NUMBERS or attr.isupper() or self.safe(value, within)
            case ast.Subscript(value=value):
                return self.safe(value, within)
            case ast.Call():
                return self._safe_call(node, within)
            case ast.Name(id=name):
                if isinstance(within, ast.FunctionDef) and WRAPPERS.get(within.name, (0, ""))[1] == name:
                    return True
                return name in ("literal", "textual") or name.lstrip("_")[:1].isupper() or self._safe_name(name, within)
            case _:
                return False

    def _safe_call(self, call: ast.Call, within: ast.AST) -> bool:
        name = _name(call.func)
        if name in SAFE:
            return True
        if isinstance(call.func, ast.Attribute):
            if name in ("join", "get", "format", "capitalize", "removesuffix", "strip", "values", "keys", "items"):
                return self.safe(call.func.value, within) and all(self.safe(a, within) for a in call.args)
            return False
        if name in ("list", "sorted", "tuple", "str", "enumerate"):
            return all(self._safe_items(a, within) for a in call.args)
        function = self._functions.get(name)
        return function is not None and self._safe_function(function)

    def _safe_items(self, node: ast.AST, within: ast.AST) -> bool:
        """Whether what a loop over the value would meet is safe: of a dictionary, its keys."""
        if isinstance(node, ast.Dict):
            return all(self.safe(k, within) for k in node.keys)
        if isinstance(node, ast.DictComp):
            return self.safe(node.key, within)
        if isinstance(node, ast.Name) and (given := [v for v in _given(node.id, within) if v is not node]):
            return all(self._safe_items(v, within) for v in given)
        return self.safe(node, within)

    def _safe_function(self, function: ast.FunctionDef) -> bool:
        key = (id(function), "")
        if key in self._open:
            return True
        self._open.add(key)
        try:
            returned = [n.value for n in ast.walk(function) if isinstance(n, ast.Return)]
            return all(self.safe(r, function) for r in returned)
        finally:
            self._open.discard(key)

    def _safe_name(self, name: str, within: ast.AST) -> bool:
        key = (id(within), name)
        if key in self._open:
            return True
        if name in self._functions:
            return self._safe_function(self._functions[name])
        self._open.add(key)
        try:
            given = [*_given(name, within)] or [v for n in self._tree.body for v in _given(name, n) if n is not within]
            return bool(given) and all(v is not _UNKNOWN and self.safe(v, within) for v in given)
        finally:
            self._open.discard(key)


_UNKNOWN = ast.Pass()


def _numeric(spec: ast.expr | None) -> bool:
    """Whether a format takes numbers or moments only: it fails on text."""
    parts = spec.values if isinstance(spec, ast.JoinedStr) else []
    written = "".join(str(v.value) for v in parts if isinstance(v, ast.Constant))
    return written.endswith(("f", "%", ",", "d")) or written.startswith("%")


def _given(name: str, within: ast.AST) -> Iterator[ast.AST]:
    """What a name stands for within a function: what is assigned to it; unknown where that is an argument."""
    for node in ast.walk(within):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from _bound(name, target, value)
            case ast.AnnAssign(target=target, value=value) | ast.AugAssign(target=target, value=value) if value:
                yield from _bound(name, target, value)
            case ast.NamedExpr(target=ast.Name(id=found), value=value) if found == name:
                yield value
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                yield from _bound(name, target, value)
            case ast.arg(arg=found) if found == name:
                yield _UNKNOWN
            case ast.withitem(optional_vars=ast.expr() as target):
                yield from (_UNKNOWN for n in ast.walk(target) if isinstance(n, ast.Name) and n.id == name)


def _bound(name: str, target: ast.expr, value: ast.expr) -> Iterator[ast.AST]:
    if isinstance(target, ast.Name):
        if target.id == name:
            yield value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, given in zip(target.elts, value.elts, strict=True):
            yield from _bound(name, one, given)
    elif any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(target)):
        yield value
