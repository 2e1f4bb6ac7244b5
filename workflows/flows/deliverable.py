"""How a deliverable comes to its number."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from projects.actions import deliverable as deliverables
from projects.models import Deliverable, PilotProject, Review
from projects.reviewing import outcome
from workflows import papers
from workflows.engine import BaseFlow
from workflows.forms.deliverable import FormatCheckForm, LeaderForm, ReviewForm, SubmitForm
from workflows.models import DeliverableProcess
from workflows.nodes import Each, UserTask

Status = Deliverable.Status


def project_of(process: Any) -> PilotProject:
    """The project whose province decides who may do the step."""
    return process.deliverable.stage.project


class DeliverableFlow(BaseFlow):
    """The manager prepares and submits, the clerk checks the form, reviewers check the content with a
    quorum, the leader approves, the paper gets its number. Anyone who checks may send it back with
    remarks; it then comes round again (NĐ 30/2020: drafter, checker and signer are different people)."""

    process_class = DeliverableProcess
    process_title = _("Deliverable")

    start = flow.StartHandle(this.begin).Annotation(title=_("Start")).Next(this.prepare)

    # project manager
    prepare = (
        UserTask(SubmitForm)
        .Annotation(title=_("Prepare and submit the deliverable"))
        .Permission("workflows.prepare_deliverable", obj=project_of)
        .Assign(this.author)
        .Next(this.check_format)
    )

    # clerk
    check_format = (
        UserTask(FormatCheckForm)
        .Annotation(title=_("Check the format"))
        .Permission("workflows.check_format", obj=project_of)
        .Next(this.format_checked)
    )
    format_checked = (
        flow.If(this.is_in_review).Annotation(title=_("Format right?")).Then(this.open_reviews).Else(this.prepare)
    )

    # reviewers
    open_reviews = Each(this.review_round).Annotation(title=_("To the reviewers")).Next(this.review)
    review = (
        UserTask(ReviewForm)
        .Annotation(title=_("Technical review"))
        .Permission("workflows.review_deliverable", obj=project_of)
        .Assign(this.reviewer)
        .Next(this.tally)
    )
    tally = flow.Join(continue_on_condition=this.is_decided).Annotation(title=_("Quorum")).Next(this.conclude)
    conclude = flow.Function(this.conclude_review).Annotation(title=_("Conclude the review")).Next(this.reviewed)
    reviewed = (
        flow.Switch()
        .Annotation(title=_("Result of the review"))
        .Case(this.approve, this.is_with_leader)
        .Case(this.prepare, this.is_returned)
        .Default(this.end)
    )

    # leader
    approve = (
        UserTask(LeaderForm)
        .Annotation(title=_("Approve the deliverable"))
        .Permission("workflows.approve_deliverable", obj=project_of)
        .Next(this.approved)
    )
    approved = flow.If(this.is_approved).Annotation(title=_("Approved?")).Then(this.issue).Else(this.prepare)

    # system
    issue = flow.Function(this.issue_paper).Annotation(title=_("Number and issue")).Next(this.end)
    end = flow.End().Annotation(title=_("End"))

    def begin(self, activation: Any, item: Deliverable) -> DeliverableProcess:
        """Tie the process to its deliverable."""
        activation.process.deliverable = deliverables.start_preparation(item)
        return activation.process

    def author(self, activation: Any) -> Any:
        """Who prepares: the project's manager."""
        return project_of(activation.process).manager

    def reviewer(self, activation: Any) -> Any:
        """Whose review this copy of the step is."""
        return activation.task.seed.reviewer

    def review_round(self, activation: Any) -> list[Review]:
        """The reviews of the round, one per reviewer."""
        return deliverables.open_review_round(activation.process.deliverable)

    def is_decided(self, activation: Any, active_tasks: Any) -> bool:
        """Whether the quorum is reached or can no longer be."""
        return bool(outcome(_fresh(activation)))

    def conclude_review(self, activation: Any) -> None:
        """Move the deliverable on by its round's outcome."""
        deliverables.conclude_review(activation.process.deliverable)

    def issue_paper(self, activation: Any) -> None:
        """Number the paper and put it in force."""
        papers.issue(_fresh(activation))

    def is_in_review(self, activation: Any) -> bool:
        """Whether the format check passed."""
        return _fresh(activation).status == Status.IN_REVIEW

    def is_with_leader(self, activation: Any) -> bool:
        """Whether the reviewers approved."""
        return _fresh(activation).status == Status.WITH_LEADER

    def is_returned(self, activation: Any) -> bool:
        """Whether the reviewers sent it back."""
        return _fresh(activation).status == Status.RETURNED

    def is_approved(self, activation: Any) -> bool:
        """Whether the leader approved."""
        return _fresh(activation).approved_at is not None


def _fresh(activation: Any) -> Deliverable:
    """The deliverable as it is now: the action of the step just changed it."""
    return Deliverable.objects.select_related("stage__project").get(pk=activation.process.deliverable_id)
