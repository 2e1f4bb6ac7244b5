"""Being away and standing in: entering, looking ahead, calling off, and who covers whom."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import absence as rules
from people.errors import Refusal
from people.models import Absence, Membership, User
from people.scope import scope_of
from projects.models import PilotProject
from projects.views.case import PersonRequest
from workflows import absences
from workflows.forms.absence import AbsenceForm, SickForm, role_names, typed

PAST = 10  # absences that are over, in the list


@login_required
@require_safe
def absences_page(request: PersonRequest) -> HttpResponse:
    """My absences, whom I cover, and for leaders who covers whom in the province."""
    user, today = request.user, timezone.localdate()
    _check_official(user)
    rows = [_row(absence, user) for absence in rules.visible_to(user).order_by("starts_on", "pk")]
    current = [row for row in rows if row["absence"].ended_at is None and row["absence"].ends_on >= today]
    over = [row for row in rows if row not in current]
    oversees = rules.overseen_by(user).exists()
    context = {
        "mine": [row for row in current if user.pk in (row["absence"].user_id, row["absence"].substitute_id)],
        "others": [row for row in current if user.pk not in (row["absence"].user_id, row["absence"].substitute_id)],
        "over": over[::-1][:PAST],
        "sick": SickForm(user=user) if oversees else None,
        "new_url": reverse("workflows:enter_absence"),
    }
    return render(request, "workflows/absences.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: PersonRequest) -> HttpResponse:
    """Fill in, look at what will happen, confirm. `?person=` is the colleague for whom a leader enters it."""
    person = _person(request)
    if request.method != "POST" or request.POST.keys() & {"find", "edit"}:
        initial = typed(request.POST) if request.method == "POST" else {}
        return _form_page(request, AbsenceForm(initial=initial, person=person))
    form = AbsenceForm(request.POST, person=person)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    if "confirm" not in request.POST:
        return render(request, "workflows/absence_check.html", _looked_ahead(request, form))
    try:
        absence = _entered(request, form)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, form, status=422)
    messages.success(request, _("The absence is entered; %(person)s is told.") % {"person": absence.substitute})
    return redirect("absences")


@login_required
@require_POST
def end(request: PersonRequest, pk: int) -> HttpResponse:
    """Call an absence off, or end it early."""
    absence: Absence = get_object_or_404(rules.visible_to(request.user), pk=pk)
    if not rules.can_enter_for(request.user, absence.user):
        raise PermissionDenied
    absences.end(absence, by=request.user)
    messages.success(request, _("It has ended; open steps are back with %(who)s.") % {"who": absence.user})
    return redirect("absences")


def _check_official(user: User) -> None:
    scope = scope_of(user)
    if not scope.is_official:
        raise Http404


def _person(request: PersonRequest) -> User:
    """Whose absence it is; 404 for anyone whom the user does not oversee."""
    _check_official(request.user)
    asked = request.GET.get("person", "")
    if not asked or asked == str(request.user.pk):
        return request.user
    people = rules.overseen_by(request.user)
    return get_object_or_404(people, pk=int(asked) if asked.isdecimal() and len(asked) < 19 else 0)


def _form_page(request: PersonRequest, form: AbsenceForm, *, status: int = 200) -> HttpResponse:
    context = _frame(request, form)
    if not form.fields["substitute"].queryset.exists():  # type: ignore[attr-defined]
        context["alone"] = True
    return render(request, "workflows/absence_new.html", context, status=status)


def _looked_ahead(request: PersonRequest, form: AbsenceForm) -> dict[str, Any]:
    answers, (roles, projects) = form.cleaned_data, form.scope()
    ahead = absences.preview(form.person, answers["substitute"], roles=roles, cases=absences.cases_of(projects))
    rows = [
        (_("Who is away"), form.person),
        (_("Days"), _days(answers["starts_on"], answers["ends_on"])),
        (_("Substitute"), answers["substitute"]),
        (_("Roles"), role_names(roles)),
        (_("Projects"), ", ".join(project.code for project in projects) or _("all projects")),
        (_("Authorisation"), answers["authority"] or "–"),
    ]
    hidden = [(name, value) for name in request.POST if name != "csrfmiddlewaretoken"
              for value in request.POST.getlist(name)]  # fmt: skip
    context = {"rows": rows, "ahead": ahead, "hidden": hidden, "substitute": answers["substitute"]}
    return _frame(request, form) | context | {"starts_on": answers["starts_on"]}


def _frame(request: PersonRequest, form: AbsenceForm) -> dict[str, Any]:
    crumbs = [{"label": _("Absences"), "url": reverse("absences")}]
    is_own = form.person == request.user
    return {"form": form, "person": form.person, "is_own": is_own, "crumbs": crumbs}


def _entered(request: PersonRequest, form: AbsenceForm) -> Absence:
    answers, (roles, projects) = form.cleaned_data, form.scope()
    return absences.enter(
        form.person,
        substitute=answers["substitute"],
        starts_on=answers["starts_on"],
        ends_on=answers["ends_on"],
        by=request.user,
        roles=roles,
        cases=absences.cases_of(projects),
        authority=answers["authority"],
    )


def _row(absence: Absence, user: User) -> dict[str, Any]:
    """An absence in words."""
    today = timezone.localdate()
    if absence.ended_at:
        tone, state = "no", _("called off %(day)s") % {"day": _day(timezone.localdate(absence.ended_at))}
    elif absence.ends_on < today:
        tone, state = "no", _("over")
    elif absence.starts_on > today:
        tone, state = "wait", _("coming")
    else:
        tone, state = "go", _("away now")
    return {
        "absence": absence,
        "tone": tone,
        "state": state,
        "days": _days(absence.starts_on, absence.ends_on),
        "scope": _scope(absence),
        "may_end": absence.ended_at is None and absence.ends_on >= today and rules.can_enter_for(user, absence.user),
        "has_begun": absence.starts_on <= today,
    }


def _scope(absence: Absence) -> str:
    known = [role for role in absence.roles if role in Membership.Role.values]
    keys = [int(case.rpartition(":")[2]) for case in absence.cases]
    codes = PilotProject.objects.filter(pk__in=keys).order_by("code").values_list("code", flat=True) if keys else ()
    return " · ".join((role_names(known), ", ".join(codes) or _("all projects")))


def _days(first: Any, last: Any) -> str:
    return f"{_day(first)} – {_day(last)}"


def _day(day: Any) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
