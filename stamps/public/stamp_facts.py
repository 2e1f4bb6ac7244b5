"""What the page behind an activated stamp shows, each fact with its source; the same for all stamps of a lot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from lots.checklist import produced
from lots.history import history_of, parties_of, people_in
from lots.models import Lot, Recall
from lots.policies import current_events
from people.models import User
from registry.models import Certificate, Product
from stamps.models import StampBatch
from stamps.public.facts import VisibleFacts, picture_url, visible_facts
from stamps.public.papers import Paper, certificate_paper, recognition_paper, standard_papers
from stamps.public.provenance import Entry, Records, source_of


@dataclass(frozen=True)
class PastRecall:
    """A recall of the lot or product: in force while `lifted_at` is None."""

    what: str
    reason: str
    document: str
    recalled_at: datetime
    recalled_by: str
    lifted_at: datetime | None
    lift_reason: str


def lot_context(batch: StampBatch, lot: Lot, today: date) -> dict[str, Any]:
    """Return what the template `public/stamp.html` shows of product, producer, lot, papers and recalls."""
    product = batch.product
    facts = visible_facts(product, today=today)
    certificates = list(_certificates(product))
    records = Records(product, certificates)
    events, recalls = list(current_events(lot)), list(_recalls(product, lot))
    made = Entry(lot.created_by, lot.created_at)
    parties = parties_of(
        product.producer_id, [*people_in(events), *_people(records, facts, certificates, recalls, made)]
    )
    history = history_of(events, parties, names_places=facts.is_named)
    return {
        "product": product,
        "code": batch.code,  # as printed, even if the product has a GTIN by now
        "facts": facts,
        "lot": lot,
        "produced": produced(lot),
        "lot_source": source_of(made, parties),
        "product_source": source_of(records.product_entry(), parties),
        "producer_source": source_of(records.producer_entry(), parties),
        "papers": _papers(records, facts, certificates, parties, lot=lot, today=today),
        "history": history,
        "recalls": [_past(recall, parties) for recall in recalls],
        "picture_url": picture_url(product, batch.code),
    }


def _people(
    records: Records, facts: VisibleFacts, papers: Iterable[Certificate], recalls: Iterable[Recall], made: Entry
) -> list[User]:
    entries = [made, records.product_entry(), records.producer_entry(), records.standards_entry()]
    entries += [records.certificate_entry(paper) for paper in papers]
    if facts.recognition:
        entries.append(records.recognition_entry(facts.recognition))
    return [person for entry in entries for person in entry.people] + [recall.recalled_by for recall in recalls]


def _certificates(product: Product) -> Iterable[Certificate]:
    """Those of the product, and those of its producer that are for all products; the newest first."""
    of_producer = Certificate.objects.filter(producer=product.producer_id)
    found: Iterable[Certificate] = (
        of_producer.filter(Q(products=product) | Q(products=None)).order_by("-issued_on", "pk").distinct()
    )
    return found


def _recalls(product: Product, lot: Lot) -> Iterable[Recall]:
    recalls = Recall.objects.filter(Q(lot=lot) | Q(product=product, lot=None))
    found: Iterable[Recall] = recalls.select_related("lot", "recalled_by").order_by("-recalled_at")
    return found


def _papers(
    records: Records,
    facts: VisibleFacts,
    certificates: Iterable[Certificate],
    parties: dict[int, str],
    *,
    lot: Lot,
    today: date,
) -> list[Paper]:
    rows: list[Paper | None] = [*standard_papers(facts, source_of(records.standards_entry(), parties))]
    if facts.recognition:
        rows.append(recognition_paper(facts, source_of(records.recognition_entry(facts.recognition), parties)))
    for paper in certificates:
        source = source_of(records.certificate_entry(paper), parties)
        rows.append(certificate_paper(paper, facts, today=today, made_on=lot.produced_to, source=source))
    return [row for row in rows if row]


def _past(recall: Recall, parties: dict[int, str]) -> PastRecall:
    what = _("Lot %(lot)s") % {"lot": recall.lot.number} if recall.lot else _("All lots of the product")
    return PastRecall(
        what,
        recall.reason,
        recall.document,
        recall.recalled_at,
        parties.get(recall.recalled_by_id, ""),
        recall.lifted_at,
        recall.lift_reason,
    )
