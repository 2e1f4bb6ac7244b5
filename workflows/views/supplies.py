"""Providers and the ledger of stamps that were supplied (step 7); taking a product out of its project."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from onboarding import policies
from onboarding.actions import supply as actions
from onboarding.models import SolutionProvider, StampSupply
from onboarding.progress import journeys_of
from people.errors import Refusal
from projects.forms import ReasonForm
from projects.models import PilotProject
from projects.views.case import PersonRequest, case_file, crumbs, managed_file, page
from projects.views.sheets import list_sheet, wants_sheet
from workflows import journeys
from workflows.forms.supply import ProviderForm, ReceiptForm, SupplyRecordForm


@login_required
@require_safe
def supplies(request: PersonRequest, code: str) -> HttpResponse:
    """Who may supply, what was handed out and received, and who pays which part."""
    project = case_file(request, code)
    rows = list(_supplies(project))
    if wants_sheet(request):
        columns = [_("Product"), _("Producer"), _("Provider"), _("Handed out on"), _("Stamps handed out"),
                   _("Stamps received"), _("Share of the budget (%)"), _("Share of the producer (%)")]  # fmt: skip
        title = _("Supply of stamps of project %(code)s") % {"code": code}
        return list_sheet(f"cap-tem-{code}", title, columns, map(_cells, rows))
    context = page(
        project,
        request.user,
        "cohort",
        rows=rows,
        providers=list(_providers(request, project)),
        on_portal=list(journeys_of(project).filter(group__isnull=False)),
        handed_out=sum(row.quantity for row in rows),
        received=sum(row.received or 0 for row in rows),
        may_choose=policies.holds(request.user, project, policies.LEADING),
        may_supply=policies.holds(request.user, project, policies.SUPPLYING),
    )
    return render(request, "workflows/supplies.html", context)


def _supplies(project: PilotProject) -> QuerySet[StampSupply]:
    return (
        StampSupply.objects.filter(onboarding__enrolment__project=project)
        .select_related("onboarding__enrolment__product__producer", "provider", "recorded_by")
        .order_by("-supplied_on", "-pk")
    )


def _providers(request: PersonRequest, project: PilotProject) -> QuerySet[SolutionProvider]:
    found: QuerySet[SolutionProvider] = SolutionProvider.objects.visible_to(request.user)
    return found.filter(province=project.province_id).order_by("name")


def _cells(row: StampSupply) -> list[Any]:
    product = row.onboarding.enrolment.product
    return [product.name, str(product.producer), row.provider.name, row.supplied_on, row.quantity, row.received,
            row.state_share, row.producer_share]  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose_provider(request: PersonRequest, code: str) -> HttpResponse:
    """Choose a provider; managers."""
    project = file_for(request, code, policies.LEADING)
    form = ProviderForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        actions.choose_provider(project, by=request.user, **form.cleaned_data)

    return answer_form(request, project, form, save, _("Choose a provider"), _("The provider is recorded."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_supply(request: PersonRequest, code: str) -> HttpResponse:
    """Record stamps that were handed out; managers and stamp officers."""
    project = file_for(request, code, policies.SUPPLYING)
    products = journeys_of(project).filter(group__module_order__answered_on__isnull=False, closed_at=None)
    sent = request.POST if request.method == "POST" else None
    form = SupplyRecordForm(sent, products=products, providers=_providers(request, project))

    def save() -> None:
        answers = dict(form.cleaned_data)
        actions.record_supply(answers.pop("onboarding"), answers.pop("provider"), by=request.user, **answers)

    return answer_form(request, project, form, save, _("Record stamps handed out"), _("The delivery is recorded."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Record how many stamps of a delivery came; managers and stamp officers."""
    project = file_for(request, code, policies.SUPPLYING)
    row = get_object_or_404(_supplies(project), pk=pk)
    form = ReceiptForm(request.POST if request.method == "POST" else None, initial={"received": row.quantity})

    def save() -> None:
        actions.record_receipt(row, received=form.cleaned_data["received"], by=request.user)

    title = _("Stamps received: %(product)s") % {"product": row.onboarding.enrolment.product}
    return answer_form(request, project, form, save, title, _("The receipt is recorded."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Take a product out of the project, with a reason, after asking; its steps end."""
    project = managed_file(request, code)
    enrolment = get_object_or_404(project.enrolments.select_related("product__producer"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            journeys.withdraw(enrolment, by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, _("“%(product)s” no longer takes part.") % {"product": enrolment.product.name})
            return redirect("project_products", code=project.code)
    context = {"form": form, "project": project, "enrolment": enrolment, "crumbs": crumbs(project)}
    return render(request, "projects/withdraw.html", context, status=422 if form.errors else 200)


def file_for(request: PersonRequest, code: str, roles: tuple[str, ...]) -> PilotProject:
    """Return the project for the holders of the roles; 404 for strangers, 403 for who may only see it."""
    project = case_file(request, code)
    if not policies.holds(request.user, project, roles):
        raise PermissionDenied
    return project


def answer_form(
    request: PersonRequest, project: PilotProject, form: forms.Form, save: Callable[[], None], title: str, done: str
) -> HttpResponse:
    """Show the form and, when it was sent, save it: back to the ledger, or 422 with what was refused."""
    back = reverse("cohort_supplies", args=[project.code])
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(back)
    context = {"form": form, "title": title, "back_url": back, "back_label": _("Supply of stamps")}
    return render(request, "workflows/cohort_form.html", context, status=422 if form.errors else 200)
