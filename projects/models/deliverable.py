"""Deliverables (sản phẩm giao nộp), their reviews and the remarks made on them."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import Organisation, User
from people.scope import scope_of
from projects.models.project import Stage


class DeliverableQuerySet(models.QuerySet["Deliverable"]):
    """Questions about many deliverables."""

    def visible_to(self, user: User | AnonymousUser) -> DeliverableQuerySet:
        """Officials see the deliverables of their province's projects."""
        scope = scope_of(user)
        return self if scope.is_keeper else self.filter(stage__project__province__in=scope.province_ids)

    def open(self) -> DeliverableQuerySet:
        """Deliverables still owed."""
        return self.exclude(status__in=[Deliverable.Status.ISSUED, Deliverable.Status.CANCELLED])


class Deliverable(models.Model):
    """A paper that the project owes, from preparation to its number."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        DRAFTING = "drafting", _("Being prepared")
        FORMAT_CHECK = "format_check", _("In format check")
        IN_REVIEW = "in_review", _("In technical review")
        WITH_LEADER = "with_leader", _("With the leader")
        RETURNED = "returned", _("Returned with remarks")
        REJECTED = "rejected", _("Rejected")
        ISSUED = "issued", _("Issued")
        CANCELLED = "cancelled", _("Cancelled")

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="deliverables")
    code = models.CharField(_("code"), max_length=10)
    title = models.TextField(_("title"))
    document_kind = models.CharField(_("kind of document"), max_length=40)
    reviewers_needed = models.PositiveSmallIntegerField(_("approvals needed"))
    checklist = models.JSONField(_("checklist of the format check"), default=list, blank=True)
    due_on = models.DateField(_("due on"))
    status = models.CharField(_("status"), max_length=14, choices=Status, default=Status.PLANNED, editable=False)
    # How many times it was submitted; reviews and remarks belong to a round.
    round = models.PositiveSmallIntegerField(_("round"), default=0, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="submissions"
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    # The leader whose approval put the paper in force; empty again when a new round is submitted.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="approvals"
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)

    objects: ClassVar[Any] = DeliverableQuerySet.as_manager()

    class Meta:
        ordering = ("stage", "code", "pk")
        verbose_name = _("deliverable")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["stage", "code"], name="deliverable_code_once_in_stage"),
            models.CheckConstraint(
                condition=Q(round=0, submitted_by=None, submitted_at=None)
                | Q(round__gt=0, submitted_by__isnull=False, submitted_at__isnull=False),
                name="deliverable_round_has_a_submitter",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="deliverable_approved_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        """The deliverable's page: its document, versions, reviews and remarks."""
        return reverse("deliverable", args=[self.stage.project.code, self.pk])

    def days_late(self, today: date) -> int:
        """Calendar days past the due date while still owed; 0 when in time."""
        done = self.status in (self.Status.ISSUED, self.Status.CANCELLED)
        return 0 if done else max((today - self.due_on).days, 0)


class Review(models.Model):
    """One reviewer's verdict in one round; empty until decided."""

    class Verdict(models.TextChoices):
        APPROVE = "approve", _("Meets the requirements")
        RETURN = "return", _("Return with remarks")
        REJECT = "reject", _("Reject")

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField(_("round"), editable=False)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")
    # Who gave the verdict: the reviewer, or their substitute while they were away.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)

    class Meta:
        ordering = ("deliverable", "round", "pk")
        verbose_name = _("review")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["deliverable", "round", "reviewer"], name="review_once_in_round"),
            models.CheckConstraint(
                condition=Q(verdict="", decided_at=None) | (~Q(verdict="") & Q(decided_at__isnull=False)),
                name="review_verdict_and_time_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.get_verdict_display() or '…'}"


class RemarkPhraseQuerySet(models.QuerySet["RemarkPhrase"]):
    """Questions about many standard remarks."""

    def visible_to(self, user: User | AnonymousUser) -> RemarkPhraseQuerySet:
        """People use the standard remarks of the agencies in which they hold an office."""
        scope = scope_of(user)
        return self if scope.is_keeper else self.filter(organisation__in={office[1] for office in scope.memberships})


class RemarkPhrase(models.Model):
    """A standard remark of an agency, offered wherever its people send something back."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="remark_phrases")
    text = models.CharField(_("remark"), max_length=300)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)

    objects: ClassVar[Any] = RemarkPhraseQuerySet.as_manager()

    class Meta:
        ordering = ("organisation", "position", "pk")
        verbose_name = _("standard remark")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "text"], name="remark_phrase_once"),
        ]

    def __str__(self) -> str:
        return self.text


class Remark(models.Model):
    """What must change before the deliverable comes back; ticked off by its author."""

    class Anchor(models.TextChoices):
        WHOLE = "whole", _("The whole")
        SECTION = "section", _("Section of the document")
        FIELD = "field", _("Field of the form")

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="remarks")
    round = models.PositiveSmallIntegerField(_("round"), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="remarks", editable=False)
    anchor = models.CharField(_("about"), max_length=7, choices=Anchor, default=Anchor.WHOLE)
    # The heading of the section or the name of the field, in words that stay readable in later versions.
    section = models.CharField(_("place in the document"), max_length=120, blank=True)
    # The standard remark it was picked from, so that the most frequent ones can be counted.
    phrase = models.ForeignKey(
        RemarkPhrase, null=True, blank=True, on_delete=models.PROTECT, related_name="remarks", editable=False
    )
    text = models.TextField(_("remark"))
    made_at = models.DateTimeField(_("made at"), editable=False)
    addressed_at = models.DateTimeField(_("addressed at"), null=True, editable=False)
    answer = models.TextField(_("answer of the author"), blank=True)
    # The author changed nothing and says why in the answer.
    declined = models.BooleanField(_("not changed"), default=False, editable=False)

    class Meta:
        ordering = ("deliverable", "round", "pk")
        verbose_name = _("remark")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(declined=False) | (Q(addressed_at__isnull=False) & ~Q(answer="")),
                name="remark_declined_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text
