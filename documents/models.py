"""Word templates, documents with their versions, and the register of issued numbers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial, reduce
from operator import or_
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.proofs import PdfCopy
from documents.template_models import DocumentTemplate
from people.models import Organisation, User
from people.scope import scope_of
from projects.models import Council, Deliverable, Enrolment, PilotProject, Plan, Programme, TrainingSession
from registry.models import LocalStandard, Producer, RecognitionRenewal

__all__ = [
    "SUBJECTS",
    "Document",
    "DocumentTemplate",
    "DocumentVersion",
    "NumberSeries",
    "RegisterEntry",
    "field_of",
    "symbol_on_paper",
]


class DocumentQuerySet(models.QuerySet["Document"]):
    """Questions about many documents."""

    def visible_to(self, user: User | AnonymousUser) -> DocumentQuerySet:
        """Officials see the documents of their province."""
        scope = scope_of(user)
        return self if scope.is_keeper else self.filter(organisation__province__in=scope.province_ids)


# What a paper may be about: each is a foreign key of Document, and exactly one is set.
SUBJECTS = (
    "deliverable",
    "plan",
    "council",
    "training",
    "project",
    "programme",
    "enrolment",
    "producer",
    "local_standard",
    "renewal",
)


def _of_one_subject() -> Q:
    """Exactly one of the foreign keys is set."""
    return reduce(or_, (Q(**{f"{name}__isnull": name != one for name in SUBJECTS}) for one in SUBJECTS))


class Document(models.Model):
    """A paper of the case, about exactly one subject. Its text lives in its versions."""

    kind = models.CharField(_("kind of document"), max_length=40)
    # The abbreviation of its type in the number: BC, BB, HD, TB (NĐ 30/2020, annex III). Empty: it gets no
    # number here, because the producer signs it.
    symbol = models.CharField(_("symbol"), max_length=6, blank=True)
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
    project = models.ForeignKey(PilotProject, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    enrolment = models.ForeignKey(Enrolment, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    producer = models.ForeignKey(Producer, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    local_standard = models.ForeignKey(
        LocalStandard, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    renewal = models.ForeignKey(
        RecognitionRenewal, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    # Which of several papers of a kind: a product group's code, "2026-Q3", the number of an order.
    occasion = models.CharField(_("occasion"), max_length=60, blank=True)
    # What people typed for this paper because no record holds it, by field of the kind's form.
    entries = models.JSONField(_("typed for this paper"), default=dict, blank=True)

    objects: ClassVar[Any] = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("document")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=_of_one_subject(), name="document_of_one_thing"),
            *(
                models.UniqueConstraint(
                    fields=[name, "kind", "occasion"],
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"document_kind_once_of_{name}",
                )
                for name in SUBJECTS
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The paper's page."""
        return reverse("paper", args=[self.pk])

    @classmethod
    def erase_persons(cls, rows: models.QuerySet[Document]) -> None:
        """Remove what a person who asks to be erased was to sign, and what was typed for the other papers.

        Papers with a symbol are the office's: their versions, once issued, stay with their numbers as they are.
        """
        own = list(rows.filter(symbol=""))
        versions = DocumentVersion.objects.filter(document__in=own)
        files = dict(versions.values_list("file", "sha256"))
        versions.delete()
        cls.objects.filter(pk__in=[document.pk for document in own]).delete()
        rows.update(entries={})
        copies = PdfCopy.objects.filter(source_sha256__in=files.values())
        names = [*files, *copies.values_list("file", flat=True)]
        copies.exclude(source_sha256__in=DocumentVersion.objects.values("sha256")).delete()
        transaction.on_commit(partial(_remove_files, names), robust=True)

    @property
    def subject(self) -> models.Model:
        """The one thing that the paper is about."""
        things: Iterator[models.Model | None] = (getattr(self, name) for name in SUBJECTS)
        return next(thing for thing in things if thing is not None)

    @property
    def case_project(self) -> PilotProject | None:
        """The project whose case the document belongs to; none for papers of plans, programmes and producers."""
        if self.deliverable:
            return self.deliverable.stage.project
        holder = self.training or self.council or self.enrolment
        return holder.project if holder else self.project

    @property
    def case(self) -> models.Model:
        """The row whose history tells of the paper: its project, else what it is about."""
        return self.case_project or self.subject

    @property
    def latest(self) -> DocumentVersion | None:
        """The newest version, whatever its state."""
        return self.versions.order_by("-number").first()

    @property
    def issued(self) -> DocumentVersion | None:
        """The version in force."""
        return self.versions.filter(state=DocumentVersion.State.ISSUED).first()


def field_of(subject: models.Model) -> str:
    """Return the name of the foreign key that a subject goes into. Raises ValueError for anything else."""
    for name in SUBJECTS:
        related: Any = Document._meta.get_field(name).related_model
        if isinstance(subject, related):
            return name
    raise ValueError(f"no paper is about a {type(subject).__name__}")


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


def _remove_files(names: list[str]) -> None:
    """Take the files away that no row names any more; equal files share one name."""
    for name in names:
        if not DocumentVersion.objects.filter(file=name).exists() and not PdfCopy.objects.filter(file=name).exists():
            default_storage.delete(name)


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
        return f"{self.number:02d}/{symbol_on_paper(self.series.symbol, self.series.organisation)}"


# An official letter has no abbreviation of its type; what it is about stands behind the agency (NĐ 30/2020, annex III).
LETTER, MATTER_OF_LETTERS = "CV", "TXNG"


def symbol_on_paper(symbol: str, organisation: Organisation) -> str:
    """Return the symbol behind a number: "BC-CCTĐC"; of an official letter "CCTĐC-TXNG"."""
    if symbol == LETTER:
        return f"{organisation.symbol}-{MATTER_OF_LETTERS}"
    return f"{symbol}-{organisation.symbol}"


# The models beside these, which point to them; Django looks for models in this module only.
from documents import proofs  # noqa: E402, F401
