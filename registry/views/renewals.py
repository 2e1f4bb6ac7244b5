"""Recognitions by how soon they end, and the prefilled dossiers of their renewal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import Refusal
from people.frame import PersonRequest, accepted, layout_for, refusals_said
from registry import actions, policies
from registry.models import OcopRecognition, Product, RecognitionRenewal, RenewalItem
from registry.recognition import BAND_TONES, Band, in_band
from registry.recognition_list import RecognitionFilter, RecognitionTable, latest_recognitions
from registry.renewal_forms import ItemFormSet, SendForm
from registry.views.frame import may_keep, refuse_unless
from registry.views.lists import RegistryList


class RecognitionList(RegistryList):
    """The latest recognition of every product, those that end first on top, with the bands counted."""

    table_class = RecognitionTable
    filterset_class = RecognitionFilter
    template_name = "registry/recognitions.html"
    title = gettext_lazy("OCOP recognition")

    def get_queryset(self) -> QuerySet[OcopRecognition]:
        """Visible recognitions."""
        return latest_recognitions(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how many stand in each band, each a link to its rows."""
        today = timezone.localdate()
        bands = {f"band_{band.value}": Count("pk", filter=in_band(band, today)) for band in Band}
        counts = self.get_queryset().order_by().aggregate(**bands)
        rows = [
            {
                "label": band.label,
                "value": counts[f"band_{band.value}"],
                "url": f"?band={band.value}",
                "tone": BAND_TONES[band] if counts[f"band_{band.value}"] else "no",
            }
            for band in Band
        ]
        return {**super().get_context_data(**kwargs), "counts": rows}


def _renewal(request: PersonRequest, pk: int) -> RecognitionRenewal:
    visible = RecognitionRenewal.objects.visible_to(request.user)
    found: RecognitionRenewal = get_object_or_404(
        visible.select_related("product__producer__province", "recognition__criteria", "renewed_by", "started_by"),
        pk=pk,
    )
    return found


def _may_change(request: PersonRequest, product: Product) -> bool:
    producer = product.producer
    return may_keep(request.user, producer.province_id) or policies.acts_for(request.user, producer)


@login_required
@require_POST
def renewal_start(request: PersonRequest, pk: int) -> HttpResponse:
    """Start the renewal of a product's recognition."""
    visible = Product.objects.visible_to(request.user).select_related("producer__province")
    product: Product = get_object_or_404(visible, pk=pk)
    refuse_unless(_may_change(request, product))
    try:
        renewal = actions.start_renewal(product, by=request.user)
    except Refusal as error:
        messages.error(request, str(error))
        return redirect(product)
    messages.success(request, _("The dossier was filled in as far as it is known. Check each paper."))
    return redirect(renewal)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def renewal(request: PersonRequest, pk: int) -> HttpResponse:
    """The dossier: which papers are there, which have expired; those who keep it note them here."""
    found = _renewal(request, pk)
    if request.method == "POST":
        refuse_unless(_may_change(request, found.product))
    items = RenewalItem.objects.filter(renewal=found).select_related("certificate")
    forms = ItemFormSet(request.POST if request.method == "POST" else None, queryset=items)
    if request.method == "POST" and forms.is_valid():
        papers = {form.instance.pk: form.cleaned_data | {"id": None} for form in forms}
        with refusals_said(request):
            actions.note_papers(found, {pk: _facts(given) for pk, given in papers.items()}, by=request.user)
            messages.success(request, _("Saved."))
        return redirect(found)
    return _page(request, found, forms, SendForm(initial={"sent_on": timezone.localdate()}))


def _facts(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("state", "note", "valid_until")}


@login_required
@require_POST
def renewal_send(request: PersonRequest, pk: int) -> HttpResponse:
    """Note that the dossier was handed in."""
    found = _renewal(request, pk)
    refuse_unless(_may_change(request, found.product))
    form = SendForm(request.POST)
    done = accepted(
        form,
        lambda: actions.send_renewal(found, sent_on=form.cleaned_data["sent_on"], by=request.user),
        field=lambda _refusal: "sent_on",
    )
    if done is None:
        items = RenewalItem.objects.filter(renewal=found).select_related("certificate")
        return _page(request, found, ItemFormSet(queryset=items), form)
    messages.success(request, _("Noted as sent; reminders stop. Record the new decision when it comes."))
    return redirect(found)


def _page(request: PersonRequest, found: RecognitionRenewal, forms: Any, send: SendForm) -> HttpResponse:
    today = timezone.localdate()
    left = (found.recognition.valid_until - today).days
    is_wrong = bool(send.errors) or (forms.is_bound and not forms.is_valid())
    rows = [{"form": form, "item": form.instance, "expired": form.instance.is_expired(today)} for form in forms]
    context = {
        "renewal": found,
        "product": found.product,
        "layout": layout_for(request.user),
        "rows": rows,
        "forms": forms,
        "form": send,
        "there": sum(row["item"].state == RenewalItem.State.THERE for row in rows),
        "expired": [row["item"] for row in rows if row["expired"]],
        "days_left": left,
        "is_open": not (found.sent_on or found.renewed_by_id),
        "may_change": _may_change(request, found.product) and not (found.sent_on or found.renewed_by_id),
        "actions": _actions(request, found),
        "parent_label": found.product.name,
        "parent_url": found.product.get_absolute_url(),
    }
    return render(request, "registry/renewal.html", context, status=422 if is_wrong else 200)


def _actions(request: PersonRequest, renewal: RecognitionRenewal) -> list[dict[str, str]]:
    """The forms of the renewal, for those who keep the registry."""
    if not policies.can_keep_registry(request.user, renewal.product.producer.province_id):
        return []
    return [{"label": _("Papers"), "url": reverse("papers_about", args=["renewal", renewal.pk])}]
