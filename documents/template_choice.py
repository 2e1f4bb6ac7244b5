"""Which version of a template prints a document: the one it was begun with, or the one in use."""

from __future__ import annotations

import dataclasses
from datetime import date

from django.utils.translation import gettext as _

from documents import docx
from documents.docx.shape import leaves, paths_of
from documents.errors import NotReady
from documents.letterhead import Letterhead
from documents.models import Document, DocumentTemplate, DocumentVersion

Published = DocumentTemplate.State.PUBLISHED


def template_for(document: Document, data: object, day: date, *, renew: bool = False) -> DocumentTemplate:
    """Return the template for the document's next draft, whose paper's data is `data`.

    A document that has a draft keeps the template of that draft, so that a case does not change its look on
    the way; `renew` takes the one in use on `day` instead. So does a draft whose template was withdrawn or prints
    fields that the paper no longer has. Raises NotReady without a template, and when the one in use does not fit.
    """
    kept = None if renew else _kept(document)
    if kept and not misfits(kept, type(data)):
        return kept
    found = DocumentTemplate.objects.in_use(document.kind, document.organisation.province, day)
    if found is None:
        raise NotReady(
            _("No Word template is registered for “%(kind)s”; run manage.py register_templates.")
            % {"kind": document.kind}
        )
    if wrong := misfits(found, type(data)):
        raise NotReady(
            _(
                "“%(title)s” cannot be prepared: version %(version)d of its Word template prints fields that it no "
                "longer has: %(fields)s. The administrator withdraws that version or publishes a corrected one."
            )
            % {"title": document.title, "version": found.version, "fields": ", ".join(wrong)}
        )
    return found


def newer_template(document: Document, day: date) -> DocumentTemplate | None:
    """Return the template in use on `day` when the document's draft was made with another one, else None."""
    kept = _kept(document)
    if kept is None:
        return None
    found = DocumentTemplate.objects.in_use(document.kind, document.organisation.province, day)
    return found if found != kept else None


def misfits(template: DocumentTemplate, paper_class: type) -> list[str]:
    """Return the fields that the template prints and a paper of `paper_class` does not have."""
    if not dataclasses.is_dataclass(paper_class):
        return []
    known = leaves(paths_of(letterhead=Letterhead, paper=paper_class))
    with template.file.open() as file:
        return sorted(docx.variables(file.read()) - known)


def _kept(document: Document) -> DocumentTemplate | None:
    """The template of the draft that lies there, unless it was withdrawn."""
    latest = document.versions.defer("context").select_related("template").order_by("-number").first()
    if latest is None or latest.state != DocumentVersion.State.DRAFT or latest.template.state != Published:
        return None
    return latest.template
