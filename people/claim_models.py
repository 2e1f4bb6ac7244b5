"""How people without an e-mail address get in: claim cards, and the counters that slow down guessing."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ClaimCardQuerySet(models.QuerySet["ClaimCard"]):
    """Questions about many cards."""

    def open(self) -> ClaimCardQuerySet:
        """Cards that nobody has used and nothing has closed; they may be past their day."""
        return self.filter(closed_at=None)


class ClaimCard(models.Model):
    """A printed card that lets one person set the PIN of one account, once.

    The link's token and the code are stored as hashes only: whoever reads this table can claim nothing.
    """

    class Closing(models.TextChoices):
        CLAIMED = "claimed", _("Used")
        REPLACED = "replaced", _("Replaced by a newer card")
        GUESSED = "guessed", _("The code was guessed too often")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="claim_cards")
    token_sha256 = models.CharField(_("SHA-256 of the token"), max_length=64, unique=True, editable=False)
    code_hash = models.CharField(_("hash of the code"), max_length=128, editable=False)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="issued_cards")
    issued_at = models.DateTimeField(_("issued at"), editable=False)
    expires_at = models.DateTimeField(_("valid until"), editable=False)
    wrong_codes = models.PositiveSmallIntegerField(_("wrong codes"), default=0, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    closing = models.CharField(_("why it is closed"), max_length=10, choices=Closing, blank=True, editable=False)

    objects: ClassVar[Any] = ClaimCardQuerySet.as_manager()

    class Meta:
        ordering = ("-issued_at", "-pk")
        verbose_name = _("claim card")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user"], condition=Q(closed_at=None), name="claim_card_open_once"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closing="") | (Q(closed_at__isnull=False) & ~Q(closing="")),
                name="claim_card_closed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {timezone.localtime(self.issued_at):%d/%m/%Y}"


class Throttle(models.Model):
    """How often something was tried for one account or from one network; the name is a keyed hash of which."""

    key = models.CharField(_("key"), max_length=64, unique=True)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    last_at = models.DateTimeField(_("last try"))
    next_at = models.DateTimeField(_("next try allowed from"))

    class Meta:
        verbose_name = _("throttle")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["last_at"], name="throttle_last_at")]

    def __str__(self) -> str:
        return f"{self.tries}"
