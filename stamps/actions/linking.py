"""Keeping the links of a product that its code resolves to besides our own pages."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lots.policies import can_record
from onboarding.models import Onboarding
from people import audit
from people.models import User
from registry.models import Product
from stamps.errors import LinkRefused, NotAllowedForYou
from stamps.hosts import host_of, is_public_address
from stamps.models import ProductLink

MOST_LINKS = 50  # of one product: what a linkset may grow to


@transaction.atomic
def add_link(
    product: Product,
    *,
    link_type: str,
    href: str,
    title: str,
    by: User,
    language: str = "vi",
    media_type: str = "text/html",
    context: str = "",
    now: datetime | None = None,
) -> ProductLink:
    """Add a page to what the product's code resolves to. Raises LinkRefused with its field, NotAllowedForYou."""
    product = Product.objects.select_for_update(of=("self",)).select_related("producer__province").get(pk=product.pk)
    _check_may_link(by, product)
    href, title = href.strip(), title.strip()
    kept = ProductLink.objects.current().filter(product=product)
    _check_address(href)
    if not title:
        raise LinkRefused(_("Say in a few words what the page is."), field="title")
    if link_type == "registryEntry" and not _is_on_portal(product):
        raise LinkRefused(
            _(
                "No letter about “%(product)s” on the national portal is recorded; "
                "record its reference first, then link the entry."
            )
            % {"product": product},
            field="link_type",
        )
    if kept.filter(link_type=link_type, href=href, language=language).exists():
        raise LinkRefused(_("This address is linked in this way already."), field="href")
    if kept.count() >= MOST_LINKS:
        raise LinkRefused(_("A product has at most %(most)s links; remove one first.") % {"most": MOST_LINKS})
    made = ProductLink.objects.create(
        product=product,
        link_type=link_type,
        href=href,
        title=title,
        language=language,
        media_type=media_type,
        context=context.strip(),
        added_at=now or timezone.now(),
        added_by=by,
    )
    _log("stamps.link_added", made, by=by, at=now)
    return made


@transaction.atomic
def remove_link(link: ProductLink, *, by: User, now: datetime | None = None) -> ProductLink:
    """Take a link out of what the code resolves to; it stays on record. Removing twice changes nothing."""
    rows = ProductLink.objects.select_for_update(of=("self",)).select_related("product__producer__province")
    link = rows.get(pk=link.pk)
    _check_may_link(by, link.product)
    if link.removed_at is None:
        link.removed_at = now or timezone.now()
        link.save(update_fields=["removed_at"])
        _log("stamps.link_removed", link, by=by, at=now)
    return link


def _check_may_link(user: User, product: Product) -> None:
    if not can_record(user, product.producer):
        raise NotAllowedForYou(
            _("Only the people of %(producer)s and the office that keeps its record change its links.")
            % {"producer": product.producer}
        )


def _check_address(href: str) -> None:
    if not is_public_address(href):
        raise LinkRefused(
            _(
                "“%(href)s” cannot be linked: an address starts with https:// and a public host name, without a user "
                "name, port or number in place of the name. Letters with marks are written as the browser copies them."
            )
            % {"href": href[:100]},
            field="href",
        )


def _is_on_portal(product: Product) -> bool:
    found: bool = Onboarding.objects.filter(enrolment__product=product).exclude(portal_reference="").exists()
    return found


def _log(verb: str, link: ProductLink, *, by: User, at: datetime | None) -> None:
    facts = {"product": link.product.name, "type": link.link_type, "host": host_of(link.href)}
    province = link.product.producer.province
    audit.record(verb, by=by, target=link, case=link.product, province=province, at=at, **facts)
