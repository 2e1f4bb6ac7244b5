"""The words that people agree to: all versions, who gave which, and issuing the next one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from people.errors import Refusal
from people.frame import PersonRequest, accepted
from privacy import policies
from privacy.actions import issue_text
from privacy.forms import TextForm
from privacy.models import Consent, ConsentText, Purpose
from privacy.tables import GivenTable
from registry.views.lists import workbook_of

PAGE = 25


@login_required
@require_safe
def texts(request: PersonRequest) -> HttpResponse:
    """Every purpose with the words of today, the versions before and after, and how many agreed to each."""
    _refuse_unless_official(request)
    context = {
        "purposes": [_versions(request, purpose) for purpose in Purpose.values],
        "may_issue": policies.keeps_texts(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "privacy/texts.html", context)


def _versions(request: PersonRequest, purpose: str) -> dict[str, Any]:
    """One purpose: its versions, the newest first, each with the consents that the user may see."""
    known: list[ConsentText] = list(ConsentText.objects.filter(purpose=purpose).order_by("-version"))
    today, visible = timezone.localdate(), Consent.objects.visible_to(request.user)
    held = _by_text(visible.counting(purpose, today))
    ended = _by_text(visible.filter(text__purpose=purpose).exclude(withdrawn_at=None))
    rows = [
        {"text": text, "held": held.get(text.pk, 0), "withdrawn": ended.get(text.pk, 0)}
        for text in known or [policies.built_in(purpose)]
    ]
    current = policies.current_text(purpose, today)
    return {"key": purpose, "label": Purpose(purpose).label, "rows": rows, "current": current.version}


def _by_text(consents: Any) -> dict[int, int]:
    """How many of the consents there are to each version, by its key."""
    return dict(consents.order_by().values_list("text").annotate(n=Count("pk")))


@login_required
@require_safe
def text(request: PersonRequest, pk: int) -> HttpResponse:
    """One version: the words, and who agreed to them."""
    _refuse_unless_official(request)
    found = get_object_or_404(ConsentText, pk=pk)
    given = Consent.objects.visible_to(request.user).filter(text=found).select_related("producer", "text")
    table = GivenTable(given.order_by("-given_at", "-pk"))
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    if request.GET.get("export") == "xlsx":
        return workbook_of(table, str(found))
    context = {"text": found, "table": table, "today": timezone.localdate()}
    return render(request, "privacy/text.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def text_new(request: PersonRequest, purpose: str) -> HttpResponse:
    """An administrator issues the next version of the purpose's words."""
    if purpose not in Purpose.values:
        raise Http404
    if not policies.keeps_texts(request.user):
        raise PermissionDenied(_("An administrator issues the words that people agree to."))
    today = timezone.localdate()
    last = ConsentText.objects.filter(purpose=purpose).order_by("-version").first() or policies.built_in(purpose)
    first_day = max(today, last.effective_from)
    form = TextForm(
        request.POST or None, initial={"text": last.text, "effective_from": first_day, "after": last.version}
    )
    issued = accepted(form, lambda: issue_text(purpose, **form.cleaned_data, by=request.user), field=_field_of)
    if issued:
        done = _("Version %(version)s is issued. The versions before, and who agreed to them, stay as they are.")
        messages.success(request, done % {"version": issued.version})
        return redirect("privacy:text", issued.pk)
    if form.is_bound and form["after"].value() != str(last.version):
        # What was issued meanwhile is named above the form; sending again is deliberate.
        again: Any = request.POST.copy()
        again["after"] = last.version
        form.data = again
    context = {"form": form, "title": Purpose(purpose).label, "last": last, "back": reverse("privacy:texts")}
    return render(request, "privacy/text_new.html", context, status=422 if form.errors else 200)


def _field_of(refusal: Refusal) -> str | None:
    return getattr(refusal, "field", None)


def _refuse_unless_official(request: PersonRequest) -> None:
    if not policies.reads_texts(request.user):
        raise PermissionDenied(_("You find the words that you agreed to on the page of your data and consents."))
