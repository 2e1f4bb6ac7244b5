"""docxtpl itself, whose text ours must equal."""

from __future__ import annotations

import io
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined

from documents.docx.environment import environment
from documents.docx.shape import is_chart


def by_docxtpl(template: bytes, context: dict[str, Any], jinja: Environment | None = None) -> bytes:
    """Return what docxtpl alone makes of a template: open, fill, save, as its manual says."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(context, jinja, autoescape=True)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def with_our_filters() -> Environment:
    """Return an environment of Jinja's own making that knows our filters; its escaping is not ours."""
    jinja = Environment(
        autoescape=True, undefined=StrictUndefined, finalize=lambda value: "" if value is None else value
    )
    jinja.filters |= environment(in_runs=True).filters
    return jinja


def without_pictures(value: Any) -> Any:
    """Return the context with an empty text for each picture: docxtpl draws none."""
    if isinstance(value, list):
        return [without_pictures(item) for item in value]
    if not isinstance(value, dict):
        return value
    drawn = {"picture": ""} if is_chart(value) else {}
    return {name: without_pictures(item) for name, item in value.items()} | drawn
