"""The tasks of a unit, from all plans of its province."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.models import Organisation
from projects import unit_tasks as tasks
from projects.views.case import PersonRequest


@login_required
@require_safe
def unit_tasks(request: PersonRequest) -> HttpResponse:
    """What plans give to my unit, or to the one that `?unit=` names, and the projects that it owns."""
    units = list(tasks.units_of(request.user))
    unit = _asked(units, request.GET.get("unit", "")) or tasks.own_unit(request.user) or next(iter(units), None)
    if unit is None:
        raise Http404
    context = {
        "unit": unit,
        "units": units,
        "led": list(tasks.led_by(unit, request.user)),
        "partnered": list(tasks.partnered_by(unit, request.user)),
        "owned": list(tasks.owned_by(unit, request.user)),
        "crumbs": [{"label": _("Programmes"), "url": reverse("projects:programmes")}],
    }
    return render(request, "projects/unit_tasks.html", context)


def _asked(units: list[Organisation], asked: str) -> Organisation | None:
    return next((unit for unit in units if str(unit.pk) == asked), None)
