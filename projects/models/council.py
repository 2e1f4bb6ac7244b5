"""The acceptance council (hội đồng nghiệm thu): its rules, members, sheets and result."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.models.deliverable import Deliverable
from projects.models.managing import OfProjectQuerySet
from projects.models.project import PilotProject


class CouncilRules(models.Model):
    """How a council is made up, when it may meet, and what its sheets add up to: data of the province.

    Fractions are kept as numerator and denominator, because 2/3 has no decimal form.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=160)
    sizes = models.JSONField(_("allowed numbers of members"), default=list)
    present_num = models.PositiveSmallIntegerField(_("present, numerator"), default=2)
    present_den = models.PositiveSmallIntegerField(_("present, denominator"), default=3)
    reviewers_present = models.PositiveSmallIntegerField(_("reviewers that must be present"), default=1)
    excellent_num = models.PositiveSmallIntegerField(_("excellent, numerator"), default=3)
    excellent_den = models.PositiveSmallIntegerField(_("excellent, denominator"), default=4)
    pass_num = models.PositiveSmallIntegerField(_("passed, numerator"), default=2)
    pass_den = models.PositiveSmallIntegerField(_("passed, denominator"), default=3)
    # A dossier handed in later than this after the project's end, without an extension, does not pass.
    late_months = models.PositiveSmallIntegerField(_("months late until it fails"), default=6)
    is_active = models.BooleanField(_("offered for new councils"), default=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("rules of councils")

    def __str__(self) -> str:
        return self.name


class Council(models.Model):
    """A council that judges one project's results in one meeting."""

    class Result(models.TextChoices):
        EXCELLENT = "excellent", _("Excellent")
        PASSED = "passed", _("Passed")
        FAILED = "failed", _("Did not pass")

    project = models.ForeignKey(PilotProject, on_delete=models.PROTECT, related_name="councils")
    rules = models.ForeignKey(CouncilRules, on_delete=models.PROTECT, related_name="councils")
    decision_number = models.CharField(_("number of the decision"), max_length=60)
    decision_date = models.DateField(_("date of the decision"))
    meets_at = models.DateTimeField(_("meets at"))
    place = models.CharField(_("place"), max_length=200)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    # Handing-in of the dossier, for the rule on lateness.
    dossier_on = models.DateField(_("dossier handed in on"))
    # Empty until the secretary closes the meeting; the arithmetic is kept as it was then.
    result = models.CharField(_("result"), max_length=9, choices=Result, blank=True, editable=False)
    arithmetic = models.JSONField(_("arithmetic"), default=dict, blank=True, editable=False)
    opinions = models.TextField(_("opinions and conclusion"), blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("project", "-meets_at", "-pk")
        verbose_name = _("acceptance council")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(closed_at=None), name="one_open_council_in_project"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, result="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(result="")),
                name="council_closed_with_result_and_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_number} · {self.project.code}"

    def get_absolute_url(self) -> str:
        """The council's page."""
        return reverse("council", args=[self.project.code, self.pk])


class CouncilMember(models.Model):
    """A person's seat in a council. Members have an account: each fills in a sheet of their own."""

    class Seat(models.TextChoices):
        CHAIR = "chair", _("Chair")
        VICE_CHAIR = "vice_chair", _("Vice chair")
        REVIEWER = "reviewer", _("Reviewer of the council")
        SECRETARY = "secretary", _("Scientific secretary")
        MEMBER = "member", _("Member")

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="council_seats")
    seat = models.CharField(_("seat"), max_length=10, choices=Seat)
    # Unanswered until the member says; a conflict bars from the meeting.
    has_conflict = models.BooleanField(_("conflict of interest"), null=True, editable=False)
    conflict_reason = models.TextField(_("what the conflict is"), blank=True, editable=False)
    is_present = models.BooleanField(_("present"), default=False, editable=False)

    class Meta:
        ordering = ("council", "pk")
        verbose_name = _("member of the council")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["council", "user"], name="council_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_seat_display()})"


class CouncilSheet(models.Model):
    """A present member's sheet (phiếu đánh giá): the overall grade and the comment."""

    class Grade(models.TextChoices):
        EXCELLENT = "excellent", _("Excellent grade")
        PASSED = "passed", _("Passed grade")
        FAILED = "failed", _("Failed grade")

    member = models.OneToOneField(CouncilMember, on_delete=models.PROTECT, related_name="sheet")
    grade = models.CharField(_("overall grade"), max_length=9, choices=Grade)
    comment = models.TextField(_("comment"), blank=True)
    handed_in_at = models.DateTimeField(_("handed in at"), editable=False)

    class Meta:
        ordering = ("member",)
        verbose_name = _("council sheet")

    def __str__(self) -> str:
        return f"{self.member}: {self.get_grade_display()}"


class SheetGrade(models.Model):
    """The grade of one product of the project on one criterion of a sheet."""

    class Criterion(models.TextChoices):
        QUANTITY = "quantity", _("Number and volume")
        QUALITY = "quality", _("Quality")
        KIND = "kind", _("Kind and variety")
        REPORT = "report", _("Report")

    sheet = models.ForeignKey(CouncilSheet, on_delete=models.CASCADE, related_name="grades")
    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="+")
    criterion = models.CharField(_("criterion"), max_length=8, choices=Criterion)
    grade = models.CharField(_("grade"), max_length=9, choices=CouncilSheet.Grade)

    class Meta:
        verbose_name = _("grade")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet", "deliverable", "criterion"], name="sheet_grade_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_criterion_display()}: {self.get_grade_display()}"
