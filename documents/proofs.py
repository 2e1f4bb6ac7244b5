"""What is kept beside a version and never inside it: its text, its checks, its PDF, and why it was revoked.

A version's own row stays as it was written (documents/database.py); whatever comes later stands here.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.models import ProjectTemplate


class VersionText(models.Model):
    """A version's text for the search and for telling copies: `text` as it reads, `folded` as it is searched.

    Both have one line per paragraph or table row, the same ones in the same order. Line 0 is the document's
    title with the code of its project.
    """

    version = models.OneToOneField(
        "documents.DocumentVersion", primary_key=True, on_delete=models.CASCADE, related_name="plain_text"
    )
    text = models.TextField()
    folded = models.TextField()
    # Of the folded lines below the title: a file saved again by Word has other bytes but this same value.
    text_sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        verbose_name = _("text of a version")

    def __str__(self) -> str:
        return self.text.partition("\n")[0]


class IntegrityCheck(models.Model):
    """When a version's stored file was last compared with its SHA-256, and what was wrong with it."""

    class Problem(models.TextChoices):
        NONE = "", _("Sound")
        MISSING = "missing", _("The file is missing")
        CHANGED = "changed", _("The file was changed")

    version = models.OneToOneField(
        "documents.DocumentVersion", primary_key=True, on_delete=models.CASCADE, related_name="integrity"
    )
    checked_at = models.DateTimeField(_("checked at"), db_index=True)
    problem = models.CharField(_("problem"), max_length=10, blank=True, choices=Problem)

    class Meta:
        verbose_name = _("integrity check")

    def __str__(self) -> str:
        return f"{self.version_id}: {self.get_problem_display()}"


class PdfCopy(models.Model):
    """The PDF that was made of a Word file, found by the SHA-256 of that file: equal files share one."""

    source_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    file = models.FileField(upload_to="pdf/", editable=False)
    file_sha256 = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("PDF copy")

    def __str__(self) -> str:
        return self.source_sha256


class Revocation(models.Model):
    """Why and since when an issued paper is no longer in force, and the paper that says so.

    The revoking paper is one of ours (`by_entry`) or is named as it is printed (`by_paper`): exactly one.
    """

    version = models.OneToOneField(
        "documents.DocumentVersion", on_delete=models.PROTECT, related_name="revocation", editable=False
    )
    revoked_on = models.DateField(_("revoked on"))
    reason = models.TextField(_("reason"))
    by_entry = models.ForeignKey(
        "documents.RegisterEntry",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="revocations",
        verbose_name=_("revoked by our paper"),
    )
    by_paper = models.CharField(_("revoked by another agency's paper"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="revocations", editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("revocation")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(by_entry__isnull=False, by_paper="") | (Q(by_entry=None) & ~Q(by_paper="")),
                name="revocation_by_one_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.paper}"

    @property
    def paper(self) -> str:
        """The revoking paper as it is named."""
        return self.by_entry.full_number if self.by_entry else self.by_paper


class DossierItem(models.Model):
    """One place in the acceptance dossier of a kind of project: which paper stands there, and whether it must.

    Projects of a template without items are asked for their deliverables in the order of the stages, and the
    minutes of their council.
    """

    template = models.ForeignKey(ProjectTemplate, on_delete=models.CASCADE, related_name="dossier_items")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200)
    document_kind = models.CharField(_("kind of document"), max_length=40)
    is_required = models.BooleanField(_("required"), default=True)

    class Meta:
        ordering = ("template", "position")
        verbose_name = _("item of the acceptance dossier")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["template", "position"], name="dossier_item_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"
