"""The standard remarks of an agency, and why papers are sent back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters as filters
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from imports.export import write_xlsx
from people.errors import Refusal
from people.frame import refusals_said
from people.models import Organisation
from people.scope import scope_of
from projects.actions import phrases as actions
from projects.models import Deliverable, Remark, RemarkPhrase, StageKind
from projects.reasons import columns, reasons_of, rows_of, visible_remarks
from projects.views.case import PersonRequest
from projects.views.sheets import sheet
from registry.forms import day_input


class ReasonFilter(filters.FilterSet):
    """Which remarks are counted: stage of the project, and days on which they were made (both included)."""

    stage = filters.ChoiceFilter(
        label=gettext_lazy("Stage"),
        choices=StageKind.choices,
        field_name="deliverable__stage__kind",
        empty_label=gettext_lazy("All"),
    )
    since = filters.DateFilter(
        label=gettext_lazy("From"), field_name="made_at", lookup_expr="date__gte", widget=day_input()
    )
    until = filters.DateFilter(
        label=gettext_lazy("To"), field_name="made_at", lookup_expr="date__lte", widget=day_input()
    )

    class Meta:
        model = Remark
        fields = ("stage", "since", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("since", "until"):
            self.form.fields[name].error_messages["invalid"] = _("Enter the day as dd/mm/yyyy.")


class PhraseForm(forms.Form):
    """The words of a standard remark; for a new one, of which agency."""

    organisation = forms.ModelChoiceField(label=gettext_lazy("Agency"), queryset=Organisation.objects.none())
    text = forms.CharField(
        label=gettext_lazy("Standard remark"),
        max_length=300,
        help_text=gettext_lazy("One reason in a few words; whoever uses it can add details."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=[each.pk for each in organisations])
        if len(organisations) == 1:
            field.initial, field.required, field.widget = organisations[0], False, forms.HiddenInput()
        self.only = organisations[0] if len(organisations) == 1 else None

    @property
    def agency(self) -> Organisation:
        """The agency that was chosen, or the only one there is."""
        if self.only is not None:
            return self.only
        chosen: Organisation = self.cleaned_data["organisation"]
        return chosen


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def phrases(request: PersonRequest) -> HttpResponse:
    """The lists of my agencies with how often each remark was used; POST adds one."""
    organisations = _kept(request)
    form = PhraseForm(request.POST if request.method == "POST" else None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        try:
            phrase = actions.add_phrase(form.agency, text=form.cleaned_data["text"], by=request.user)
        except Refusal as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("“%(text)s” is in the list.") % {"text": phrase.text})
            return redirect("projects:phrases")
    rows = RemarkPhrase.objects.filter(organisation__in=organisations).annotate(used=Count("remarks"))
    lists = [(each, [row for row in rows if row.organisation_id == each.pk]) for each in organisations]
    context = {"lists": lists, "form": form}
    return render(request, "projects/phrases.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def phrase(request: PersonRequest, pk: int) -> HttpResponse:
    """Word one standard remark anew."""
    row = _fetch(request, pk)
    typed = request.POST if request.method == "POST" else None
    form = PhraseForm(typed, organisations=[row.organisation], initial={"text": row.text})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_phrase(row, text=form.cleaned_data["text"], by=request.user)
        except Refusal as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("The standard remark is changed; remarks that were sent keep their words."))
            return redirect("projects:phrases")
    context = {"phrase": row, "form": form, "crumbs": _crumbs()}
    return render(request, "projects/phrase.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def move(request: PersonRequest, pk: int) -> HttpResponse:
    """Change places with the neighbour: `to` is "up" or "down"."""
    row = _fetch(request, pk)
    to = request.POST.get("to")
    if to not in (actions.UP, actions.DOWN):
        return redirect("projects:phrases")
    return _act(request, lambda: actions.move_phrase(row, to=to, by=request.user), "")


@login_required
@require_POST
def retire(request: PersonRequest, pk: int) -> HttpResponse:
    """Offer a standard remark no longer."""
    row = _fetch(request, pk)
    done = _("“%(text)s” is no longer offered; remarks made with it stay.") % {"text": row.text}
    return _act(request, lambda: actions.retire_phrase(row, by=request.user), done)


@login_required
@require_POST
def offer(request: PersonRequest, pk: int) -> HttpResponse:
    """Offer a retired one again."""
    row = _fetch(request, pk)
    done = _("“%(text)s” is offered again.") % {"text": row.text}
    return _act(request, lambda: actions.offer_phrase(row, by=request.user), done)


@login_required
@require_safe
def reasons(request: PersonRequest) -> HttpResponse:
    """The ten most frequent reasons, by stage and period; `?export=xlsx` gives the same rows as a workbook."""
    scope = scope_of(request.user)
    if not scope.is_official:
        raise Http404
    remarks = visible_remarks(Deliverable.objects.visible_to(request.user))
    narrowed = ReasonFilter(request.GET, queryset=remarks)
    found = reasons_of(narrowed.qs)
    if request.GET.get("export") == "xlsx":
        return sheet("ly-do-tra-lai", write_xlsx(_("Reasons for returning"), columns(), rows_of(found)))
    query = request.GET.copy()
    query["export"] = "xlsx"
    context = {
        "reasons": found,
        "stages": [kind.label for kind in StageKind],
        "filter": narrowed,
        "actions": _actions(request, f"?{query.urlencode()}"),
    }
    return render(request, "projects/reasons.html", context)


def _actions(request: PersonRequest, export: str) -> list[dict[str, str]]:
    download = {"label": _("Download as Excel"), "url": export, "icon": "download"}
    if not actions.organisations_kept_by(request.user).exists():
        return [download]
    return [{"label": _("Standard remarks"), "url": reverse("projects:phrases")}, download]


def _act(request: PersonRequest, act: Callable[[], object], done: str) -> HttpResponse:
    with refusals_said(request):
        act()
        if done:
            messages.success(request, done)
    return redirect("projects:phrases")


def _kept(request: PersonRequest) -> list[Organisation]:
    """The agencies whose list the user keeps; for those who keep none the page is not there."""
    found = list(actions.organisations_kept_by(request.user))
    if not found:
        raise Http404
    return found


def _fetch(request: PersonRequest, pk: int) -> RemarkPhrase:
    rows = RemarkPhrase.objects.filter(organisation__in=actions.organisations_kept_by(request.user))
    return get_object_or_404(rows.select_related("organisation__province"), pk=pk)


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Standard remarks"), "url": reverse("projects:phrases")}]
