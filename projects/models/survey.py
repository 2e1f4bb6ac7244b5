"""Surveys: the questionnaires as data, and what was found with them at products and at organisations."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import AdminUnit, User
from people.scope import scope_of
from projects.models.project import Enrolment, PilotProject
from registry.models import Producer


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    """Questions about many questionnaires."""

    def visible_to(self, user: User | AnonymousUser) -> QuestionnaireQuerySet:
        """Officials see those of the program and those of their provinces."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        if not scope.memberships:
            return self.none()
        return self.filter(Q(province=None) | Q(province__in=scope.province_ids))

    def current(self, province_id: int, subject: str) -> Questionnaire | None:
        """The one to survey with: the newest published version of the province, else the program's."""
        published = self.filter(subject=subject).exclude(published_at=None)
        known = published.filter(Q(province=province_id) | Q(province=None))
        return known.order_by(F("province").asc(nulls_last=True), "-version").first()


class Questionnaire(models.Model):
    """One version of a questionnaire. A published version never changes: answers point at it."""

    class Subject(models.TextChoices):
        PRODUCT = "product", _("Product")
        ORGANISATION = "organisation", _("Organisation")

    # Empty: it comes with the program and serves every province that has none of its own.
    province = models.ForeignKey(
        AdminUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="questionnaires"
    )
    subject = models.CharField(_("what is surveyed"), max_length=12, choices=Subject)
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = QuestionnaireQuerySet.as_manager()

    class Meta:
        ordering = ("subject", "province", "-version")
        verbose_name = _("questionnaire")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["province", "subject", "version"], name="questionnaire_version_once_in_province"
            ),
            models.UniqueConstraint(
                fields=["subject", "version"], condition=Q(province=None), name="questionnaire_version_once_of_program"
            ),
            models.UniqueConstraint(
                fields=["province", "subject"],
                condition=Q(published_at=None),
                name="questionnaire_one_draft_in_province",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (v{self.version})"

    def get_absolute_url(self) -> str:
        """The questionnaire with its questions."""
        return reverse("projects:questionnaire", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.published_at is None


class Question(models.Model):
    """One question of a questionnaire; `feeds` is the figure or the part of a report that its answer fills."""

    class Kind(models.TextChoices):
        YES_NO = "yes_no", _("Yes or no")
        CHOICE = "choice", _("One of several")
        SEVERAL = "several", _("Several of a list")
        NUMBER = "number", _("Number")
        TEXT = "text", _("Text")

    class Feeds(models.TextChoices):
        """Names of the columns of `Findings`: renaming one is a data migration."""

        HAS_DIARY = "has_diary", _("Figure: keeps a production diary")
        HAS_BARCODE = "has_barcode", _("Figure: uses a registered barcode")
        HAS_DECLARED_STANDARD = "has_declared_standard", _("Figure: has declared an applied standard")
        QUALITY_SYSTEM = "quality_system", _("Figure: quality system in use")
        CAPACITY = "capacity", _("Figure: annual output, tonnes")
        PRODUCTION = "production", _("Report: production and raw material")
        PURCHASING = "purchasing", _("Report: purchasing")
        PROCESSING = "processing", _("Report: preliminary processing")
        TRACEABILITY = "traceability", _("Report: present traceability")
        NEEDS = "needs", _("Report: needs")
        PROCESS = "process", _("Report: process to be traced")

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("order"))
    section = models.CharField(_("section"), max_length=120)
    # The same in all versions, so that answers can be compared between them.
    key = models.SlugField(_("key"), max_length=40)
    text = models.CharField(_("question"), max_length=300)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    kind = models.CharField(_("kind of answer"), max_length=8, choices=Kind)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    feeds = models.CharField(_("fills"), max_length=24, choices=Feeds, blank=True)

    class Meta:
        ordering = ("questionnaire", "position")
        verbose_name = _("question")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["questionnaire", "key"], name="question_key_once"),
            models.UniqueConstraint(
                fields=["questionnaire", "feeds"], condition=~Q(feeds=""), name="question_feeds_one_subject"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Findings(models.Model):
    """What a visit found: all answers with the version they were given to, and the columns that reports read."""

    surveyed_on = models.DateField(_("surveyed on"))
    surveyed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    questionnaire = models.ForeignKey(
        Questionnaire, null=True, editable=False, on_delete=models.PROTECT, related_name="%(class)s_answers"
    )
    # {question's key: "yes" | "no" | text | [texts] | number as text}; questions without an answer are left out.
    answers = models.JSONField(_("answers"), default=dict, editable=False)
    has_diary = models.BooleanField(_("keeps a production diary"))
    has_barcode = models.BooleanField(_("uses a registered barcode"))
    has_declared_standard = models.BooleanField(_("has declared an applied standard"))
    quality_system = models.CharField(_("quality system in use"), max_length=120, blank=True)
    capacity = models.DecimalField(_("annual output, tonnes"), max_digits=12, decimal_places=2, null=True, blank=True)
    production = models.TextField(_("production and raw material"), blank=True)
    purchasing = models.TextField(_("purchasing"), blank=True)
    processing = models.TextField(_("preliminary processing"), blank=True)
    traceability = models.TextField(_("present traceability"), blank=True)
    needs = models.TextField(_("needs"), blank=True)
    process = models.TextField(_("process to be traced"), blank=True)

    class Meta:
        abstract = True


class SurveyResponse(Findings):
    """What was found at one enrolled product: present state, needs and process."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="survey")

    class Meta:
        ordering = ("enrolment",)
        verbose_name = _("survey response")

    def __str__(self) -> str:
        return str(self.enrolment)


class OrganisationSurvey(Findings):
    """What was found at an organisation as a whole, in a project (TH-T2: the enterprise survey)."""

    project = models.ForeignKey(PilotProject, on_delete=models.PROTECT, related_name="organisation_surveys")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="surveys")

    class Meta:
        ordering = ("project", "producer__name", "pk")
        verbose_name = _("survey of an organisation")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "producer"], name="organisation_surveyed_once_in_project"),
        ]

    def __str__(self) -> str:
        return f"{self.producer} · {self.project.code}"


class SurveyExcuse(models.Model):
    """Why an enrolled product is not surveyed (SL-S1: a survey or a reason for each product)."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="survey_excuse")
    reason = models.CharField(_("reason"), max_length=500)
    at = models.DateTimeField(_("entered at"), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("reason for not surveying")

    def __str__(self) -> str:
        return self.reason
