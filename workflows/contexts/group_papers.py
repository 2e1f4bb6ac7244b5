"""Papers of one product group of a cohort: its process and guide, and the letter that orders its module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from documents.contexts.products import AgencyOpinion, GroupProcess, ModuleOrderLetter
from onboarding import policies
from onboarding.errors import NotAllowedNow
from onboarding.models import CohortGroup, Consultation
from projects.models import PilotProject
from registry.models import Product
from workflows.contexts import case
from workflows.contexts.declared import MINIMUM_ITEMS, support_of
from workflows.contexts.parties import cited, group_product, paragraphs, system_address, traced_steps


def groups_of(project: PilotProject) -> list[CohortGroup]:
    """Return the project's groups in the order of their names."""
    return list(project.cohort_groups.select_related("product_group").order_by("product_group__name", "pk"))


def group_process(project: PilotProject, day: date, code: str) -> GroupProcess:
    """Return the group's process and guide as written, with what the agencies answered (SL-S4)."""
    group = group_of(project, code)
    products = products_of(group)
    case.refuse_if(missing_of(group, products) + missing_words(group))
    return GroupProcess(
        project_title=project.title,
        group_name=group.product_group.name,
        products=tuple(map(group_product, products)),
        product_count=len(products),
        standards=cited(day, groups=group.product_group, projects=project),
        process_text=paragraphs(group.process),
        steps=traced_steps(group.product_group.steps.all()),
        opinions=tuple(map(_opinion, group.consultations.order_by("sent_on", "pk"))),
        guide=paragraphs(group.guide),
        minimum_items=MINIMUM_ITEMS,
        system_address=system_address(),
        support_contact=support_of(project),
    )


def module_order_letter(project: PilotProject, day: date, typed: Mapping[str, Any], code: str) -> ModuleOrderLetter:
    """Return the letter with the group's data; a module is ordered once the process is approved (SL-S5)."""
    group = group_of(project, code)
    products = products_of(group)
    missing = missing_of(group, products)
    if group.approved_at is None:
        missing.append(_("The module is ordered after the process of the group is approved."))
    case.refuse_if(missing)
    coded = tuple(map(group_product, products))
    answered = group.consultations.exclude(replied_on=None).order_by("sent_on", "pk")
    return ModuleOrderLetter(
        project_title=project.title,
        addressee=typed["addressee"],
        group_name=group.product_group.name,
        products=coded,
        product_count=len(products),
        coded_count=sum(bool(product.gtin) for product in products),
        standards=cited(day, groups=group.product_group, projects=project),
        steps=traced_steps(group.product_group.steps.all()),
        approved_on=case.dated(group.approved_at),
        consulted=tuple(dict.fromkeys(letter.agency for letter in answered)),
        minimum_items=MINIMUM_ITEMS,
        wanted_by=case.dated(typed["wanted_by"]),
        contact=typed["contact"],
    )


def group_of(project: PilotProject, code: str) -> CohortGroup:
    """Return the project's group of a product group's code. Raises NotReady."""
    group = project.cohort_groups.select_related("product_group").filter(product_group__code=code).first()
    if group is None:
        raise case.not_ready([_("The project has no such product group; group its products first (step 3).")])
    found: CohortGroup = group
    return found


def products_of(group: CohortGroup) -> list[Product]:
    """Return the products that take part in the group, in the order of enrolment."""
    rows = Product.objects.filter(enrolments__onboarding__group=group, enrolments__withdrawn_at=None)
    return list(rows.select_related("producer").order_by("enrolments__pk"))


def missing_of(group: CohortGroup, products: Sequence[Product]) -> list[str]:
    """Return what every paper of the group needs and does not have: products, and steps of their process."""
    names = {"group": group.product_group}
    missing = [] if products else [_("No product is in group “%(group)s”.") % names]
    if not group.product_group.steps.exists():
        missing.append(_("Product groups without process steps (add them in the registry): %s.") % group.product_group)
    return missing


def missing_words(group: CohortGroup) -> list[str]:
    """Return what keeps the process from being printed: not written, or no agency has answered (SL-S4)."""
    if group.written_at is None:
        names = {"group": group.product_group}
        return [_("The process and the guide of group “%(group)s” are not written yet.") % names]
    try:
        policies.check_is_consulted(group)
    except NotAllowedNow as refusal:
        return [str(refusal)]
    return []


def _opinion(letter: Consultation) -> AgencyOpinion:
    return AgencyOpinion(
        agency=letter.agency,
        letter=f"Số {letter.letter_number}, ngày {case.dated(letter.sent_on)}",
        reply=_reply(letter),
        opinion=letter.reply or "Chưa trả lời",
    )


def _reply(letter: Consultation) -> str:
    if letter.replied_on is None:
        return ""
    number = f"Số {letter.reply_number}, " if letter.reply_number else ""
    return f"{number}ngày {case.dated(letter.replied_on)}"
