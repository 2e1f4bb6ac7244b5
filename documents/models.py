"""Word templates, documents with their versions, and the register of issued numbers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import Organisation, User
from people.scope import scope_of
from projects.models import Council, Deliverable, PilotProject, Plan, TrainingSession


class DocumentTemplate(models.Model):
    """One version of the Word template of a kind of paper. Documents keep the version they used."""

    kind = models.CharField(_("kind of document"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"))
    file = models.FileField(_("file"), upload_to="document-templates/")
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    registered_at = models.DateTimeField(_("registered at"), editable=False)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="document_templates"
    )

    class Meta:
        ordering = ("kind", "-version")
        verbose_name = _("document template")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "version"], name="document_template_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Questions about many documents."""

    def visible_to(self, user: User | AnonymousUser) -> DocumentQuerySet:
        """Officials see the documents of their province."""
        scope = scope_of(user)
        return self if scope.is_keeper else self.filter(organisation__province__in=scope.province_ids)


class Document(models.Model):
    """A paper of the case: of a deliverable or of a plan. Its text lives in its versions."""

    kind = models.CharField(_("kind of document"), max_length=40)
    # The abbreviation of its type in the number: BC, BB, HD, TB (NĐ 30/2020, annex III).
    symbol = models.CharField(_("symbol"), max_length=6)
    title = models.TextField(_("title"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="documents")
    deliverable = models.OneToOneField(
        Deliverable, null=True, blank=True, on_delete=models.PROTECT, related_name="document"
    )
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    council = models.OneToOneField(Council, null=True, blank=True, on_delete=models.PROTECT, related_name="document")
    training = models.ForeignKey(
        TrainingSession, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )

    objects: ClassVar[Any] = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("document")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(deliverable__isnull=False, plan=None, council=None, training=None)
                | Q(deliverable=None, plan__isnull=False, council=None, training=None)
                | Q(deliverable=None, plan=None, council__isnull=False, training=None)
                | Q(deliverable=None, plan=None, council=None, training__isnull=False),
                name="document_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["training", "kind"], condition=Q(training__isnull=False), name="document_kind_once_of_class"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def project(self) -> PilotProject | None:
        """The project whose case the document belongs to; none for a plan's annex."""
        if self.deliverable:
            return self.deliverable.stage.project
        if self.training:
            return self.training.project
        return self.council.project if self.council else None

    @property
    def latest(self) -> DocumentVersion | None:
        """The newest version, whatever its state."""
        return self.versions.order_by("-number").first()

    @property
    def issued(self) -> DocumentVersion | None:
        """The version in force."""
        return self.versions.filter(state=DocumentVersion.State.ISSUED).first()


class DocumentVersion(models.Model):
    """One rendered version: template, data and hash together prove what was written."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", _("Issued")
        SUPERSEDED = "superseded", _("Superseded")
        REVOKED = "revoked", _("Revoked")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    template = models.ForeignKey(DocumentTemplate, on_delete=models.PROTECT, related_name="versions")
    context = models.JSONField(_("data"), editable=False)
    file = models.FileField(_("file"), upload_to="documents/", editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    created_at = models.DateTimeField(_("created at"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="document_versions", editable=False
    )

    class Meta:
        ordering = ("document", "-number")
        verbose_name = _("document version")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_number_once"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state="issued"), name="document_has_one_issued_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} v{self.number}"

    def get_absolute_url(self) -> str:
        """The download of the file."""
        return reverse("documents:download", args=[self.pk])


class NumberSeries(models.Model):
    """The counter of one agency, one kind of paper and one year (numbers start at 01 each 1 January)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="number_series")
    symbol = models.CharField(_("symbol of the kind"), max_length=6)
    year = models.PositiveSmallIntegerField(_("year"))
    last_number = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("number series")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "symbol", "year"], name="number_series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.symbol}-{self.organisation.symbol}/{self.year}"


class RegisterEntry(models.Model):
    """A number given out, and to what. Gap-free per series."""

    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField(_("number"))
    version = models.OneToOneField(DocumentVersion, on_delete=models.PROTECT, related_name="register_entry")
    issued_on = models.DateField(_("issued on"))
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signed_documents")

    class Meta:
        ordering = ("-issued_on", "-pk")
        verbose_name = _("register entry")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["series", "number"], name="register_number_once"),
        ]

    def __str__(self) -> str:
        return self.full_number

    @property
    def full_number(self) -> str:
        """Number and symbol as printed: "05/BC-CCTĐC" (NĐ 30/2020: below 10 with a leading 0)."""
        return f"{self.number:02d}/{self.series.symbol}-{self.series.organisation.symbol}"
