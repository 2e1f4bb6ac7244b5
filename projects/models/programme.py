"""Programme, plan and plan line: what the province decided, as printed."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import AdminUnit, Organisation, User
from people.scope import scope_of


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Questions about many programmes."""

    def visible_to(self, user: User | AnonymousUser) -> ProgrammeQuerySet:
        """Officials see the programmes of their province."""
        scope = scope_of(user)
        return self if scope.is_keeper else self.filter(province__in=scope.province_ids)


class Programme(models.Model):
    """A province's programme of traceability; its plans hang below it."""

    province = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="programmes")
    code = models.SlugField(_("code"), max_length=30, unique=True)
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    objects: ClassVar[Any] = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ("province", "code")
        verbose_name = _("programme")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The programme's page."""
        return reverse("projects:programme", args=[self.code])


class PlanQuerySet(models.QuerySet["Plan"]):
    """Questions about many plans."""

    def visible_to(self, user: User | AnonymousUser) -> PlanQuerySet:
        """Officials see the plans of their province."""
        scope = scope_of(user)
        return self if scope.is_keeper else self.filter(programme__province__in=scope.province_ids)

    def numbered(self, number: str, issued_on: date | None) -> PlanQuerySet:
        """Those of a number that may be of the same year (numbers start anew each year); none for an empty number.

        A plan without a day may be of any year, and without `issued_on` so may the number that is asked for.
        """
        if not number:
            return self.none()
        same = self.filter(number=number)
        return same.filter(Q(issued_on__year=issued_on.year) | Q(issued_on=None)) if issued_on else same


class Plan(models.Model):
    """A numbered paper that orders work: notice with annex, yearly plan, decision with plan."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("Notice")
        PLAN = "plan", _("Plan")
        DECISION = "decision", _("Decision")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="plans")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    number = models.CharField(
        _("number"), max_length=40, blank=True, help_text=_("As printed, for example 29/TB-CCTĐC.")
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plans")
    title = models.TextField(_("title"))
    annex_title = models.TextField(_("title of the annex"), blank=True)
    legal_bases = models.JSONField(_("legal bases"), default=list, blank=True)

    objects: ClassVar[Any] = PlanQuerySet.as_manager()

    class Meta:
        ordering = ("programme", "issued_on", "pk")
        verbose_name = _("plan")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Numbers start anew each year (NĐ 30/2020): a programme of several years may have a 01 in each. The year
            # is held by the actions, under the programme's lock; SQLite has no year that an index could be built on.
            models.UniqueConstraint(
                fields=["programme", "number", "issued_on"], condition=~Q(number=""), name="plan_number_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["programme", "number"],
                condition=~Q(number="") & Q(issued_on=None),
                name="plan_number_once_without_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.title

    def get_absolute_url(self) -> str:
        """The plan's page with its lines."""
        return reverse("projects:plan", args=[self.pk])


class PlanLine(models.Model):
    """One line of a plan's table. Printed text is kept, flaws included; parsed values stand beside it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="lines")
    section = models.CharField(_("section"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order"))
    printed_number = models.CharField(_("printed number"), max_length=10, blank=True)
    title = models.TextField(_("content"))
    objective = models.TextField(_("objective"), blank=True)
    recipients = models.TextField(_("who receives and applies"), blank=True)
    lead = models.TextField(_("lead unit"), blank=True)
    partners = models.TextField(_("partner units"), blank=True)
    period_text = models.CharField(_("period as printed"), max_length=120, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    recurrence = models.CharField(_("recurrence"), max_length=20, blank=True)
    funding_text = models.TextField(_("funding as printed"), blank=True)
    note = models.TextField(_("note"), blank=True)
    target_min = models.PositiveIntegerField(_("target from"), null=True, blank=True)
    target_max = models.PositiveIntegerField(_("target to"), null=True, blank=True)
    # What does not fit together in the printed paper, in words: kept, shown, never "repaired".
    flags = models.JSONField(_("remarks on the printed text"), default=list, blank=True)

    class Meta:
        ordering = ("plan", "position")
        verbose_name = _("plan line")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "position"], name="plan_line_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.printed_number}. {self.title}"


class ExpectedDeliverable(models.Model):
    """A result that a plan line promises ("Dự kiến sản phẩm chính")."""

    line = models.ForeignKey(PlanLine, on_delete=models.CASCADE, related_name="expected_deliverables")
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.TextField(_("title as printed"))

    class Meta:
        ordering = ("line", "position")
        verbose_name = _("expected deliverable")

    def __str__(self) -> str:
        return self.title
