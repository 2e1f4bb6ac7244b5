"""What a Word template may say: tags found in the paragraphs, and an allow-list over Jinja's syntax tree.

A template that passes always ends, cannot call or look into anything, and its output is bounded by the data.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError

from documents.docx_package import BODY, CORE, W
from documents.docx_shape import leaves
from documents.errors import Fault

FILTERS = frozenset(
    {"upper", "lower", "trim", "length", "join", "first", "last", "thousands", "count", "quoted", "bare"}
)
TESTS = frozenset({"none", "odd", "even"})
LOOP_FIELDS = frozenset({"loop.index", "loop.first", "loop.last"})
MAX_LOOPS = 3
MAX_TAG = 2000

_OPENER = re.compile(r"\{[{%#]")
_STRAY = re.compile(r"[}%]\}")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_STATEMENT = re.compile(r"\{%(?P<whole>p|tr)?\s+(?P<word>for|endfor|if|elif|else|endif)\b[^%{}]*%\}")
# {{r x}}, {{p x}} and {{tr x}} put a value into the file as raw XML.
_RAW_VALUE = re.compile(r"\{\{-?\s*(r|p|tr|tc)\s")
_CHILDREN = (nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub)


@dataclass(frozen=True)
class Tag:
    """A tag as it stands in the file."""

    text: str
    place: str


@dataclass(frozen=True)
class _Block:
    """A paragraph (or a property): the smallest piece of text that holds whole tags."""

    place: str
    text: str
    row: str  # all text of the table row around it, "" outside tables


def find_tags(name: str, root: Any) -> tuple[list[Tag], list[Fault]]:
    """Return the tags of one part in reading order, and what is wrong with their shape.

    Shape: closed in its own paragraph, a known statement, blocks that open and close in order, and a
    paragraph or row that holds a `{%p` or `{%tr` tag holds nothing else, because docxtpl drops the rest.
    """
    tags: list[Tag] = []
    faults = list(_outside_text(name, root))
    for block in _blocks(name, root):
        found, wrong = _split(block)
        tags += found
        faults += wrong or [fault for tag in found for fault in _shape(tag, block)]
    return tags, faults or _nesting(tags)


def check_syntax(
    source: str, tags: Sequence[Tag], *, environment: Environment, allowed: frozenset[str] | None
) -> tuple[set[str], list[Fault]]:
    """Return the variables used in `source` (one part, patched by docxtpl) and what is forbidden in it.

    `allowed` holds the paths that may be used (`paths_of`); None allows every path below the known roots.
    """
    # docxtpl joins braces over paragraphs, so that "{" and "# … #" and "}" would swallow the text between.
    if len(_OPENER.findall(source)) != len(tags):
        return set(), [Fault(tag="{…}", place=_("file"), reason=_("a tag is split over paragraphs; type it again"))]
    walk = _Walk(tags, allowed)
    try:
        walk.body(environment.parse(_number_lines(source)).body, {"letterhead": "letterhead", "paper": "paper"}, 0)
    except TemplateSyntaxError as error:
        tag = walk.tag(error.lineno)
        reason = _("the tag is broken: %(error)s") % {"error": error.message}
        walk.faults.append(Fault(tag=tag.text, place=tag.place, reason=reason))
    return walk.paths, walk.faults


def _place(part: str, number: int) -> str:
    words = {
        "document": _("text, paragraph %(n)d"),
        "header": _("page header, paragraph %(n)d"),
        "footer": _("page footer, paragraph %(n)d"),
        "core": _("document properties, line %(n)d"),
    }
    stem = part.rsplit("/", 1)[-1].removesuffix(".xml").rstrip("0123456789")
    return words.get(stem, _("notes, paragraph %(n)d")) % {"n": number}


def _blocks(name: str, root: Any) -> Iterator[_Block]:
    if not root.tag.startswith(W):
        for number, element in enumerate(root.iter("{*}*"), 1):
            yield _Block(_place(CORE, number), element.text or "", "")
        return
    for number, paragraph in enumerate(root.iter(W + "p"), 1):
        own = (text for text in paragraph.iter(W + "t") if next(text.iterancestors(W + "p")) is paragraph)
        row = next(paragraph.iterancestors(W + "tr"), None)
        row_text = "" if row is None else "".join(text.text or "" for text in row.iter(W + "t"))
        yield _Block(_place(name, number), "".join(text.text or "" for text in own), row_text)


def _outside_text(name: str, root: Any) -> Iterator[Fault]:
    """Yield tags in field codes, deleted text or attributes: there a value would not be text."""
    if not root.tag.startswith(W):
        return
    for element in root.iter():
        texts = [*element.attrib.values(), element.tail or ""]
        texts += [] if element.tag == W + "t" else [element.text or ""]
        for text in filter(_OPENER.search, texts):
            place = _place(name, 0) if name != BODY else _("text")
            yield Fault(tag=text.strip()[:80], place=place, reason=_("a tag may stand only in the visible text"))


def _split(block: _Block) -> tuple[list[Tag], list[Fault]]:
    tags: list[Tag] = []
    position = 0
    while opener := _OPENER.search(block.text, position):
        closer = {"{{": "}}", "{%": "%}", "{#": "#}"}[opener.group()]
        end = block.text.find(closer, opener.end())
        following = _OPENER.search(block.text, opener.end())
        if end < 0 or (following and following.start() < end):
            return tags, [_fault(block, opener.start(), _("the tag is not closed in its own paragraph"))]
        if end - opener.start() > MAX_TAG or opener.group() == "{#":
            return tags, [_fault(block, opener.start(), _("comments and tags over 2,000 characters are not allowed"))]
        tags.append(Tag(block.text[opener.start() : end + 2], block.place))
        position = end + 2
    rest = _TAG.sub("", block.text)
    if stray := _STRAY.search(rest):
        before = rest[max(stray.start() - 40, 0) : stray.end()].strip()
        return tags, [Fault(tag=before, place=block.place, reason=_("a tag is closed but never opened"))]
    return tags, []


def _fault(block: _Block, start: int, reason: str) -> Fault:
    return Fault(tag=block.text[start : start + 80].strip(), place=block.place, reason=reason)


def _shape(tag: Tag, block: _Block) -> Iterator[Fault]:
    if tag.text.startswith("{{"):
        if _RAW_VALUE.match(tag.text):
            yield Fault(tag=tag.text, place=tag.place, reason=_("raw values are not allowed; write {{ name }}"))
        return
    statement = _STATEMENT.fullmatch(tag.text)
    if statement is None:
        reason = _("only for, if, elif, else and their ends are allowed")
        yield Fault(tag=tag.text, place=tag.place, reason=reason)
    elif statement["whole"] == "p" and block.text.strip() != tag.text:
        yield Fault(tag=tag.text, place=tag.place, reason=_("a {%p tag must be alone in its paragraph"))
    elif statement["whole"] == "tr" and block.row.strip() != tag.text:
        yield Fault(tag=tag.text, place=tag.place, reason=_("a {%tr tag must be alone in its table row"))


def _nesting(tags: Sequence[Tag]) -> list[Fault]:
    """Return the first tag that does not fit: Jinja itself would only point at the end of the file."""
    unclosed: list[tuple[str, Tag]] = []
    for tag in tags:
        statement = _STATEMENT.fullmatch(tag.text)
        word = statement["word"] if statement else ""
        if word in ("for", "if"):
            unclosed.append((word, tag))
        elif word in ("endfor", "endif") and (not unclosed or unclosed.pop()[0] != word.removeprefix("end")):
            return [Fault(tag=tag.text, place=tag.place, reason=_("this end does not match an open for or if"))]
    return [Fault(tag=tag.text, place=tag.place, reason=_("this for or if is never closed")) for _word, tag in unclosed]


def _number_lines(source: str) -> str:
    """Put the n-th tag on line n + 1, so that Jinja's line numbers name tags."""
    return _TAG.sub(lambda found: "\n" + found.group().replace("\n", " "), source.replace("\n", " "))


class _Forbidden(Exception):
    def __init__(self, node: nodes.Node, reason: str) -> None:
        self.node, self.reason = node, reason


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
                tag = self.tag(forbidden.node.lineno)
                self.faults.append(Fault(tag=tag.text, place=tag.place, reason=forbidden.reason))

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
            raise _Forbidden(node, _("this statement is not allowed"))

    def printed(self, node: nodes.Expr, scope: Mapping[str, str]) -> None:
        """Check one `{{ … }}`; its fault must not hide the next tag's, which may share an Output node."""
        if isinstance(node, nodes.TemplateData):
            return
        try:
            path = self.expression(node, scope)
            if path is not None and self.allowed is not None and path not in leaves(self.allowed | LOOP_FIELDS):
                raise _Forbidden(node, _("this is a list or a group; print one of its parts"))
        except _Forbidden as forbidden:
            tag = self.tag(forbidden.node.lineno)
            self.faults.append(Fault(tag=tag.text, place=tag.place, reason=forbidden.reason))

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
                raise _Forbidden(node, _("the text in the tag is too long"))
        elif isinstance(node, nodes.Test) and node.name in TESTS and not (node.args or node.kwargs):
            self.expression(node.node, scope)
        elif isinstance(node, _CHILDREN):
            for child in node.iter_child_nodes():
                self.expression(child, scope)
        else:
            raise _Forbidden(node, _("this syntax is not allowed; only names, comparisons, + and - are"))

    def member(self, node: nodes.Node, base: str | None, name: str) -> str:
        if base is None or name.startswith("_"):
            raise _Forbidden(node, _("only the document's own data may be named"))
        return self.known(node, f"{base}.{name}")

    def item(self, node: nodes.Getitem, scope: Mapping[str, str]) -> str:
        base = self.expression(node.node, scope)
        key = node.arg.value if isinstance(node.arg, nodes.Const) else None
        if isinstance(key, str):
            return self.member(node, base, key)
        if base is None or type(key) is not int:
            raise _Forbidden(node, _("only the document's own data may be named"))
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
            raise _Forbidden(node, _("the filter %(name)s is not allowed") % {"name": node.name})
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
        return _Forbidden(node, _("unknown variable %(name)s") % {"name": path})
