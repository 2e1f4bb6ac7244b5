"""One uploaded list, from the file to what it changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import AdminUnit, User
from people.scope import scope_of

UNDO_DAYS = 7


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    """Questions about many batches."""

    def visible_to(self, user: User | AnonymousUser) -> ImportBatchQuerySet:
        """Officials see the batches of their province."""
        scope = scope_of(user)
        return self if scope.is_keeper else self.filter(province__in=scope.province_ids)

    def for_table(self) -> ImportBatchQuerySet:
        """What the list shows, without a query per row."""
        return self.select_related("province", "uploaded_by")


class ImportBatch(models.Model):
    """One file for one kind of list (`target`) of one province.

    There is no state "running": a list is written in one transaction, so whoever looks finds it
    before or after, also when the machine was switched off in between.
    """

    class State(models.TextChoices):
        READING = "reading", _("Columns to be checked")
        PREVIEW = "preview", _("Checked, not imported")
        DONE = "done", _("Imported")
        UNDONE = "undone", _("Undone")

    target = models.CharField(_("kind of list"), max_length=40, editable=False)
    province = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="import_batches", editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="import_batches", editable=False
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), editable=False)
    file = models.FileField(upload_to="imports/", editable=False)
    file_name = models.CharField(_("file"), max_length=200, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.READING)
    # Where the table is: the sheet's place among the visible ones, header rows, column of each key, and the values
    # that hold for all rows.
    sheet = models.PositiveSmallIntegerField(_("sheet"), default=0)
    header_first = models.PositiveIntegerField(_("first row of the header"), default=1)
    header_last = models.PositiveIntegerField(_("last row of the header"), default=1)
    places = models.JSONField(_("columns"), default=dict)
    constants = models.JSONField(_("values for all rows"), default=dict)
    # What the check found.
    plan_digest = models.CharField(max_length=64, blank=True, editable=False)
    skipped = models.JSONField(_("rows left out"), default=list, editable=False)
    new = models.PositiveIntegerField(_("new"), default=0, editable=False)
    changed = models.PositiveIntegerField(_("changed"), default=0, editable=False)
    same = models.PositiveIntegerField(_("the same"), default=0, editable=False)
    wrong = models.PositiveIntegerField(_("with errors"), default=0, editable=False)
    # What was written, and whether it was taken back.
    done_at = models.DateTimeField(_("imported at"), null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    last_event = models.PositiveBigIntegerField(default=0, editable=False)
    undone_at = models.DateTimeField(_("undone at"), null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects: ClassVar[Any] = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("import")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """The batch's page."""
        return reverse("imports:batch", args=[self.pk])

    @property
    def undo_until(self) -> datetime | None:
        """The moment until which the batch may be undone."""
        return self.done_at + timedelta(days=UNDO_DAYS) if self.done_at else None

    @property
    def good(self) -> int:
        """How many lines are to be written."""
        return self.new + self.changed


class ImportLine(models.Model):
    """What the check found about one line: one product of one row."""

    class State(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        SAME = "same", _("The same")
        ERROR = "error", _("Error")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="lines")
    row = models.PositiveIntegerField(_("row"))
    part = models.PositiveSmallIntegerField(default=0)  # which of several products in one cell; 0: the only one
    label = models.CharField(_("entry"), max_length=400)
    state = models.CharField(_("result"), max_length=8, choices=State)
    # [thing, field, old text, new text] and [column key, column title, value, rule]
    changes = models.JSONField(_("changes"), default=list)
    problems = models.JSONField(_("errors"), default=list)

    class Meta:
        ordering = ("row", "part")
        verbose_name = _("line of an import")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["batch", "state", "row"], name="import_line_state")
        ]

    def __str__(self) -> str:
        return f"{self.row}: {self.label}"


class ImportChange(models.Model):
    """One thing that a batch made or changed, with what it takes to put it back."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="changes")
    position = models.PositiveIntegerField()  # in the order of writing
    model = models.CharField(max_length=80)
    thing = models.PositiveBigIntegerField()
    label = models.CharField(max_length=250)
    row = models.PositiveIntegerField()
    is_new = models.BooleanField()
    old = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    new = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    kept_because = models.CharField(max_length=300, blank=True)  # why undoing left it as it is

    class Meta:
        ordering = ("batch", "position")
        verbose_name = _("change of an import")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["batch", "position"], name="import_change_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.model}:{self.thing}"
