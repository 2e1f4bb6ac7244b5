"""Enrolling all products of a province's workbook at once: everything, or nothing and the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from imports.errors import CellError
from imports.workbook import Row
from people import audit
from people.errors import Refusal
from people.models import AdminUnit, User
from projects import policies, roster
from projects.actions.project import enrol_product
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import PilotProject
from registry import actions as registry
from registry.importing.known import Sets
from registry.models import OcopCriteria, OcopRecognition, OcopSet, Producer, Product, ProductGroup


class RosterRefused(Refusal):
    """The workbook has rows that break a rule, so nothing was imported; `problems` names every one."""

    def __init__(self, problems: list[CellError]) -> None:
        super().__init__(
            ngettext(
                "%(count)d place of the workbook must be corrected; nothing was imported.",
                "%(count)d places of the workbook must be corrected; nothing was imported.",
                len(problems),
            )
            % {"count": len(problems)}
        )
        self.problems = problems


@dataclass
class Imported:
    """What an import did: counts of things made, products that took part before, gates not met yet."""

    made: Counter[str] = field(default_factory=Counter)
    known: int = 0
    warnings: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        if not self.made:
            return _("%(known)d products take part already, 0 are new; nothing was changed.") % {"known": self.known}
        return _(
            "%(enrolled)d products enrolled (%(products)d products and %(producers)d producers are new in the "
            "registry), %(known)d took part already."
        ) % {
            "enrolled": self.made["enrolled"],
            "products": self.made["product"],
            "producers": self.made["producer"],
            "known": self.known,
        }


@transaction.atomic
def import_roster(
    project: PilotProject, data: bytes, *, by: User, on: date | None = None, now: datetime | None = None
) -> Imported:
    """Register what is new in a workbook and enrol its products; the same file twice changes nothing.

    `on` is the day on which each recognition must hold (today if left out). Raises WorkbookRefused
    when there is no table, RosterRefused with the problem of every row; then nothing is kept.
    """
    project = PilotProject.objects.select_for_update(of=("self",)).select_related("province").get(pk=project.pk)
    _check_open(project, by)
    table = roster.read(data)
    if not table.rows:
        raise RosterRefused([CellError(1, roster.TITLE["name"], "", _("the table has no row; fill in the products"))])
    work = _Import(project, by=by, on=on or timezone.localdate(now), now=now)
    # Every row is tried, so that all problems are named at once; a refusal takes all rows back.
    found = [problem for row in roster.sound_rows(table) for problem in work.take(row)]
    if problems := sorted([*table.errors, *found], key=lambda problem: problem.row):
        raise RosterRefused(problems)
    if work.done.made:
        audit.record(
            "project.roster_imported", by=by, target=project, province=project.province, at=now,
            enrolled=work.done.made["enrolled"], known=work.done.known, on=work.on.strftime("%d/%m/%Y"),
            **policies.standing_in(by, project),
        )  # fmt: skip
    work.done.warnings = _gates_not_met(project)
    return work.done


def _check_open(project: PilotProject, by: User) -> None:
    if not policies.can_manage(by, project):
        raise NotAllowedForYou(
            _("Only the managers of project %(code)s can do this; ask %(manager)s.")
            % {"code": project.code, "manager": project.manager}
        )
    if project.status not in (PilotProject.Status.DRAFT, PilotProject.Status.RUNNING):
        raise NotAllowedNow(
            _("Project %(project)s is closed; products can no longer be enrolled.") % {"project": project.code}
        )


def _gates_not_met(project: PilotProject) -> list[str]:
    """What the scale gates of the project still lack: fewer products may be enrolled, but not accepted."""
    scale = ("products_at_least", "producers_at_least")
    problems = [policies.RULES[gate.rule](project, gate.minimum) for gate in project.gate_rules.filter(rule__in=scale)]
    return [problem for problem in problems if problem]


@dataclass(frozen=True)
class _Places:
    """What the names of a row stand for in the registry."""

    commune: AdminUnit
    ocop_set: OcopSet
    criteria: OcopCriteria


class _Import:
    """One import: what it looks things up in, and what it has done so far."""

    def __init__(self, project: PilotProject, *, by: User, on: date, now: datetime | None) -> None:
        self.project, self.by, self.on, self.now = project, by, on, now
        inside = Q(parent=project.province) | Q(parent__parent=project.province)
        units = AdminUnit.objects.valid_on(on).filter(inside, level=AdminUnit.Level.COMMUNE)
        self.communes = roster.Communes.of(units.select_related("parent__parent"))
        self.sets = Sets(OcopSet.objects.all())
        self.criteria = list(OcopCriteria.objects.order_by("-effective_from"))
        self.enrolled = set(project.enrolled_products().values_list("pk", flat=True))
        self.done = Imported()

    def take(self, row: Row) -> list[CellError]:
        """Register and enrol one row, or return its problems."""
        problems = list(self._problems(row))
        if problems:
            return problems
        try:
            self._enrol(row, self._places(row))
        except Refusal as refusal:
            return [_problem(row, "name", str(refusal))]
        return []

    # --- checks ------------------------------------------------------------------------------
    def _problems(self, row: Row) -> Iterator[CellError]:
        communes = self.communes.find(row.values["commune"])
        if not communes:
            yield _problem(row, "commune", _("no such commune in %(province)s") % {"province": self.project.province})
        elif len(communes) > 1:
            yield _problem(row, "commune", _("several communes have this name; correct it in the registry of units"))
        if self.sets.find(row.values["ocop_set"]) is None:
            yield _problem(row, "ocop_set", _("no such OCOP set; write its number and name"))
        yield from self._recognition_problems(row)
        yield from self._identity_problems(row)

    def _recognition_problems(self, row: Row) -> Iterator[CellError]:
        decided_on, minimum = row.values["decided_on"], self.project.minimum_stars
        day = {"day": self.on.strftime("%d/%m/%Y")}
        if decided_on > self.on:
            yield _problem(row, "decided_on", _("the decision is later than %(day)s") % day)
        elif OcopRecognition.end_of(decided_on) <= self.on:
            yield _problem(row, "decided_on", _("the recognition (36 months) has expired on %(day)s") % day)
        if self._criteria_on(decided_on) is None:
            yield _problem(row, "decided_on", _("no OCOP criteria were in force on this day"))
        if row.values["stars"] < minimum:
            yield _problem(row, "stars", _("the project takes products from %(stars)d stars") % {"stars": minimum})

    def _identity_problems(self, row: Row) -> Iterator[CellError]:
        """What contradicts the registry: a code that belongs to somebody else, another decision of that number."""
        producer, product = self._producer(row), self._product(row)
        if producer and producer.name.casefold() != row.values["producer"].casefold():
            yield _problem(row, "tax_code", _("this tax code belongs to “%(name)s”") % {"name": producer.name})
        if product is None:
            return
        if product.producer != producer or (row.values["gtin"] and product.gtin != row.values["gtin"]):
            text = _("the registry has “%(product)s” of “%(producer)s” with code %(code)s; correct one of the two")
            names = {"product": product.name, "producer": product.producer, "code": product.trace_code}
            yield _problem(row, "gtin" if row.values["gtin"] else "name", text % names)
            return
        known = product.recognitions.filter(decision_number=row.values["decision_number"]).first()
        if known and (known.stars, known.decided_on) != (row.values["stars"], row.values["decided_on"]):
            text = _("the registry has this decision with %(stars)d stars of %(day)s; correct one of the two")
            yield _problem(
                row, "decision_number", text % {"stars": known.stars, "day": known.decided_on.strftime("%d/%m/%Y")}
            )

    # --- looking up --------------------------------------------------------------------------
    def _places(self, row: Row) -> _Places:
        ocop_set, criteria = self.sets.find(row.values["ocop_set"]), self._criteria_on(row.values["decided_on"])
        if ocop_set is None or criteria is None:
            raise LookupError(row.number)  # _problems let it through
        return _Places(self.communes.find(row.values["commune"])[0], ocop_set, criteria)

    def _criteria_on(self, day: date) -> OcopCriteria | None:
        valid = (
            c for c in self.criteria
            if c.effective_from <= day and (c.effective_to is None or day <= c.effective_to)
        )  # fmt: skip
        return next(valid, None)

    def _producer(self, row: Row) -> Producer | None:
        """The producer of that tax code, else of that name in that commune."""
        ours = self.project.province.producers.all()
        if code := row.values["tax_code"]:
            # An entry that was merged away keeps its tax code.
            if known := ours.current().filter(tax_code=code).first() or ours.filter(tax_code=code).first():
                return known.survivor()
            ours = ours.filter(tax_code="")
        communes = self.communes.find(row.values["commune"])
        known = ours.filter(name__iexact=row.values["producer"], commune__in=communes).first()
        return known.survivor() if known else None

    def _product(self, row: Row) -> Product | None:
        """The product of that GTIN, else of that name at the producer."""
        products = Product.objects.select_related("producer__province")
        if row.values["gtin"] and (known := products.filter(gtin=row.values["gtin"]).first()):
            return known
        producer = self._producer(row)
        return products.filter(producer=producer, name__iexact=row.values["name"]).first() if producer else None

    # --- doing -------------------------------------------------------------------------------
    def _enrol(self, row: Row, places: _Places) -> None:
        product = self._product(row) or self._new_product(row, places)
        before = product.recognitions.count()
        registry.record_recognition(
            product,
            stars=row.values["stars"],
            decision_number=row.values["decision_number"],
            decided_on=row.values["decided_on"],
            criteria=places.criteria,
            by=self.by,
            now=self.now,
        )
        if product.recognitions.count() > before:
            self.done.made["recognition"] += 1
        if product.pk in self.enrolled:
            self.done.known += 1
            return
        enrol_product(self.project, product, by=self.by, on=self.on, now=self.now)
        self.enrolled.add(product.pk)
        self.done.made["enrolled"] += 1

    def _new_product(self, row: Row, places: _Places) -> Product:
        producer = self._producer(row) or self._new_producer(row, places)
        self.done.made["product"] += 1
        return registry.register_product(
            producer,
            name=row.values["name"],
            ocop_set=places.ocop_set,
            group=ProductGroup.objects.filter(ocop_set=places.ocop_set).order_by("pk").first(),
            gtin=row.values["gtin"],
            by=self.by,
            now=self.now,
        )

    def _new_producer(self, row: Row, places: _Places) -> Producer:
        self.done.made["producer"] += 1
        return registry.register_producer(
            name=row.values["producer"],
            kind=row.values["kind"],
            commune=places.commune,
            by=self.by,
            tax_code=row.values["tax_code"] or "",
            representative=row.values["representative"] or "",
            phone=row.values["phone"] or "",
            address=row.values["address"] or "",
            now=self.now,
        )


def _problem(row: Row, key: str, rule: str) -> CellError:
    value = row.values[key]
    shown = value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value or "")
    return CellError(row.number, roster.TITLE[key], shown, rule.rstrip("."))
