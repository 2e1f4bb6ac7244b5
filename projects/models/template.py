"""Templates: what a kind of project consists of. Copied into a project when it is created."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models import Standard


class StageKind(models.TextChoices):
    """The five stages of every pilot project, in order. Names are data in the flows: frozen by test."""

    SURVEY = "survey", _("Survey")
    DOCUMENTATION = "documentation", _("Standard documentation")
    TRAINING = "training", _("Training")
    ROLLOUT = "rollout", _("System rollout")
    FINAL_REPORT = "final_report", _("Final report")


class ProjectTemplate(models.Model):
    """A kind of pilot project, for example "traceability of a province's OCOP products"."""

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    name = models.CharField(_("name"), max_length=160)
    description = models.TextField(_("description"), blank=True)
    is_active = models.BooleanField(_("offered for new projects"), default=True)
    # OCOP stars that a product must hold on the day it is enrolled; 0 when any product may take part.
    minimum_stars = models.PositiveSmallIntegerField(_("stars needed to enrol"), default=0)
    standards = models.ManyToManyField(Standard, blank=True, related_name="project_templates")

    class Meta:
        ordering = ("name", "-version")
        verbose_name = _("project template")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code", "version"], name="project_template_version_once"),
        ]

    def __str__(self) -> str:
        return self.name


class StageTemplate(models.Model):
    """One stage of the template and how many days it is given."""

    template = models.ForeignKey(ProjectTemplate, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(_("stage"), max_length=15, choices=StageKind)
    title = models.CharField(_("title"), max_length=120)
    days = models.PositiveSmallIntegerField(_("days"))

    class Meta:
        verbose_name = _("stage of a template")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["template", "kind"], name="stage_template_once"),
        ]

    def __str__(self) -> str:
        return self.title


class DeliverableTemplate(models.Model):
    """A paper owed in a stage: its document kind, its reviewers, its checklist."""

    stage = models.ForeignKey(StageTemplate, on_delete=models.CASCADE, related_name="deliverables")
    code = models.CharField(_("code"), max_length=10)
    title = models.TextField(_("title"))
    document_kind = models.CharField(_("kind of document"), max_length=40)
    reviewers_needed = models.PositiveSmallIntegerField(_("approvals needed"), default=2)
    days = models.PositiveSmallIntegerField(_("days after the stage starts"))
    checklist = models.JSONField(_("checklist of the format check"), default=list, blank=True)

    class Meta:
        ordering = ("stage", "code")
        verbose_name = _("deliverable of a template")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["stage", "code"], name="deliverable_template_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class MilestoneTemplate(models.Model):
    """A dated goal of a stage."""

    stage = models.ForeignKey(StageTemplate, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("title"), max_length=200)
    days = models.PositiveSmallIntegerField(_("days after the stage starts"))

    class Meta:
        ordering = ("stage", "days")
        verbose_name = _("milestone of a template")

    def __str__(self) -> str:
        return self.title


class GateTemplate(models.Model):
    """A rule that must hold before a stage, or the project, may close."""

    template = models.ForeignKey(ProjectTemplate, on_delete=models.CASCADE, related_name="gates")
    # Empty for the closing gate of the whole project.
    stage_kind = models.CharField(_("stage"), max_length=15, choices=StageKind, blank=True)
    rule = models.SlugField(_("rule"), max_length=40)
    minimum = models.PositiveIntegerField(_("at least"))

    class Meta:
        ordering = ("template", "pk")
        verbose_name = _("gate of a template")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["template", "stage_kind", "rule"], name="gate_template_rule_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} ≥ {self.minimum}"
