"""The pilot project: its people, stages, milestones, gates and enrolled products."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import AdminUnit, Membership, Organisation, User
from people.scope import scope_of
from projects.models.programme import PlanLine
from projects.models.template import ProjectTemplate, StageKind
from registry.models import Product, Standard
from registry.models.producer import producers_of


class PilotProjectQuerySet(models.QuerySet["PilotProject"]):
    """Questions about many pilot projects."""

    def visible_to(self, user: User | AnonymousUser) -> PilotProjectQuerySet:
        """Officials see their province's projects; a case file is not for producers."""
        scope = scope_of(user)
        return self if scope.is_keeper else self.filter(province__in=scope.province_ids)

    def for_table(self) -> PilotProjectQuerySet:
        """What the list shows, without a query per row."""
        return self.select_related("province", "manager", "line__plan").annotate(
            deliverable_count=Count("stages__deliverables", distinct=True),
            issued_count=Count("stages__deliverables", filter=Q(stages__deliverables__status="issued"), distinct=True),
            product_count=Count("enrolments", filter=Q(enrolments__withdrawn_at=None), distinct=True),
        )


class PilotProject(models.Model):
    """One pilot model of product traceability, from plan line to acceptance."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        RUNNING = "running", _("Running")
        ACCEPTED = "accepted", _("Accepted")
        STOPPED = "stopped", _("Stopped")

    code = models.SlugField(_("code"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=300)
    objective = models.TextField(_("objective"), blank=True)
    province = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="projects")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="projects")
    line = models.ForeignKey(PlanLine, null=True, blank=True, on_delete=models.PROTECT, related_name="projects")
    template = models.ForeignKey(ProjectTemplate, on_delete=models.PROTECT, related_name="projects")
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="managed_projects")
    standards = models.ManyToManyField(Standard, blank=True, related_name="projects")
    minimum_stars = models.PositiveSmallIntegerField(_("stars needed to enrol"), default=0)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    starts_on = models.DateField(_("starts on"))
    due_on = models.DateField(_("due on"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="accepted_projects"
    )

    objects: ClassVar[Any] = PilotProjectQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        verbose_name = _("pilot project")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(status="accepted", accepted_at__isnull=False, accepted_by__isnull=False)
                | (~Q(status="accepted") & Q(accepted_at__isnull=True, accepted_by__isnull=True)),
                name="project_accepted_with_time_and_person",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="project_due_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        """The project's page."""
        return reverse("project", args=[self.code])

    def people(self, role: str) -> list[User]:
        """The project's active people of one role, in a stable order."""
        members = self.members.filter(role=role, user__is_active=True).select_related("user").order_by("pk")
        return [member.user for member in members]

    def stage(self, kind: str) -> Stage:
        """The project's stage of one kind."""
        return self.stages.get(kind=kind)

    def enrolled_products(self) -> models.QuerySet[Product]:
        """Products that take part now, in the order of enrolment."""
        return Product.objects.filter(enrolments__project=self, enrolments__withdrawn_at=None).order_by(
            "enrolments__pk"
        )


class ProjectMember(models.Model):
    """A person's part in one project."""

    project = models.ForeignKey(PilotProject, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="project_memberships")
    role = models.CharField(_("role"), max_length=15, choices=Membership.Role)

    class Meta:
        ordering = ("project", "role", "pk")
        verbose_name = _("project member")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "user", "role"], name="project_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class ReceivingParty(models.Model):
    """Who receives and applies the results ("Dự kiến địa chỉ tiếp nhận và áp dụng")."""

    project = models.ForeignKey(PilotProject, on_delete=models.CASCADE, related_name="receiving_parties")
    name = models.CharField(_("name"), max_length=300)

    class Meta:
        ordering = ("project", "pk")
        verbose_name = _("receiving party")

    def __str__(self) -> str:
        return self.name


class Stage(models.Model):
    """One of a project's five stages; its own copy of the template's."""

    project = models.ForeignKey(PilotProject, on_delete=models.PROTECT, related_name="stages")
    kind = models.CharField(_("stage"), max_length=15, choices=StageKind)
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=120)
    starts_on = models.DateField(_("starts on"))
    due_on = models.DateField(_("due on"))
    opened_at = models.DateTimeField(_("opened at"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)

    class Meta:
        ordering = ("project", "position")
        verbose_name = _("stage")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "kind"], name="stage_once_in_project"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False), name="stage_opens_before_it_closes"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether work in the stage goes on now."""
        return self.opened_at is not None and self.closed_at is None

    def days_late(self, today: date) -> int:
        """Calendar days past the due date while the stage is not closed; 0 when in time."""
        return 0 if self.closed_at else max((today - self.due_on).days, 0)


class Milestone(models.Model):
    """A dated goal inside a stage."""

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(_("title"), max_length=200)
    due_on = models.DateField(_("due on"))
    # Who answers for it; empty: the project's manager.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="milestones"
    )
    # A date that a law or a decision sets: missing it makes the project red at once.
    is_legal = models.BooleanField(_("legal deadline"), default=False)
    percent = models.PositiveSmallIntegerField(_("percent done"), default=0, editable=False)
    reached_at = models.DateTimeField(_("reached at"), null=True, blank=True, editable=False)
    reached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="reached_milestones"
    )

    class Meta:
        ordering = ("stage", "due_on", "pk")
        verbose_name = _("milestone")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="milestone_percent_to_100"),
        ]

    def __str__(self) -> str:
        return self.title


class GateRule(models.Model):
    """The project's own copy of a gate rule. `stage` is empty for the closing gate."""

    project = models.ForeignKey(PilotProject, on_delete=models.CASCADE, related_name="gate_rules")
    stage = models.ForeignKey(Stage, null=True, blank=True, on_delete=models.CASCADE, related_name="gate_rules")
    rule = models.SlugField(_("rule"), max_length=40)
    minimum = models.PositiveIntegerField(_("at least"))

    class Meta:
        ordering = ("project", "pk")
        verbose_name = _("gate rule")

    def __str__(self) -> str:
        return f"{self.rule} ≥ {self.minimum}"


def with_visible_enrolment(user: User | AnonymousUser) -> Q:
    """Return the condition on rows with an `enrolment`: of an official's provinces, or of a producer's own people."""
    scope = scope_of(user)
    if scope.is_keeper:
        return Q()
    official = Q(enrolment__project__province__in=scope.province_ids)
    return official | Q(enrolment__product__producer__in=producers_of(user))


class Enrolment(models.Model):
    """A product's part in a project; stamps are issued only under it."""

    project = models.ForeignKey(PilotProject, on_delete=models.PROTECT, related_name="enrolments")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="enrolments")
    enrolled_at = models.DateTimeField(_("enrolled at"), editable=False)
    enrolled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments_made", editable=False
    )
    # How many stamps may be issued under the enrolment in all; none until somebody has granted them.
    stamp_quota = models.PositiveIntegerField(_("stamp quota"), default=0)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawal_reason = models.TextField(_("reason for withdrawal"), blank=True)

    class Meta:
        ordering = ("project", "pk")
        verbose_name = _("enrolment")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["project", "product"], condition=Q(withdrawn_at=None), name="product_enrolled_once_in_project"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.project.code}"
