"""Registering the Word templates that come with the program."""

from __future__ import annotations

from datetime import datetime

from documents import files
from documents.actions import register_template
from documents.blueprints import template_path
from documents.models import DocumentTemplate
from workflows.papers import ALL_KINDS


def register_builtin_templates(*, now: datetime | None = None) -> list[DocumentTemplate]:
    """Register the template of every kind and return the new ones; repeating it changes nothing.

    One that was ever registered stays as it is. What provinces made of them is not touched.
    """
    return [template for kind in ALL_KINDS if (template := register_builtin_template(kind, now=now))]


def register_builtin_template(kind: str, *, now: datetime | None = None) -> DocumentTemplate | None:
    """Register the program's template of one kind; None when it was registered before."""
    data = template_path(kind).read_bytes()
    if DocumentTemplate.objects.of(kind, None).filter(sha256=files.sha256(data)).exists():
        return None
    return register_template(kind, data, paper_class=ALL_KINDS[kind].data_class, by=None, now=now)
