"""The register of company standards and local regulations: its list, a paper's page, entering and issuing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.frame import PersonRequest, accepted, layout_for
from registry import actions, policies
from registry.downloads import in_file_name, send
from registry.local_standard_forms import (
    GuideForm,
    IssueForm,
    LocalStandardFilter,
    LocalStandardForm,
    LocalStandardTable,
    state_of,
)
from registry.models import LocalStandard
from registry.succession import organisation_then_and_now
from registry.views.frame import may_keep, refuse_unless, render_form
from registry.views.lists import RegistryList


class LocalStandardList(RegistryList):
    """The papers that the user may see, and how many of them count."""

    table_class = LocalStandardTable
    filterset_class = LocalStandardFilter
    title = gettext_lazy("Company standards and local regulations")

    def get_queryset(self) -> QuerySet[LocalStandard]:
        """Visible papers."""
        rows: QuerySet[LocalStandard] = LocalStandard.objects.visible_to(self.request.user).for_table()
        return rows

    def actions(self) -> list[dict[str, str]]:
        """Those who keep a registry may enter a paper."""
        actions = super().actions()
        if policies.keeps_a_registry(self.request.user):
            add = {"label": _("Enter a paper"), "url": reverse("registry:local_standard_new"), "icon": "plus"}
            actions.append({**add, "kind": "primary"})
        return actions


def _paper(request: PersonRequest, pk: int) -> LocalStandard:
    visible = LocalStandard.objects.visible_to(request.user).for_table()
    found: LocalStandard = get_object_or_404(visible.select_related("organisation__successor"), pk=pk)
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def local_standard_new(request: PersonRequest) -> HttpResponse:
    """Enter a company standard or a local regulation."""
    refuse_unless(policies.keeps_a_registry(request.user))
    form = LocalStandardForm(request.POST or None, request.FILES or None, user=request.user)
    new = accepted(
        form,
        lambda: actions.register_local_standard(
            values=form.values(), guide=form.cleaned_data["guide"], by=request.user
        ),
    )
    if new is None:
        crumb = {"parent_label": _("TCCS and QCĐP"), "parent_url": reverse("registry:local_standards")}
        lead = _("A company standard counts when it was issued and has a guide; a local regulation needs a decision.")
        return render_form(request, form, title=_("Enter a paper"), lead=lead, submit=_("Enter"), **crumb)
    messages.success(request, _("%(paper)s is in the register.") % {"paper": new})
    return redirect(new)


@login_required
@require_safe
def local_standard(request: PersonRequest, pk: int) -> HttpResponse:
    """A paper: its owner and group, its guide, and who may issue it."""
    found = _paper(request, pk)
    return _page(request, found, IssueForm(paper=found), GuideForm())


def _page(request: PersonRequest, found: LocalStandard, issue: IssueForm, guide: GuideForm) -> HttpResponse:
    keeps = may_keep(request.user, found.province_id)
    edit = {"label": _("Edit"), "url": reverse("registry:local_standard_edit", args=[found.pk]), "icon": "edit"}
    state = state_of(found)
    context = {
        "paper": found,
        "layout": layout_for(request.user),
        "tone": state["tone"],
        "status": state["label"],
        "facts": _facts(found),
        "issue": issue,
        "guide": guide,
        "may_keep": keeps,
        "may_issue": found.issued_on is None and policies.can_issue(request.user, found),
        "needs_leader": found.issued_on is None and found.kind == LocalStandard.Kind.REGULATION,
        "actions": _actions(found, edit) if keeps else [],
        "parent_label": _("TCCS and QCĐP"),
        "parent_url": reverse("registry:local_standards"),
    }
    is_wrong = bool(issue.errors or guide.errors)
    return render(request, "registry/local_standard.html", context, status=422 if is_wrong else 200)


def _facts(found: LocalStandard) -> list[Any]:
    owner: Any = {"label": _("Owner of the paper"), "value": organisation_then_and_now(found.organisation)}
    if found.producer:
        owner = {"label": _("Owner of the paper"), "value": found.producer, "url": found.producer.get_absolute_url()}
    return [
        {"label": _("Kind"), "value": found.get_kind_display()},
        {"label": _("Version"), "value": found.version},
        owner,
        {"label": _("Product group"), "value": found.group},
        {"label": _("Issued on"), "value": found.issued_on.strftime("%d/%m/%Y") if found.issued_on else ""},
        {"label": _("Decision of the committee"), "value": found.decision_number},
        {"label": _("Confirmed by"), "value": found.approved_by},
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def local_standard_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct an entry that is not issued yet."""
    found = _paper(request, pk)
    refuse_unless(may_keep(request.user, found.province_id))
    form = LocalStandardForm(request.POST or None, request.FILES or None, instance=found, user=request.user)
    saved = accepted(
        form,
        lambda: actions.edit_local_standard(
            found, values=form.values(), guide=form.cleaned_data["guide"], by=request.user
        ),
    )
    if saved is None:
        crumb = {"parent_label": str(found), "parent_url": found.get_absolute_url()}
        return render_form(request, form, title=_("Edit the entry"), submit=_("Save"), **crumb)
    messages.success(request, _("Saved."))
    return redirect(saved)


@login_required
@require_POST
def local_standard_issue(request: PersonRequest, pk: int) -> HttpResponse:
    """Record that the paper was issued: the register's keeper for a TCCS, a leader for a QCĐP."""
    found = _paper(request, pk)
    refuse_unless(policies.can_issue(request.user, found))
    form = IssueForm(request.POST, paper=found)
    done = accepted(
        form,
        lambda: actions.issue_local_standard(found, **form.cleaned_data, by=request.user),
    )
    if done is None:
        return _page(request, found, form, GuideForm())
    messages.success(request, _("%(paper)s is recorded as issued.") % {"paper": done})
    return redirect(done)


@login_required
@require_POST
def local_standard_guide_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Attach the guide for the product group, or replace it."""
    found = _paper(request, pk)
    refuse_unless(may_keep(request.user, found.province_id))
    form = GuideForm(request.POST, request.FILES)
    done = accepted(
        form,
        lambda: actions.edit_local_standard(found, values={}, guide=form.cleaned_data["guide"], by=request.user),
        field=lambda _refusal: "guide",
    )
    if done is None:
        return _page(request, found, IssueForm(paper=found), form)
    messages.success(request, _("The guide was attached."))
    return redirect(done)


@login_required
@require_safe
def local_standard_guide(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The guide, to be saved."""
    found = _paper(request, pk)
    return send(request, found, "guide", name=f"huong-dan-{in_file_name(found.number)}", back=found)


def _actions(paper: LocalStandard, edit: dict[str, str]) -> list[dict[str, str]]:
    """The papers about it; it is changed until it is issued."""
    papers = {"label": _("Papers"), "url": reverse("papers_about", args=["local_standard", paper.pk])}
    return [papers, edit] if paper.issued_on is None else [papers]
