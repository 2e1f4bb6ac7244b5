"""The handbook of a product group, with the decision that issues it (BK-A8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from documents.contexts.classes import Handbook, HelpContact
from people.models import Membership, User
from projects.models import PilotProject
from workflows.contexts import case
from workflows.contexts.declared import MINIMUM_ITEMS
from workflows.contexts.group_papers import group_of, missing_of, missing_words, products_of
from workflows.contexts.parties import cited, group_product, paragraphs, system_address, traced_steps
from workflows.contexts.plans import authority_of

NO_PHONE = "–"


def handbook(project: PilotProject, day: date, code: str) -> Handbook:
    """Return the group's process and guide as agreed with the agencies, its data and whom to ask. Raises NotReady."""
    group = group_of(project, code)
    products = products_of(group)
    case.refuse_if(missing_of(group, products) + missing_words(group))
    return Handbook(
        authority=authority_of(project.owner),
        project_title=project.title,
        group_name=group.product_group.name,
        products=tuple(map(group_product, products)),
        product_count=len(products),
        standards=cited(day, groups=group.product_group, projects=project),
        process_text=paragraphs(group.process),
        steps=traced_steps(group.product_group.steps.all()),
        guide=paragraphs(group.guide),
        minimum_items=MINIMUM_ITEMS,
        system_address=system_address(),
        contacts=tuple(_contacts(project)),
    )


def _contacts(project: PilotProject) -> Iterator[HelpContact]:
    """The field helpers, who come first to a producer's mind, and the project's manager."""
    for person in project.people(Membership.Role.HELPER):
        if person != project.manager:
            yield _contact(person, "Hướng dẫn, hỗ trợ tại cơ sở")
    yield _contact(project.manager, "Chủ nhiệm nhiệm vụ")


def _contact(person: User, role: str) -> HelpContact:
    return HelpContact(name=person.full_name, role=role, phone=person.phone or NO_PHONE)
