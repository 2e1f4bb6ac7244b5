"""The one door to docxtpl: check a Word template, fill it, read its text.

docxtpl on its own runs whatever code a template holds and drops `&` and missing values without a word
(python-docx-template issues 549, 632, 634). Here docxtpl only turns Word's XML into Jinja source and
breaks lines; parsing, filling and writing are ours, strict and the same every time.
"""

import dataclasses
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, Undefined
from jinja2.exceptions import TemplateError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from documents import docx_lint as lint_rules
from documents import docx_package as package
from documents.docx_shape import leaves, paths_of, sample
from documents.docx_text import text_of
from documents.errors import ContextRefused, Fault, TemplateRefused
from documents.letterhead import Letterhead

__all__ = ["check_template", "lint", "plain", "render", "text_of", "variables"]

_INNER_QUOTES = str.maketrans({"“": "‘", "”": "’", '"': "’"})
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What XML 1.0 (section 2.2, "Characters") forbids; a line break or a tab is allowed.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Environment(ImmutableSandboxedEnvironment):
    """Looks names up in dicts and lists only: no Python attribute is ever reached, nothing is called."""

    # Keeps the compiler from folding `"a" + "a"` into memory before anything is rendered.
    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, LoopContext) and f"loop.{attribute}" in lint_rules.LOOP_FIELDS:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Undefined):
            return obj
        try:
            return obj[argument] if type(obj) in (dict, list) else self.undefined(obj=obj, name=argument)
        except (KeyError, IndexError, TypeError):
            return self.undefined(obj=obj, name=argument)


def _printable(value: Any) -> Any:
    """Let through what can stand on paper; "None" and "True" must never be printed."""
    if value is None:
        return ""
    if isinstance(value, str | Undefined) or type(value) is int:
        return value
    raise TypeError(_("a list, a group or a yes/no value cannot be printed"))


def _thousands(number: int) -> str:
    """Return 12345 as "12.345", the Vietnamese way."""
    return f"{number:,}".replace(",", ".")


def _count(number: int) -> str:
    """Return a count as written in running text: "03", "12", "1.245"."""
    return f"{number:02d}" if 0 < number < 10 else _thousands(number)


def _quoted(text: str) -> str:
    """Return the text in “ ”, quotation marks inside it turned into ‘ ’."""
    return f"“{text.translate(_INNER_QUOTES)}”"


def _bare(text: str) -> str:
    """Return the text without its end mark: a list sets its own."""
    return text.rstrip(" .;,")


def _environment() -> _Environment:
    environment = _Environment(autoescape=True, undefined=StrictUndefined, finalize=_printable, cache_size=0)
    environment.globals.clear()
    environment.filters |= {"thousands": _thousands, "count": _count, "quoted": _quoted, "bare": _bare}
    environment.filters = {name: environment.filters[name] for name in lint_rules.FILTERS}
    environment.tests = {name: environment.tests[name] for name in lint_rules.TESTS}
    return environment


_ENVIRONMENT = _environment()
# Only its text functions are used; it never opens a file.
_DOCXTPL = DocxTemplate(io.BytesIO())


@dataclass(frozen=True)
class _Prepared:
    """A template ready to fill: its fixed parts, its compiled parts, and the paths it uses."""

    parts: dict[str, bytes]
    templates: dict[str, Template]
    paths: frozenset[str]


def variables(template: bytes) -> set[str]:
    """Return the template's variables as paths: `letterhead.agency`, `paper.products[].name`.

    Raises TemplateRefused like `render`.
    """
    return leaves(_prepare(template).paths)


def lint(template: bytes, paper_class: type) -> list[Fault]:
    """Return everything wrong with a template that is to print `paper_class` under a letterhead; [] when sound."""
    try:
        roots = package.text_parts(package.read(template))
    except TemplateRefused as refused:
        return list(refused.faults)
    allowed = paths_of(letterhead=Letterhead, paper=paper_class)
    return [fault for name, root in roots.items() for fault in _check_part(name, root, allowed)[2]]


def check_template(template: bytes, paper_class: type) -> None:
    """Do nothing for a template that may be registered for `paper_class`; raise TemplateRefused otherwise.

    Besides the lint it fills the template twice, with every list filled and with every list empty: tags
    that are sound one by one can still tear a table apart.
    """
    faults = lint(template, paper_class)
    if faults:
        raise TemplateRefused(faults)
    for full in (True, False):
        render(template, letterhead=sample(Letterhead, full=full), paper=sample(paper_class, full=full))


def render(template: bytes, **roots: object) -> bytes:
    """Return the filled .docx: `render(template, letterhead=Letterhead(…), paper=SurveyReport(…))`.

    Each root is a dataclass, or the dict that `plain` made of one (a stored context gives the same file
    again). The same template and context give the same bytes, so a SHA-256 proves a version.

    Raises TemplateRefused for a template that may not be used, ContextRefused for a value that cannot
    stand in a document, TypeError for a value that is not plain.
    """
    prepared = _prepare(template)
    context = {name: plain(value, name) for name, value in roots.items()}
    filled = {name: _fill(name, part, context) for name, part in prepared.templates.items()}
    return package.write({**prepared.parts, **filled})


def plain(value: object, path: str) -> Any:
    """Return dataclasses, dicts and sequences as dicts and lists of str, int, bool and None, ready for JSON.

    `path` names the value in errors. Raises TypeError for any other type (a model instance would hand its
    methods to the template) and ContextRefused for a character that XML forbids.
    """
    if isinstance(value, str):
        return _clean(value, path)
    if value is None or type(value) in (bool, int):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name), f"{path}.{f.name}") for f in dataclasses.fields(value)}
    if isinstance(value, Mapping) and all(type(key) is str for key in value):
        return {key: plain(item, f"{path}.{key}") for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, f"{path}[{number}]") for number, item in enumerate(value)]
    raise TypeError(f"{path} is a {type(value).__name__}; a document takes text, whole numbers and lists of them")


def _clean(text: str, path: str) -> str:
    forbidden = _NOT_XML.search(text)
    if forbidden:
        raise ContextRefused(
            _("%(field)s holds the control character U+%(code)s, which a Word file cannot store; delete it.")
            % {"field": path, "code": f"{ord(forbidden.group()):04X}"}
        )
    return str(text).replace("\r\n", "\n").replace("\r", "\n")


# Compiling a template is nearly all the work of rendering it; the cached parts are never changed.
@lru_cache(maxsize=64)
def _prepare(template: bytes) -> _Prepared:
    parts = package.read(template)
    checked = {name: _check_part(name, root, None) for name, root in package.text_parts(parts).items()}
    faults = [fault for _source, _paths, wrong in checked.values() for fault in wrong]
    if faults:
        raise TemplateRefused(faults)
    templates = {name: _ENVIRONMENT.from_string(source) for name, (source, _paths, _wrong) in checked.items()}
    return _Prepared(parts, templates, frozenset().union(*(paths for _source, paths, _wrong in checked.values())))


def _check_part(name: str, root: Any, allowed: frozenset[str] | None) -> tuple[str, set[str], list[Fault]]:
    """Return a part's Jinja source, the paths it uses and its faults."""
    tags, faults = lint_rules.find_tags(name, root)
    if faults:  # docxtpl's patterns take quadratic time on tags that are never closed
        return "", set(), faults
    # A line break inside Word's text is a space; kept, it would later be taken for a value's line break.
    source: str = _DOCXTPL.patch_xml(etree.tostring(root, encoding="unicode").replace("\n", " "))
    paths, faults = lint_rules.check_syntax(source, tags, environment=_ENVIRONMENT, allowed=allowed)
    return source, paths, faults


def _fill(name: str, part: Template, context: dict[str, Any]) -> bytes:
    try:
        text = part.render(context)
        if "\n" in text or "\t" in text:
            text = _DOCXTPL.resolve_listing(text)
        filled: bytes = _DECLARATION + text.encode()
        package.parse_xml(filled)
    except (TemplateError, TypeError, etree.XMLSyntaxError) as error:
        reason = _("the template cannot be filled: %(error)s") % {"error": error}
        raise TemplateRefused([Fault(tag=name, place=_("file"), reason=reason)]) from error
    return filled
