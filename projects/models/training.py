"""Training: classes and their topics, who is invited, who came, and the material that is handed out."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.models.programme import PlanLine
from projects.models.project import PilotProject
from registry.models import Producer, ProductGroup
from registry.search import FoldedField


class TrainingTopic(models.Model):
    """A topic of the catalogue from which classes choose (seed 001, section II.1b)."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        ordering = ("position", "name")
        verbose_name = _("training topic")

    def __str__(self) -> str:
        return self.name


class TrainingSession(models.Model):
    """A class for producers, or for the agencies that manage them; planned until `held_on` is known."""

    class Audience(models.TextChoices):
        PRODUCERS = "producers", _("Producers")
        AGENCIES = "agencies", _("Agencies")
        MIXED = "mixed", _("Producers and agencies")

    project = models.ForeignKey(PilotProject, on_delete=models.PROTECT, related_name="training_sessions")
    # The line of a plan that asks for the class.
    line = models.ForeignKey(
        PlanLine, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="training_sessions"
    )
    title = models.CharField(_("title"), max_length=200)
    audience = models.CharField(_("audience"), max_length=10, choices=Audience)
    due_on = models.DateField(_("to be held by"), null=True, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    topic_list = models.ManyToManyField(
        TrainingTopic, blank=True, related_name="sessions", verbose_name=_("topics of the catalogue")
    )
    topics = models.TextField(_("other topics"), blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), default=50)

    class Meta:
        ordering = ("project", "held_on", "pk")
        verbose_name = _("training session")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The class with who came."""
        return reverse("projects:session", args=[self.project.code, self.pk])


class ClassMeeting(models.Model):
    """A further half-day or day of a class that meets several times."""

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="meetings")
    held_on = models.DateField(_("date"))
    begins_at = models.TimeField(_("begins at"))
    about = models.CharField(_("content"), max_length=200, blank=True)

    class Meta:
        ordering = ("session", "held_on", "begins_at")
        verbose_name = _("meeting of a class")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "held_on", "begins_at"], name="class_meets_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.held_on:%d/%m/%Y} {self.begins_at:%H:%M}"


def _of_one_side() -> Q:
    return Q(producer__isnull=False, agency="") | (Q(producer=None) & ~Q(agency=""))


class Participant(models.Model):
    """A person of a producer or of an agency, with the phone number by which they are found at the door."""

    producer = models.ForeignKey(
        Producer, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("producer")
    )
    agency = models.CharField(_("agency"), max_length=200, blank=True)
    person_name = models.CharField(_("full name"), max_length=120)
    phone = models.CharField(_("phone number"), max_length=12, blank=True)
    search_text = FoldedField("person_name", "phone", "agency")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.person_name

    @property
    def side(self) -> str:
        """The producer or the agency, by name."""
        return self.producer.name if self.producer else self.agency


class Invitation(Participant):
    """A seat kept for a person; the token stands in the code on the printed invitation."""

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="invitations")
    token = models.CharField(_("token"), max_length=16, unique=True, editable=False)
    invited_at = models.DateTimeField(_("invited at"), editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ("session", "pk")
        verbose_name = _("invitation")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=_of_one_side(), name="invitation_for_a_producer_or_an_agency"),
        ]


class Attendance(Participant):
    """One person who came, for a producer or for an agency."""

    class Way(models.TextChoices):
        TYPED = "typed", _("Typed from the paper list")
        CODE = "code", _("Code of the invitation")
        LIST = "list", _("Found in the list")
        WALK_IN = "walk_in", _("Came without an invitation")

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="attendances")
    invitation = models.OneToOneField(
        Invitation, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="attendance"
    )
    way = models.CharField(_("how entered"), max_length=8, choices=Way, default=Way.TYPED, editable=False)
    # Two people with one phone: the number does not make them one person.
    shares_phone = models.BooleanField(_("another person has the same phone number"), default=False)
    checked_in_at = models.DateTimeField(_("checked in at"), null=True, editable=False)
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    passed_check = models.BooleanField(_("passed the competency check"), default=False)
    certificate_number = models.PositiveSmallIntegerField(_("certificate number"), null=True, editable=False)

    class Meta:
        ordering = ("session", "pk")
        verbose_name = _("attendance")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=_of_one_side(), name="attendance_for_a_producer_or_an_agency"),
            models.UniqueConstraint(
                fields=["session", "certificate_number"],
                condition=Q(certificate_number__isnull=False),
                name="certificate_number_once_in_class",
            ),
        ]


class TrainingMaterial(models.Model):
    """A file that is handed out, for a product group or for all; a new file of a title is its next version."""

    project = models.ForeignKey(PilotProject, on_delete=models.PROTECT, related_name="materials")
    group = models.ForeignKey(
        ProductGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="materials",
        verbose_name=_("product group"),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=160)
    version = models.PositiveSmallIntegerField(_("version"), editable=False)
    file = models.FileField(_("file"), upload_to="materials/", max_length=120, editable=False)
    file_sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    at = models.DateTimeField(_("handed in at"), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ("project", "group__name", "title", "-version")
        verbose_name = _("training material")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["project", "group", "title", "version"], name="material_version_once_in_group"
            ),
            models.UniqueConstraint(
                fields=["project", "title", "version"], condition=Q(group=None), name="material_version_once_for_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (v{self.version})"

    @property
    def suffix(self) -> str:
        """ ".pdf", ".docx" or ".pptx"."""
        return "." + str(self.file.name).rpartition(".")[2]


def participants_of(session: TrainingSession) -> Any:
    """Return the people who came, with what a list shows of them."""
    return session.attendances.select_related("producer", "checked_in_by")
