"""What a Word template may say: an allow-list over Jinja's syntax tree.

A template that passes always ends, cannot call or look into anything, and its output is bounded by the data.
"""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError

from documents.docx.hints import suggestion
from documents.docx.shape import leaves
from documents.docx.tags import MAX_TAG, OPENER, TAG, Tag
from documents.errors import Fault

FILTERS = frozenset(
    {"upper", "lower", "trim", "length", "join", "first", "last", "thousands", "count", "quoted", "bare"}
)
TESTS = frozenset({"none", "odd", "even"})
LOOP_FIELDS = frozenset({"loop.index", "loop.first", "loop.last"})
MAX_LOOPS = 3

_CHILDREN = (nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub)


def check_syntax(
    source: str, tags: Sequence[Tag], *, environment: Environment, allowed: frozenset[str] | None
) -> tuple[set[str], list[Fault]]:
    """Return the variables used in `source` (one part, patched by docxtpl) and what is forbidden in it.

    `allowed` holds the paths that may be used (`paths_of`); None allows every path below the known roots.
    """
    # docxtpl joins braces over paragraphs, so that "{" and "# … #" and "}" would swallow the text between.
    if len(OPENER.findall(source)) != len(tags):
        return set(), [Fault(tag="{…}", place=_("file"), reason=_("a tag is split over paragraphs; type it again"))]
    walk = _Walk(tags, allowed)
    try:
        walk.body(environment.parse(_number_lines(source)).body, {"letterhead": "letterhead", "paper": "paper"}, 0)
    except TemplateSyntaxError as error:
        tag = walk.tag(error.lineno)
        reason = _("the tag is broken: %(error)s") % {"error": error.message}
        walk.faults.append(Fault(tag=tag.text, place=tag.place, reason=reason))
    return walk.paths, walk.faults


def _number_lines(source: str) -> str:
    """Put the n-th tag on line n + 1, so that Jinja's line numbers name tags."""
    return TAG.sub(lambda found: "\n" + found.group().replace("\n", " "), source.replace("\n", " "))


class _Forbidden(Exception):
    def __init__(self, node: nodes.Node, reason: str, suggestion: str = "") -> None:
        self.node, self.reason, self.suggestion = node, reason, suggestion


class _Walk:
    """One walk over a syntax tree with the names in scope, each name standing for a path."""

    def __init__(self, tags: Sequence[Tag], allowed: frozenset[str] | None) -> None:
        self.tags = tags
        self.allowed = allowed
        self.paths: set[str] = set()
        self.faults: list[Fault] = []

    def tag(self, line: int) -> Tag:
        return self.tags[max(min(line - 2, len(self.tags) - 1), 0)] if self.tags else Tag("{…}", _("file"))

    def body(self, statements: Sequence[nodes.Node], scope: Mapping[str, str], loops: int) -> None:
        for statement in statements:
            try:
                self.statement(statement, scope, loops)
            except _Forbidden as forbidden:
                self.note(forbidden)

    def note(self, forbidden: _Forbidden) -> None:
        tag = self.tag(forbidden.node.lineno)
        self.faults.append(
            Fault(tag=tag.text, place=tag.place, reason=forbidden.reason, suggestion=forbidden.suggestion)
        )

    def statement(self, node: nodes.Node, scope: Mapping[str, str], loops: int) -> None:
        if isinstance(node, nodes.Output):
            for child in node.nodes:
                self.printed(child, scope)
        elif isinstance(node, nodes.If):
            self.expression(node.test, scope)
            for part in (node.body, node.elif_, node.else_):
                self.body(part, scope, loops)
        elif isinstance(node, nodes.For):
            self.loop(node, scope, loops + 1)
        else:
            raise _Forbidden(node, _("this statement is not allowed; delete it"))

    def printed(self, node: nodes.Expr, scope: Mapping[str, str]) -> None:
        """Check one `{{ … }}`; its fault must not hide the next tag's, which may share an Output node."""
        if isinstance(node, nodes.TemplateData):
            return
        try:
            path = self.expression(node, scope)
            if path is not None and self.allowed is not None and path not in leaves(self.allowed | LOOP_FIELDS):
                raise _Forbidden(node, _("this is a list or a group; print one of its parts"))
        except _Forbidden as forbidden:
            self.note(forbidden)

    def loop(self, node: nodes.For, scope: Mapping[str, str], loops: int) -> None:
        target = node.target
        if node.recursive or loops > MAX_LOOPS or not isinstance(target, nodes.Name):
            raise _Forbidden(node, _("only plain loops, at most three inside each other, are allowed"))
        if target.name in scope or target.name == "loop" or target.name.startswith("_"):
            raise _Forbidden(node, _("the loop needs a new name of its own"))
        path = self.expression(node.iter, scope)
        if path is None:
            raise _Forbidden(node, _("a loop goes over a list of the document's data"))
        inner = {**scope, target.name: self.known(node, path + "[]"), "loop": "loop"}
        if node.test:
            self.expression(node.test, inner)
        self.body(node.body, inner, loops)
        self.body(node.else_, scope, loops)

    def expression(self, node: nodes.Node, scope: Mapping[str, str]) -> str | None:
        """Return the path `node` stands for, None for a computed value."""
        if isinstance(node, nodes.Name):
            if node.name not in scope:
                raise self.unknown(node, node.name)
            return scope[node.name]
        if isinstance(node, nodes.Getattr):
            return self.member(node, self.expression(node.node, scope), node.attr)
        if isinstance(node, nodes.Getitem):
            return self.item(node, scope)
        if isinstance(node, nodes.Filter):
            return self.filter(node, scope)
        self.computed(node, scope)
        return None

    def computed(self, node: nodes.Node, scope: Mapping[str, str]) -> None:
        if isinstance(node, nodes.Const):
            if isinstance(node.value, str) and len(node.value) > MAX_TAG:
                raise _Forbidden(node, _("the text in the tag is too long; write it outside the tag"))
        elif isinstance(node, nodes.Test) and node.name in TESTS and not (node.args or node.kwargs):
            self.expression(node.node, scope)
        elif isinstance(node, _CHILDREN):
            for child in node.iter_child_nodes():
                self.expression(child, scope)
        else:
            raise _Forbidden(node, _("this syntax is not allowed; only names, comparisons, + and - are"))

    def member(self, node: nodes.Node, base: str | None, name: str) -> str:
        if base is None or name.startswith("_"):
            raise _Forbidden(node, _("only the document's own data may be named; take a field from the list of fields"))
        return self.known(node, f"{base}.{name}")

    def item(self, node: nodes.Getitem, scope: Mapping[str, str]) -> str:
        base = self.expression(node.node, scope)
        key = node.arg.value if isinstance(node.arg, nodes.Const) else None
        if isinstance(key, str):
            return self.member(node, base, key)
        if base is None or type(key) is not int:
            raise _Forbidden(node, _("only the document's own data may be named; take a field from the list of fields"))
        return self.known(node, base + "[]")

    def filter(self, node: nodes.Filter, scope: Mapping[str, str]) -> str | None:
        plain = all(isinstance(argument, nodes.Const) for argument in node.args)
        if (
            node.name not in FILTERS
            or node.node is None
            or node.kwargs
            or node.dyn_args
            or node.dyn_kwargs
            or not plain
        ):
            raise _Forbidden(
                node,
                _("the filter %(name)s is not allowed; allowed are %(filters)s")
                % {"name": node.name, "filters": ", ".join(sorted(FILTERS))},
            )
        for argument in node.args:
            self.expression(argument, scope)
        path = self.expression(node.node, scope)
        item = self.known(node, path + "[]") if path and node.name in ("first", "last", "join") else None
        return None if node.name == "join" else item

    def known(self, node: nodes.Node, path: str) -> str:
        if path.startswith("loop"):
            if path not in LOOP_FIELDS:
                raise self.unknown(node, path)
        elif self.allowed is not None and path not in self.allowed:
            raise self.unknown(node, path)
        else:
            self.paths.add(path)
        return path

    def unknown(self, node: nodes.Node, path: str) -> _Forbidden:
        reason = _("unknown variable %(name)s") % {"name": path}
        return _Forbidden(node, reason, suggestion(path, self.allowed | LOOP_FIELDS) if self.allowed else "")
