"""Which products take part: enrolling one, importing the province's workbook."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from imports.errors import WorkbookRefused
from people.errors import Refusal
from people.frame import refusals_said
from projects import policies
from projects.actions import project as actions
from projects.actions.roster import RosterRefused, import_roster
from projects.filters import containing
from projects.forms import RosterForm
from projects.models import PilotProject
from projects.views.case import PersonRequest, managed_file, page
from registry.models import Product

PER_PAGE = 25


@login_required
@require_http_methods(["GET", "POST"])
def enrol(request: PersonRequest, code: str) -> HttpResponse:
    """Search the registry for a product that does not take part yet, and enrol it."""
    project = managed_file(request, code)
    if request.method == "POST":
        return _enrol(request, project)
    text = request.GET.get("q", "").strip()
    found = Product.objects.visible_to(request.user).for_table().filter(producer__province=project.province)
    found = found.exclude(pk__in=project.enrolled_products().order_by().values("pk")).order_by("name", "pk")
    if text:
        found = found.filter(containing(text, "name", "gtin", "own_code", "producer__name", "producer__tax_code"))
    candidates = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    rows = [_candidate(project, product, today) for product in candidates]
    context = page(project, request.user, "products", rows=rows, found=candidates, q=text)
    return render(request, "projects/enrol.html", context)


def _candidate(project: PilotProject, product: Product, today: date) -> dict[str, Any]:
    known = list(product.recognitions.all())
    return {
        "product": product,
        "recognition": product.recognition_on(today),
        "last": known[0] if known else None,
        "obstacle": _obstacle(project, product, today),
    }


def _obstacle(project: PilotProject, product: Product, today: date) -> str:
    """Why the product may not take part, or ""."""
    try:
        policies.check_can_enrol(project, product, today=today)
    except Refusal as error:
        return str(error)
    return ""


def _enrol(request: PersonRequest, project: PilotProject) -> HttpResponse:
    chosen = request.POST.get("product", "")
    products = Product.objects.visible_to(request.user)
    product = get_object_or_404(products, pk=int(chosen) if chosen.isdecimal() and len(chosen) < 19 else 0)
    with refusals_said(request):
        actions.enrol_product(project, product, by=request.user)
        messages.success(request, _("“%(product)s” takes part from today.") % {"product": product.name})
    return redirect("project_products", code=project.code)


@login_required
@require_http_methods(["GET", "POST"])
def import_products(request: PersonRequest, code: str) -> HttpResponse:
    """Enrol all products of the province's workbook, or list everything that is wrong with it."""
    project = managed_file(request, code)
    today = timezone.localdate()
    if request.method != "POST":
        return _import_page(request, project, RosterForm(project=project, today=today))
    form = RosterForm(request.POST, request.FILES, project=project, today=today)
    if not form.is_valid():
        return _import_page(request, project, form)
    try:
        done = import_roster(project, form.data_of_file(), by=request.user, on=form.cleaned_data["on"])
    except RosterRefused as error:
        return _import_page(request, project, form, refused=error)
    except (WorkbookRefused, Refusal) as error:
        form.add_error("file", str(error))
        return _import_page(request, project, form)
    messages.success(request, str(done))
    for warning in done.warnings:
        messages.warning(request, _("The project cannot be accepted yet: %(reason)s") % {"reason": warning})
    return redirect("project_products", code=project.code)


def _import_page(
    request: PersonRequest, project: PilotProject, form: RosterForm, refused: RosterRefused | None = None
) -> HttpResponse:
    wrong = bool(form.errors or refused)
    context = page(project, request.user, "products", form=form, refused=refused)
    return render(request, "projects/import.html", context, status=422 if wrong else 200)
