"""What was sent and what was not: the delivery log, and the call list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from notices import actions, calls, channels, policies
from notices.filters import DeliveryFilter
from notices.models import Channel, Delivery
from notices.tables import DeliveryTable
from notices.views.frame import back_to, tabs
from notices.views.mine import MAX_PK
from people.errors import Refusal
from people.frame import PersonRequest, refusals_said

PER_PAGE = 25


def log_of(request: PersonRequest) -> tuple[DeliveryFilter, DeliveryTable]:
    """Return the delivery log as the request narrows and sorts it; 404 for those who read none."""
    if not policies.may_read_log(request.user):
        raise Http404
    rows = Delivery.objects.visible_to(request.user).select_related("message__recipient")
    found = DeliveryFilter(request.GET, queryset=rows)
    table = DeliveryTable(found.qs)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    return found, table


def calls_of(request: PersonRequest) -> list[calls.Call]:
    """Return the calls that the user may make; 404 for those who make none."""
    if not policies.may_call(request.user):
        raise Http404
    return calls.to_make(request.user)


@login_required
@require_safe
def deliveries(request: PersonRequest) -> HttpResponse:
    """The delivery log, filtered."""
    found, table = log_of(request)
    context = {
        "table": table,
        "filter": found,
        "counts": _counts(request),
        "gaps": _gaps(Delivery.objects.visible_to(request.user)),
        "export_url": f"{reverse('notice_deliveries_sheet')}?{request.GET.urlencode()}",
        "tabs": tabs(request.user, "deliveries"),
    }
    return render(request, "notices/deliveries.html", context)


def _counts(request: PersonRequest) -> list[dict[str, Any]]:
    visible = Delivery.objects.visible_to(request.user).order_by()
    known = dict(visible.values_list("state").annotate(Count("pk")))
    shown = (("queued", "wait"), ("sent", "ok"), ("failed", "late"), ("unconfigured", ""))
    return [
        {
            "value": known.get(state, 0),
            "label": Delivery.State(state).label,
            "url": f"?state={state}",
            "tone": tone if known.get(state) else "",
        }
        for state, tone in shown
    ]


def _gaps(rows: QuerySet[Delivery]) -> list[str]:
    """One sentence per channel that is not set up and for which something lies waiting."""
    lying = rows.filter(state=Delivery.State.UNCONFIGURED).order_by()
    known = dict(lying.values_list("channel").annotate(Count("pk")))
    return [
        ngettext(
            "%(channel)s is not set up: %(count)d notice lies here unsent.",
            "%(channel)s is not set up: %(count)d notices lie here unsent.",
            known[channel],
        )
        % {"channel": channel.label, "count": known[channel]}
        for channel in Channel
        if channel in known and not channels.is_configured(channel)
    ]


@login_required
@require_POST
def retry(request: PersonRequest, pk: int) -> HttpResponse:
    """Queue a delivery again."""
    delivery = get_object_or_404(Delivery.objects.visible_to(request.user), pk=min(pk, MAX_PK))
    with refusals_said(request):
        actions.retry(delivery, by=request.user)
        messages.success(request, _("It waits to be sent again."))
    return back_to(request, "notices:deliveries")


@login_required
@require_safe
def call_list(request: PersonRequest) -> HttpResponse:
    """Whom to call, and what to say."""
    found = calls_of(request)
    context = {
        "calls": found,
        "gaps": _gaps(Delivery.objects.to_be_called(request.user)),
        "export_url": reverse("notice_calls_sheet"),
        "tabs": tabs(request.user, "calls"),
    }
    return render(request, "notices/calls.html", context)


@login_required
@require_POST
def told(request: PersonRequest, pk: int) -> HttpResponse:
    """Note that the person was called about the notices that the list showed."""
    person = min(pk, MAX_PK)
    if not Delivery.objects.callable_by(request.user).filter(message__recipient=person).exists():
        raise Http404
    open_ones = Delivery.objects.to_be_called(request.user).filter(message__recipient=person)
    known = {str(delivery.pk): delivery for delivery in open_ones.select_related("message__recipient")}
    chosen = [known[name] for name in request.POST.getlist("delivery") if name in known]
    try:
        for delivery in chosen:
            actions.told_by_hand(delivery, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("notices:calls")
    if chosen:
        name = chosen[0].message.recipient
        messages.success(request, _("Noted: %(person)s has been told.") % {"person": name})
    else:
        messages.warning(request, _("Nothing was marked: it was told or opened meanwhile."))
    return redirect("notices:calls")
