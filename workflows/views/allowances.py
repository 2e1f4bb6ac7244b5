"""How long the steps of the office may take: all officials read it, administrators set it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from people.errors import Refusal
from people.fields import WholeNumberField
from people.models import Membership
from projects.views.case import PersonRequest
from workflows import allowances
from workflows.clock import ALLOWANCES
from workflows.filters import KINDS
from workflows.roles import ROLES_BY_PERMISSION


class AllowancesForm(forms.Form):
    """One number per step that the office's clock measures."""

    def __init__(self, *args: Any, days: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for permission in ALLOWANCES:
            self.fields[_field(permission)] = WholeNumberField(
                label=KINDS[permission],
                initial=days[permission],
                min_value=1,
                max_value=allowances.MOST_DAYS,
                help_text=_("Working days. Built in: %(days)d.") % {"days": ALLOWANCES[permission]},
                error_messages={"required": gettext_lazy("Enter a number of working days.")},
            )

    def chosen(self) -> dict[str, int]:
        """The days of each step by its permission."""
        return {permission: self.cleaned_data[_field(permission)] for permission in ALLOWANCES}


@login_required
@require_http_methods(["GET", "POST"])
def step_allowances(request: PersonRequest) -> HttpResponse:
    """The days of every step; for administrators as a form."""
    if not allowances.can_read(request.user):
        raise Http404
    may_set = allowances.can_set(request.user)
    if request.method == "POST" and not may_set:
        raise PermissionDenied
    days = allowances.in_force()
    form = AllowancesForm(request.POST if request.method == "POST" else None, days=days) if may_set else None
    if request.method == "POST" and form is not None and form.is_valid() and _set(request, form):
        return redirect("step_allowances")
    context = {"form": form, "rows": _rows(days)}
    return render(request, "workflows/allowances.html", context, status=422 if form and form.errors else 200)


def _set(request: PersonRequest, form: AllowancesForm) -> bool:
    try:
        for permission, days in form.chosen().items():
            allowances.set_allowance(permission, days=days, by=request.user)
    except Refusal as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("The days are set. Steps that open from now on follow them."))
    return True


def _rows(days: dict[str, int]) -> list[dict[str, Any]]:
    """Every step of people with its role and its days; None where the date of the case counts."""
    return [
        {
            "step": label,
            "roles": ", ".join(str(Membership.Role(role).label) for role in sorted(ROLES_BY_PERMISSION[permission])),
            "days": days.get(permission),
        }
        for permission, label in KINDS.items()
    ]


def _field(permission: str) -> str:
    return permission.rpartition(".")[2]
