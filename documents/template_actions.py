"""What a province does with its Word templates: upload, publish from a day on, withdraw."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents import docx, files, policies
from documents.docx import sandbox
from documents.errors import NotReady
from documents.models import DocumentTemplate
from people import audit
from people.models import AdminUnit, User
from projects.errors import NotAllowedForYou

State = DocumentTemplate.State


@transaction.atomic
def upload_template(
    kind: str,
    data: bytes,
    *,
    paper_class: type,
    province: AdminUnit,
    by: User,
    note: str = "",
    now: datetime | None = None,
) -> DocumentTemplate:
    """Keep a Word file as the province's next version of the template of a kind; it prints nothing until published.

    The file of the province's newest version again is that version. Raises TemplateRefused naming each tag that
    is wrong, NotAllowedForYou for anyone but the province's administrators.
    """
    _check_administrator(by, province.pk)
    sandbox.check_template(data, paper_class)
    province = AdminUnit.objects.select_for_update().get(pk=province.pk)  # one upload at a time counts versions
    latest = DocumentTemplate.objects.of(kind, province).first()
    digest = files.sha256(data)
    if latest and latest.sha256 == digest and latest.state != State.WITHDRAWN:
        return latest
    template = DocumentTemplate.objects.create(
        kind=kind,
        province=province,
        version=latest.version + 1 if latest else 1,
        note=note,
        file=files.keep("document-templates", data, ".docx"),
        sha256=digest,
        registered_at=now or timezone.now(),
        registered_by=by,
    )
    _log(template, "document.template_uploaded", by=by, at=now)
    return template


@transaction.atomic
def publish_template(
    template: DocumentTemplate, *, paper_class: type, in_use_from: date, by: User, now: datetime | None = None
) -> DocumentTemplate:
    """Let the template print its province's papers of `in_use_from` and later; drafts that exist keep theirs.

    Raises NotAllowedForYou for anyone but another administrator of the province than the one who uploaded it
    (who may when there is no other), NotReady for a template that is not waiting or a day that has passed,
    TemplateRefused when the paper's data has changed since the upload.
    """
    template = _locked(template, by)
    if template.state != State.DRAFT:
        raise NotReady(
            _("Version %(version)d is %(state)s; upload the file again to publish it anew.")
            % {"version": template.version, "state": template.get_state_display().lower()}
        )
    if not policies.can_publish_template(by, template):
        raise NotAllowedForYou(
            _("Whoever uploads a Word template does not publish it; ask another administrator of the province to.")
        )
    today = timezone.localdate(now)
    if in_use_from < today:
        raise NotReady(
            _("%(day)s has passed; a template comes into use today or later.")
            % {"day": date_format(in_use_from, "SHORT_DATE_FORMAT")}
        )
    with template.file.open() as file:
        docx.check_template(file.read(), paper_class)
    template.state, template.in_use_from = State.PUBLISHED, in_use_from
    template.published_at, template.published_by = now or timezone.now(), by
    template.save(update_fields=["state", "in_use_from", "published_at", "published_by"])
    _log(template, "document.template_published", by=by, at=now, day=in_use_from.isoformat())
    return template


@transaction.atomic
def withdraw_template(
    template: DocumentTemplate, *, reason: str, by: User, now: datetime | None = None
) -> DocumentTemplate:
    """Take a province's template out of use, for good; its papers are printed with the one before it.

    Papers that exist stay as they are, and a draft is still issued with it. Raises NotAllowedForYou for anyone
    but the province's administrators, NotReady when it is withdrawn already.
    """
    template = _locked(template, by)
    if template.state == State.WITHDRAWN:
        raise NotReady(_("Version %(version)d is withdrawn already.") % {"version": template.version})
    template.state = State.WITHDRAWN
    template.save(update_fields=["state"])
    _log(template, "document.template_withdrawn", by=by, at=now, reason=reason)
    return template


def _locked(template: DocumentTemplate, by: User) -> DocumentTemplate:
    """The province's template, to be changed; the program's own is changed by an update of the program only."""
    template = DocumentTemplate.objects.select_for_update(of=("self",)).select_related("province").get(pk=template.pk)
    _check_administrator(by, template.province_id)
    return template


def _check_administrator(user: User, province_id: int | None) -> None:
    if not policies.can_keep_templates(user, province_id):
        raise NotAllowedForYou(_("The Word templates of a province are kept by its administrators."))


def _log(template: DocumentTemplate, verb: str, *, by: User, at: datetime | None, **facts: Any) -> None:
    audit.record(
        verb,
        by=by,
        target=template,
        province=template.province,
        at=at,
        kind=template.kind,
        version=template.version,
        **facts,
    )
