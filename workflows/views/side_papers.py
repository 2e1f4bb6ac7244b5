"""The papers about one thing (a project, a plan, a class, a producer …): the list, and preparing one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.models import SUBJECTS, Document, DocumentTemplate, DocumentVersion, field_of
from documents.template_choice import newer_template
from people.frame import PersonRequest, refusals_said
from people.scope import scope_of
from projects.models import PilotProject, Plan, Programme
from projects.views import programmes
from projects.views.case import case_file, crumbs, page
from registry.models import RecognitionRenewal
from workflows import papers
from workflows.papers.about import can_prepare, project_of, province_of
from workflows.papers.kinds import PaperKind
from workflows.views.papers import with_number


@dataclass(frozen=True)
class Row:
    """A paper that the subject can have, and what there is of it."""

    name: str  # with the occasion where there are several
    version: DocumentVersion | None
    url: str = ""  # of the form, or where the button posts to; "" for a paper that is made no more
    has_form: bool = False
    is_past: bool = False  # nobody made it in its time


@login_required
@require_safe
def papers_about(request: PersonRequest, subject: str, pk: int) -> HttpResponse:
    """Every paper that can be prepared about the subject, with its newest version."""
    thing = _subject(request, subject, pk)
    context = {
        "thing": thing,
        **_lists(thing),
        "may_prepare": can_prepare(request.user, thing),
        "crumbs": _crumbs(thing),
    }
    return render(request, "workflows/papers_about.html", context)


@login_required
@require_safe
def project_papers(request: PersonRequest, code: str) -> HttpResponse:
    """The papers about a project, as a part of its case file."""
    project = case_file(request, code)
    may_prepare = can_prepare(request.user, project)
    context = page(project, request.user, "papers", thing=project, may_prepare=may_prepare, **_lists(project))
    return render(request, "workflows/papers_about.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def prepare_paper(request: PersonRequest, subject: str, pk: int, kind: str) -> HttpResponse:
    """Ask for what no record holds, then generate the paper's next version."""
    thing = _subject(request, subject, pk)
    known = papers.kinds_about(thing).get(kind)
    occasion = known.occasion_of(thing, request.GET.get("occasion", "")) if known else None
    if known is None or occasion is None:
        raise Http404
    form = _form(request, known, thing, kind, occasion.key)
    if request.method == "POST" and (form is None or form.is_valid()):
        with refusals_said(request):
            made = papers.prepare_about(
                thing,
                kind,
                by=request.user,
                occasion=occasion.key,
                entries=_raw(form) if form else {},
                is_replacement="replace" in request.GET,
                renew_template="renew_template" in request.POST,
            )
            messages.success(request, _("Version %(number)d is ready.") % {"number": made.number})
            return redirect(made.document)
    context = {
        "thing": thing,
        "kind": known,
        "occasion": occasion,
        "form": form,
        "may_prepare": can_prepare(request.user, thing),
        "newer_template": _newer_template(thing, kind, occasion.key),
        "crumbs": [*_crumbs(thing), {"label": _("Papers"), "url": papers_url(thing)}],
    }
    is_wrong = form is not None and form.is_bound and not form.is_valid()
    return render(request, "workflows/prepare_paper.html", context, status=422 if is_wrong else 200)


# --- what is asked for ----------------------------------------------------------------------------
def _subject(request: PersonRequest, name: str, pk: int) -> models.Model:
    """The thing, for officials of its province; 404 for everybody else and for what has papers of its own flow."""
    if name not in SUBJECTS:
        raise Http404
    model: Any = Document._meta.get_field(name).related_model
    thing: models.Model = get_object_or_404(model, pk=pk)
    if isinstance(thing, papers.WITH_OWN_FLOW) or not _may_read(request, thing):
        raise Http404
    return thing


def _may_read(request: PersonRequest, thing: models.Model) -> bool:
    scope = scope_of(request.user)
    return scope.is_keeper or province_of(thing).pk in scope.province_ids


def _form(request: PersonRequest, kind: PaperKind, thing: models.Model, key: str, occasion: str) -> forms.Form | None:
    """The form of what is typed for the paper: what was sent, else what was typed last time, else the records'."""
    if kind.form is None:
        return None
    if request.method == "POST":
        return kind.form(request.POST)
    about = {field_of(thing): thing, "kind": key, "occasion": occasion}
    before = Document.objects.filter(**about).values_list("entries", flat=True).first()
    return kind.form(initial={**kind.initial(thing, occasion), **(before or {})})


def _newer_template(thing: models.Model, kind: str, occasion: str) -> DocumentTemplate | None:
    """The Word template that the author may change to, where the draft was made with an earlier one."""
    about = Document.objects.filter(**{field_of(thing): thing, "kind": kind, "occasion": occasion})
    document = about.select_related("organisation__province").first()
    return newer_template(document, timezone.localdate()) if document else None


def _raw(form: forms.Form) -> dict[str, Any]:
    """Return what was typed, as it was typed: kept with the paper and cleaned anew for every draft."""
    return {name: form.data.get(form.add_prefix(name), "") for name in form.fields}


# --- the list -------------------------------------------------------------------------------------
def _lists(thing: models.Model) -> dict[str, list[Row]]:
    rows = _rows(thing)
    return {"rows": [row for row in rows if not row.is_past], "past": [row for row in rows if row.is_past]}


def _rows(thing: models.Model) -> list[Row]:
    """One row for each kind and occasion, then what there is of those that are made no more; one query for it all."""
    about = {f"document__{field_of(thing)}": thing}
    newest: dict[tuple[str, str], DocumentVersion] = {}
    for version in with_number(DocumentVersion.objects.filter(**about)).order_by("number"):
        newest[version.document.kind, version.document.occasion] = version
    rows = [
        Row(
            kind.name_of(occasion),
            newest.get((key, occasion.key)),
            prepare_url(thing, key, occasion.key),
            has_form=kind.form is not None,
            is_past=occasion.is_past and (key, occasion.key) not in newest,
        )
        for key, kind in papers.kinds_about(thing).items()
        for occasion in kind.occasions(thing)
    ]
    listed = {row.version for row in rows}
    return rows + [Row(version.document.title, version) for version in newest.values() if version not in listed]


def prepare_url(thing: models.Model, kind: str, occasion: str, **more: str) -> str:
    """Return the page that asks for and generates a paper of the kind about the thing; `more` goes to its query."""
    url = reverse("prepare_paper", args=[field_of(thing), thing.pk, kind])
    query = urlencode({**({"occasion": occasion} if occasion else {}), **more})
    return f"{url}?{query}" if query else url


def papers_url(thing: models.Model) -> str:
    """Return the page that lists the papers about the thing."""
    if isinstance(thing, PilotProject):
        return reverse("project_papers", args=[thing.code])
    return reverse("papers_about", args=[field_of(thing), thing.pk])


def _crumbs(thing: Any) -> list[dict[str, str]]:
    """The way down to the thing, from the main page that it belongs to."""
    if project := project_of(thing):
        way = crumbs(project)
        return way if thing == project or not hasattr(thing, "get_absolute_url") else [*way, _step(thing)]
    if isinstance(thing, Plan):
        return programmes.crumbs(thing.programme, thing)
    if isinstance(thing, Programme):
        return programmes.crumbs(thing)
    way = [{"label": _("Producers and products"), "url": reverse("registry:producers")}]
    if isinstance(thing, RecognitionRenewal):
        return [*way, _step(thing.product.producer), _step(thing.product), _step(thing)]
    return [*way, _step(thing)]


def _step(thing: Any) -> dict[str, str]:
    return {"label": str(thing), "url": thing.get_absolute_url()}
