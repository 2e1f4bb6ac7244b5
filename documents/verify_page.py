"""The page on which an official learns whether a Word file is a paper of ours, and what became of that paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from documents import force, policies
from documents.docx.package import MAX_FILE_BYTES
from documents.errors import TemplateRefused
from documents.models import Document, DocumentVersion
from documents.provenance import Outcome, Verdict, verify_file, with_number
from documents.tables import TONES
from documents.way import way
from projects.views.case import PersonRequest

State = DocumentVersion.State
# How each outcome looks, and what it is called.
HEADS = {
    Outcome.SAME_FILE: ("ok", gettext_lazy("This is our paper, unchanged.")),
    Outcome.SAME_TEXT: (
        "wait",
        gettext_lazy("Every word is that of our paper, but the file was saved again and is not the one issued."),
    ),
    Outcome.CHANGED: (
        "late",
        gettext_lazy("This file was changed: it bears a number of ours and says something else."),
    ),
    Outcome.UNKNOWN: ("late", gettext_lazy("This file was not issued by us.")),
}


class VerifyForm(forms.Form):
    """A file, or a number as it is printed."""

    file = forms.FileField(
        label=gettext_lazy("Word file (.docx)"),
        help_text=gettext_lazy("The file is read, compared and thrown away; nothing of it is stored."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        required=False,
    )
    number = forms.CharField(
        label=gettext_lazy("Or the number as it is printed"),
        help_text=gettext_lazy("For example 05/BC-ABC."),
        required=False,
        max_length=60,
    )

    def clean_file(self) -> bytes | None:
        """Read the file, if it is not too large to be a paper of ours."""
        upload = self.cleaned_data["file"]
        if upload is None:
            return None
        if upload.size > MAX_FILE_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(limit)d MB; no paper of ours is.") % {"limit": MAX_FILE_BYTES // 1024**2}
            )
        return bytes(upload.read())

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        typed = super().clean() or {}
        if not self.errors and not typed.get("file") and not typed.get("number"):
            raise forms.ValidationError(_("Choose a file, or type a number."))
        return typed


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: PersonRequest) -> HttpResponse:
    """Ask for a file or a number, and say what is known about it among the papers that the user may see."""
    if not policies.can_verify(request.user):
        raise Http404
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    context: dict[str, Any] = {
        "form": form,
        "crumbs": way(),
    }
    if form.is_bound and form.is_valid():
        context |= _answer(request, form)
    return render(request, "documents/verify.html", context, status=422 if form.errors else 200)


def _answer(request: PersonRequest, form: VerifyForm) -> dict[str, Any]:
    versions = _known(request)
    if not form.cleaned_data["file"]:
        number = form.cleaned_data["number"]
        return {"number": number, "papers": [_paper(version) for version in with_number(number, versions)]}
    try:
        verdict = verify_file(form.cleaned_data["file"], versions)
    except TemplateRefused as refused:
        form.add_error(
            "file", [_("This is no paper of ours, and its text cannot be read."), *map(str, refused.faults[:3])]
        )
        return {}
    tone, words = HEADS[verdict.outcome]
    return {"verdict": verdict, "tone": tone, "words": words, "papers": _papers(verdict), "name": _name(request)}


def _papers(verdict: Verdict) -> list[dict[str, Any]]:
    return [_paper(verdict.version)] if verdict.version else []


def _paper(version: DocumentVersion) -> dict[str, Any]:
    """What is said of a paper: its number, whether it is in force, and which paper took it out of force."""
    entry = getattr(version, "register_entry", None)
    later = force.replacement_of(version)
    revocation = getattr(version, "revocation", None)
    return {
        "version": version,
        "entry": entry,
        "tone": TONES[State(version.state)],
        "is_in_force": version.state == State.ISSUED,
        "replaced_by": later.register_entry if later else None,
        "revocation": revocation,
        "url": reverse("paper", args=[version.document_id]),
    }


def _known(request: PersonRequest) -> QuerySet[DocumentVersion]:
    visible = DocumentVersion.objects.filter(document__in=Document.objects.visible_to(request.user))
    return visible.select_related(
        "document", "register_entry__series__organisation", "register_entry__signed_by", "revocation__by_entry__series"
    )


def _name(request: PersonRequest) -> str:
    upload = request.FILES.get("file")
    return str(getattr(upload, "name", ""))[:120]
