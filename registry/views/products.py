"""A product: its page, its facts and picture, its recognitions and standards."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.frame import PersonRequest, accepted, layout_for, refusals_said
from registry import actions, policies
from registry.errors import PictureRefused
from registry.forms import OwnProductForm, ProductForm, RecognitionForm, StandardsForm
from registry.models import Producer, Product
from registry.recognition import EXPIRING_DAYS, TONES, state_on
from registry.standard_warnings import standard_warnings
from registry.tables import standard_state
from registry.validity import barcode_warnings, chip
from registry.views.frame import may_keep, refuse_unless, render_form


def _product_for(request: PersonRequest, pk: int) -> Product:
    found: Product = get_object_or_404(Product.objects.visible_to(request.user).for_page(), pk=pk)
    return found


def _crumbs(found: Product) -> dict[str, str]:
    return {"parent_label": found.name, "parent_url": found.get_absolute_url()}


def _may_keep(request: PersonRequest, found: Product) -> bool:
    return may_keep(request.user, found.producer.province_id)


def _may_edit(request: PersonRequest, found: Product) -> bool:
    return _may_keep(request, found) or policies.acts_for(request.user, found.producer)


@login_required
@require_safe
def product(request: PersonRequest, pk: int) -> HttpResponse:
    """Everything that the registry knows about a product."""
    found = _product_for(request, pk)
    today = timezone.localdate()
    edit = {"label": _("Edit"), "url": reverse("registry:product_edit", args=[pk]), "icon": "edit"}
    context = {
        "product": found,
        "layout": layout_for(request.user),
        "crumbs": [
            {"label": _("Products"), "url": reverse("registry:products")},
            {"label": found.producer.name, "url": found.producer.get_absolute_url()},
        ],
        "facts": _facts(found),
        "recognition": _recognition_today(found, today),
        "recognitions": [(each, (each.valid_until - today).days) for each in found.recognitions.all()],
        "standards": [(each, standard_state(each, today)) for each in found.standards.all()],
        "certificates": [(each, chip(each.valid_until, today)) for each in found.certificates.all()],
        "add_url": reverse("registry:certificate_new", args=[found.producer_id]),
        "warnings": _warnings(found, today),
        **_renewal(found, today),
        "may_keep": _may_keep(request, found),
        "may_edit": _may_edit(request, found),
        "actions": [edit] if _may_edit(request, found) else [],
    }
    return render(request, "registry/product.html", context)


def _warnings(found: Product, today: date) -> list[str]:
    """What is odd about the product's barcode and standards."""
    registrations = list(found.producer.barcode_registrations.all())
    return [*barcode_warnings(found, registrations, today), *standard_warnings(found, today)]


def _renewal(found: Product, today: date) -> dict[str, Any]:
    """The open renewal, or whether one may be started."""
    latest = max((each.valid_until for each in found.recognitions.all()), default=None)
    can_renew = latest is not None and (latest - today).days <= EXPIRING_DAYS
    return {"renewal": found.renewals.open().first() if latest else None, "can_renew": can_renew}


def _facts(found: Product) -> list[tuple[str, Any]]:
    producer = format_html('<a href="{}">{}</a>', found.producer.get_absolute_url(), found.producer)
    return [
        (_("Producer"), producer),
        (_("Address"), found.producer.full_address()),
        (_("OCOP set"), found.ocop_set),
        (_("Brand"), found.brand),
        (_("GTIN"), found.gtin or _("no GTIN yet; stamps carry our own code")),
        (_("Own trace code"), found.own_code),
        (_("Shelf life"), _shelf_life(found.shelf_life_days)),
    ]


def _shelf_life(days: int | None) -> str:
    return _("%(count)s days") % {"count": days} if days else ""


def _recognition_today(found: Product, today: date) -> dict[str, str]:
    latest = max((each.valid_until for each in found.recognitions.all()), default=None)
    state = state_on(latest, today)
    now = found.recognition_on(today)
    words = f"OCOP {now.stars} ★ · {state.label}" if now else f"OCOP · {state.label}"
    return {"tone": TONES[state], "label": words}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def product_new(request: PersonRequest, producer_pk: int) -> HttpResponse:
    """Add a product to a producer."""
    producer = get_object_or_404(Producer.objects.visible_to(request.user).for_page(), pk=producer_pk)
    refuse_unless(may_keep(request.user, producer.province_id))
    form = ProductForm(request.POST or None, request.FILES or None)
    new = accepted(
        form,
        lambda: actions.register_product(producer, **form.cleaned_data, by=request.user),
        field=lambda refusal: "picture" if isinstance(refusal, PictureRefused) else "name",
    )
    if new is None:
        crumb = {"parent_label": producer.name, "parent_url": producer.get_absolute_url()}
        lead = _("The standards of its group are attached at once; change them on the product's page.")
        return render_form(request, form, title=_("Add a product"), lead=lead, submit=_("Add the product"), **crumb)
    messages.success(request, _("%(name)s is in the registry with code %(code)s.") % _name_and_code(new))
    return redirect(new)


def _name_and_code(found: Product) -> dict[str, str]:
    return {"name": found.name, "code": found.trace_code}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def product_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a product's facts and picture; its own people only picture and description."""
    found = _product_for(request, pk)
    refuse_unless(_may_edit(request, found))
    crumb = _crumbs(found)
    kind = ProductForm if _may_keep(request, found) else OwnProductForm
    form = kind(request.POST or None, request.FILES or None, instance=found)

    def edit() -> Product:
        picture = form.cleaned_data["picture"]
        return actions.edit_product(found, changes=form.changes(), picture=picture, by=request.user)

    saved = accepted(form, edit, field=lambda refusal: "picture" if isinstance(refusal, PictureRefused) else "name")
    if saved is None:
        return render_form(request, form, title=_("Edit the product"), submit=_("Save"), **crumb)
    messages.success(request, _("Saved."))
    return redirect(saved)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recognition_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Record a decision that gives the product its stars."""
    found = _product_for(request, pk)
    refuse_unless(_may_keep(request, found))
    form = RecognitionForm(request.POST or None)
    new = accepted(
        form,
        lambda: actions.record_recognition(found, **form.cleaned_data, by=request.user),
        field=lambda _refusal: "decision_number",
    )
    if new is None:
        lead = _("A recognition holds for 36 months from the day of the decision.")
        return render_form(
            request, form, title=_("Add an OCOP recognition"), lead=lead, submit=_("Record"), **_crumbs(found)
        )
    messages.success(request, _("The recognition was recorded."))
    return redirect(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def product_standards(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose the standards that the product applies."""
    found = _product_for(request, pk)
    refuse_unless(_may_keep(request, found))
    # An empty selection is an answer too, so the method decides, not the data.
    form = StandardsForm(request.POST if request.method == "POST" else None, product=found)
    if form.is_valid():
        with refusals_said(request):
            actions.set_standards(found, form.cleaned_data["standards"], by=request.user)
            messages.success(request, _("Saved."))
        return redirect(found)
    return render_form(
        request, form, title=_("Standards of the product"), submit=_("Save"), wide=True, **_crumbs(found)
    )


@login_required
@require_safe
def product_picture(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The product's picture, for those who may see the product; its address changes with the picture."""
    found = get_object_or_404(Product.objects.visible_to(request.user), pk=pk)
    try:
        response = FileResponse(found.image.open(), content_type="image/jpeg")
    except (ValueError, FileNotFoundError) as error:
        raise Http404 from error
    patch_cache_control(response, private=True, max_age=86400)
    return response
