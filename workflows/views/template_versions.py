"""One version of a Word template: how it prints, what it changes, and putting it into use."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents import pdf
from documents import template_preview as preview
from documents.checking import form_of_kind
from documents.errors import DocumentError
from documents.format import check_format
from documents.models import DocumentTemplate
from documents.template_actions import publish_template, withdraw_template
from documents.template_choice import misfits
from documents.views import attachment
from jobs.progress import progress_of
from people import audit
from people.frame import accepted
from people.models import AdminUnit
from projects.views.case import PersonRequest
from workflows import history
from workflows.forms.template import PreviewForm, PublishForm, WithdrawForm
from workflows.papers import ALL_KINDS
from workflows.template_pdf import ask_for_preview, newest_preview
from workflows.views.templates import TONES, State, crumbs, rights


@login_required
@require_safe
def version(request: PersonRequest, pk: int) -> HttpResponse:
    """A version with its facts, how it prints, what it changes against the one in use, and its history."""
    return _page(request, _fetch(request, pk))


@login_required
@require_safe
def show(request: PersonRequest, pk: int) -> HttpResponse | FileResponse:
    """The paper that the version prints on the chosen data, as a Word file; a draft without a number."""
    template = _fetch(request, pk)
    try:
        data = preview.printed(template, _data(request, template, _preview_form(request, template)))
    except DocumentError as error:
        messages.error(request, str(error))
        return redirect(template.get_absolute_url())
    return attachment(
        BytesIO(data), _("Preview %(kind)s v%(number)d") % {"kind": template.kind, "number": template.version} + ".docx"
    )


@login_required
@require_POST
def make_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """Have the version printed as PDF on the chosen data; the page shows how far that is."""
    template = _fetch(request, pk)
    form = PreviewForm(request.POST, papers=preview.cases(template, request.user))
    try:
        ask_for_preview(template, form.chosen, by=request.user)
    except DocumentError as error:
        messages.error(request, str(error))
    return redirect(f"{template.get_absolute_url()}?{urlencode({'on': request.POST.get('on', '')})}#pdf")


@login_required
@require_POST
def publish(request: PersonRequest, pk: int) -> HttpResponse:
    """Put the version into use from a day on."""
    template, form = _fetch(request, pk), PublishForm(request.POST)
    done = accepted(
        form,
        lambda: publish_template(
            template,
            paper_class=ALL_KINDS[template.kind].data_class,
            in_use_from=form.cleaned_data["in_use_from"],
            by=request.user,
        ),
    )
    if done is None:
        return _page(request, template, publish_form=form)
    day = date_format(done.in_use_from, "SHORT_DATE_FORMAT")
    messages.success(request, _("Version %(number)d is in use from %(day)s.") % {"number": done.version, "day": day})
    return redirect(done.get_absolute_url())


@login_required
@require_POST
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the version out of use."""
    template, form = _fetch(request, pk), WithdrawForm(request.POST)
    done = accepted(form, lambda: withdraw_template(template, reason=form.cleaned_data["reason"], by=request.user))
    if done is None:
        return _page(request, template, withdraw_form=form)
    messages.success(request, _("Version %(number)d is withdrawn.") % {"number": done.version})
    return redirect(done.get_absolute_url())


def _fetch(request: PersonRequest, pk: int) -> DocumentTemplate:
    visible = DocumentTemplate.objects.visible_to(request.user).filter(kind__in=ALL_KINDS)
    return get_object_or_404(visible.select_related("province", "registered_by", "published_by"), pk=pk)


def _page(
    request: PersonRequest,
    template: DocumentTemplate,
    *,
    publish_form: PublishForm | None = None,
    withdraw_form: WithdrawForm | None = None,
) -> HttpResponse:
    kind, form = ALL_KINDS[template.kind], _preview_form(request, template)
    in_use = DocumentTemplate.objects.in_use(template.kind, _province(request, template), timezone.localdate())
    context = {
        "template": template,
        "kind": kind,
        "title": _("%(kind)s, version %(number)d") % {"kind": kind.name, "number": template.version},
        "tone": TONES[State(template.state)],
        "crumbs": [*crumbs(), {"label": kind.name, "url": reverse("document_template", args=[template.kind])}],
        "facts": _facts(template, in_use),
        "rights": rights(request.user, template),
        "publish_form": publish_form or PublishForm(),
        "withdraw_form": withdraw_form or WithdrawForm(),
        "misfits": misfits(template, kind.data_class),
        "form": form,
        "on": request.GET.get("on", ""),
        "in_use": in_use,
        "comparison": preview.compared(in_use, template) if in_use and in_use != template else None,
        "events": history.lines(audit.history(template)),
        "no_pdf": "" if pdf.is_there() else pdf.missing(),
        **_printed(request, template, form),
        "pdf": _progress(request, template),
    }
    return render(
        request, "documents/template_version.html", context, status=422 if publish_form or withdraw_form else 200
    )


def _printed(request: PersonRequest, template: DocumentTemplate, form: PreviewForm) -> dict[str, Any]:
    """The text as it prints on the chosen data, or why it cannot."""
    try:
        paper = preview.printed(template, _data(request, template, form))
    except DocumentError as error:
        return {"problem": str(error)}
    return {"reading": preview.reading(paper), "findings": check_format(paper, form=form_of_kind(template.kind))}


def _progress(request: PersonRequest, template: DocumentTemplate) -> dict[str, Any]:
    """How far the PDF is that the reader asked for."""
    job = newest_preview(template, request.user)
    return progress_of(job, request.user) if job else {}


def _preview_form(request: PersonRequest, template: DocumentTemplate) -> PreviewForm:
    return PreviewForm(request.GET, papers=preview.cases(template, request.user))


def _data(request: PersonRequest, template: DocumentTemplate, form: PreviewForm) -> Any:
    if form.chosen:
        return preview.data_of(form.chosen)
    organisation = preview.organisation_of(request.user, template.province_id)
    return preview.sample_data(template.kind, organisation)


def _province(request: PersonRequest, template: DocumentTemplate) -> AdminUnit | None:
    """Whose template in use it is compared with: the program's own stands beside the reader's."""
    if template.province:
        return template.province
    organisation = preview.organisation_of(request.user, None)
    return organisation.province if organisation else None


def _facts(template: DocumentTemplate, in_use: DocumentTemplate | None) -> list[tuple[str, Any]]:
    uploaded = date_format(localtime(template.registered_at), "SHORT_DATETIME_FORMAT")
    facts = [
        (_("For the papers of"), str(template.province or _("every province without a template of its own"))),
        (_("Uploaded"), f"{uploaded}, {template.registered_by or _('with the program')}"),
    ]
    if template.note:
        facts.append((_("What changed"), template.note))
    if template.in_use_from:
        facts.append((_("In use from"), date_format(template.in_use_from, "SHORT_DATE_FORMAT")))
    if template.published_by and template.published_at:
        published = date_format(localtime(template.published_at), "SHORT_DATETIME_FORMAT")
        facts.append((_("Published"), f"{published}, {template.published_by}"))
    if in_use == template:
        facts.append((_("Today"), _("It prints the papers that are begun today.")))
    return [*facts, (_("SHA-256"), template.sha256)]
