"""The one door to docxtpl: check a Word template, fill it, read its text.

docxtpl on its own runs whatever code a template holds and drops `&` and missing values without a word
(python-docx-template issues 549, 632, 634). Here docxtpl only turns Word's XML into Jinja source, once per
template; parsing, filling and writing are ours, strict and the same every time.
"""

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from docxtpl import DocxTemplate
from jinja2 import Environment, Template
from jinja2.exceptions import TemplateError
from lxml import etree

from documents.docx import package, pictures, syntax
from documents.docx import tags as tag_rules
from documents.docx.balance import is_balanced
from documents.docx.environment import environment
from documents.docx.readable import further_faults
from documents.docx.shape import PICTURE, leaves, paths_of, sample
from documents.docx.text import text_of
from documents.docx.values import plain
from documents.errors import Fault, TemplateRefused
from documents.letterhead import Letterhead

__all__ = ["check_template", "lint", "plain", "refuse_faults", "render", "text_of", "variables"]

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FASTEST = 1  # zlib's level for what changes: a sixth of the time of its usual level, for a third more bytes
# Word's own text breaks lines; a property (the title) does not.
_IN_RUNS, _IN_PROPERTIES = environment(in_runs=True), environment(in_runs=False)
# Only its text functions are used; it never opens a file.
_DOCXTPL = DocxTemplate(io.BytesIO())


@dataclass(frozen=True)
class _Part:
    """A part with its tags compiled. One that is proven to stay well-formed is not parsed after it is filled."""

    template: Template
    is_proven: bool


@dataclass(frozen=True)
class _Prepared:
    """A template ready to fill: its fixed parts as they are and compressed, its compiled parts, the paths it uses."""

    parts: dict[str, bytes]
    packed: dict[str, package.Member]
    templates: dict[str, _Part]
    paths: frozenset[str]


def variables(template: bytes) -> set[str]:
    """Return the template's variables as paths: `letterhead.agency`, `paper.products[].name`.

    Raises TemplateRefused like `render`.
    """
    return leaves(_prepare(template).paths)


def lint(template: bytes, paper_class: type) -> list[Fault]:
    """Return everything wrong with a template that is to print `paper_class` under a letterhead; [] when sound."""
    return _faults(template, paths_of(letterhead=Letterhead, paper=paper_class))


def check_template(template: bytes, paper_class: type) -> None:
    """Do nothing for a template that may be registered for `paper_class`; raise TemplateRefused otherwise.

    Besides the lint it fills the template twice, with every list filled and with every list empty: tags
    that are sound one by one can still tear a table apart. What a person uploads goes through
    `documents.docx.sandbox` instead.
    """
    refuse_faults(template, paths_of(letterhead=Letterhead, paper=paper_class))
    for full in (True, False):
        render(template, letterhead=sample(Letterhead, full=full), paper=sample(paper_class, full=full))


def refuse_faults(template: bytes, allowed: frozenset[str]) -> None:
    """Do nothing for a template that prints only the paths of `allowed`; raise TemplateRefused otherwise."""
    if faults := _faults(template, allowed):
        raise TemplateRefused(faults)


def _faults(template: bytes, allowed: frozenset[str]) -> list[Fault]:
    try:
        roots = package.text_parts(package.read(template))
    except TemplateRefused as refused:
        return list(refused.faults)
    return [fault for name, root in roots.items() for fault in _check_part(name, root, allowed)[2]]


def render(template: bytes, **roots: object) -> bytes:
    """Return the filled .docx: `render(template, letterhead=Letterhead(…), paper=SurveyReport(…))`.

    Each root is a dataclass, or the dict that `plain` made of one (a stored context gives the same file
    again). The same template and context give the same bytes, so a SHA-256 proves a version.

    Raises TemplateRefused for a template that may not be used, ContextRefused for a value that cannot
    stand in a document, TypeError for a value that is not plain.
    """
    prepared = _prepare(template)
    context = {name: plain(value, name) for name, value in roots.items()}
    placed = pictures.place(context, prepared.paths)
    filled = {name: _fill(name, part, context) for name, part in prepared.templates.items()}
    filled |= pictures.parts_with(placed, text=filled.get(package.BODY, b""), parts=prepared.parts) if placed else {}
    packed = {name: package.pack(name, blob, _FASTEST) for name, blob in filled.items()}
    return package.join((prepared.packed | packed).values())


# Compiling a template is nearly all the work of rendering it; the cached parts are never changed.
@lru_cache(maxsize=64)
def _prepare(template: bytes) -> _Prepared:
    parts = package.read(template)
    checked = {name: _check_part(name, root, None) for name, root in package.text_parts(parts).items()}
    faults = [fault for _source, _paths, wrong in checked.values() for fault in wrong]
    if faults:
        raise TemplateRefused(faults)
    paths = frozenset().union(*(paths for _source, paths, _wrong in checked.values()))
    # A part without a tag never changes; docxtpl's patterns have nothing to find in it either.
    sources = {name: source for name, (source, _paths, _wrong) in checked.items() if tag_rules.has_tags(source)}
    fixed = {name: package.pack(name, blob) for name, blob in parts.items() if name not in sources}
    return _Prepared(parts, fixed, {name: _compiled(name, source) for name, source in sources.items()}, paths)


def _compiled(name: str, source: str) -> _Part:
    used = _environment_of(name)
    return _Part(used.from_string(_DECLARATION + source), is_balanced(used.parse(source).body))


def _environment_of(name: str) -> Environment:
    return _IN_PROPERTIES if name == package.CORE else _IN_RUNS


def _check_part(name: str, root: Any, allowed: frozenset[str] | None) -> tuple[str, set[str], list[Fault]]:
    """Return a part's Jinja source, the paths it uses and its faults."""
    tags, faults = tag_rules.find_tags(name, root)
    used = _environment_of(name)
    if faults:  # docxtpl's patterns take quadratic time on tags that are never closed
        return "", set(), faults + further_faults(tags, faults, environment=used, allowed=allowed)
    # A line break inside Word's text is a space; kept, it would later be taken for a value's line break.
    source: str = _DOCXTPL.patch_xml(etree.tostring(root, encoding="unicode").replace("\n", " "))
    paths, faults = syntax.check_syntax(source, tags, environment=used, allowed=allowed)
    if faults:
        faults += further_faults(tags, faults, environment=used, allowed=allowed)
    if name != package.BODY and any(path.endswith(f".{PICTURE}") for path in paths):
        faults.append(Fault(tag=PICTURE, place=name, reason=_("a picture may stand only in the text of the paper")))
    return source, paths, faults


def _fill(name: str, part: _Part, context: dict[str, Any]) -> bytes:
    try:
        filled = part.template.render(context).encode()
        if not part.is_proven:
            package.parse_xml(filled)
    except (TemplateError, TypeError, etree.XMLSyntaxError) as error:
        reason = _("the template cannot be filled: %(error)s") % {"error": error}
        raise TemplateRefused([Fault(tag=name, place=_("file"), reason=reason)]) from error
    return filled
