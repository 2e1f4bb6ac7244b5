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
from stamps.forms.orders import OrderForm
from stamps.models import StampOrder
from stamps.policies.completeness import product_gaps
from workflows import actions

OF_PRODUCER = (3, 4)  # minimum items that stand on the producer's page


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
        "missing": _missing(form),
    }
    return render(request, "stamps/new_order.html", context)


def _missing(form: OrderForm) -> list[dict[str, str]]:
    """What the chosen product lacks, each with the page where it is added."""
    asked = _number(form["enrolment"].value()) if form.is_bound else 0
    chosen = policies.orderable_enrolments(form.user).filter(pk=asked).first() if asked else None
    if chosen is None:
        return []
    product = chosen.product
    return [
        {"text": gap.message, "url": (product.producer if gap.item in OF_PRODUCER else product).get_absolute_url()}
        for gap in product_gaps(product)
    ]


def _number(text: object) -> int:
    """Return what was chosen as the number of a row; 0 for anything else."""
    digits = str(text)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 19 else 0


def _ordered(request: PersonRequest, form: OrderForm) -> StampOrder | None:
    """Order, or show the refusal next to the answer that it is about."""
    answers = form.cleaned_data
    try:
        return actions.order_stamps(
            answers["enrolment"],
            quantity=answers["quantity"],
            note=answers["note"],
            has_pin=answers["has_pin"],
            state_share=answers["state_share"],
            unit_price=answers["unit_price"],
            by=request.user,
        )
    except Refusal as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else None, str(refusal))
    return None
