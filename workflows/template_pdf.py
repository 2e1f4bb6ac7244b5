"""How a Word template looks as PDF before it is published: filled in the sandbox, converted in the background."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import pdf
from documents import template_preview as preview
from documents.docx import sandbox
from documents.errors import NotReady
from documents.models import Document, DocumentTemplate
from jobs.actions import start_job
from jobs.files import ChunkFile
from jobs.kinds import Chunk, Cursor, Kind
from jobs.models import Job
from people import audit
from people.models import User
from workflows.papers import ALL_KINDS


class TemplatePreview(Kind):
    """Prints the template in `arguments["template"]` as PDF, in one chunk: on the paper in `arguments["on"]`, which
    its owner must still see, or on the sample (None). The PDF is the job's file.
    """

    key: ClassVar[str] = "template_preview"
    label: ClassVar[Any] = gettext_lazy("PDF preview of a Word template")
    unit: ClassVar[Any] = gettext_lazy("documents")

    def step(self, job: Job, cursor: Cursor) -> Chunk:
        template = DocumentTemplate.objects.get(pk=job.arguments["template"])
        with template.file.open() as stored:
            word = stored.read()
        data = _data(template, job.arguments["on"], job.owner)
        made = pdf.convert(sandbox.render(word, ALL_KINDS[template.kind].data_class, **data))
        file = ChunkFile(job)
        with file.append(0):
            file.write(made)
        return Chunk(None, 1, file=file, file_name=f"{template.kind}.v{template.version}.pdf")

    def may_fetch(self, job: Job, user: User) -> bool:
        """Only who asked for it: it may show a paper that others do not see."""
        return user.pk == job.owner_id


def newest_preview(template: DocumentTemplate, user: User) -> Job | None:
    """Return the newest preview of the template that the user asked for."""
    jobs: Any = Job.objects.filter(kind=TemplatePreview.key, target=audit.label(template), owner=user)
    found: Job | None = jobs.first()
    return found


@transaction.atomic
def ask_for_preview(template: DocumentTemplate, on: Document | None, *, by: User) -> Job:
    """Have the template printed as PDF on a paper (None: on the sample); asked twice it is one work.

    Raises PdfFailed where LibreOffice is missing, NotReady while another preview of the template is made or when
    there is nothing to print it on.
    """
    if not pdf.is_there():
        raise pdf.PdfFailed(pdf.missing())
    arguments = {"template": template.pk, "on": on.pk if on else None}
    _data(template, arguments["on"], by)
    job = start_job(
        TemplatePreview,
        template,
        by=by,
        province=None,  # a look of one person, no work of the province
        total=1,
        label=_("%(kind)s, version %(number)d") % {"kind": ALL_KINDS[template.kind].name, "number": template.version},
        arguments=arguments,
    )
    if (job.owner_id, job.arguments) != (by.pk, arguments):
        raise NotReady(_("Another PDF of this version is being made; ask again in a minute."))
    return job


def _data(template: DocumentTemplate, on: int | None, user: User) -> Mapping[str, Any]:
    if on is None:
        return preview.sample_data(template.kind, preview.organisation_of(user, template.province_id))
    document = Document.objects.visible_to(user).filter(pk=on).first()
    if document is None:
        raise NotReady(_("The paper that was chosen is not there any more; choose another one."))
    return preview.data_of(document)
