"""Minutes that confirm the working electronic system of a chain (GL-1.D4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from documents.contexts.stamps import Attendant, CheckRow, ElectronicSystem, SystemLot, SystemStage, SystemStamps
from lots.checklist import minimum_items
from lots.models import Event, Lot
from projects.models import Deliverable, Enrolment, PilotProject
from registry.models import Product
from stamps.actions import uri_at
from stamps.models import Activation, StampBatch
from workflows.contexts import case
from workflows.contexts.declared import MINIMUM_ITEMS

# Only the portal's own confirmation may say otherwise (GL-1.3), and nothing receives one yet.
PORTAL_STATE = "chưa kết nối, chờ Cổng tiếp nhận kết nối"


def electronic_system(deliverable: Deliverable, day: date) -> ElectronicSystem:
    """Return what the system holds on the day, and what the public page of one activated stamp shows."""
    project = case.project_of(deliverable)
    enrolled = case.enrolments_of(project)
    products = [enrolment.product for enrolment in enrolled]
    lots, activation = _lots(products), _latest_activation(project)
    missing = case.missing_products(enrolled) + _missing(lots, activation)
    if missing or activation is None:
        raise case.not_ready(missing)
    return ElectronicSystem(
        project_title=project.title,
        product_name=case.product_name(enrolled),
        held_on=case.dated(day),
        place=project.owner.name,
        attendants=_attendants(project, enrolled),
        stages=_stages(enrolled),
        lots=tuple(_lot(lot) for lot in lots),
        stamps=_stamps(project),
        scan_address=uri_at(activation.batch, activation.start),
        checks=_checks(activation.lot),
        portal_state=PORTAL_STATE,
        remarks=(),
    )


def _missing(lots: Sequence[Lot], activation: Activation | None) -> list[str]:
    missing = [] if lots else [_("No lot with a recorded stage: open a lot and record its stages.")]
    if activation is None:
        missing.append(_("No stamp is activated, so there is no public page to check: activate stamps on a lot."))
    return missing


def _lots(products: Sequence[Product]) -> list[Lot]:
    """Lots of which anything was recorded, with the number of events that hold."""
    current = Count("events", filter=Q(events__corrected_by=None))
    lots = Lot.objects.filter(product__in=products).select_related("product", "place").annotate(event_count=current)
    return list(lots.filter(event_count__gt=0).order_by("produced_from", "pk"))


def _latest_activation(project: PilotProject) -> Activation | None:
    rows = Activation.objects.filter(batch__order__enrolment__project=project)
    return (
        rows.select_related("batch__product", "lot__product__producer__commune__parent__parent", "lot__product__group")
        .order_by("activated_at", "pk")
        .last()
    )


def _attendants(project: PilotProject, enrolled: Sequence[Enrolment]) -> tuple[Attendant, ...]:
    """Those who sign the check: the project's manager and each producer's representative."""
    manager = Attendant(
        name=project.manager.full_name,
        title=project.manager.job_title or "Chủ nhiệm nhiệm vụ",
        organisation=project.owner.name,
    )
    return (
        manager,
        *(
            Attendant(name=producer.representative, title="Đại diện", organisation=producer.name)
            for producer in case.producers_of(enrolled)
        ),
    )


def _stages(enrolled: Sequence[Enrolment]) -> tuple[SystemStage, ...]:
    events = Event.objects.filter(lot__product__enrolments__in=enrolled, corrected_by=None).order_by()
    counts = dict(events.values("step__name").annotate(count=Count("pk")).values_list("step__name", "count"))
    return tuple(
        SystemStage(name=step.name, actor=case.actor_of(step), events=counts.get(step.name, 0))
        for step in case.chain_steps(enrolled)
    )


def _lot(lot: Lot) -> SystemLot:
    return SystemLot(
        number=lot.number,
        product=lot.product.name,
        produced_on=case.dated(lot.produced_to),
        place=lot.place.name,
        events=lot.event_count,  # type: ignore[attr-defined]  # annotated by _lots
    )


def _stamps(project: PilotProject) -> tuple[SystemStamps, ...]:
    batches = StampBatch.objects.filter(order__enrolment__project=project).select_related("product")
    spans = Coalesce(Sum(F("activations__end") - F("activations__start")), 0)
    by_code: dict[str, SystemStamps] = {}
    for batch in batches.annotate(activated=spans).order_by("start"):
        known = by_code.get(batch.code)
        activated: int = batch.activated  # type: ignore[attr-defined]  # annotated above
        by_code[batch.code] = SystemStamps(
            product=batch.product.name,
            code=batch.code,
            issued=batch.quantity + (known.issued if known else 0),
            activated=activated + (known.activated if known else 0),
        )
    return tuple(by_code.values())


def _checks(lot: Lot) -> tuple[CheckRow, ...]:
    """The ten minimum items of the scanned stamp's lot: what the page shows, or that it is missing."""
    return tuple(
        CheckRow(item=name, result="Còn thiếu" if item.gaps else f"Hiện: {item.value}")
        for name, item in zip(MINIMUM_ITEMS, minimum_items(lot), strict=True)
    )
