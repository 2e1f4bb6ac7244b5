"""Granting stamps to the products of a project: each its own number, or one number for all."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.errors import Refusal
from projects.actions.stamp_quota import grant_stamps
from projects.models import Enrolment, PilotProject
from projects.views.case import PersonRequest, managed_file, page
from stamps.models import StampOrder
from stamps.quota import ordered_by_enrolment
from workflows.forms.stamp_quota import StampQuotaForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stamp_quota(request: PersonRequest, code: str) -> HttpResponse:
    """How many stamps each product may get in all, with what is ordered already."""
    project = managed_file(request, code)
    enrolments = list(
        project.enrolments.filter(withdrawn_at=None).select_related("product__producer").order_by("product__name", "pk")
    )
    form = StampQuotaForm(request.POST or None, enrolments=enrolments)
    if form.is_valid() and _granted(request, form, enrolments):
        messages.success(request, _("The stamps are granted."))
        return redirect("project_products", code=project.code)
    return render(request, "workflows/stamp_quota.html", _context(request, project, form, enrolments))


def _granted(request: PersonRequest, form: StampQuotaForm, enrolments: list[Enrolment]) -> bool:
    """Grant all or nothing; a refusal goes next to the product that it is about."""
    enrolment = enrolments[0] if enrolments else None
    try:
        with transaction.atomic():
            for enrolment in enrolments:
                grant_stamps(enrolment, quota=form.quota_of(enrolment), by=request.user)
    except Refusal as refusal:
        form.add_error(form.name_of(enrolment) if enrolment else None, str(refusal))
        return False
    return True


def _context(
    request: PersonRequest, project: PilotProject, form: StampQuotaForm, enrolments: list[Enrolment]
) -> dict[str, object]:
    ordered = ordered_by_enrolment(StampOrder.objects.filter(enrolment__in=enrolments))
    rows = [
        {"enrolment": enrolment, "ordered": ordered.get(enrolment.pk, 0), "field": form[form.name_of(enrolment)]}
        for enrolment in enrolments
    ]
    return page(project, request.user, "products", form=form, rows=rows)
