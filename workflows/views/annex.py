"""Generating the annex of a notice."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.errors import Refusal
from projects.models import Plan
from projects.views.case import PersonRequest
from workflows import papers


@login_required
@require_POST
def prepare_annex(request: PersonRequest, pk: int) -> HttpResponse:
    """Generate the plan's annex; the register of documents then has the file."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=pk)
    try:
        version = papers.prepare_plan_annex(plan, by=request.user)
    except Refusal as error:
        messages.error(request, str(error))
        return redirect(plan.get_absolute_url())
    messages.success(
        request, _("Version %(number)d of the annex is ready; the file is below.") % {"number": version.number}
    )
    return redirect("documents:register")
