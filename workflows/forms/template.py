"""The forms about Word templates: uploading, publishing, withdrawing, and on which data one is shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import policies
from documents.docx.package import MAX_FILE_BYTES
from documents.models import Document
from people.models import AdminUnit, User
from registry.forms import day_input

SAMPLE = "sample"


class UploadForm(forms.Form):
    """A new Word file for one kind of paper of a province."""

    province = forms.ModelChoiceField(label=gettext_lazy("Province"), queryset=AdminUnit.objects.none())
    file = forms.FileField(
        label=gettext_lazy("Word file (.docx)"),
        help_text=gettext_lazy("At most 2 MB. It prints nothing until it is published."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
    note = forms.CharField(
        label=gettext_lazy("What changed"),
        help_text=gettext_lazy("One or two sentences for those who will use it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provinces = AdminUnit.objects.filter(pk__in=policies.template_provinces(user))
        self.only = provinces[0] if len(provinces) == 1 else None
        if self.only:
            del self.fields["province"]
        else:
            self.fields["province"].queryset = provinces  # type: ignore[attr-defined]

    def clean_file(self) -> bytes:
        """Read the file, if it is not too large to be a template."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_FILE_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(limit)d MB; take out pictures.") % {"limit": MAX_FILE_BYTES // 1024**2}
            )
        data: bytes = upload.read()
        return data

    def clean(self) -> dict[str, Any]:
        """Fill in the only province."""
        cleaned = super().clean() or {}
        return cleaned | {"province": self.only} if self.only else cleaned


class PublishForm(forms.Form):
    """From which day on a template prints."""

    in_use_from = forms.DateField(
        label=gettext_lazy("In use from"),
        help_text=gettext_lazy("For papers begun on this day or later. Papers being drafted keep their template."),
        widget=day_input(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"in_use_from": timezone.localdate()})
        super().__init__(*args, **kwargs)


class WithdrawForm(forms.Form):
    """Why a template is taken out of use."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class PreviewForm(forms.Form):
    """On which data a template is shown: the sample, or a paper of the province."""

    on = forms.ChoiceField(label=gettext_lazy("Show it with"), required=False)

    def __init__(self, *args: Any, papers: list[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = {str(paper.pk): paper for paper in papers}
        choices = [(key, f"{paper.title} ({paper.organisation})") for key, paper in self.papers.items()]
        self.fields["on"].choices = [(SAMPLE, _("Sample data")), *choices]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Document | None:
        """The paper chosen; None for the sample, also when something else was asked for."""
        return self.papers.get(self.cleaned_data.get("on", "")) if self.is_valid() else None
