"""Requests about personal data: the list, entering one, its page with its three acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.frame import PersonRequest, accepted, layout_for
from privacy import policies
from privacy.actions import answer_request, close_request, extend_request, receive_request
from privacy.filters import RequestFilter
from privacy.forms import AnswerForm, AskForm, CloseForm, ExtendForm, TakeDownForm
from privacy.models import DataRequest
from privacy.tables import RequestTable, state_of
from privacy.views.consents import crumb, producer_for
from registry.models import Producer
from registry.policies import acts_for
from registry.views.lists import RegistryList
from worktime.working_days import Calendar


class RequestList(RegistryList):
    """The requests that the user may see: what is due next stands first."""

    template_name = "privacy/requests.html"
    table_class = RequestTable
    filterset_class = RequestFilter
    title: ClassVar[Any] = gettext_lazy("Requests about personal data")

    def get_queryset(self) -> QuerySet[DataRequest]:
        """Visible requests, those that wait first."""
        visible = DataRequest.objects.visible_to(self.request.user)
        rows: QuerySet[DataRequest] = visible.by_next_date().select_related("producer")
        return rows

    def actions(self) -> list[dict[str, str]]:
        """Officials enter what somebody asked by phone."""
        actions = super().actions()
        if policies.reads_texts(self.request.user):
            actions.append({"label": _("The words people agree to"), "url": reverse("privacy:texts")})
        if policies.records_somewhere(self.request.user):
            new = {"label": _("Enter a request"), "url": reverse("privacy:request_new"), "icon": "plus"}
            actions.append({**new, "kind": "primary"})
        return actions


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def request_new(request: PersonRequest) -> HttpResponse:
    """An official takes down what somebody asked by phone, on paper or in person."""
    if not policies.records_somewhere(request.user):
        raise PermissionDenied(_("You ask about your own data on the page of your producer."))
    form = TakeDownForm(
        request.POST or None,
        user=request.user,
        today=timezone.localdate(),
        initial={"producer": _number(request.GET.get("producer"))},
    )
    made = accepted(form, lambda: receive_request(**form.cleaned_data, by=request.user), field=_field_of)
    if made:
        return _entered(request, made)
    asked = _number(form["producer"].value())
    producer = Producer.objects.visible_to(request.user).filter(pk=asked).first() if asked else None
    about = _("About %(producer)s") % {"producer": producer} if producer else _("About a person of no producer")
    return _form_page(request, form, title=_("Enter a request"), back=reverse("data_requests"), lead=about)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def request_ask(request: PersonRequest, pk: int) -> HttpResponse:
    """A producer's person asks about the data that are held about it."""
    producer = producer_for(request, pk)
    if not acts_for(request.user, producer):
        raise PermissionDenied(_("The producer's own people ask here; an office enters requests from its list."))
    initial = {"requester_name": str(request.user), "requester_phone": request.user.phone}
    form = AskForm(request.POST or None, initial=initial)
    made = accepted(
        form,
        lambda: receive_request(**form.cleaned_data, producer=producer, by=request.user),
        field=_field_of,
    )
    if made:
        return _entered(request, made)
    return _form_page(request, form, title=_("Ask about my data"), back=crumb(producer)["parent_url"])


def _number(value: object) -> int | None:
    """A key that a page or a form carries; None for anything else, also for what no table can hold."""
    return int(str(value)) if str(value).isdecimal() and len(str(value)) < 18 else None


def _field_of(_refusal: Exception) -> str:
    return "requester_name"


def _entered(request: PersonRequest, made: DataRequest) -> HttpResponse:
    days = {"answer": f"{made.answer_due_on:%d/%m/%Y}", "due": f"{made.due_on:%d/%m/%Y}"}
    messages.success(request, _("The request is entered. Answer by %(answer)s, done by %(due)s.") % days)
    return redirect(made)


def _form_page(request: PersonRequest, form: BaseForm, *, title: str, back: str, lead: str = "") -> HttpResponse:
    context = {
        "form": form,
        "lead": lead,
        "layout": layout_for(request.user),
        "title": title,
        "submit": _("Send the request"),
    }
    context |= {"parent_url": back, "parent_label": _("Back")}
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)


def _request_for(request: PersonRequest, pk: int) -> DataRequest:
    rows = DataRequest.objects.visible_to(request.user).select_related(
        "producer", "province", "recorded_by", "closed_by"
    )
    found: DataRequest = get_object_or_404(rows, pk=pk)
    return found


@login_required
@require_safe
def data_request(request: PersonRequest, pk: int) -> HttpResponse:
    """A request with its terms and what was done."""
    return _page(request, _request_for(request, pk))


def _page(request: PersonRequest, found: DataRequest, **bound: BaseForm) -> HttpResponse:
    may_handle = policies.can_handle(request.user, found.province_id) and found.closed_at is None
    forms: dict[str, BaseForm] = {}
    if may_handle and not found.answered_at:
        forms["answer_form"] = AnswerForm(auto_id="id_answer_%s")
    if may_handle and not found.extended_at:
        forms["extend_form"] = ExtendForm(auto_id="id_extend_%s")
    if may_handle:
        forms["close_form"] = CloseForm(auto_id="id_close_%s")
    context = {
        "found": found,
        "layout": layout_for(request.user),
        "state": state_of(found, timezone.localdate(), Calendar()),
        "may_handle": may_handle,
        **forms,
        **bound,
    }
    return render(request, "privacy/request.html", context, status=422 if bound else 200)


def _act(
    request: PersonRequest, pk: int, name: str, form: BaseForm, act: Callable[[DataRequest], Any], field: str
) -> HttpResponse:
    """Do one act about a request; a refused form is shown in its place on the page."""
    found = _request_for(request, pk)
    if not policies.can_handle(request.user, found.province_id):
        raise PermissionDenied(_("Requests about personal data are handled by the managers and leaders of the office."))
    if accepted(form, lambda: act(found), field=lambda _refusal: field) is None:
        return _page(request, found, **{name: form})
    messages.success(request, _("Saved."))
    return redirect(found)


@login_required
@require_POST
def request_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep what the person was told first."""
    form = AnswerForm(request.POST, auto_id="id_answer_%s")
    return _act(
        request, pk, "answer_form", form, lambda one: answer_request(one, **form.cleaned_data, by=request.user), "text"
    )


@login_required
@require_POST
def request_extend(request: PersonRequest, pk: int) -> HttpResponse:
    """Give it more days, once."""
    form = ExtendForm(request.POST, auto_id="id_extend_%s")
    return _act(
        request, pk, "extend_form", form, lambda one: extend_request(one, **form.cleaned_data, by=request.user), "days"
    )


@login_required
@require_POST
def request_close(request: PersonRequest, pk: int) -> HttpResponse:
    """Close it as done or refused."""
    form = CloseForm(request.POST, auto_id="id_close_%s")
    return _act(
        request, pk, "close_form", form, lambda one: close_request(one, **form.cleaned_data, by=request.user), "result"
    )
