"""The start page: sends everyone to where their work is."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from people.scope import scope_of
from registry.models.producer import producers_of


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Officials to the inbox, a producer's people to their stamps, the keeper to the projects."""
    scope = scope_of(request.user)
    if scope.memberships:
        return redirect("inbox")
    if scope.is_keeper:
        return redirect("projects:projects")
    return redirect("stamps:mine" if producers_of(request.user).exists() else "inbox")
