"""What a manager steers by: baselines, matters that wait for an answer, amendments, judgements, money."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.scope import scope_of
from projects.models.deliverable import Deliverable
from projects.models.programme import PlanLine
from projects.models.project import Milestone, PilotProject


class OfProjectQuerySet(models.QuerySet[Any]):
    """Questions about rows that belong to one project."""

    def visible_to(self, user: User | AnonymousUser) -> OfProjectQuerySet:
        """Officials see what belongs to their province's projects."""
        scope = scope_of(user)
        return self if scope.is_keeper else self.filter(project__province__in=scope.province_ids)


class MilestoneReportQuerySet(models.QuerySet["MilestoneReport"]):
    """Questions about reports."""

    def visible_to(self, user: User | AnonymousUser) -> MilestoneReportQuerySet:
        """Officials see the reports of their province's projects."""
        scope = scope_of(user)
        return self if scope.is_keeper else self.filter(milestone__stage__project__province__in=scope.province_ids)


class MilestoneReport(models.Model):
    """What somebody said about a milestone: how far it is, and the evidence for it. Never changed."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="reports")
    percent = models.PositiveSmallIntegerField(_("percent"))
    note = models.TextField(_("note"), blank=True)
    file = models.FileField(_("evidence"), upload_to="evidence/", blank=True, editable=False)
    file_sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(_("at"), editable=False)

    objects: ClassVar[Any] = MilestoneReportQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("progress report")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="milestone_report_percent_to_100"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone}: {self.percent} %"


class Baseline(models.Model):
    """All dates of a project as they were promised once, under a name; triggers refuse any change."""

    project = models.ForeignKey(PilotProject, on_delete=models.PROTECT, related_name="baselines")
    name = models.CharField(_("name"), max_length=120, help_text=_("For example “theo Thông báo 29”."))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    made_at = models.DateTimeField(_("made at"), editable=False)

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("project", "made_at", "pk")
        verbose_name = _("baseline")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "name"], name="baseline_name_once_in_project"),
        ]

    def __str__(self) -> str:
        return self.name


class BaselineDate(models.Model):
    """The promised dates of one stage, milestone or deliverable."""

    class Kind(models.TextChoices):
        PROJECT = "project", _("Project")
        STAGE = "stage", _("Stage")
        MILESTONE = "milestone", _("Milestone")
        DELIVERABLE = "deliverable", _("Deliverable")

    baseline = models.ForeignKey(Baseline, on_delete=models.PROTECT, related_name="dates")
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    # The row's key at the time; a row that is gone keeps its title here.
    subject = models.PositiveBigIntegerField(_("subject"))
    title = models.TextField(_("title"))
    starts_on = models.DateField(_("starts on"), null=True)
    due_on = models.DateField(_("due on"))

    class Meta:
        ordering = ("baseline", "due_on", "pk")
        verbose_name = _("baseline date")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["baseline", "kind", "subject"], name="baseline_date_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.due_on:%d/%m/%Y}"


class Judgement(models.Model):
    """A manager's own colour for a project, against the computed one: reasoned, and only for a time."""

    class Colour(models.TextChoices):
        GREEN = "green", _("On plan")
        AMBER = "amber", _("Needs attention")
        RED = "red", _("In trouble")

    project = models.ForeignKey(PilotProject, on_delete=models.PROTECT, related_name="judgements")
    colour = models.CharField(_("colour"), max_length=5, choices=Colour)
    # What was computed when it was made: once that gets worse, the judgement no longer holds.
    computed = models.CharField(_("computed colour"), max_length=5, choices=Colour, editable=False)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(_("at"), editable=False)
    expires_on = models.DateField(_("holds until"))

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("judgement")

    def __str__(self) -> str:
        return f"{self.get_colour_display()}: {self.reason}"


class Matter(models.Model):
    """Something in a project that one named person must answer by a day.

    A blocker ("khó khăn, vướng mắc") asks a leader for a decision, a direction ("ý kiến chỉ đạo")
    asks a subordinate to act, a question asks the author about a deliverable and stops the clock.
    """

    class Kind(models.TextChoices):
        BLOCKER = "blocker", _("Difficulty")
        DIRECTION = "direction", _("Direction")
        QUESTION = "question", _("Question")

    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    project = models.ForeignKey(PilotProject, on_delete=models.PROTECT, related_name="matters")
    milestone = models.ForeignKey(
        Milestone, null=True, blank=True, on_delete=models.PROTECT, related_name="matters", verbose_name=_("milestone")
    )
    deliverable = models.ForeignKey(
        Deliverable,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="matters",
        verbose_name=_("deliverable"),
    )
    text = models.TextField(_("what it is about"))
    # For a blocker: the decision that is needed.
    needed = models.TextField(_("decision needed"), blank=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="raised_matters", editable=False
    )
    raised_at = models.DateTimeField(_("raised at"), editable=False)
    addressee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="matters", verbose_name=_("who must answer")
    )
    due_on = models.DateField(_("answer by"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    # Taken back by whoever raised it, without an answer.
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        verbose_name = _("matter")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(answered_by=None, answered_at=None)
                | Q(answered_by__isnull=False, answered_at__isnull=False, withdrawn_at=None),
                name="matter_answered_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """The project's page of matters, at this one."""
        return f"{reverse('projects:matters', args=[self.project.code])}#m{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its answer."""
        return self.answered_at is None and self.withdrawn_at is None


class Amendment(models.Model):
    """A change of dates that a leader must approve ("điều chỉnh"), with what was and what shall be."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("Waiting for the leader")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    project = models.ForeignKey(PilotProject, on_delete=models.PROTECT, related_name="amendments")
    name = models.CharField(_("name"), max_length=120, help_text=_("The new baseline gets this name."))
    reason = models.TextField(_("reason"))
    # [{"kind": BaselineDate.Kind, "subject": pk, "title": …, "before": "2022-06-30", "after": "2022-09-30"}]
    changes = models.JSONField(_("changes"))
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.REQUESTED, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    requested_at = models.DateTimeField(_("requested at"), editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decision_note = models.TextField(_("note of the decision"), blank=True)
    baseline = models.OneToOneField(
        Baseline, null=True, on_delete=models.PROTECT, related_name="amendment", editable=False
    )

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at", "-pk")
        verbose_name = _("amendment")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(status="requested"), name="one_open_amendment_in_project"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The amendment with before and after."""
        return reverse("projects:amendment", args=[self.project.code, self.pk])

    def shown_changes(self) -> list[dict[str, Any]]:
        """The changes with their dates as dates, and by how many calendar days each one moves."""
        shown = []
        for change in self.changes:
            before, after = date.fromisoformat(change["before"]), date.fromisoformat(change["after"])
            shown.append({"title": change["title"], "before": before, "after": after, "days": (after - before).days})
        return shown


class Funding(models.Model):
    """Money for a plan line, or for the project that carries it out, by year and source."""

    class Source(models.TextChoices):
        """Bắc Kạn 1633/QĐ-UBND, part IV."""

        STATE = "state", _("State budget")
        DONOR = "donor", _("International and domestic donors")
        ENTERPRISE = "enterprise", _("Enterprises")
        OTHER = "other", _("Other lawful sources")

    line = models.ForeignKey(PlanLine, null=True, blank=True, on_delete=models.PROTECT, related_name="funding")
    project = models.ForeignKey(PilotProject, null=True, blank=True, on_delete=models.PROTECT, related_name="funding")
    source = models.CharField(_("source"), max_length=10, choices=Source)
    detail = models.CharField(_("kind of money"), max_length=160, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    planned = models.PositiveBigIntegerField(_("planned (đồng)"))
    disbursed = models.PositiveBigIntegerField(_("disbursed (đồng)"), default=0)

    class Meta:
        ordering = ("year", "source", "pk")
        verbose_name = _("funding")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(line__isnull=False, project=None) | Q(line=None, project__isnull=False),
                name="funding_of_a_line_or_a_project",
            ),
            models.CheckConstraint(condition=Q(disbursed__lte=F("planned")), name="funding_disbursed_within_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.year}"
