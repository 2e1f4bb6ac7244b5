"""The page that shows two versions of a document side by side."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from documents.compare import compare
from documents.models import Document, DocumentVersion
from documents.way import way
from projects.views.case import PersonRequest


class VersionsForm(forms.Form):
    """Which two versions of a document are compared."""

    before = forms.ModelChoiceField(label=gettext_lazy("Earlier version"), queryset=DocumentVersion.objects.none())
    after = forms.ModelChoiceField(label=gettext_lazy("Later version"), queryset=DocumentVersion.objects.none())

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            field: Any = self.fields[name]
            field.queryset = document.versions.defer("context").order_by("-number")
            field.empty_label = None
            field.label_from_instance = _label

    def clean(self) -> dict[str, Any]:
        """A version is not compared with itself."""
        chosen: dict[str, Any] = super().clean() or {}
        if chosen.get("before") and chosen.get("before") == chosen.get("after"):
            self.add_error("after", forms.ValidationError(_("Choose two different versions."), code="same"))
        return chosen


@login_required
@require_safe
def choose(request: PersonRequest, pk: int) -> HttpResponse:
    """Go to the comparison that the form names; without one, to the version before this one."""
    version = _fetch(request, pk)
    form = VersionsForm(request.GET or None, document=version.document)
    if form.is_valid():
        return redirect(_url(form.cleaned_data["after"].pk, form.cleaned_data["before"].pk))
    if form.is_bound and form.has_error("after", "same"):
        messages.error(request, _("Choose two different versions."))
    earlier = version.document.versions.filter(number__lt=version.number).order_by("-number").first()
    return redirect(_url(version.pk, (earlier or version).pk))


@login_required
@require_safe
def comparison(request: PersonRequest, pk: int, other: int) -> HttpResponse:
    """Two versions of one document: `pk` the later one, `other` the earlier; 404 for versions of two documents."""
    after = _fetch(request, pk)
    before = get_object_or_404(DocumentVersion.objects.filter(document=after.document), pk=other)
    if before.number > after.number:
        before, after = after, before
    document = after.document
    context = {
        "document": document,
        "comparison": compare(before, after),
        "form": VersionsForm(document=document, initial={"before": before, "after": after}),
        "choose_url": reverse("documents:choose_comparison", args=[after.pk]),
        "facts": [
            {"label": _("Version %(number)d") % {"number": each.number}, "value": _made(each)}
            for each in (before, after)
        ],
        "crumbs": way(document),
    }
    return render(request, "documents/compare.html", context)


def _fetch(request: PersonRequest, pk: int) -> DocumentVersion:
    visible = DocumentVersion.objects.filter(document__in=Document.objects.visible_to(request.user))
    return get_object_or_404(visible.select_related("document"), pk=pk)


def _url(after: int, before: int) -> str:
    return reverse("documents:compare", args=[after, before])


def _label(version: DocumentVersion) -> str:
    day = date_format(localtime(version.created_at), "SHORT_DATE_FORMAT")
    return _("Version %(number)d, %(day)s") % {"number": version.number, "day": day}


def _made(version: DocumentVersion) -> str:
    time = date_format(localtime(version.created_at), "SHORT_DATETIME_FORMAT")
    return f"{time}, {version.created_by}, {version.get_state_display()}"
