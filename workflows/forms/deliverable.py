"""Steps of the deliverable flow: submit, check, review, approve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Document, DocumentVersion
from documents.reading import reading_of
from projects.actions import deliverable as actions
from projects.models import Deliverable, Remark, Review
from workflows.changes import History, Mark, Places, marks
from workflows.forms.base import RemarkFields, StepForm
from workflows.forms.decision import ChoiceForm

APPROVE, RETURN = "approve", "return"
CORRECTED, DECLINED = "on", "declined"


@dataclass(frozen=True)
class AnswerRow:
    """An open remark with the fields of its answer, the place on the page, and what became of it so far."""

    remark: Remark
    done: Any
    answer: Any
    anchor: str
    mark: Mark | None


class SubmitForm(StepForm):
    """Hand in the latest draft; each open remark is ticked off with an answer, or with why nothing was changed."""

    template_name = "workflows/forms/submit.html"
    submit_label = gettext_lazy("Submit for the format check")
    prepares = True

    def build(self) -> None:
        """Two ticks to choose from and one answer per open remark."""
        self.open_remarks = list(self.process.deliverable.remarks.filter(addressed_at=None).select_related("by"))
        for remark in self.open_remarks:
            self.fields[f"done_{remark.pk}"] = forms.ChoiceField(
                label=_("Done: %(remark)s") % {"remark": remark.text},
                choices=((CORRECTED, _("Corrected")), (DECLINED, _("Not corrected, because …"))),
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                error_messages={"required": _("Tick off this remark when it is done.")},
            )
            self.fields[f"answer_{remark.pk}"] = forms.CharField(
                label=_("What was changed, or why not"), required=False, max_length=500
            )

    def answer_rows(self) -> list[AnswerRow]:
        """Each open remark as the page draws it."""
        if not self.open_remarks:
            return []
        history = History(self.process.deliverable)
        text, places = reading_of(history.newest), Places(history)
        rows = []
        for remark in self.open_remarks:
            section = text.find(remark.section) if remark.section else None
            anchor, mark = section.anchor if section else "", marks().get(places.became(remark))
            rows.append(AnswerRow(remark, self[f"done_{remark.pk}"], self[f"answer_{remark.pk}"], anchor, mark))
        return rows

    def clean(self) -> dict[str, Any]:
        """There must be a draft, and a new one after a return."""
        deliverable = Deliverable.objects.get(pk=self.process.deliverable_id)
        document = Document.objects.filter(deliverable=deliverable).first()
        draft = document.latest if document else None
        if draft is None or draft.state != DocumentVersion.State.DRAFT:
            raise forms.ValidationError(_("There is no draft yet: generate the document first, then submit it."))
        if deliverable.submitted_at and draft.created_at <= deliverable.submitted_at:
            raise forms.ValidationError(
                _("Version %(number)d was already submitted: generate a new version with the changes first.")
                % {"number": draft.number}
            )
        for pk in self._declined():
            if not self.cleaned_data.get(f"answer_{pk}", "").strip():
                self.add_error(f"answer_{pk}", _("Say why nothing was changed."))
        return self.cleaned_data

    def _declined(self) -> set[int]:
        return {each.pk for each in self.open_remarks if self.cleaned_data.get(f"done_{each.pk}") == DECLINED}

    def save(self) -> None:
        """Submit with the answers to the remarks."""
        answers = {remark.pk: self.cleaned_data[f"answer_{remark.pk}"] for remark in self.open_remarks}
        actions.submit(self.process.deliverable, by=self.user, answers=answers, declined=self._declined())


class DecisionForm(RemarkFields, ChoiceForm):
    """A decision with remarks when it is not an approval."""

    template_name = "workflows/forms/decision.html"
    submit_label = gettext_lazy("Record the decision")
    batch_answer: Mapping[str, Any] | None = MappingProxyType({"decision": APPROVE})
    decision_keys = MappingProxyType({APPROVE: ("a", "#confirm"), RETURN: ("r", "#id_remark_1")})

    def build(self) -> None:
        """Add the remark rows to the choices."""
        super().build()
        self.add_remark_fields()

    def clean(self) -> dict[str, Any]:
        """A return needs at least one remark; an approval none."""
        decision = self.cleaned_data.get("decision")
        if decision and decision != APPROVE and not self.remarks():
            self.add_error("remark_1", _("Write at least one remark, so that the author knows what to change."))
        if decision == APPROVE and self.remarks():
            self.add_error("decision", _("You wrote remarks: choose to return the deliverable, or delete them."))
        return self.cleaned_data

    def check_fields(self) -> list[Any]:
        """The tick boxes of a checklist, as the page draws them; only the format check has some."""
        return [field for field in self if field.name.startswith("check_")]

    @property
    def is_approval(self) -> bool:
        """Whether the answer lets the deliverable go on."""
        return bool(self.cleaned_data["decision"] == APPROVE)


class FormatCheckForm(DecisionForm):
    """The clerk's check against the deliverable's checklist, which nobody ticks off unseen."""

    batch_answer: Mapping[str, Any] | None = None
    choices = [
        (APPROVE, gettext_lazy("The format is right: send it to the reviewers")),
        (RETURN, gettext_lazy("Return with remarks")),
    ]

    def build(self) -> None:
        """One tick box per line of the checklist."""
        super().build()
        self.checks = {f"check_{n}": line for n, line in enumerate(self.process.deliverable.checklist, start=1)}
        for name, line in self.checks.items():
            self.fields[name] = forms.BooleanField(label=line, required=False)
        self.order_fields([*self.checks, "decision"])

    def clean(self) -> dict[str, Any]:
        """A format is right only when every line of the checklist is."""
        super().clean()
        if self.cleaned_data.get("decision") == APPROVE:
            for name in self.checks:
                if not self.cleaned_data.get(name):
                    self.add_error(name, _("Tick this line, or return the deliverable with a remark about it."))
        return self.cleaned_data

    def decide(self) -> None:
        """Record the check."""
        actions.record_format_check(
            self.process.deliverable, by=self.user, passed=self.is_approval, remarks=self.remarks()
        )


class ReviewForm(DecisionForm):
    """One reviewer's verdict."""

    choices = list(Review.Verdict.choices)

    def decide(self) -> None:
        """Record the verdict."""
        actions.record_verdict(
            self.activation.task.seed,
            by=self.user,
            verdict=self.cleaned_data["decision"],
            remarks=self.remarks(),
            acting_for=self.acting_for,
        )


class LeaderForm(DecisionForm):
    """The leader's decision."""

    choices = [
        (APPROVE, gettext_lazy("Approve: number and issue the paper")),
        (RETURN, gettext_lazy("Return with remarks")),
    ]

    def decide(self) -> None:
        """Record the decision; the flow issues the paper."""
        actions.record_leader_decision(
            self.process.deliverable, by=self.user, approved=self.is_approval, remarks=self.remarks()
        )
