"""How a paper that is no deliverable comes to its number."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from documents.models import Document
from people.models import AdminUnit, User
from projects.models import PilotProject
from workflows import signing
from workflows.engine import BaseFlow
from workflows.forms.paper import PaperCheckForm, RevisePaperForm, SignatureForm
from workflows.models import PaperProcess
from workflows.nodes import UserTask


def place_of(process: Any) -> PilotProject | AdminUnit:
    """The project, or the province, whose officials do the steps."""
    document: Document = process.document
    province: AdminUnit = document.organisation.province
    return document.case_project or province


class PaperFlow(BaseFlow):
    """The author sends a paper, the clerk checks its format, the leader signs it, it gets its number. Clerk and
    leader may send it back; it then comes round again (NĐ 30/2020: drafter, checker and signer are different
    people)."""

    process_class = PaperProcess
    process_title = _("Paper")

    start = flow.StartHandle(this.begin).Annotation(title=_("Sent")).Next(this.check)

    # clerk
    check = (
        UserTask(PaperCheckForm)
        .Annotation(title=_("Check the paper's format"))
        .Permission("workflows.check_paper", obj=place_of)
        .Next(this.checked)
    )
    checked = flow.If(this.is_checked).Annotation(title=_("Format right?")).Then(this.sign).Else(this.revise)

    # leader
    sign = (
        UserTask(SignatureForm)
        .Annotation(title=_("Sign the paper"))
        .Permission("workflows.sign_paper", obj=place_of)
        .Next(this.signed)
    )
    signed = flow.If(this.is_signed).Annotation(title=_("Signed?")).Then(this.issue).Else(this.revise)

    # author
    revise = (
        UserTask(RevisePaperForm)
        .Annotation(title=_("Change the paper and send it again"))
        .Permission("workflows.revise_paper", obj=place_of)
        .Assign(this.author)
        .Next(this.check)
    )

    # system
    issue = flow.Function(this.issue_paper).Annotation(title=_("Number and issue")).Next(this.end)
    end = flow.End().Annotation(title=_("End"))

    def begin(self, activation: Any, document: Document, by: User) -> PaperProcess:
        """Tie the process to its paper and to who sent it."""
        activation.process.document, activation.process.sent_by = document, by
        return activation.process

    def author(self, activation: Any) -> Any:
        """Who changes it: whoever sent it last."""
        return activation.process.sent_by

    def is_checked(self, activation: Any) -> bool:
        """Whether the clerk let it pass."""
        return bool(_fresh(activation).checked_by_id)

    def is_signed(self, activation: Any) -> bool:
        """Whether the leader signed."""
        return bool(_fresh(activation).signed_by_id)

    def issue_paper(self, activation: Any) -> None:
        """Number the paper and put it in force."""
        signing.issue(_fresh(activation))


def _fresh(activation: Any) -> PaperProcess:
    """The process as it is now: the step's act just changed it."""
    return PaperProcess.objects.select_related("document", "signed_by").get(pk=activation.process.pk)
