"""How events are told in this house: for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from notices import actions, channels, policies
from notices.forms import RulesForm
from notices.models import Channel
from notices.rules import content_of
from notices.views.frame import tabs
from people.editions import Edition
from people.frame import PersonRequest, accepted


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: PersonRequest) -> HttpResponse:
    """Every event with its channels; what the office changed is marked."""
    if not policies.may_set_rules(request.user):
        raise PermissionDenied
    form = RulesForm(request.POST if request.method == "POST" else None)
    edition = Edition(request, content_of(form.ways), form.reading)

    def save() -> str:
        count = actions.set_rules(form.wanted(), by=request.user, made_from=edition.made_from)
        text = ngettext("%(count)d rule changed.", "%(count)d rules changed.", count)
        return text % {"count": count} if count else _("Nothing was changed.")

    if text := accepted(form, save, edition=edition):
        messages.success(request, text)
        return redirect("notices:rules")
    context = {
        "form": form,
        "columns": [label for label, _box in form.rows()[0]["cells"]],
        "missing": [channel.label for channel in Channel if not channels.is_configured(channel)],
        "tabs": tabs(request.user, "rules"),
        **edition.context(),
    }
    return render(request, "notices/rules.html", context, status=422 if form.errors else 200)
