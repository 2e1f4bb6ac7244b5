"""The page that looks for one word everywhere."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.frame import layout_for
from projects.views.case import PersonRequest
from workflows.search import LEAST_LETTERS, found

LONGEST = 100


@login_required
@require_safe
def search(request: PersonRequest) -> HttpResponse:
    """Show what was found of every kind; what one may not see is not found."""
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    context = {
        "text": text,
        "groups": found(request.user, text),
        "is_short": 0 < len(text) < LEAST_LETTERS,
        "layout": layout_for(request.user),
    }
    return render(request, "workflows/search.html", context)
