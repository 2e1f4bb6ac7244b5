"""Ordering stamps: the order and its flow start together."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lots.layout import layout_for
from people.errors import Refusal
from projects.views.case import PersonRequest
from stamps import policies
from stamps.forms import OrderForm
from stamps.models import StampOrder
from workflows import actions


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def order_stamps(request: PersonRequest) -> HttpResponse:
    """Order stamps for an enrolled product; `?enrolment=` proposes one."""
    form = OrderForm(request.POST or None, user=request.user, initial={"enrolment": request.GET.get("enrolment", "")})
    if form.is_valid() and (order := _ordered(request, form)):
        messages.success(request, _("Order %(order)s was sent for approval.") % {"order": order})
        return redirect(order)
    context = {
        "form": form,
        "layout": layout_for(request.user),
        "has_choice": policies.orderable_enrolments(request.user).exists(),
        "back_url": reverse("stamps:orders"),
    }
    return render(request, "stamps/new_order.html", context)


def _ordered(request: PersonRequest, form: OrderForm) -> StampOrder | None:
    """Order, or show the refusal next to the answer that it is about."""
    answers = form.cleaned_data
    try:
        return actions.order_stamps(
            answers["enrolment"], quantity=answers["quantity"], note=answers["note"], by=request.user
        )
    except Refusal as refusal:
        form.add_error(getattr(refusal, "field", None), str(refusal))
    return None
