"""Links that a code resolves to besides our own pages: what GS1 calls the link set of a key."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.scope import scope_of
from registry.models import Product
from registry.models.producer import producers_of

# GS1 Web Vocabulary 1.11, the link types that the pilots have use for.
LINK_TYPES = (
    "certificationInfo",
    "epcis",
    "instructions",
    "masterData",
    "pip",
    "recallStatus",
    "recipeInfo",
    "registryEntry",
    "safetyInfo",
    "sustainabilityInfo",
    "traceability",
    "verificationService",
)


class ProductLinkQuerySet(models.QuerySet["ProductLink"]):
    """Questions about many links."""

    def visible_to(self, user: User | AnonymousUser) -> ProductLinkQuerySet:
        """Officials see their province's links; a producer's people see their own."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        return self.filter(
            Q(product__producer__province__in=scope.province_ids) | Q(product__producer__in=producers_of(user))
        )

    def current(self) -> ProductLinkQuerySet:
        """Links that were not removed."""
        return self.filter(removed_at=None)


class ProductLink(models.Model):
    """A page about a product, kept by its producer or the office, told apart by type, language and media type."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="links")
    link_type = models.CharField(_("link type"), max_length=30, choices=[(name, f"gs1:{name}") for name in LINK_TYPES])
    href = models.URLField(_("address"), max_length=500)
    title = models.CharField(_("title"), max_length=120)
    language = models.CharField(_("language"), max_length=5, default="vi")
    media_type = models.CharField(_("media type"), max_length=60, default="text/html")
    context = models.CharField(_("context"), max_length=40, blank=True)
    added_at = models.DateTimeField(_("added at"), editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    removed_at = models.DateTimeField(_("removed at"), null=True, editable=False)

    objects: ClassVar[Any] = ProductLinkQuerySet.as_manager()

    class Meta:
        ordering = ("product", "link_type", "pk")
        verbose_name = _("link of a product")

    def __str__(self) -> str:
        return f"{self.link_type}: {self.title}"
