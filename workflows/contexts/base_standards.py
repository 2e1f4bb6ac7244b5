"""A company standard on traceability for one product group, and the decision that puts it in force (TH-K3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from documents.actions import written
from documents.contexts.products import CitedStandard
from documents.contexts.standards import BaseStandard, BaseStandardDecision, CodingRule
from registry.models import LocalStandard, Product
from workflows.contexts import case
from workflows.contexts.application import CODE_RULES, RETENTION
from workflows.contexts.declared import MINIMUM_ITEMS
from workflows.contexts.parties import BLANK_DAY, cited, coded_places, paragraphs, place_name, traced_steps


def base_standard(standard: LocalStandard, day: date, typed: Mapping[str, Any]) -> BaseStandard:
    """Return the text of the standard, by the steps of its product group and the owner's own products and places."""
    products, standards = _products(standard), cited(day, groups=standard.group)
    case.refuse_if(_missing(standard, products, standards))
    return BaseStandard(
        owner=owner_name(standard),
        number=standard.number,
        version=standard.version,
        title=standard.title,
        group_name=standard.group.name,
        place_year=f"{place_of(standard)}, năm {(standard.issued_on or day).year}",
        compiled_by=typed["compiled_by"],
        products=tuple(products),
        standards=standards,
        steps=traced_steps(standard.group.steps.all()),
        codes=tuple(CodingRule(subject=subject, rule=rule) for subject, rule, _theme in CODE_RULES),
        places=coded_places(standard.producer) if standard.producer else (),
        minimum_items=MINIMUM_ITEMS,
        retention=RETENTION,
        drill=typed["drill"],
    )


def base_standard_decision(standard: LocalStandard, day: date, typed: Mapping[str, Any]) -> BaseStandardDecision:
    """Return the owner's decision; its number comes from the owner's own books, its day from the register."""
    above = standard.organisation.parent if standard.organisation else None
    return BaseStandardDecision(
        owner_above=above.name if above else "",
        owner=owner_name(standard),
        authority=f"{typed['signer_title']} {owner_name(standard)}",
        place_date=f"{place_of(standard)}, {written(standard.issued_on) if standard.issued_on else BLANK_DAY}",
        legal_bases=tuple(map(_as_basis, paragraphs(typed["legal_bases"]))),
        number=standard.number,
        title=standard.title,
        effective=f"kể từ ngày {case.dated(typed['effective_from'])}" if typed["effective_from"] else "kể từ ngày ký",
        replaces=_replaced(standard),
        executors=typed["executors"],
        signer_title=typed["signer_title"],
        signer_name=typed["signer_name"],
    )


def is_company_standard(standard: LocalStandard) -> bool:
    """Whether its owner writes and issues it; a local regulation is the committee's."""
    return bool(standard.kind == LocalStandard.Kind.COMPANY)


def owner_name(standard: LocalStandard) -> str:
    """Return the name of the producer or agency that owns the standard."""
    return str(standard.producer or standard.organisation)


def place_of(standard: LocalStandard) -> str:
    """Return the place that the owner's papers name."""
    if standard.producer:
        return place_name(standard.producer.commune)
    return str(standard.organisation.place) if standard.organisation else ""


def _products(standard: LocalStandard) -> list[str]:
    """The owner's products in the group; of an agency those that its projects take in."""
    rows = Product.objects.filter(group=standard.group).current()
    if standard.producer:
        rows = rows.filter(producer=standard.producer)
    else:
        rows = rows.filter(enrolments__project__owner=standard.organisation, enrolments__withdrawn_at=None).distinct()
    return list(rows.order_by("name", "pk").values_list("name", flat=True))


def _missing(standard: LocalStandard, products: Sequence[str], standards: Sequence[CitedStandard]) -> list[str]:
    names = {"group": standard.group, "owner": owner_name(standard)}
    missing = []
    if not products:
        missing.append(_("%(owner)s has no product in group “%(group)s”.") % names)
    if not standard.group.steps.exists():
        missing.append(_("Product groups without process steps (add them in the registry): %s.") % standard.group)
    if not standards:
        missing.append(_("No standard in force is attached to product group “%(group)s”.") % names)
    return missing


def _replaced(standard: LocalStandard) -> str:
    """The issued version before this one, "" for none."""
    earlier = LocalStandard.objects.filter(
        province=standard.province, number=standard.number, version__lt=standard.version, issued_on__isnull=False
    )
    before = earlier.order_by("-version").first()
    return f"lần ban hành {before.version} ngày {case.dated(before.issued_on)}" if before else ""


def _as_basis(text: str) -> str:
    bare = text.rstrip(" ;.,")
    return bare if bare.casefold().startswith("căn cứ") else f"Căn cứ {bare}"
