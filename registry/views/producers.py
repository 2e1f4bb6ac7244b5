"""A producer: its page, its facts, its places, the people who act for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.frame import PersonRequest, accepted, layout_for, refusals_said
from people.scope import scope_of
from registry import actions, policies
from registry.actions.merging import how_merged
from registry.belongings import in_words
from registry.duplicates import alike
from registry.forms import PlaceForm, ProducerForm
from registry.models import Producer, ProducerMember
from registry.succession import then_and_now
from registry.validity import chip
from registry.views.frame import may_keep, refuse_unless, render_form


def _producer_for(request: PersonRequest, pk: int) -> Producer:
    found: Producer = get_object_or_404(Producer.objects.visible_to(request.user).for_page(), pk=pk)
    return found


def _list_crumb() -> dict[str, str]:
    return {"parent_label": _("Producers"), "parent_url": reverse("registry:producers")}


def _own_crumb(producer: Producer) -> dict[str, str]:
    return {"parent_label": producer.name, "parent_url": producer.get_absolute_url()}


@login_required
@require_safe
def producer(request: PersonRequest, pk: int) -> HttpResponse:
    """Everything that the registry knows about a producer."""
    found = _producer_for(request, pk)
    if found.merged_into:
        return _merged(request, found)
    keeps, today = may_keep(request.user, found.province_id), timezone.localdate()
    context = {
        "producer": found,
        "layout": layout_for(request.user),
        "facts": _facts(found),
        "products": found.products.select_related("group").with_recognition(today),
        "places": found.places.select_related("commune"),
        "members": found.members.filter(is_active=True).select_related("user"),
        "certificates": [(each, chip(each.valid_until, today)) for each in found.certificates.all()],
        "add_url": reverse("registry:certificate_new", args=[pk]),
        "barcodes": [(each, chip(each.expires_on, today)) for each in found.barcode_registrations.all()],
        "alike": _alike(found) if keeps else [],
        "may_keep": keeps,
        "may_add_place": keeps or policies.acts_for(request.user, found),
        "actions": [
            {"label": _("Papers"), "url": reverse("papers_about", args=["producer", pk])},
            {"label": _("Edit"), "url": reverse("registry:producer_edit", args=[pk]), "icon": "edit"},
        ]
        if keeps
        else [],
    }
    return render(request, "registry/producer.html", context)


def _merged(request: PersonRequest, found: Producer) -> HttpResponse:
    """An entry that became part of another one: what it said, and to officials who merged it and what moved."""
    act = how_merged(found) if scope_of(request.user).is_official else None
    taken = act.facts["taken"] if act else []
    context = {
        "producer": found,
        "layout": layout_for(request.user),
        "facts": _facts(found),
        "products": found.products.select_related("group").with_recognition(timezone.localdate()),
        "act": act,
        "moved": in_words(act.facts.get("kinds", {})) if act else [],
        "exchanged": [str(Producer._meta.get_field(name).verbose_name) for name in taken],  # type: ignore[union-attr]
    }
    return render(request, "registry/merged.html", context)


def _alike(found: Producer) -> list[dict[str, Any]]:
    """The producers that may be the same one, each with the reasons and the way to the comparison."""
    pairs = []
    for pair in alike(found):
        url = reverse("registry:merge", args=[pair.first.pk, pair.second.pk])
        other = pair.second if pair.first == found else pair.first
        pairs.append({"producer": other, "reasons": pair.words(), "url": url})
    return pairs


def _facts(found: Producer) -> list[tuple[str, Any]]:
    return [
        (_("Kind"), found.get_kind_display()),
        (_("Tax code"), found.tax_code),
        (_("Representative"), found.representative),
        (_("Phone number"), found.phone),
        (_("Address"), found.full_address()),
        *([(_("Commune before and after mergers"), changed)] if (changed := then_and_now(found.commune)) else []),
        (_("GLN"), found.gln),
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def producer_new(request: PersonRequest) -> HttpResponse:
    """Add a producer to a registry that the user keeps."""
    refuse_unless(policies.keeps_a_registry(request.user))
    form = ProducerForm(request.POST or None, user=request.user)
    new = accepted(
        form, lambda: actions.register_producer(**form.cleaned_data, by=request.user), field=lambda _refusal: "tax_code"
    )
    if new is None:
        return render_form(request, form, title=_("Add a producer"), submit=_("Add the producer"), **_list_crumb())
    messages.success(request, _("%(name)s is in the registry. Add its products and places next.") % {"name": new})
    return redirect(new)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def producer_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a producer's facts."""
    found = _producer_for(request, pk)
    refuse_unless(may_keep(request.user, found.province_id))
    crumb = _own_crumb(found)
    form = ProducerForm(request.POST or None, instance=found, user=request.user)
    saved = accepted(
        form,
        lambda: actions.edit_producer(found, changes=form.changes(), by=request.user),
        field=lambda _refusal: "tax_code" if "tax_code" in form.changed_data else None,
    )
    if saved is None:
        return render_form(request, form, title=_("Edit the producer"), submit=_("Save"), **crumb)
    messages.success(request, _("Saved."))
    return redirect(saved)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def place_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Add a place to a producer."""
    found = _producer_for(request, pk)
    refuse_unless(may_keep(request.user, found.province_id) or policies.acts_for(request.user, found))
    form = PlaceForm(request.POST or None, user=request.user, producer=found)
    place = accepted(
        form,
        lambda: actions.register_place(found, **form.cleaned_data, by=request.user),
        field=lambda _refusal: "gln",
    )
    if place is None:
        lead = _("A plot, workshop, store or shop; each stage of a lot happens at a place.")
        return render_form(request, form, title=_("Add a place"), lead=lead, submit=_("Add"), **_own_crumb(found))
    messages.success(
        request, _("%(name)s was added with location code %(code)s.") % {"name": place, "code": place.code}
    )
    return redirect(found)


@login_required
@require_POST
def person_end(request: PersonRequest, pk: int, member_pk: int) -> HttpResponse:
    """End a person's right to act for a producer."""
    found = _producer_for(request, pk)
    member = get_object_or_404(ProducerMember.objects.select_related("producer"), pk=member_pk, producer=found)
    with refusals_said(request):
        actions.end_producer_member(member, by=request.user)
        messages.success(
            request, _("%(name)s no longer acts for %(producer)s.") % {"name": member.user, "producer": found}
        )
    return redirect(found)
