"""The tables of the audit log: facts, and the hash chain over them. Both are insert-only."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One act, written in the same transaction as the change it tells of; never changed after."""

    at = models.DateTimeField(_("at"), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="audit_events"
    )
    verb = models.CharField(_("verb"), max_length=60, editable=False)
    # The case that the act belongs to and the thing it was done to, as "app_label.model:pk".
    case = models.CharField(_("case"), max_length=80, editable=False, db_index=True)
    target = models.CharField(_("target"), max_length=80, editable=False)
    province = models.ForeignKey("people.AdminUnit", null=True, editable=False, on_delete=models.PROTECT)
    facts = models.JSONField(_("facts"), editable=False, default=dict)

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.target}"


class AuditLink(models.Model):
    """One link of a province's hash chain over its committed events."""

    event = models.OneToOneField(AuditEvent, on_delete=models.PROTECT, related_name="link", editable=False)
    chain = models.CharField(_("chain"), max_length=20, editable=False)
    position = models.PositiveBigIntegerField(_("position"), editable=False)
    previous = models.CharField(_("previous hash"), max_length=64, editable=False)
    digest = models.CharField(_("hash"), max_length=64, editable=False)

    class Meta:
        ordering = ("chain", "position")
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["chain", "position"], name="audit_chain_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} #{self.position}"
