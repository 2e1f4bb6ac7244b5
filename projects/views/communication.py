"""Communication: events with evidence, the plan by years, channels, and the log of legal texts made known."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from imports.export import Value
from people.errors import Refusal
from people.frame import accepted
from people.models import AdminUnit, User
from people.scope import scope_of
from projects.actions import communication as actions
from projects.communication_forms import (
    ChannelForm,
    CommunicationForm,
    LegalTextForm,
    PlannedEventForm,
    PublicationForm,
)
from projects.communication_plan import years_of
from projects.models import Channel, CommunicationEvent, LegalText, PilotProject, Publication
from projects.policies import Role
from projects.views.case import PersonRequest, case_file, check_may_record, page
from projects.views.sheets import list_sheet, wants_sheet
from registry.downloads import in_file_name, send


@login_required
@require_safe
def communication(request: PersonRequest, code: str) -> HttpResponse:
    """What told the public about the model, and which years of the plan still lack an event."""
    project = case_file(request, code)
    events = list(project.communication_events.select_related("outlet"))
    if wants_sheet(request):
        columns = [_("Event"), _("Kind"), _("Date"), _("Broadcast on"), _("Channel or place"), _("Evidence"),
                   _("Counts")]  # fmt: skip
        rows = map(_event_row, events)
        return list_sheet(f"truyen-thong-{code}", _("Communication"), columns, rows)
    today = timezone.localdate()
    years = [(year, year.is_late(today)) for year in years_of(project, events, today)]
    context = page(project, request.user, "communication", events=events, years=years)
    return render(request, "projects/communication.html", context)


def _event_row(event: CommunicationEvent) -> list[Value]:
    paper = event.evidence or (_("file") if event.file else "")
    counts = event.missing or _("yes")
    return [event.title, event.get_kind_display(), event.held_on, event.broadcast_on, event.where, paper, counts]


@login_required
@require_http_methods(["GET", "POST"])
def add_communication(request: PersonRequest, code: str) -> HttpResponse:
    """Record a communication event with its evidence."""
    project = case_file(request, code)
    check_may_record(request, project)
    form = CommunicationForm(
        request.POST or None,
        request.FILES or None,
        channels=_channels(project),
        initial={"held_on": timezone.localdate()},
    )
    if accepted(form, lambda: actions.record_communication(project, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The communication event is recorded."))
        return redirect("projects:communication", code=code)
    return _form_page(request, project, form, _("Record a communication event"))


@login_required
@require_http_methods(["GET", "POST"])
def edit_communication(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Change an event, or add the evidence that it lacks."""
    project = case_file(request, code)
    event = get_object_or_404(project.communication_events.select_related("project"), pk=pk)
    check_may_record(request, project)
    form = CommunicationForm(request.POST or None, request.FILES or None, channels=_channels(project), instance=event)
    if accepted(form, lambda: actions.change_communication(event, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The communication event is changed."))
        return redirect("projects:communication", code=code)
    return _form_page(request, project, form, _("Change the communication event"))


@login_required
@require_http_methods(["GET", "POST"])
def plan_communication(request: PersonRequest, code: str) -> HttpResponse:
    """Add a line to the communication plan."""
    project = case_file(request, code)
    check_may_record(request, project)
    form = PlannedEventForm(request.POST or None)
    if accepted(form, lambda: actions.plan_communication(project, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The plan has a new line."))
        return redirect("projects:communication", code=code)
    return _form_page(request, project, form, _("Add a line to the communication plan"))


@login_required
@require_safe
def communication_file(request: PersonRequest, code: str, pk: int) -> HttpResponseBase:
    """The file of an event, to be saved."""
    project = case_file(request, code)
    event: CommunicationEvent = get_object_or_404(project.communication_events.exclude(file=""), pk=pk)
    back = reverse("projects:communication", args=[code])
    return send(request, event, "file", name=f"{code}-{in_file_name(event.title)}", back=back)


# --- the catalogues of a province ------------------------------------------------------------
@login_required
@require_http_methods(["GET", "POST"])
def channels(request: PersonRequest) -> HttpResponse:
    """The catalogue of channels, and a form for those who keep it."""
    _check_official(request.user)
    province = _keeper_province(request.user)
    if request.method == "POST" and province is None:
        raise PermissionDenied
    form = ChannelForm(request.POST or None) if province else None
    if (
        form is not None
        and province is not None
        and accepted(form, lambda: actions.add_channel(province, by=request.user, **form.cleaned_data))
    ):
        return redirect(request.get_full_path())
    rows = Channel.objects.visible_to(request.user).select_related("province")
    context = {"rows": rows, "form": form, "crumbs": _way_back(request)}
    return render(request, "projects/channels.html", context, status=422 if form and form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def legal_texts(request: PersonRequest) -> HttpResponse:
    """The legal texts on traceability, which of them hold, and the log of where they were made known."""
    _check_official(request.user)
    province = _keeper_province(request.user)
    if request.method == "POST" and province is None:
        raise PermissionDenied
    today = timezone.localdate()
    known = Channel.objects.visible_to(request.user)
    form = None
    if province is not None:
        form = PublicationForm(request.POST or None, channels=known, initial={"published_on": today})
    if request.method == "POST" and form is not None and province is not None and form.is_valid():
        try:
            actions.publish_text(province, by=request.user, **form.cleaned_data)
        except Refusal as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("The publication is in the log."))
            return redirect(request.get_full_path())
    published = Publication.objects.visible_to(request.user).select_related("text", "channel", "by")
    if wants_sheet(request):
        columns = [_("Legal text"), _("Channel"), _("Published on"), _("Evidence"), _("By")]
        rows: list[list[Value]] = [
            [one.text.code, one.channel.name, one.published_on, one.evidence, str(one.by)] for one in published
        ]
        return list_sheet("pho-bien-van-ban", _("Publication log"), columns, rows)
    texts = LegalText.objects.with_validity().prefetch_related("amended_by")
    context = {
        "texts": [(text, text.is_superseded_on(today)) for text in texts],
        "published": published,
        "form": form,
        "crumbs": _way_back(request),
    }
    return render(request, "projects/legal_texts.html", context, status=422 if form and form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def add_legal_text(request: PersonRequest) -> HttpResponse:
    """Add a legal text to the library."""
    province = _keeper_province(request.user)
    if province is None:
        raise PermissionDenied
    form = LegalTextForm(request.POST or None)
    if accepted(form, lambda: actions.add_text(province, by=request.user, **form.cleaned_data)):
        return redirect("projects:legal_texts")
    return _text_form(request, form, _("Add a legal text"))


@login_required
@require_http_methods(["GET", "POST"])
def legal_text(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct the days and the successor of a legal text."""
    _check_official(request.user)
    text, province = get_object_or_404(LegalText, pk=pk), _keeper_province(request.user)
    if province is None:
        raise PermissionDenied
    form = LegalTextForm(request.POST or None, instance=text)
    if accepted(form, lambda: actions.change_text(text, province, by=request.user, **_facts(form))):
        messages.success(request, _("The register of legal texts is corrected."))
        return redirect("projects:legal_texts")
    return _text_form(request, form, text.code)


def _facts(form: LegalTextForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "code"}


def _text_form(request: PersonRequest, form: LegalTextForm, title: str) -> HttpResponse:
    way = [{"label": _("Legal texts made known"), "url": reverse("projects:legal_texts")}]
    context = {"form": form, "title": title, "crumbs": way}
    return render(request, "projects/catalogue_form.html", context, status=422 if form.errors else 200)


def _channels(project: PilotProject) -> QuerySet[Channel]:
    found: QuerySet[Channel] = Channel.objects.filter(province=None) | Channel.objects.filter(
        province=project.province_id
    )
    return found


def _way_back(request: PersonRequest) -> list[dict[str, Any]]:
    """The way back to the project that the reader comes from, as its page says in the address."""
    way = [{"label": _("Pilot projects"), "url": reverse("projects:projects")}]
    project = PilotProject.objects.visible_to(request.user).filter(code=request.GET.get("project", "")).first()
    if project:
        way.append({"label": project.code, "url": project.get_absolute_url()})
        way.append({"label": _("Communication"), "url": reverse("projects:communication", args=[project.code])})
    return way


def _check_official(user: User) -> None:
    if not scope_of(user).is_official:
        raise Http404


def _keeper_province(user: User) -> AdminUnit | None:
    """The province whose catalogues the user keeps; the first by name if there are several."""
    keeps = scope_of(user).provinces_with(Role.MANAGER, Role.ADMINISTRATOR)
    return AdminUnit.objects.filter(pk__in=keeps).order_by("name").first()


def _form_page(request: PersonRequest, project: PilotProject, form: BaseForm, title: str) -> HttpResponse:
    context = page(project, request.user, "communication", form=form, title=title)
    return render(request, "projects/record.html", context, status=422 if form.errors else 200)
