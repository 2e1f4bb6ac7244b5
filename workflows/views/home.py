"""The start page: sends everyone to where their work is."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from people.scope import scope_of
from projects.views.case import PersonRequest
from registry.models.producer import producers_of
from workflows.overview import follows


@require_safe
@login_required
def home(request: PersonRequest) -> HttpResponse:
    """Managers, leaders, administrators and the keeper to the overview, other officials to the inbox.

    A producer's people go to their stamps.
    """
    if follows(request.user):
        return redirect("overview")
    if scope_of(request.user).memberships:
        return redirect("inbox")
    return redirect("stamps:mine" if producers_of(request.user).exists() else "inbox")
