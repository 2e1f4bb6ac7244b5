"""Work in the field that the papers report on: surveys, training, communication."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models.project import Enrolment, PilotProject
from registry.models import Producer


class SurveyResponse(models.Model):
    """What was found at one enrolled product: present state, needs and process."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="survey")
    surveyed_on = models.DateField(_("surveyed on"))
    surveyed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="surveys", editable=False
    )
    has_diary = models.BooleanField(_("keeps a production diary"))
    has_barcode = models.BooleanField(_("uses a registered barcode"))
    has_declared_standard = models.BooleanField(_("has declared an applied standard"))
    quality_system = models.CharField(_("quality system in use"), max_length=120, blank=True)
    production = models.TextField(_("production and raw material"), blank=True)
    purchasing = models.TextField(_("purchasing"), blank=True)
    processing = models.TextField(_("preliminary processing"), blank=True)
    traceability = models.TextField(_("present traceability"), blank=True)
    needs = models.TextField(_("needs"), blank=True)
    process = models.TextField(_("process to be traced"), blank=True)

    class Meta:
        ordering = ("enrolment",)
        verbose_name = _("survey response")

    def __str__(self) -> str:
        return str(self.enrolment)


class TrainingSession(models.Model):
    """A class for producers, or for the agencies that manage them."""

    class Audience(models.TextChoices):
        PRODUCERS = "producers", _("Producers")
        AGENCIES = "agencies", _("Agencies")
        MIXED = "mixed", _("Producers and agencies")

    project = models.ForeignKey(PilotProject, on_delete=models.PROTECT, related_name="training_sessions")
    title = models.CharField(_("title"), max_length=200)
    audience = models.CharField(_("audience"), max_length=10, choices=Audience)
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=200)
    topics = models.TextField(_("topics"), blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), default=50)

    class Meta:
        ordering = ("project", "held_on", "pk")
        verbose_name = _("training session")

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """One person who came, for a producer or for an agency."""

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="attendances")
    producer = models.ForeignKey(Producer, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances")
    agency = models.CharField(_("agency"), max_length=200, blank=True)
    person_name = models.CharField(_("full name"), max_length=120)
    passed_check = models.BooleanField(_("passed the competency check"), default=False)

    class Meta:
        ordering = ("session", "pk")
        verbose_name = _("attendance")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(producer__isnull=False, agency="")
                | (models.Q(producer=None) & ~models.Q(agency="")),
                name="attendance_for_a_producer_or_an_agency",
            ),
        ]

    def __str__(self) -> str:
        return self.person_name


class CommunicationEvent(models.Model):
    """Something that told the public about the model, with its evidence."""

    class Kind(models.TextChoices):
        CONFERENCE = "conference", _("Conference")
        WORKSHOP = "workshop", _("Workshop")
        TELEVISION = "television", _("Television report")
        ARTICLE = "article", _("Article")

    project = models.ForeignKey(PilotProject, on_delete=models.PROTECT, related_name="communication_events")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    held_on = models.DateField(_("date"))
    channel = models.CharField(_("channel or place"), max_length=200)
    evidence = models.CharField(_("evidence (link or number of the paper)"), max_length=300)

    class Meta:
        ordering = ("project", "held_on", "pk")
        verbose_name = _("communication event")

    def __str__(self) -> str:
        return self.title
