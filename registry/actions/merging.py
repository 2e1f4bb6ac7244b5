"""Merging two entries of one producer, and remembering that two that look alike are two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.models import AuditEvent, User
from registry import belongings
from registry.actions.keeping import keep
from registry.errors import MergeRefused
from registry.models import DistinctPair, Producer, ProducerMember, Product
from registry.search import fold, folded_fields

# What the keeper chooses between, field by field.
CHOSEN = ("name", "kind", "tax_code", "representative", "phone", "address", "commune", "gln")
# What a second entry of a product adds where the first has nothing.
FILLED = ("group", "brand", "description", "shelf_life_days", "image", "small_image")
# Judgements about the row itself; products are moved one by one.
STAYING = frozenset({"registry.distinctpair.first", "registry.distinctpair.second", "registry.product.producer"})


@transaction.atomic
def merge_producers(
    kept: Producer, merged: Producer, *, take: Collection[str] = (), by: User, now: datetime | None = None
) -> Producer:
    """Make `kept` the one entry of a producer that was entered twice; return it.

    `take` names the fields of CHOSEN whose value comes from `merged`, which gets the replaced one for it: nothing
    that was entered is lost. Everything that hangs on `merged` moves, whichever room it is in. Its row stays, with
    `merged_into`: papers, the log and printed location codes name it. Products keep their trace codes and get
    numbers of the kept producer. Raises MergeRefused, naming every obstacle, and NotAllowedForYou.
    """
    province = keep(kept.province, by)
    rows = {row.pk: row for row in Producer.objects.select_for_update().filter(pk__in=[kept.pk, merged.pk])}
    kept, merged = rows[kept.pk], rows[merged.pk]
    if problems := list(obstacles(kept, merged)):
        raise MergeRefused(" ".join(problems))
    moved = Counter({Product._meta.label_lower: _move_products(kept, merged)})
    _open_memberships(kept, merged)
    for field in belongings.pointing_at(Producer):
        if belongings.name_of(field) not in STAYING:
            moved[field.model._meta.label_lower] += belongings.move(field, merged, kept).moved
    ProducerMember.objects.filter(producer=merged).update(is_active=False)
    taken = [name for name in CHOSEN if name in take]
    _exchange(kept, merged, taken)
    facts: dict[str, Any] = {"number": merged.number, "moved": moved.total(), "taken": taken}
    if kinds := {kind: count for kind, count in sorted(moved.items()) if count}:
        facts["kinds"] = kinds
    audit.record("registry.producer_merged", by=by, target=merged, case=kept, province=province, at=now, **facts)
    return kept


def _exchange(kept: Producer, merged: Producer, taken: list[str]) -> None:
    """Give `kept` the values that were chosen of `merged`, and `merged` those that they replace."""
    for name in taken:
        ours, theirs = getattr(kept, name), getattr(merged, name)
        setattr(kept, name, theirs)
        setattr(merged, name, ours)
    # First the entry that goes: of two that stay only one may have a tax code.
    merged.merged_into = kept
    merged.save(update_fields=["merged_into", *taken, *folded_fields(merged)])
    kept.save(update_fields=[*taken, *folded_fields(kept)])


def to_be_moved(kept: Producer, merged: Producer) -> dict[str, int]:
    """Return how many rows of each kind (room.model) will hang on `kept` instead of `merged`, products among them."""
    products = merged.products.count() - len(twins(kept, merged))
    counts = belongings.counted(merged, but=STAYING)
    return {Product._meta.label_lower: products} | counts if products else counts


def how_merged(merged: Producer) -> AuditEvent | None:
    """Return the act that made the entry part of another one, with its author; None for one that was not merged."""
    acts = AuditEvent.objects.filter(target=audit.label(merged), verb="registry.producer_merged")
    return acts.select_related("by").order_by("-pk").first()


def obstacles(kept: Producer, merged: Producer) -> Iterator[str]:
    """Yield why two entries cannot be merged, each with the way out."""
    if kept.pk == merged.pk:
        yield _("A producer cannot be merged with itself; choose another one.")
    if kept.province_id != merged.province_id:
        yield _("Both producers have to be in one province: their numbers are in printed codes.")
    for row in (kept, merged):
        if row.merged_into:
            yield _("%(name)s was merged into %(other)s already; go on there.") % {
                "name": row,
                "other": row.merged_into,
            }
    for ours, theirs in twins(kept, merged):
        if belongings.hanging_above(theirs):
            yield _(
                "“%(product)s” is with both, and that of %(producer)s (%(code)s) already takes part in a project or "
                "has lots or stamps. Rename one of the two products, or merge the other way round."
            ) % {"product": theirs, "producer": merged, "code": theirs.trace_code}
        elif ours.gtin and theirs.gtin:
            yield _(
                "“%(product)s” is with both under two GTINs (%(ours)s, %(theirs)s), so they are two products. "
                "Rename one of them, for example by its size."
            ) % {"product": theirs, "ours": ours.gtin, "theirs": theirs.gtin}


def twins(kept: Producer, merged: Producer) -> list[tuple[Product, Product]]:
    """Return the products of one name, ours and theirs, whichever way the name is written."""
    ours = {fold(product.name): product for product in kept.products.all()}
    theirs = merged.products.all()
    return [(ours[fold(product.name)], product) for product in theirs if fold(product.name) in ours]


def _move_products(kept: Producer, merged: Producer) -> int:
    """Move the products and return how many; a second entry of one stays behind, once all it says has moved."""
    doubled = {theirs.pk: ours for ours, theirs in twins(kept, merged)}
    moved = 0
    number = kept.products.aggregate(last=Max("number"))["last"] or 0
    for product in merged.products.select_for_update().order_by("number"):
        if ours := doubled.get(product.pk):
            _fill_in(ours, product)
            continue
        number, moved = number + 1, moved + 1
        # The stored code stays: it is printed, though it counts from the old producer's number.
        product.producer, product.number = kept, number
        product.save(update_fields=["producer", "number"])
    return moved


def _fill_in(ours: Product, theirs: Product) -> None:
    """Move what hangs on a second entry of a product, and fill what the first one lacks."""
    for field in belongings.pointing_at(Product):
        belongings.move(field, theirs, ours)
    filled = [name for name in FILLED if getattr(theirs, name) and not getattr(ours, name)]
    for name in filled:
        setattr(ours, name, getattr(theirs, name))
    if theirs.gtin and not ours.gtin:
        # A GTIN stands once in the registry: it leaves the second entry before the first has it.
        ours.gtin, theirs.gtin = theirs.gtin, None
        filled.append("gtin")
    # A picture belongs to one row, because replacing it removes the file.
    if "image" in filled:
        theirs.image = theirs.small_image = ""
    theirs.save(update_fields=["gtin", "image", "small_image", *folded_fields(theirs)])
    ours.save(update_fields=[*filled, *folded_fields(ours)])


def _open_memberships(kept: Producer, merged: Producer) -> None:
    """Who may act for the merged entry may act for the kept one, also if they once did and no longer do."""
    users = merged.members.filter(is_active=True).values("user")
    kept.members.filter(user__in=users, is_active=False).update(is_active=True)


@transaction.atomic
def mark_distinct(one: Producer, other: Producer, *, by: User, now: datetime | None = None) -> DistinctPair:
    """Remember that two producers that look alike are two; saying it twice changes nothing."""
    province = keep(one.province, by)
    if one.pk == other.pk or one.province_id != other.province_id:
        raise MergeRefused(_("Choose two producers of one province."))
    first, second = sorted((one, other), key=lambda row: row.pk)
    pair, is_new = DistinctPair.objects.get_or_create(
        first=first, second=second, defaults={"by": by, "at": now or timezone.now()}
    )
    if is_new:
        audit.record("registry.pair_found_distinct", by=by, target=pair, case=one, province=province, at=now)
    return pair
