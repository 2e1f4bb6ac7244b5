"""Papers that producers hold: certificates and GS1 registrations, their lists, forms and files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.frame import PersonRequest, accepted, layout_for, refusals_said
from registry import actions
from registry.downloads import in_file_name, send
from registry.holding_forms import BarcodeForm, CertificateForm
from registry.holding_lists import BarcodeFilter, BarcodeTable, CertificateFilter, CertificateTable
from registry.models import BarcodeRegistration, Certificate, Producer
from registry.validity import chip, gtins_outside
from registry.views.frame import may_keep, refuse_unless, render_form
from registry.views.lists import RegistryList


class CertificateList(RegistryList):
    """The certificates that the user may see, those that end first on top."""

    table_class = CertificateTable
    filterset_class = CertificateFilter
    title = gettext_lazy("Certificates")

    def get_queryset(self) -> QuerySet[Certificate]:
        """Visible certificates of producers that are still in use."""
        rows: QuerySet[Certificate] = Certificate.objects.visible_to(self.request.user).for_table()
        return rows


class BarcodeList(RegistryList):
    """The GS1 registrations that the user may see."""

    table_class = BarcodeTable
    filterset_class = BarcodeFilter
    title = gettext_lazy("GS1 registrations")

    def get_queryset(self) -> QuerySet[BarcodeRegistration]:
        """Visible registrations of producers that are still in use."""
        rows: QuerySet[BarcodeRegistration] = BarcodeRegistration.objects.visible_to(self.request.user).for_table()
        return rows


def _producer(request: PersonRequest, pk: int) -> Producer:
    found: Producer = get_object_or_404(Producer.objects.visible_to(request.user).for_page(), pk=pk)
    refuse_unless(may_keep(request.user, found.province_id))
    return found


def _held(request: PersonRequest, model: Any, pk: int) -> Any:
    return get_object_or_404(model.objects.visible_to(request.user).select_related("producer__province"), pk=pk)


def _crumb(producer: Producer) -> dict[str, str]:
    return {"parent_label": producer.name, "parent_url": producer.get_absolute_url()}


# --- certificates ----------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def certificate_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Record a certificate of a producer."""
    producer = _producer(request, pk)
    form = CertificateForm(request.POST or None, request.FILES or None, producer=producer)
    done = accepted(
        form,
        lambda: actions.record_certificate(producer, **_certificate_values(form), by=request.user),
    )
    if done is None:
        lead = _("VietGAP, ISO, HACCP, food safety, a self-declaration and the like, as on the paper.")
        return render_form(
            request, form, title=_("Add a certificate"), lead=lead, submit=_("Record"), **_crumb(producer)
        )
    messages.success(request, _("The certificate was recorded."))
    return redirect(producer)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def certificate_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct a certificate, or replace its file."""
    found: Certificate = _held(request, Certificate, pk)
    refuse_unless(may_keep(request.user, found.producer.province_id))
    producer = found.producer
    form = CertificateForm(request.POST or None, request.FILES or None, instance=found, producer=producer)
    done = accepted(
        form,
        lambda: actions.edit_certificate(found, **_certificate_values(form), by=request.user),
    )
    if done is None:
        return render_form(request, form, title=_("Edit the certificate"), submit=_("Save"), **_crumb(producer))
    messages.success(request, _("Saved."))
    return redirect(producer)


def _certificate_values(form: CertificateForm) -> dict[str, Any]:
    given = form.cleaned_data
    return {"values": form.values(), "products": given["products"], "file": given["file"]}


@login_required
@require_safe
def certificate_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The scanned certificate, to be saved."""
    found: Certificate = _held(request, Certificate, pk)
    name = in_file_name(f"{found.get_kind_display()} {found.number}")
    return send(request, found, "file", name=name, back=found.producer)


# --- GS1 registrations -----------------------------------------------------------------------
@login_required
@require_safe
def barcode(request: PersonRequest, pk: int) -> HttpResponse:
    """A registration: what is due next, and the GTINs that were not made from it."""
    found: BarcodeRegistration = _held(request, BarcodeRegistration, pk)
    today = timezone.localdate()
    keeps = may_keep(request.user, found.producer.province_id)
    products = list(found.producer.products.exclude(gtin=None))
    state = chip(found.expires_on, today)
    edit = {"label": _("Edit"), "url": reverse("registry:barcode_edit", args=[pk]), "icon": "edit"}
    context = {
        "barcode": found,
        "layout": layout_for(request.user),
        "tone": state["tone"],
        "status": state["label"],
        "facts": [
            (_("Producer"), found.producer),
            (_("Certificate number"), found.certificate_number),
            (_("Issued on"), found.issued_on.strftime("%d/%m/%Y")),
            (_("Expires on"), found.expires_on.strftime("%d/%m/%Y")),
            (_("Annual fee paid for the year"), found.fee_paid_for),
            (_("Next fee due on"), found.fee_due_on.strftime("%d/%m/%Y")),
        ],
        "is_fee_late": found.fee_due_on < today,
        "covered": [product for product in products if found.covers(product.gtin or "")],
        "outside": list(gtins_outside(products, found.producer.barcode_registrations.all())),
        "may_keep": keeps,
        "actions": [edit] if keeps else [],
        "parent_label": _("GS1 registrations"),
        "parent_url": reverse("registry:barcodes"),
    }
    return render(request, "registry/barcode.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def barcode_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Record a producer's right to use a GS1 prefix."""
    producer = _producer(request, pk)
    form = BarcodeForm(request.POST or None, request.FILES or None)
    done = accepted(
        form,
        lambda: actions.record_barcodes(
            producer, values=form.values(), file=form.cleaned_data["file"], by=request.user
        ),
    )
    if done is None:
        lead = _("As on the certificate of the National Barcode Centre; this system never gives out GTINs.")
        return render_form(
            request, form, title=_("Add a GS1 registration"), lead=lead, submit=_("Record"), **_crumb(producer)
        )
    messages.success(request, _("The registration was recorded."))
    return redirect(done)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def barcode_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct a registration, or replace its file."""
    found: BarcodeRegistration = _held(request, BarcodeRegistration, pk)
    refuse_unless(may_keep(request.user, found.producer.province_id))
    form = BarcodeForm(request.POST or None, request.FILES or None, instance=found)
    done = accepted(
        form,
        lambda: actions.edit_barcodes(found, values=form.values(), file=form.cleaned_data["file"], by=request.user),
    )
    if done is None:
        crumb = {"parent_label": found.prefix, "parent_url": found.get_absolute_url()}
        return render_form(request, form, title=_("Edit the GS1 registration"), submit=_("Save"), **crumb)
    messages.success(request, _("Saved."))
    return redirect(done)


@login_required
@require_POST
def barcode_fee(request: PersonRequest, pk: int) -> HttpResponse:
    """Note that the next annual fee was paid."""
    found: BarcodeRegistration = _held(request, BarcodeRegistration, pk)
    refuse_unless(may_keep(request.user, found.producer.province_id))
    with refusals_said(request):
        paid = actions.record_fee(found, by=request.user)
        messages.success(request, _("The fee of %(year)s is noted as paid.") % {"year": paid.fee_paid_for})
    return redirect(found)


@login_required
@require_safe
def barcode_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The scanned certificate of the registration, to be saved."""
    found: BarcodeRegistration = _held(request, BarcodeRegistration, pk)
    return send(request, found, "file", name=f"gs1-{found.prefix}", back=found)
