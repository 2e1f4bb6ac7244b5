"""The Word templates: what is in use, the fields each kind may print, and uploading a new version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents import policies
from documents.catalogue import catalogue
from documents.errors import TemplateRefused
from documents.models import DocumentTemplate
from documents.template_actions import upload_template
from documents.way import way
from people.errors import Refusal
from people.models import User
from people.scope import scope_of
from projects.views.case import PersonRequest
from workflows.forms.template import UploadForm
from workflows.papers import ALL_KINDS, PaperKind

State = DocumentTemplate.State
TONES = {State.DRAFT: "wait", State.PUBLISHED: "ok", State.WITHDRAWN: "no"}


@login_required
@require_safe
def templates(request: PersonRequest) -> HttpResponse:
    """All kinds of papers with the version in use, and what waits to be published."""
    _check_reader(request)
    found = list(DocumentTemplate.objects.visible_to(request.user).select_related("registered_by", "province"))
    in_use = {key: _in_use([one for one in found if one.kind == key], request.user) for key in ALL_KINDS}
    rows = [
        {
            "key": key,
            "kind": kind,
            "template": in_use[key],
            "waiting": [one for one in found if one.kind == key and one.state == State.DRAFT],
        }
        for key, kind in ALL_KINDS.items()
    ]
    return render(request, "documents/templates.html", {"rows": rows, "crumbs": crumbs()[:1]})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: PersonRequest, kind: str) -> HttpResponse:
    """One kind: its versions, and the form that uploads a new file; what is wrong with a file is listed."""
    paper = kind_or_404(request, kind)
    form = UploadForm(user=request.user) if policies.template_provinces(request.user) else None
    faults: TemplateRefused | None = None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(_("The Word templates of a province are kept by its administrators."))
        form = UploadForm(request.POST, request.FILES, user=request.user)
        try:
            if form.is_valid():
                return redirect(_upload(request, kind, form))
        except TemplateRefused as refused:
            faults = refused
            form.add_error("file", _("Nothing was stored. Correct the places listed below and choose the file again."))
        except Refusal as refused:  # the disk is full, or the right was lost meanwhile
            form.add_error("file", str(refused))
    visible = DocumentTemplate.objects.visible_to(request.user).filter(kind=kind).select_related("province")
    found = sorted(visible, key=lambda one: (one.is_of_program, -one.version))  # the provinces' own first
    context = {
        "key": kind,
        "kind": paper,
        "crumbs": crumbs(),
        "versions": [{"template": one, "tone": TONES[State(one.state)]} for one in found],
        "in_use": _in_use(found, request.user),
        "starter": next((one for one in found if one.is_of_program), None),
        "actions": [{"label": _("Fields it may print"), "url": reverse("document_template_fields", args=[kind])}],
        "form": form,
        "faults": faults,
    }
    return render(request, "documents/template.html", context, status=422 if form and form.errors else 200)


@login_required
@require_safe
def fields(request: PersonRequest, kind: str) -> HttpResponse:
    """The fields that a template of the kind may print, to look up, copy and print."""
    paper = kind_or_404(request, kind)
    way = [*crumbs(), {"label": paper.name, "url": reverse("document_template", args=[kind])}]
    hint = _(
        "Write a field exactly as it stands here. A field of a list stands between the tag that opens the list "
        "and {% endfor %}; with {%tr for … %} and {%tr endfor %} alone in table rows, the rows between are repeated."
    )
    context = {"kind": paper, "crumbs": way, "hint": hint, "catalogue": catalogue(kind, paper.data_class)}
    return render(request, "documents/template_fields.html", context)


def kind_or_404(request: PersonRequest, kind: str) -> PaperKind:
    """Return the kind of paper to someone who may read templates; 404 for everybody else and for unknown kinds."""
    _check_reader(request)
    if kind not in ALL_KINDS:
        raise Http404
    return ALL_KINDS[kind]


def crumbs() -> list[dict[str, str]]:
    """The way to the list of templates."""
    return [*way(), {"label": _("Word templates"), "url": reverse("document_templates")}]


def _upload(request: PersonRequest, kind: str, form: UploadForm) -> str:
    """Keep the file as a version that waits, and return its page. Raises TemplateRefused."""
    data, paper_class = form.cleaned_data, ALL_KINDS[kind].data_class
    before = DocumentTemplate.objects.of(kind, data["province"]).first()
    made = upload_template(
        kind,
        data["file"],
        paper_class=paper_class,
        province=data["province"],
        note=data["note"],
        by=request.user,
    )
    if made == before:
        messages.info(
            request, _("This file is version %(number)d already; nothing changed.") % {"number": made.version}
        )
    else:
        messages.success(
            request,
            _("Version %(number)d is stored and prints nothing yet. Look at it, then have it published.")
            % {"number": made.version},
        )
    return made.get_absolute_url()


def _in_use(found: list[DocumentTemplate], user: User) -> DocumentTemplate | None:
    """The template that prints the papers of the user's province today, out of those of one kind."""
    today, provinces = timezone.localdate(), scope_of(user).province_ids
    published = [one for one in found if one.state == State.PUBLISHED]
    own = [one for one in published if one.province_id in provinces and one.in_use_from and one.in_use_from <= today]
    if own:
        return max(own, key=lambda one: (one.in_use_from, one.version))
    return max((one for one in published if one.is_of_program), key=lambda one: one.version, default=None)


def _check_reader(request: PersonRequest) -> None:
    if not policies.can_read_templates(request.user):
        raise Http404


def rights(user: User, template: DocumentTemplate) -> dict[str, Any]:
    """Which acts the page of a version offers; each act checks again."""
    keeps = policies.can_keep_templates(user, template.province_id)
    waits = template.state == State.DRAFT
    may_publish = waits and policies.can_publish_template(user, template)
    return {
        "publish": may_publish,
        "needs_another": keeps and waits and not may_publish,
        "withdraw": keeps and template.state != State.WITHDRAWN,
    }
