"""The Word templates: their versions, the fields each kind may print, and registering a new file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from documents import actions, policies
from documents.docx_package import MAX_FILE_BYTES
from documents.docx_shape import leaves, paths_of
from documents.errors import SHOWN_FAULTS, TemplateRefused
from documents.letterhead import Letterhead
from documents.models import DocumentTemplate
from projects.views.case import PersonRequest
from workflows.papers import ALL_KINDS, PaperKind


@dataclass(frozen=True)
class Field:
    """A field that a template may print: as it is written, and inside which loops."""

    tag: str
    loops: tuple[str, ...] = ()


class TemplateForm(forms.Form):
    """A new Word file for one kind of paper."""

    file = forms.FileField(
        label=gettext_lazy("Word file (.docx)"),
        help_text=gettext_lazy(
            "Change the newest version in Word and choose it here. Drafts made from now on use it; papers that "
            "exist keep theirs."
        ),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    def clean_file(self) -> bytes:
        """Read the file, if it is not too large to be a template."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_FILE_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(limit)d MB; take out pictures.") % {"limit": MAX_FILE_BYTES // 1024**2}
            )
        data: bytes = upload.read()
        return data


@login_required
@require_safe
def templates(request: PersonRequest) -> HttpResponse:
    """All kinds of papers with the version in use."""
    _check_reader(request)
    newest: dict[str, DocumentTemplate] = {}
    for template in DocumentTemplate.objects.select_related("registered_by").order_by("kind", "version"):
        newest[template.kind] = template
    rows = [{"key": key, "kind": kind, "template": newest.get(key)} for key, kind in ALL_KINDS.items()]
    return render(request, "documents/templates.html", {"rows": rows, "crumbs": _crumbs()[:1]})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: PersonRequest, kind: str) -> HttpResponse:
    """One kind: its versions, its fields, and the form that registers a new file."""
    _check_reader(request)
    if kind not in ALL_KINDS:
        raise Http404
    may_register = policies.can_register_templates(request.user)
    form = TemplateForm(request.POST or None, request.FILES or None) if may_register else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(_("Word templates are registered by administrators."))
        form = TemplateForm(request.POST, request.FILES)
        if _register(request, kind, form):
            return redirect("document_template", kind)
    context = {
        "key": kind,
        "kind": ALL_KINDS[kind],
        "crumbs": _crumbs(),
        "versions": DocumentTemplate.objects.filter(kind=kind).select_related("registered_by"),
        "hint": _(
            "Write a field exactly as it stands here. A field of a list stands between the tag that opens the list "
            "and {% endfor %}."
        ),
        "catalogue": _catalogue(ALL_KINDS[kind]),
        "form": form,
    }
    return render(request, "documents/template.html", context, status=422 if form and form.errors else 200)


def _register(request: PersonRequest, kind: str, form: TemplateForm) -> bool:
    """Register the uploaded file; what is wrong with it stands beside the field."""
    if not form.is_valid():
        return False
    before = DocumentTemplate.objects.filter(kind=kind).order_by("-version").first()
    try:
        made = actions.register_template(
            kind, form.cleaned_data["file"], paper_class=ALL_KINDS[kind].data_class, by=request.user
        )
    except TemplateRefused as refused:
        form.add_error("file", _messages_of(refused))
        return False
    if made == before:
        messages.info(request, _("This is the version in use already; nothing changed."))
    else:
        messages.success(request, _("Version %(number)d is registered and in use.") % {"number": made.version})
    return True


def _messages_of(refused: TemplateRefused) -> list[str]:
    lines = [_("Nothing was stored. Correct these places in Word and choose the file again.")]
    lines += [str(fault) for fault in refused.faults[:SHOWN_FAULTS]]
    if (more := len(refused.faults) - SHOWN_FAULTS) > 0:
        lines.append(_("… and %(count)d more.") % {"count": more})
    return lines


def _check_reader(request: PersonRequest) -> None:
    if not policies.can_read_templates(request.user):
        raise Http404


def _crumbs() -> list[dict[str, str]]:
    return [
        {"label": _("Documents"), "url": reverse("documents:register")},
        {"label": _("Word templates"), "url": reverse("document_templates")},
    ]


def _catalogue(kind: PaperKind) -> list[dict[str, Any]]:
    """The fields by group: those of this kind, and those of every paper's frame."""
    return [
        {"title": _("Data of this paper"), "fields": _fields(paths_of(paper=kind.data_class))},
        {"title": _("Frame of every paper"), "fields": _fields(paths_of(letterhead=Letterhead))},
    ]


def _fields(paths: Iterable[str]) -> list[Field]:
    """Return what a template may print, a field of a list with the loops that lead to it."""
    return [_field(path) for path in sorted(leaves(paths), key=lambda path: (path.count("[]"), path))]


def _field(path: str) -> Field:
    """Return "paper.groups[].products[].name" as "{{ product.name }}" inside its two loops."""
    *lists, last = path.split("[]")
    if not lists:
        return Field("{{ " + path + " }}")
    loops, item = [], ""
    for part in lists:
        source = item + part
        item = source.rsplit(".", 1)[-1].removesuffix("s")
        loops.append("{% for " + item + " in " + source + " %}")
    return Field("{{ " + item + last + " }}", tuple(loops))
