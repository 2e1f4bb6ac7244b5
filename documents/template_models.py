"""The Word templates of papers: the program's own, and those that a province made of them."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import AdminUnit, User
from people.scope import scope_of


class DocumentTemplateQuerySet(models.QuerySet["DocumentTemplate"]):
    """Questions about many templates."""

    def visible_to(self, user: User | AnonymousUser) -> DocumentTemplateQuerySet:
        """The program's templates for everyone who holds an office, and those of the user's own provinces."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        if not scope.is_official:
            return self.none()
        return self.filter(Q(province=None) | Q(province__in=scope.province_ids))

    def of(self, kind: str, province: AdminUnit | None) -> DocumentTemplateQuerySet:
        """The versions of one kind of one province (None: the program's), newest first."""
        return self.filter(kind=kind, province=province).order_by("-version")

    def in_use(self, kind: str, province: AdminUnit | None, day: date) -> DocumentTemplate | None:
        """The template that prints a paper of `kind` of an agency of `province` on `day`; None without any.

        The province's newest published one whose day has come; before it has one, the program's newest.
        """
        published = self.filter(kind=kind, state=DocumentTemplate.State.PUBLISHED)
        ready = published.filter(Q(province=None) | Q(province=province, in_use_from__lte=day))
        return ready.order_by(F("province").asc(nulls_last=True), "-in_use_from", "-version").first()


class DocumentTemplate(models.Model):
    """One version of the Word template of a kind of paper. Documents keep the version they used."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Not published")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    kind = models.CharField(_("kind of document"), max_length=40)
    # Whose papers it prints. Empty: it came with the program, for every province that has none of its own.
    province = models.ForeignKey(
        AdminUnit, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="document_templates"
    )
    version = models.PositiveSmallIntegerField(_("version"))
    note = models.TextField(_("what changed"), blank=True)
    file = models.FileField(_("file"), upload_to="document-templates/")
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    registered_at = models.DateTimeField(_("registered at"), editable=False)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="document_templates"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    # The program's own has no such day: it is in use until a province's takes its place.
    in_use_from = models.DateField(_("in use from"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="published_document_templates",
    )

    objects: ClassVar[Any] = DocumentTemplateQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "-version")
        verbose_name = _("document template")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "version"],
                condition=Q(province=None),
                name="document_template_version_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "province", "version"],
                condition=Q(province__isnull=False),
                name="document_template_version_once_of_province",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(province=None)
                | Q(in_use_from__isnull=False, published_at__isnull=False),
                name="document_template_of_province_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"

    def get_absolute_url(self) -> str:
        """The page that shows what is in it and how it prints."""
        return reverse("document_template_version", args=[self.pk])

    @property
    def is_of_program(self) -> bool:
        """Whether it came with the program."""
        return self.province_id is None
