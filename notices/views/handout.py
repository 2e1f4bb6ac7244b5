"""Handing a text to a chat group by copying it, and keeping what was handed over."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from notices import actions, handouts
from notices.forms import HandedTextForm
from notices.models import HandedText
from notices.views.frame import is_own_page
from people.frame import PersonRequest, layout_for
from people.models import AdminUnit

SHOWN = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def handout(request: PersonRequest) -> HttpResponse:
    """Show the signed text of `?text=` to be copied; a POST keeps what was handed to which group.

    Without a text: what I handed over so far. A token that is too old or not mine answers 422.
    """
    token = request.POST.get("token", "") or request.GET.get("text", "")
    offered = handouts.opened(token, by=request.user) if token else None
    if request.method == "POST" and offered:
        return _keep(request, offered, token)
    is_wrong = offered is None and (bool(token) or request.method == "POST")
    form = HandedTextForm(initial={"text": offered.text}) if offered else None
    return _page(request, offered, form, token, status=422 if is_wrong else 200)


def _keep(request: PersonRequest, offered: handouts.Handout, token: str) -> HttpResponse:
    form = HandedTextForm(request.POST)
    if not form.is_valid():
        return _page(request, offered, form, token, status=422)
    case = actions.row_of(offered.case)
    if case is not None:
        province = AdminUnit.objects.filter(pk=offered.province).first() if offered.province else None
        actions.hand_over_text(
            form.cleaned_data["text"], group=form.cleaned_data["group"], case=case, by=request.user, province=province
        )
        messages.success(request, _("Kept: the text went to group “%(group)s”.") % form.cleaned_data)
    return redirect(offered.back if is_own_page(offered.back) else "notices:handout")


def _page(
    request: PersonRequest, offered: handouts.Handout | None, form: HandedTextForm | None, token: str, *, status: int
) -> HttpResponse:
    context = handouts.context_of(form, token, request.user) if form else {}
    context |= {
        "handout": offered,
        "form": form,
        "is_wrong": status != 200 and form is None,
        "handed": HandedText.objects.filter(by=request.user)[:SHOWN],
        "layout": layout_for(request.user),
    }
    return render(request, "notices/handout.html", context, status=status)
